use std::collections::BTreeMap;

use rashomon_article::{Diagnostic, Document, Published};
use rashomon_language::Language;
use serde_json::{Map, Value};

use crate::assemble::{self, Known};
use crate::date::{BadDate, read_date};
use crate::given::Given;
use crate::{Reading, kind, name};

/// Fields that hold the text, the first that is there counts.
const TEXT: &[&str] = &["text", "body", "content", "articleBody", "article_body"];
const TITLE: &[&str] = &["title", "headline"];
const OUTLET: &[&str] = &["outlet", "source_name", "publisher"];
const DATE: &[&str] =
    &["published", "published_at", "datePublished", "date_published", "date", "pubDate"];
const ADDRESS: &[&str] = &["url", "link", "canonical"];
const AUTHOR: &[&str] = &["byline", "author", "authors"];
const LANGUAGE: &[&str] = &["language", "lang"];
const AGENCIES: &[&str] = &["agencies", "agency"];

/// Reads JSON Lines, one JSON object, or an array of objects.
pub(crate) fn read(name: &str, text: &str, language: &Language) -> Reading {
    let mut records = Records { name, language, reading: Reading::default(), ids: BTreeMap::new() };
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let whole = is_whole(start).then(|| serde_json::from_str::<Value>(start));
    match whole {
        Some(Ok(Value::Array(items))) => {
            let single = items.len() == 1;
            for (at, item) in items.into_iter().enumerate() {
                let place = format!("{name}[{at}]");
                records.take(&place, at + 1, single, item);
            }
        }
        Some(Ok(item @ Value::Object(_))) => records.take(name, 1, true, item),
        Some(Err(error)) if start.starts_with('[') => records.refuse(&place(name, 1), &error),
        _ => records.take_lines(text),
    }
    records.reading
}

/// Whether the text is one JSON value rather than a line for each: an array, or an object that
/// does not end on its own line.
fn is_whole(start: &str) -> bool {
    if start.starts_with('[') {
        return true;
    }
    let first = start.lines().next().unwrap_or_default();
    serde_json::from_str::<serde::de::IgnoredAny>(first).is_err()
}

fn place(name: &str, line: usize) -> String {
    format!("{name}:{line}")
}

struct Records<'r> {
    name: &'r str,
    language: &'r Language,
    reading: Reading,
    /// How often an id was given.
    ids: BTreeMap<String, usize>,
}

impl Records<'_> {
    fn take_lines(&mut self, text: &str) {
        let single = text.lines().filter(|line| !line.trim().is_empty()).count() == 1;
        for (at, line) in text.lines().enumerate() {
            let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if line.is_empty() {
                continue;
            }
            match serde_json::from_str(line) {
                Ok(item) => self.take(&place(self.name, at + 1), at + 1, single, item),
                Err(error) => self.refuse(&place(self.name, at + 1), &error),
            }
        }
    }

    fn refuse(&mut self, place: &str, error: &serde_json::Error) {
        let mut why = error.to_string();
        // The line of the file is named already; the column is of use.
        if let Some(at) = why.find(" at line ") {
            why.truncate(at);
        }
        let message = format!("{place}: column {}: {why}; the record is skipped", error.column());
        self.reading.diagnostics.push(Diagnostic::input("bad-record", message, self.name));
    }

    fn take(&mut self, place: &str, number: usize, single: bool, item: Value) {
        let document = match item {
            Value::Object(record) => one(self.name, place, record, self.language),
            _ => Err(refusal("bad-record", self.name, place, "not an object with a text")),
        };
        let (mut document, has_id) = match document {
            Ok(found) => found,
            Err(diagnostic) => {
                self.reading.diagnostics.push(diagnostic);
                return;
            }
        };
        if !has_id && !single {
            document.article.id = format!("{}-{number}", document.article.id);
        }
        document.article.id = self.unique(document.article.id, place);
        self.reading.documents.push(document);
    }

    /// An id that no other record of the input has.
    fn unique(&mut self, id: String, place: &str) -> String {
        let count = self.ids.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return id;
        }
        let mut number = *count;
        let mut other = format!("{id}-{number}");
        while self.ids.contains_key(&other) {
            number += 1;
            other = format!("{id}-{number}");
        }
        self.ids.insert(id.clone(), number);
        self.ids.insert(other.clone(), 1);
        let message = format!("{place}: the id {id:?} was given before; it is read as {other:?}");
        self.reading.diagnostics.push(Diagnostic::input("duplicate-id", message, self.name));
        other
    }
}

/// Takes the first field that is a string and fits.
fn string(
    record: &mut Map<String, Value>,
    names: &[&str],
    fits: impl Fn(&str) -> bool,
) -> Option<String> {
    let name =
        names.iter().find(|name| record.get(**name).and_then(Value::as_str).is_some_and(&fits))?;
    match record.shift_remove(*name) {
        Some(Value::String(words)) => Some(words),
        _ => None,
    }
}

fn refusal(code: &'static str, name: &str, place: &str, why: &str) -> Diagnostic {
    Diagnostic::input(code, format!("{place}: {why}; the record is skipped"), name)
}

