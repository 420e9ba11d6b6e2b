//! JSON Feed 1 and 1.1.

use serde_json::{Map, Value};

use super::modules;
use crate::address::{self, Base};
use crate::date;
use crate::remarks::Remarks;
use crate::scope;
use crate::{Entry, Feed, Format, Origin, Words};

/// The most bytes of a JSON document: a value takes many times the bytes that it is written in.
pub(crate) const MOST_BYTES: usize = 16 << 20;

/// Reads JSON. Where it ends too early, the items that are whole are read.
pub(crate) fn parse(text: &str, remarks: &mut Remarks) -> Result<Value, serde_json::Error> {
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let Some(closed) = closed(text).filter(|_| error.is_eof()) else {
        return Err(error);
    };
    let value = serde_json::from_str(&closed)?;
    remarks.add("feed-truncated", "its whole items were read");
    Ok(value)
}

/// The start of a cut document up to the last whole object in an array of the outermost object,
/// closed.
fn closed(text: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut whole = None;
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                if open.pop() != Some(byte) {
                    return None;
                }
                if open == *b"}]" {
                    whole = Some(at + 1);
                }
            }
            _ => {}
        }
    }
    Some(format!("{}]}}", text.get(..whole?)?))
}

/// Reads a feed from JSON, or `None` where it is other JSON.
pub(crate) fn read(value: Value, base: Base, remarks: &mut Remarks) -> Option<Feed> {
    let Value::Object(mut fields) = value else {
        return None;
    };
    let version = text(&fields, "version").unwrap_or_default();
    let names_itself = version.contains("jsonfeed.org");
    let items = match fields.remove("items") {
        Some(Value::Array(items)) => items,
        None if names_itself => Vec::new(),
        _ => return None,
    };
    let is_old = version.trim_end_matches('/').ends_with("/1");
    let mut feed = Feed::new(if is_old { Format::JsonFeed10 } else { Format::JsonFeed11 });
    feed.title = text(&fields, "title").and_then(|title| modules::line(&title));
    feed.description = text(&fields, "description").and_then(|words| modules::line(&words));
    feed.language = text(&fields, "language").as_deref().and_then(scope::language);
    let address = |name| base.resolve(&text(&fields, name)?);
    feed.home = address("home_page_url");
    feed.address = address("feed_url");
    feed.next = address("next_url");
    if let Some(Value::Array(hubs)) = fields.get("hubs") {
        feed.hubs = hubs.iter().filter_map(|hub| base.resolve(hub["url"].as_str()?)).collect();
    }
    let authors = modules::heritable(authors(&fields));
    let own = Base::new(feed.address.as_deref().or(feed.home.as_deref()));
    let base = base.or(&own);
    for item in items {
        let entry = match item {
            Value::Object(item) => entry(item, &base, &authors, &feed.language, remarks),
            _ => Entry::default(),
        };
        if !modules::add_entry(&mut feed, entry, &authors, remarks) {
            break;
        }
    }
    Some(feed)
}

fn entry(
    mut item: Map<String, Value>,
    base: &Base,
    of_feed: &[String],
    language: &Option<String>,
    remarks: &mut Remarks,
) -> Entry {
    let mut take = |name: &str| {
        let words = text(&item, name);
        item.shift_remove(name);
        words
    };
    let mut entry = Entry { id: take("id"), ..Entry::default() };
    let mut absolute = |written: Option<String>| {
        let written = written?;
        let address = base.resolve(&written);
        if address.is_none() {
            remarks.add("bad-address", &written);
        }
        address
    };
    entry.address = absolute(take("url"));
    let elsewhere = absolute(take("external_url"));
    entry.address = entry.address.or_else(|| {
        let id = entry.id.as_deref().and_then(address::of_id);
        id.or_else(|| elsewhere.clone())
    });
    let elsewhere = elsewhere.filter(|there| entry.address.as_ref() != Some(there));
    entry.source = elsewhere.map(|there| Origin { title: None, address: Some(there) });
    entry.title = take("title").and_then(|title| modules::line(&title));
    entry.summary = take("summary").and_then(|words| Words::Plain(words).filled());
    let html = take("content_html").and_then(|words| Words::Html(words).filled());
    let plain = take("content_text").and_then(|words| Words::Plain(words).filled());
    entry.content = html.or(plain);
    entry.language = take("language").as_deref().and_then(scope::language);
    entry.language = entry.language.or_else(|| language.clone());
    entry.published = take("date_published").and_then(|date| date::read(&date, remarks));
    entry.updated = take("date_modified").and_then(|date| date::read(&date, remarks));
    entry.authors = authors(&item);
    if entry.authors.is_empty() {
        entry.authors = of_feed.to_vec();
    }
    if let Some(Value::Array(tags)) = item.shift_remove("tags") {
        for tag in tags {
            entry.categories.extend(tag.as_str().and_then(modules::line));
        }
        modules::once(&mut entry.categories);
    }
    item.shift_remove("author");
    item.shift_remove("authors");
    entry.extra = item;
    entry
}

/// A field as text; ids are numbers in some feeds.
fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    let text = match fields.get(name)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// `authors` of version 1.1, or `author` of version 1.
fn authors(fields: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    let several = fields.get("authors").and_then(Value::as_array);
    for author in several.into_iter().flatten().chain(fields.get("author")) {
        let name = author.as_str().or_else(|| author["name"].as_str());
        names.extend(name.and_then(modules::line));
    }
    modules::once(&mut names);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_whole_of_a_cut_document() {
        let table = [
            (r#"{"items":[{"a":[1,{"b":2}]},{"c""#, Some(r#"{"items":[{"a":[1,{"b":2}]}]}"#)),
            (r#"{"v":"}]{","items":[{"a":"\"}"},{"#, Some(r#"{"v":"}]{","items":[{"a":"\"}"}]}"#)),
            (r#"{"items":[{"a":"#, None),
            (r#"{"items":]"#, None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(closed(text).as_deref(), expected, "{text}");
        }
    }
}
