use rashomon_article::Diagnostic;

/// A list of feeds, as feed readers exchange them: OPML 1 or 2.
#[derive(Clone, Debug, Default)]
pub struct Subscriptions {
    /// What the list is called.
    pub title: Option<String>,
    /// Its feeds, in its own order.
    pub feeds: Vec<Subscription>,
    /// What was mended, left out or cannot be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// A feed that somebody subscribes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// What the list calls it.
    pub title: String,
    /// Where the feed stands (`xmlUrl`).
    pub address: String,
    /// The page that it is the feed of (`htmlUrl`).
    pub home: Option<String>,
    /// The names of the outlines around it, from the outside in.
    pub folder: Vec<String>,
    /// `rss` or `atom`, as the list has it.
    pub kind: Option<String>,
}
