//! What feeds of all families say in the words of common modules: Dublin Core, Media RSS,
//! iTunes, Syndication.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::html;
use crate::remarks::Remarks;
use crate::xml::{Element, Node, Space};
use crate::{Entry, Feed, Words};

/// The deepest that elements are kept as values.
const DEEPEST_VALUE: usize = 8;

/// The longest that the authors of a feed are together.
const LONGEST_HERITAGE: usize = 1024;

/// The most entries or pages that are read of one document. A sitemap may have 50,000.
pub(crate) const MOST_ENTRIES: usize = 100_000;

/// Text on one line, or `None` where there is none.
pub(crate) fn line(text: &str) -> Option<String> {
    Some(html::one_line(text)).filter(|line| !line.is_empty())
}

/// HTML as plain text on one line, or `None` where there is none.
pub(crate) fn plain(html: &str) -> Option<String> {
    Some(html::to_plain(html)).filter(|line| !line.is_empty())
}

/// Keeps the first of names or subjects that are the same.
pub(crate) fn once(list: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    list.retain(|words| seen.insert(words.clone()));
}

/// The authors of a feed as its entries inherit them; each entry repeats them.
pub(crate) fn heritable(mut authors: Vec<String>) -> Vec<String> {
    let mut length = 0;
    authors.retain(|author| {
        length += author.len();
        length <= LONGEST_HERITAGE
    });
    authors
}

/// Whom a field of a person names: `Ada Bell`, `ada@example.org (Ada Bell)`, `Ada Bell <ada@…>`.
/// An address alone stays as it is: the feed says no more.
pub(crate) fn person(text: &str) -> Option<String> {
    let text = plain(&text.replace('<', "(").replace('>', ")"))?;
    let Some((before, inner)) = text.split_once('(') else {
        let name = text.strip_prefix("mailto:").unwrap_or(&text);
        return line(name);
    };
    let inner = inner.trim_end_matches(')');
    let is_mail = |words: &str| words.contains('@') && !words.trim().contains(' ');
    if is_mail(before) || before.trim().is_empty() {
        line(inner)
    } else if is_mail(inner) {
        line(before)
    } else {
        line(&text)
    }
}

/// What Media RSS says of an entry; its elements stand in the entry or in a group.
pub(crate) fn media<'e, 't>(
    entry: &'e Element<'t>,
    local: &'static str,
) -> impl Iterator<Item = &'e Element<'t>> {
    let groups = entry
        .elements()
        .filter(|element| element.is(Space::Media, "group") || element.is(Space::Media, "content"));
    entry.all(Space::Media, local).chain(groups.flat_map(move |g| g.all(Space::Media, local)))
}

/// The words of a Media RSS description or of an iTunes summary.
pub(crate) fn media_summary(entry: &Element) -> Option<Words> {
    let described =
        media(entry, "description").next().map(|element| match element.attribute("type") {
            Some("html") => Words::Html(element.html()),
            _ => Words::Plain(element.text()),
        });
    let told = || entry.child(Space::Itunes, "summary").map(|e| Words::Plain(e.text()));
    described.and_then(Words::filled).or_else(|| told().and_then(Words::filled))
}

/// Subjects in the words of modules; each subject stands there once then.
pub(crate) fn categories(element: &Element, list: &mut Vec<String>) {
    for subject in element.all(Space::DublinCore, "subject") {
        list.extend(plain(&subject.html()));
    }
    for category in media(element, "category") {
        list.extend(plain(&category.html()));
    }
    let keywords = media(element, "keywords").chain(element.all(Space::Itunes, "keywords"));
    for keywords in keywords {
        list.extend(keywords.text().split(',').filter_map(line));
    }
    for category in element.all(Space::Itunes, "category") {
        list.extend(category.attribute("text").and_then(line));
    }
    once(list);
}

/// How long to wait, in the words of the Syndication module.
pub(crate) fn pause(channel: &Element) -> Option<Duration> {
    let text = |local| channel.child(Space::Syndication, local).map(|element| element.text());
    let hours = match text("updatePeriod")?.trim().to_ascii_lowercase().as_str() {
        "hourly" => 1,
        "daily" => 24,
        "weekly" => 7 * 24,
        "monthly" => 30 * 24,
        "yearly" => 365 * 24,
        _ => return None,
    };
    let times = text("updateFrequency").and_then(|text| text.trim().parse().ok()).unwrap_or(1u64);
    (times > 0).then(|| Duration::from_secs(hours * 3600 / times))
}

/// The address that a feed has moved to, in the words of iTunes.
pub(crate) fn moved(channel: &Element, feed: &mut Feed, base: &crate::address::Base) {
    let new = channel.child(Space::Itunes, "new-feed-url").map(|element| element.text());
    feed.moved = feed.moved.take().or_else(|| base.resolve(&new?));
}

/// Adds an entry that says anything, and tells whether more are wanted.
pub(crate) fn add_entry(
    feed: &mut Feed,
    entry: Entry,
    authors_of_feed: &[String],
    remarks: &mut Remarks,
) -> bool {
    if feed.entries.len() >= MOST_ENTRIES {
        remarks.add("too-many", &format!("{MOST_ENTRIES} entries"));
        return false;
    }
    if is_filled(&entry, authors_of_feed) {
        feed.entries.push(entry);
    } else {
        remarks.add("bad-entry", "");
    }
    true
}

/// Whether an entry says anything of its own: what it inherits does not count.
fn is_filled(entry: &Entry, authors_of_feed: &[String]) -> bool {
    let words = [&entry.id, &entry.address, &entry.title];
    words.into_iter().any(Option::is_some)
        || entry.summary.is_some()
        || entry.content.is_some()
        || entry.published.is_some()
        || entry.updated.is_some()
        || entry.source.is_some()
        || entry.authors != authors_of_feed
        || !entry.categories.is_empty()
        || !entry.extra.is_empty()
}

/// Keeps an element that no reader knows, by its name.
pub(crate) fn keep(extra: &mut Map<String, Value>, element: &Element) {
    add_value(extra, element.name.written, value(element, 0));
}

/// Text alone as a string; attributes, elements and text beside them as an object.
fn value(element: &Element, depth: usize) -> Value {
    let attributes = element.attributes.iter().filter(|a| !a.name.starts_with("xmlns"));
    let mut object = Map::new();
    for attribute in attributes {
        add_value(&mut object, attribute.name, Value::String(attribute.value.trim().to_owned()));
    }
    if depth >= DEEPEST_VALUE {
        return Value::String(element.text().trim().to_owned());
    }
    let mut text = String::new();
    for node in &element.children {
        match node {
            Node::Element(inner) => {
                add_value(&mut object, inner.name.written, value(inner, depth + 1));
            }
            Node::Text(words) => text.push_str(words),
        }
    }
    let text = text.trim();
    if object.is_empty() {
        return Value::String(text.to_owned());
    }
    if !text.is_empty() {
        add_value(&mut object, "text", Value::String(text.to_owned()));
    }
    Value::Object(object)
}

/// Adds a value under a name; several of one name become an array.
fn add_value(object: &mut Map<String, Value>, name: &str, value: Value) {
    match object.get_mut(name) {
        None => {
            object.insert(name.to_owned(), value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => {
            let values = vec![first.take(), value];
            *first = Value::Array(values);
        }
    }
}
