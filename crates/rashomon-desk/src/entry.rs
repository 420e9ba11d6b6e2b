use rashomon::article::Diagnostic;
use rashomon::read::Given;
use rashomon_feeds::{Entry, Feed, Words};
use serde_json::{Map, Value, json};

use crate::piece::{Matter, Piece};

/// With fewer words than this, a feed announces a report and does not carry it.
const REPORT: usize = 150;

/// With fewer words than this it does not even tell what happened.
const ANNOUNCEMENT: usize = 12;

/// Whether the words that a feed carries are worth keeping where the page cannot be had.
pub(crate) fn tells_something(piece: &Piece) -> bool {
    let (Matter::Fragment(text) | Matter::Text(text)) = &piece.matter else { return true };
    text.split_whitespace().count() >= ANNOUNCEMENT
}

/// What a feed says of an entry, whatever its words are.
pub(crate) fn given(feed: &Feed, entry: &Entry) -> Given {
    let origin = entry.source.as_ref().and_then(|source| source.title.clone());
    Given {
        id: entry.id.clone().filter(|_| entry.address.is_none()),
        source: entry.address.clone(),
        canonical: entry.address.clone(),
        outlet: origin.or_else(|| feed.title.clone()),
        title: entry.title.clone(),
        byline: entry.authors.clone(),
        published: entry.published.or(entry.updated),
        language: entry.language.clone(),
        extra: extra(feed, entry),
        ..Given::default()
    }
}

/// What passes through: which feed told it, and from whom that feed has it.
fn extra(feed: &Feed, entry: &Entry) -> Map<String, Value> {
    let mut extra = entry.extra.clone();
    if let Some(title) = &feed.title {
        extra.insert("feed".to_owned(), json!(title));
    }
    if let Some(source) = &entry.source {
        extra.insert("via".to_owned(), json!({"title": source.title, "address": source.address}));
    }
    if !entry.categories.is_empty() {
        extra.insert("categories".to_owned(), json!(entry.categories));
    }
    extra
}

/// The words of an entry: its content, or else its summary.
fn words(entry: &Entry) -> Option<&Words> {
    let filled = |words: &&Words| !words.to_plain().trim().is_empty();
    let content = entry.content.as_ref().filter(filled);
    content.or_else(|| entry.summary.as_ref().filter(filled))
}

/// Whether a feed carries the report and not only its announcement.
pub(crate) fn is_report(entry: &Entry) -> bool {
    words(entry).is_some_and(|words| words.to_plain().split_whitespace().count() >= REPORT)
}

/// An entry as the feed carries it, or `None` where it has neither words nor a title.
pub(crate) fn piece(feed: &Feed, entry: &Entry, name: &str) -> Option<Piece> {
    let matter = match (words(entry), &entry.title) {
        (Some(Words::Html(html)), _) => Matter::Fragment(html.clone()),
        (Some(Words::Plain(text)), _) => Matter::Text(text.clone()),
        (None, Some(title)) => Matter::Text(title.clone()),
        (None, None) => return None,
    };
    let name = entry.address.as_deref().or(entry.id.as_deref()).unwrap_or(name);
    Some(Piece { given: given(feed, entry), ..Piece::new(name, matter) })
}

/// An entry that says nothing.
pub(crate) fn empty(entry: &Entry, name: &str) -> Diagnostic {
    let which = entry.id.as_deref().unwrap_or("an entry");
    Diagnostic::input("no-text", format!("{name}: {which} has neither words nor a title"), name)
}

/// What the words of an entry are known by, so that an entry that was taken is left alone until
/// its feed changes it.
pub(crate) fn digest(entry: &Entry) -> [u8; 16] {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let words = [&entry.content, &entry.summary].map(|words| words.as_ref().map(Words::as_str));
    let updated = entry.updated.map(|updated| updated.to_rfc3339());
    for part in [entry.title.as_deref(), words[0], words[1], updated.as_deref()] {
        hash.update(part.unwrap_or_default().as_bytes());
        hash.update(b"\0");
    }
    hash.digest128().to_be_bytes()
}