/// Reads one record; tells whether it has an id of its own.
pub(crate) fn one(
    name: &str,
    place: &str,
    mut record: Map<String, Value>,
    language: &Language,
) -> Result<(Document, bool), Diagnostic> {
    let text = text(&mut record);
    let page = string(&mut record, &["html"], kind::is_html);
    if text.is_none() && page.is_none() {
        return Err(refusal("no-text", name, place, "no text, body or content"));
    }
    let mut known = known(&mut record, place, language);
    let given = &mut known.given;
    let has_id = given.id.is_some();
    given.id = given.id.take().or_else(|| Some(name::stem(name)));
    given.source = Some(given.canonical.clone().unwrap_or_else(|| name.to_owned()));
    given.extra = record;
    let document = match (text, page) {
        (Some(text), _) if !kind::is_html(&text) => {
            assemble::document(name, &text, known, language)
        }
        (Some(page), _) | (None, Some(page)) => of_page(name, &page, known, language),
        (None, None) => assemble::document(name, "", known, language),
    };
    Ok((document, has_id))
}

#[cfg(feature = "html")]
fn of_page(name: &str, page: &str, known: Known, language: &Language) -> Document {
    crate::html::document(name, page, known, language)
}

#[cfg(not(feature = "html"))]
fn of_page(name: &str, page: &str, known: Known, language: &Language) -> Document {
    assemble::document(name, page, known, language)
}

/// The text of a record: a string, or a list of paragraphs.
fn text(record: &mut Map<String, Value>) -> Option<String> {
    if let Some(text) = string(record, TEXT, |words| !words.trim().is_empty()) {
        return Some(text);
    }
    let name = TEXT.iter().find(|name| {
        record
            .get(**name)
            .and_then(Value::as_array)
            .is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_string))
    })?;
    let items = record.shift_remove(*name)?;
    let lines: Vec<&str> = items.as_array()?.iter().filter_map(Value::as_str).collect();
    let text = lines.join("\n");
    (!text.trim().is_empty()).then_some(text)
}

/// What a record says of its article; the fields are taken out of it.
fn known(record: &mut Map<String, Value>, place: &str, language: &Language) -> Known {
    let filled = |words: &str| !words.trim().is_empty();
    let mut given = Given {
        canonical: string(record, ADDRESS, filled),
        title: string(record, TITLE, filled).map(|title| title.trim().to_owned()),
        language: string(record, LANGUAGE, filled),
        ..Given::default()
    };
    given.id = match record.get("id") {
        Some(Value::String(id)) if filled(id) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    if given.id.is_some() {
        record.shift_remove("id");
    }
    given.outlet = named(record, OUTLET);
    (given.byline, given.agencies) = authors(record, language);
    if let Some(name) = AGENCIES.iter().find(|name| !strings(record.get(**name)).is_empty()) {
        given.agencies.extend(strings(record.get(*name)));
        record.shift_remove(*name);
    }
    let mut known = Known::from(given);
    match published(record, language) {
        Ok(published) => known.given.published = published,
        Err(BadDate(why)) => {
            let message = format!("{place}: the date of publication is left out: {why}");
            known.diagnostics.push(Diagnostic::article("bad-date", message));
        }
    }
    known
}

/// A name, or an object with one.
fn named(record: &mut Map<String, Value>, names: &[&str]) -> Option<String> {
    let name = names.iter().find(|name| !strings(record.get(**name)).is_empty())?;
    let found = strings(record.get(*name)).into_iter().next();
    record.shift_remove(*name);
    found
}

/// The names in a string, an object with a name, or a list of these.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(words)) if !words.trim().is_empty() => vec![words.trim().to_owned()],
        Some(Value::Object(object)) => {
            object.get("name").map(|name| strings(Some(name))).unwrap_or_default()
        }
        Some(Value::Array(items)) => items
            .iter()
            .filter(|item| !item.is_array())
            .flat_map(|item| strings(Some(item)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Authors and, among them, agencies. Where all the fields that may name authors are there, the
/// first counts and the others pass through.
fn authors(record: &mut Map<String, Value>, language: &Language) -> (Vec<String>, Vec<String>) {
    let Some(name) = AUTHOR.iter().find(|name| !strings(record.get(**name)).is_empty()) else {
        return (Vec::new(), Vec::new());
    };
    let found = strings(record.get(*name));
    record.shift_remove(*name);
    crate::plain::authors(&found, language)
}

fn published(
    record: &mut Map<String, Value>,
    language: &Language,
) -> Result<Option<Published>, BadDate> {
    for name in DATE {
        let found = match record.get(*name) {
            Some(Value::String(words)) if !words.trim().is_empty() => {
                read_date(words, &language.reading)
            }
            Some(Value::Number(number)) => Ok(number.as_i64().and_then(from_epoch)),
            _ => continue,
        };
        match found {
            Ok(None) => {}
            Ok(found) => {
                record.shift_remove(*name);
                return Ok(found);
            }
            Err(bad) => return Err(bad),
        }
    }
    // What is given and cannot be read stays in the record, and is told.
    let unread = DATE.iter().find_map(|name| {
        record.get(*name).and_then(Value::as_str).filter(|words| !words.trim().is_empty())
    });
    match unread {
        Some(words) => Err(BadDate(format!("{words:?} is no date that can be read"))),
        None => Ok(None),
    }
}

/// Seconds or milliseconds since 1970, from 1973 to 2286.
fn from_epoch(number: i64) -> Option<Published> {
    let at = match number {
        100_000_000..=9_999_999_999 => jiff::Timestamp::from_second(number).ok()?,
        100_000_000_000..=9_999_999_999_999 => jiff::Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    Some(Published::Instant { at, offset: 0 })
}
