//! Records: JSON Lines, one JSON object, an array of objects; and each record by itself, whoever
//! read it.

mod fields;
mod ninjs;

use std::collections::BTreeMap;

use rashomon_article::{Diagnostic, Document};
use rashomon_language::Language;
use serde_json::{Map, Value};

use crate::assemble::{self, Known};
use crate::{Reading, name};
use fields::Fields;

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
fn refusal(code: &'static str, name: &str, place: &str, why: &str) -> Diagnostic {
    Diagnostic::input(code, format!("{place}: {why}; the record is skipped"), name)
}

/// Reads one record; tells whether it has an id of its own.
pub(crate) fn one(
    name: &str,
    place: &str,
    record: Map<String, Value>,
    language: &Language,
) -> Result<(Document, bool), Diagnostic> {
    let refuse = |(code, why): (&'static str, &str)| refusal(code, name, place, why);
    let record = ninjs::plain(record).map_err(refuse)?;
    let mut fields = Fields::new(record);
    let Some(text) = fields.text() else {
        return Err(refuse(("no-text", "no text, body or content")));
    };
    let mut known = fields.known(place, language);
    let given = &mut known.given;
    let has_id = given.id.is_some();
    given.id = given.id.take().or_else(|| Some(name::stem(name)));
    given.source = Some(given.canonical.clone().unwrap_or_else(|| name.to_owned()));
    given.extra = fields.rest();
    Ok((document(name, text, known, language), has_id))
}

/// The text of a record as it is marked up.
enum Markup {
    Plain(String),
    /// A stretch of HTML that is the article and nothing else.
    Fragment(String),
    Page(String),
}

#[cfg(feature = "html")]
fn document(name: &str, text: Markup, known: Known, language: &Language) -> Document {
    match text {
        Markup::Plain(text) => assemble::document(name, &text, known, language),
        Markup::Fragment(html) => crate::html::fragment::document(name, &html, known, language),
        Markup::Page(html) => crate::html::document(name, &html, known, language),
    }
}

#[cfg(not(feature = "html"))]
fn document(name: &str, text: Markup, known: Known, language: &Language) -> Document {
    let (Markup::Plain(text) | Markup::Fragment(text) | Markup::Page(text)) = text;
    assemble::document(name, &text, known, language)
}
