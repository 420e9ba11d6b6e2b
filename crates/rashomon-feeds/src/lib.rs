/*!
RSS, Atom, JSON Feed, OPML and sitemaps, read from bytes.

[`read`] takes the bytes of one document, finds out what it is by what it holds, and gives what it
says: a [`Feed`] with its entries, [`Subscriptions`], or a [`Sitemap`]. It reads nothing else, no
clock and no network, and no bytes make it panic. [`opml`] writes subscriptions, and
[`feeds_of_page`] finds the feeds that a web page names.

Feeds are broken in many ways. Whatever can be read is read: undefined entities, bare ampersands,
unclosed elements, wrong encodings, words before the XML, a file that ends in the middle. Each kind
of fault becomes one diagnostic with its number. An entry that the end of a file cuts off is left
out, as it will come whole the next time.

```
use rashomon_feeds::{Source, Words, read};

let bytes = br#"<rss version="2.0"><channel><title>Lusa Herald</title>
  <link>https://lusa-herald.example/</link>
  <item><title>Ferry &amp;amp; tug collide</title><link>/ferry?a=1&b=2</link>
    <pubDate>Sat, 14 Mar 26 8:05 EST</pubDate>
    <description>&lt;p&gt;Nobody was hurt.&lt;/p&gt;</description>
    <source url="https://npa.example/feed">NPA</source></item>
  <item><title>Cut o"#;
let Source::Feed(feed) = read(bytes, None, None)? else { panic!("a feed") };

let [entry] = &feed.entries[..] else { panic!("one whole entry") };
assert_eq!(entry.title.as_deref(), Some("Ferry & tug collide"));
assert_eq!(entry.address.as_deref(), Some("https://lusa-herald.example/ferry?a=1&b=2"));
assert_eq!(entry.published.unwrap().to_rfc3339(), "2026-03-14T08:05:00-05:00");
assert_eq!(entry.summary, Some(Words::Html("<p>Nobody was hurt.</p>".to_owned())));
assert_eq!(entry.source.as_ref().unwrap().title.as_deref(), Some("NPA"));
assert_eq!(feed.diagnostics[0].code, "feed-truncated");
# Ok::<(), rashomon_feeds::Error>(())
```

| code of an error | what happened |
| --- | --- |
| `empty-input` | there is nothing to read |
| `not-a-feed` | the bytes hold something else: a web page, other XML, other JSON, a picture |
| `too-large` | the document has more than [`MAX_BYTES`], packed or not |

| code of a diagnostic | what happened |
| --- | --- |
| `bad-address` | an address is relative to nothing, or leads to no page of the web |
| `bad-date` | a date cannot be read and is left out |
| `bad-entry` | an entry holds nothing to read and is left out |
| `encoding-errors` | bytes that mean nothing in the encoding were replaced |
| `encoding-guessed` | nothing says rightly how the document is encoded; it was guessed |
| `encoding-unknown` | the document or the server names an encoding that nobody knows |
| `entity-refused` | an entity of the document itself was not resolved for safety |
| `feed-repaired` | faults of the markup were mended |
| `feed-truncated` | the document ends too early; whole entries before its end are read |
| `nesting-cut` | elements are nested too deeply; the deepest were unwrapped |
| `too-many` | a limit was reached, and what stands after it is not read |
| `zone-missing` | a time of day names no time zone; the day is kept |
*/

mod address;
mod date;
mod decoding;
mod error;
mod feed;
mod formats;
mod html;
mod page;
mod references;
mod remarks;
mod scope;
mod sitemap;
mod sniffing;
mod subscription;
mod words;
mod xml;

pub use rashomon_article::{Diagnostic, Published};

pub use decoding::MAX_BYTES;
pub use error::Error;
pub use feed::{Entry, Feed, Format, Origin};
pub use page::feeds_of_page;
pub use sitemap::{NestedSitemap, News, Sitemap, SitemapEntry};
pub use sniffing::read;
pub use subscription::{Subscription, Subscriptions};
pub use words::Words;

/// What a document is.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one for each document, not many")]
pub enum Source {
    /// RSS, Atom or JSON Feed.
    Feed(Feed),
    /// OPML.
    Subscriptions(Subscriptions),
    /// A sitemap, an index of sitemaps, or a list of addresses.
    Sitemap(Sitemap),
}

impl Source {
    /// What was mended, left out or cannot be read.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Source::Feed(feed) => &feed.diagnostics,
            Source::Subscriptions(list) => &list.diagnostics,
            Source::Sitemap(sitemap) => &sitemap.diagnostics,
        }
    }
}

/// Writes subscriptions as OPML 2.0, which feed readers read.
///
/// ```
/// use rashomon_feeds::{Source, Subscription, opml, read};
///
/// let feed = Subscription {
///     title: "Lusa Herald".to_owned(),
///     address: "https://lusa-herald.example/feed?a=1&b=2".to_owned(),
///     folder: vec!["World".to_owned()],
///     ..Subscription::default()
/// };
/// let written = opml(std::slice::from_ref(&feed), "Our feeds");
/// let Ok(Source::Subscriptions(list)) = read(written.as_bytes(), None, None) else { panic!() };
/// assert_eq!(list.feeds, [feed]);
/// ```
pub fn opml(subscriptions: &[Subscription], title: &str) -> String {
    formats::opml::write(subscriptions, title)
}
