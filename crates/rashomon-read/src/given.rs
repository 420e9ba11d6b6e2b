use rashomon_article::Published;
use serde_json::{Map, Value};

/// What is known of an article beside its bytes: what a feed says of an entry, an archive of a
/// page, a table of a row. It stands above what the article says of itself.
///
/// ```
/// use rashomon_language::english;
/// use rashomon_read::{Given, read_text};
///
/// let given = Given {
///     outlet: Some("Harbour Herald".to_owned()),
///     canonical: Some("https://herald.example/bridge".to_owned()),
///     ..Given::default()
/// };
/// let document = read_text("bridge", "The old bridge will close on Monday.", &given, english());
/// assert_eq!(document.article.outlet.as_deref(), Some("Harbour Herald"));
/// assert_eq!(document.article.text.as_str(), "The old bridge will close on Monday.");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// An id; without one the article is called after its name.
    pub id: Option<String>,
    /// The path or address that it was read from; without one it is the name.
    pub source: Option<String>,
    /// The address that the outlet gives for it.
    pub canonical: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Its authors, each by name, without "By".
    pub byline: Vec<String>,
    /// Agencies credited.
    pub agencies: Vec<String>,
    /// When it was published. When it was fetched is something else.
    pub published: Option<Published>,
    /// BCP 47.
    pub language: Option<String>,
    /// Fields that pass through unchanged.
    pub extra: Map<String, Value>,
}
