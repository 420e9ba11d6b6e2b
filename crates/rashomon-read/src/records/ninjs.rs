//! News in JSON of the IPTC, as agencies send it: versions 1, 2 and 3 differ in names and shapes.

use serde_json::{Map, Value};

use super::fields::folded;

/// Why an item is not read: the code and the reason.
type Refusal = (&'static str, &'static str);

/// A record with the plain fields of the others where it is an item of ninjs, and else as it is.
/// What this program has no field for stays in it.
pub(super) fn plain(mut record: Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    if !is_ninjs(&record) {
        return Ok(record);
    }
    let body = body(&mut record);
    match string(&record, "type").map(str::to_ascii_lowercase).as_deref() {
        None | Some("text") => {}
        _ if body.is_some() => {}
        Some("picture" | "graphic") => return Err(("not-text", "a picture, and no text")),
        Some("audio" | "video") => return Err(("not-text", "sound or film, and no text")),
        Some(_) => return Err(("not-text", "an item of another type than text")),
    }
    if let Some("canceled" | "cancelled" | "withheld") = string(&record, "pubstatus") {
        return Err(("withdrawn", "its provider withholds it or has cancelled it"));
    }
    if let Some((is_html, body)) = body {
        record.insert(if is_html { "html" } else { "text" }.to_owned(), Value::String(body));
    }
    if let Some(headline) = values(&mut record, "headlines").into_iter().next() {
        record.insert("headline".to_owned(), Value::String(headline.value));
    }
    rename(&mut record, "uri", "id");
    rename(&mut record, "by", "byline");
    // When this version was made, rather than the first one, whose words may have been others.
    for name in ["versioncreated", "contentcreated", "firstcreated"] {
        if !record.contains_key("published") {
            rename(&mut record, name, "published");
        }
    }
    let outlet = string(&record, "copyrightholder").filter(|words| !words.trim().is_empty());
    if let Some(outlet) = outlet.map(str::to_owned).filter(|_| !record.contains_key("outlet")) {
        record.insert("outlet".to_owned(), Value::String(outlet));
    }
    Ok(record)
}

/// Only `uri` is asked of an item; what comes beside it tells the format.
fn is_ninjs(record: &Map<String, Value>) -> bool {
    let told = record.get("standard").and_then(|standard| standard.get("name"));
    let named = told.and_then(Value::as_str).is_some_and(|name| name.eq_ignore_ascii_case("ninjs"));
    let has = |name: &str| key(record, name).is_some();
    named
        || has("uri")
            && (has("versioncreated")
                || has("pubstatus")
                || has("headlines")
                || has("bodies")
                || has("type") && record.keys().any(|key| is_body(key)))
}

fn is_body(key: &str) -> bool {
    key.starts_with("body_")
}

/// The name that a field has in the record, whether `versioncreated` or `versionCreated`.
fn key(record: &Map<String, Value>, name: &str) -> Option<String> {
    record.keys().find(|key| folded(key) == name).cloned()
}

fn string<'r>(record: &'r Map<String, Value>, name: &str) -> Option<&'r str> {
    record.get(&key(record, name)?)?.as_str()
}

/// Gives a field another name, unless there is one of that name.
fn rename(record: &mut Map<String, Value>, name: &str, other: &str) {
    if record.contains_key(other) {
        return;
    }
    if let Some(value) = key(record, name).and_then(|key| record.shift_remove(&key)) {
        record.insert(other.to_owned(), value);
    }
}

/// The body and whether it is HTML, which has the paragraphs, goes before plain text.
fn body(record: &mut Map<String, Value>) -> Option<(bool, String)> {
    let mut bodies = values(record, "bodies");
    let keys: Vec<String> = record.keys().filter(|key| is_body(key)).cloned().collect();
    for key in keys {
        if let Some(Value::String(value)) = record.get(&key) {
            let is_html = matches!(&*key, "body_html" | "body_xhtml" | "body_richtext")
                || value.trim_start().starts_with('<');
            bodies.push(Part { is_html, is_main: key == "body_text", value: value.clone() });
            record.shift_remove(&key);
        }
    }
    bodies.retain(|body| !body.value.trim().is_empty());
    bodies.sort_by_key(|body| !body.is_html);
    bodies.into_iter().next().map(|body| (body.is_html, body.value))
}

/// One form of a headline or a body.
struct Part {
    is_html: bool,
    is_main: bool,
    value: String,
}

/// Takes out a list of forms, the main one first.
fn values(record: &mut Map<String, Value>, name: &str) -> Vec<Part> {
    let Some(key) = key(record, name) else {
        return Vec::new();
    };
    let Some(items) = record.get(&key).and_then(Value::as_array) else {
        return Vec::new();
    };
    let part = |item: &Value| {
        let said = |name: &str| {
            let fields = item.as_object()?;
            string(fields, name).map(str::to_ascii_lowercase)
        };
        let value = item.get("value").and_then(Value::as_str).or_else(|| item.as_str())?;
        let kind = said("contenttype").unwrap_or_default();
        Some(Part {
            is_html: kind.contains("html")
                || kind.contains("xml")
                || value.trim_start().starts_with('<'),
            is_main: said("role").is_none_or(|role| role == "main"),
            value: value.to_owned(),
        })
    };
    let mut parts: Vec<Part> = items.iter().filter_map(part).collect();
    parts.sort_by_key(|part| !part.is_main);
    if !parts.is_empty() {
        record.shift_remove(&key);
    }
    parts
}
