/*!
Bytes of plain text, HTML and JSON Lines read into articles.

[`read`] takes the bytes of one input and its name, finds out what it is by what it holds, and
gives the articles in it with diagnostics about what was left out. It opens no file, and no
bytes make it panic. [`read_plain`] takes a text that is known to be one.

Where more is known of an article than its bytes say, as a feed or a crawl does, [`Given`] carries
it: [`read_given`] takes bytes with their media type, [`read_text`] a text, `read_page` a web page,
and `read_fragment` a stretch of HTML that is the article and nothing else. [`read_record`] takes
one record of JSON, a table or ninjs.

```
use rashomon_article::BlockKind;
use rashomon_language::english;
use rashomon_read::{ReadOptions, read};

let bytes = b"Old bridge closes\n\nBy Ada Bell\n\n\
    LISBON (NPA) - The old bridge will close on Monday, the city said.\n\nShare this:\n";
let reading = read("news/bridge.txt", bytes, &ReadOptions::default(), english());

let document = &reading.documents[0];
assert_eq!(document.article.id, "bridge");
assert_eq!(document.article.title.as_deref(), Some("Old bridge closes"));
assert_eq!(document.article.byline, ["Ada Bell"]);
assert_eq!(document.article.agencies, ["NPA"]);
assert_eq!(document.diagnostics[0].code, "furniture-dropped");
let prose: Vec<_> = document.article.prose().map(|block| document.slice(block.span)).collect();
assert_eq!(prose, ["Old bridge closes", "The old bridge will close on Monday, the city said."]);
assert_eq!(document.article.blocks.last().map(|block| block.kind), Some(BlockKind::Furniture));
```

| code of a diagnostic | what happened |
| --- | --- |
| `empty-input` | there was nothing to read |
| `too-large` | the input is larger than [`ReadOptions::max_bytes`] |
| `not-text` | the bytes are a picture, an archive, a program… |
| `encoding-errors` | bytes that mean nothing in the encoding were replaced |
| `no-text` | a record or a page holds no text |
| `withdrawn` | an item of an agency that its provider withholds or has cancelled |
| `bad-record` | a line of JSON Lines cannot be read; the others are |
| `bad-date` | a date is impossible or ambiguous, and left out |
| `duplicate-id` | an id was given twice in one input |
| `furniture-dropped` | a line of the page that is no prose |
| `nesting-cut` | a page nests its elements too deeply; the deepest were unwrapped |
*/

mod assemble;
mod date;
mod encoding;
mod given;
#[cfg(feature = "html")]
mod html;
mod kind;
mod name;
mod plain;
mod records;
mod signature;

use rashomon_article::{Diagnostic, Document};
use rashomon_language::Language;

use assemble::Known;
pub use given::Given;
use kind::Kind;

/// What reading is told.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The most bytes that one input may have; a larger one is skipped with a diagnostic.
    pub max_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { max_bytes: 64 << 20 }
    }
}

/// What one input held.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The articles, without findings yet; each carries the diagnostics about itself.
    pub documents: Vec<Document>,
    /// Diagnostics about the input: what was skipped, and why.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    fn skipped(code: &'static str, message: String, name: &str) -> Reading {
        let diagnostics = vec![Diagnostic::input(code, message, name)];
        Reading { documents: Vec::new(), diagnostics }
    }
}

/// Reads one input: a plain text, an HTML page, JSON Lines, a JSON object or an array of them.
///
/// `name` is its path or address; it becomes the source of the articles, and an article that has
/// no id of its own is called after it.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions, language: &Language) -> Reading {
    read_given(name, bytes, None, &Given::default(), options, language)
}

/// Reads one input of which more is known: the page of a crawl, the member of an archive.
///
/// The media type is what a server or an archive says it is (`text/html; charset=utf-8`); its
/// `charset` goes before what a page says of itself. What is given stands above what an article
/// says of itself; records have their own word and nothing of it.
pub fn read_given(
    name: &str,
    bytes: &[u8],
    media_type: Option<&str>,
    given: &Given,
    options: &ReadOptions,
    language: &Language,
) -> Reading {
    if bytes.len() > options.max_bytes {
        let message = format!(
            "{name}: {} bytes are more than the limit of {}; raise max-bytes to read it",
            bytes.len(),
            options.max_bytes
        );
        return Reading::skipped("too-large", message, name);
    }
    if let Some(what) = signature::not_text(bytes) {
        let message = format!("{name}: not a text but {what}; convert it to text or HTML first");
        return Reading::skipped("not-text", message, name);
    }
    let decoded = encoding::decode(bytes, media_type.and_then(encoding::charset));
    if decoded.text.trim().is_empty() {
        return Reading::skipped("empty-input", format!("{name}: there is nothing in it"), name);
    }
    let is_html = media_type.is_some_and(|said| said.to_ascii_lowercase().contains("html"));
    let kind = match kind::kind(name, &decoded.text) {
        Kind::Plain if is_html && decoded.text.contains('<') => Kind::Html,
        kind => kind,
    };
    let mut reading = read_decoded(name, &decoded.text, kind, given, language);
    if decoded.replaced {
        let message = format!(
            "{name}: some bytes mean nothing in {} and were replaced by U+FFFD; \
             save it as UTF-8",
            decoded.encoding
        );
        reading.diagnostics.push(Diagnostic::input("encoding-errors", message, name));
    }
    reading
}

