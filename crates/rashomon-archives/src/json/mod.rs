//! JSON, one object after the other.

mod items;
mod lines;

use std::collections::VecDeque;

use rashomon_article::Diagnostic;
use serde_json::{Map, Value};

use crate::record::{Body, Counts, Record};
use crate::source::Place;

pub(crate) use items::Items;
pub(crate) use lines::Lines;

/// Fields that hold articles where an object only wraps them, as the answers of services do.
const WRAPPERS: &[&str] = &["articles", "items", "results", "documents", "docs", "records", "data"];

/// The articles in an object that wraps them, or the object itself.
fn unwrapped(mut object: Map<String, Value>) -> Vec<Map<String, Value>> {
    let is_article = ["text", "body", "content", "body_text", "body_html", "html", "headline"];
    let wrapper = WRAPPERS.iter().find(|field| {
        let items = object.get(**field).and_then(Value::as_array);
        items.is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
    });
    let Some(wrapper) = wrapper.filter(|_| !is_article.iter().any(|key| object.contains_key(*key)))
    else {
        return vec![object];
    };
    let Some(Value::Array(items)) = object.shift_remove(*wrapper) else {
        return vec![object];
    };
    let objects = items.into_iter().filter_map(|item| match item {
        Value::Object(object) => Some(object),
        _ => None,
    });
    objects.collect()
}

/// What is wrong, without the line, which is counted here in another way.
fn why(error: &serde_json::Error) -> String {
    let mut why = error.to_string();
    if let Some(at) = why.find(" at line ") {
        why.truncate(at);
    }
    format!("column {}: {why}; the record is skipped", error.column())
}

/// The records in the bytes of one value; those after the first wait.
fn take(
    bytes: &[u8],
    name: &str,
    place: &Place,
    counts: &mut Counts,
    waiting: &mut VecDeque<Record>,
) -> Option<Result<Record, Diagnostic>> {
    let (value, replaced) = parse(bytes);
    let object = match value {
        Ok(Value::Object(object)) => object,
        Ok(_) => {
            let why = "not an object with fields; the record is skipped";
            return Some(Err(place.diagnostic("bad-record", name, why)));
        }
        Err(error) => return Some(Err(place.diagnostic("bad-record", name, why(&error)))),
    };
    if replaced {
        counts.note("encoding-errors");
    }
    let objects = unwrapped(object);
    let many = objects.len() > 1;
    for (at, object) in objects.into_iter().enumerate() {
        let name = if many { format!("{name}[{at}]") } else { name.to_owned() };
        waiting.push_back(Record::new(name, Body::Fields(object)));
    }
    waiting.pop_front().map(Ok)
}

/// Bytes as JSON: UTF-8, and what is none is replaced; tells whether something was.
fn parse(bytes: &[u8]) -> (Result<Value, serde_json::Error>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (serde_json::from_str(text), false),
        Err(_) => (serde_json::from_str(&String::from_utf8_lossy(bytes)), true),
    }
}
