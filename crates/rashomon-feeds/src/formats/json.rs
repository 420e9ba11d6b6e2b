//! JSON Feed 1 and 1.1.

use serde_json::{Map, Value};

use super::modules;
use crate::address::Base;
use crate::date;
use crate::remarks::Remarks;
use crate::{Entry, Feed, Format, Origin, Words};

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
    feed.language = text(&fields, "language");
    let address = |name| base.resolve(&text(&fields, name)?);
    feed.home = address("home_page_url");
    feed.address = address("feed_url");
    feed.next = address("next_url");
    if let Some(Value::Array(hubs)) = fields.get("hubs") {
        feed.hubs = hubs.iter().filter_map(|hub| base.resolve(hub["url"].as_str()?)).collect();
    }
    let authors = authors(&fields);
    let own = Base::new(feed.address.as_deref().or(feed.home.as_deref()));
    let base = base.or(&own);
    let mut empty = 0;
    for item in items {
        let entry = match item {
            Value::Object(item) => entry(item, &base, &authors, &feed.language, remarks),
            _ => Entry::default(),
        };
        if modules::is_filled(&entry, &authors) { feed.entries.push(entry) } else { empty += 1 }
    }
    remarks.add_times("bad-entry", empty, "");
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
    let mut address = |written: Option<String>| {
        let written = written?;
        let address = base.resolve(&written);
        if address.is_none() {
            remarks.add("bad-address", &written);
        }
        address
    };
    entry.address = address(take("url"));
    let elsewhere = address(take("external_url"));
    entry.address = entry.address.or_else(|| {
        let id = entry.id.as_deref().filter(|id| id.starts_with("http"));
        id.map(str::to_owned).or_else(|| elsewhere.clone())
    });
    let elsewhere = elsewhere.filter(|there| entry.address.as_ref() != Some(there));
    entry.source = elsewhere.map(|there| Origin { title: None, address: Some(there) });
    entry.title = take("title").and_then(|title| modules::line(&title));
    entry.summary = take("summary").and_then(|words| Words::Plain(words).filled());
    let html = take("content_html").and_then(|words| Words::Html(words).filled());
    let plain = take("content_text").and_then(|words| Words::Plain(words).filled());
    entry.content = html.or(plain);
    entry.language = take("language").or_else(|| language.clone());
    entry.published = take("date_published").and_then(|date| date::read(&date, remarks));
    entry.updated = take("date_modified").and_then(|date| date::read(&date, remarks));
    entry.authors = authors(&item);
    if entry.authors.is_empty() {
        entry.authors = of_feed.to_vec();
    }
    if let Some(Value::Array(tags)) = item.shift_remove("tags") {
        for tag in tags {
            modules::add(&mut entry.categories, tag.as_str().and_then(modules::line));
        }
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
        modules::add(&mut names, name.and_then(modules::line));
    }
    names
}