fn read_decoded(name: &str, text: &str, kind: Kind, given: &Given, language: &Language) -> Reading {
    match kind {
        Kind::Plain => {
            let document = read_text(name, text, given, language);
            Reading { documents: vec![document], diagnostics: Vec::new() }
        }
        Kind::Records => records::read(name, text, language),
        #[cfg(feature = "html")]
        Kind::Html => html::read(name, text, given, language),
        #[cfg(not(feature = "html"))]
        Kind::Html => {
            let message = format!("{name}: a web page, and this build cannot read web pages");
            Reading::skipped("not-text", message, name)
        }
    }
}

/// Reads one plain text.
pub fn read_plain(name: &str, text: &str, language: &Language) -> Document {
    assemble::document(name, text, Known::default(), language)
}

/// Reads one plain text of which more is known: a feed or an archive says it.
pub fn read_text(name: &str, text: &str, given: &Given, language: &Language) -> Document {
    assemble::document(name, text, Known::from(given.clone()), language)
}

/// Reads one web page of which more is known than it says; what is given stands above that.
///
/// A page without an article gives a document with an empty text.
#[cfg(feature = "html")]
pub fn read_page(name: &str, html: &str, given: &Given, language: &Language) -> Document {
    html::document(name, html, Known::from(given.clone()), language)
}

/// Reads a stretch of HTML that is the article and nothing else, such as the content of a feed's
/// entry: its blocks become paragraphs, and no word of it is left out but scripts, styles, forms
/// and what plays.
///
/// ```
/// use rashomon_language::english;
/// use rashomon_read::{Given, read_fragment};
///
/// let html = "<p>The bridge is shut.</p><script>track()</script>It will open in May.<br><br>Or later.";
/// let document = read_fragment("entry", html, &Given::default(), english());
/// let text = document.article.text.as_str();
/// assert_eq!(text, "The bridge is shut.\n\nIt will open in May.\n\nOr later.");
/// ```
#[cfg(feature = "html")]
pub fn read_fragment(name: &str, html: &str, given: &Given, language: &Language) -> Document {
    html::fragment::document(name, html, Known::from(given.clone()), language)
}

/// Reads one record: a line of JSON Lines, a row of a table, an item of ninjs.
///
/// `place` is where it stands, for messages and for an article without an id of its own:
/// `reports.csv:17`. Fields are told by the names that people give them; those that are not known
/// pass through under [`extra`](rashomon_article::Article::extra).
///
/// # Errors
///
/// A [`Diagnostic`] where the record holds no text (`no-text`), is a picture, sound or film
/// (`not-text`), or was withdrawn (`withdrawn`).
///
/// ```
/// use rashomon_language::english;
/// use rashomon_read::read_record;
///
/// let row = serde_json::json!({
///     "Headline": "Old bridge closes",
///     "Full Text": "The old bridge will close on Monday, the city said.",
///     "Publication": "Harbour Herald",
///     "Published At": "2026-03-14",
///     "Section": "City",
/// });
/// let serde_json::Value::Object(row) = row else { unreachable!() };
/// let article = read_record("reports.csv", "reports.csv:17", row, english())?.article;
/// assert_eq!(article.id, "reports-17");
/// assert_eq!(article.title.as_deref(), Some("Old bridge closes"));
/// assert_eq!(article.outlet.as_deref(), Some("Harbour Herald"));
/// assert_eq!(article.published.map(|at| at.day().to_string()).as_deref(), Some("2026-03-14"));
/// assert_eq!(article.extra["Section"], "City");
/// # Ok::<(), rashomon_article::Diagnostic>(())
/// ```
pub fn read_record(
    name: &str,
    place: &str,
    record: serde_json::Map<String, serde_json::Value>,
    language: &Language,
) -> Result<Document, Diagnostic> {
    let (mut document, has_id) = records::one(name, place, record, language)?;
    if !has_id {
        let number = place.strip_prefix(name).unwrap_or(place);
        let number = number.trim_matches(|c: char| !c.is_alphanumeric());
        if !number.is_empty() {
            document.article.id = format!("{}-{number}", document.article.id);
        }
    }
    Ok(document)
}

/// Decodes bytes: by their byte order mark, as UTF-8 where they are UTF-8, by the `charset` that
/// somebody declares (a head of HTTP) or the page itself, and else by how they look. Tells
/// whether bytes that mean nothing were replaced.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> (String, bool) {
    let decoded = encoding::decode(bytes, charset);
    (decoded.text.into_owned(), decoded.replaced)
}
