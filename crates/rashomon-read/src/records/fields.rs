//! The fields of a record by the names that people give them.

use std::collections::BTreeMap;

use rashomon_article::{Diagnostic, Published};
use rashomon_language::Language;
use serde_json::{Map, Value};

use super::Markup;
use crate::assemble::Known;
use crate::date::{BadDate, read_date};
use crate::given::Given;
use crate::kind;

// Names as `folded` has them; the first that is there counts.
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articlebody",
    "articletext",
    "articlecontent",
    "fulltext",
    "bodytext",
    "maintext",
    "contenttext",
    "textcontent",
    "cleantext",
    "plaintext",
    "storytext",
];
const HTML: &[&str] = &["html", "bodyhtml", "contenthtml", "articlehtml", "rawhtml", "pagehtml"];
/// The whole text in some tables, a number or an address in others.
const PERHAPS_TEXT: &[&str] = &["article", "document", "news"];
const TITLE: &[&str] = &["headline", "title", "headlinemain", "articletitle", "heading"];
const OUTLET: &[&str] = &[
    "outlet",
    "outletname",
    "sourcename",
    "publisher",
    "publication",
    "publicationname",
    "newspaper",
    "newsoutlet",
    "medianame",
    "sitename",
    "provider",
];
const DATE: &[&str] = &[
    "published",
    "publishedat",
    "datepublished",
    "publisheddate",
    "publicationdate",
    "publishdate",
    "pubdate",
    "publishtime",
    "publishedtime",
    "date",
    "datetime",
    "timestamp",
    "createdat",
];
const ADDRESS: &[&str] = &[
    "url",
    "link",
    "canonical",
    "canonicalurl",
    "articleurl",
    "articlelink",
    "weburl",
    "permalink",
    "sourceurl",
];
const AUTHOR: &[&str] =
    &["byline", "author", "authors", "authorname", "authornames", "writer", "creator"];
const LANGUAGE: &[&str] = &["language", "lang", "languagecode"];
const AGENCIES: &[&str] = &["agencies", "agency", "newsagency", "wire"];
const ID: &[&str] = &["id", "articleid", "docid", "documentid", "uuid", "guid"];

/// `Published At`, `published_at` and `publishedAt` are one name.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The fields of a record; what is taken out of them does not pass through.
pub(super) struct Fields {
    record: Map<String, Value>,
    /// The names in the record by their folded form.
    names: BTreeMap<String, String>,
}

fn filled(words: &str) -> bool {
    !words.trim().is_empty()
}

impl Fields {
    pub fn new(record: Map<String, Value>) -> Fields {
        let mut names = BTreeMap::new();
        for name in record.keys() {
            let folded = folded(name);
            // Of two that differ in their letters only, the plain one counts.
            if *name == folded || !names.contains_key(&folded) {
                names.insert(folded, name.clone());
            }
        }
        Fields { record, names }
    }

    /// What was not taken.
    pub fn rest(self) -> Map<String, Value> {
        self.record
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.record.get(self.names.get(name)?)
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.record.shift_remove(&self.names.remove(name)?)
    }

    /// Takes the first of the fields that is a string which fits.
    fn string(&mut self, names: &[&str], fits: impl Fn(&str) -> bool) -> Option<String> {
        let fits = |name: &&&str| self.get(name).and_then(Value::as_str).is_some_and(&fits);
        let name = names.iter().find(fits)?;
        match self.take(name) {
            Some(Value::String(words)) => Some(words),
            _ => None,
        }
    }

    /// Takes the first of the fields that names somebody or something.
    fn named(&mut self, names: &[&str]) -> Vec<String> {
        for name in names {
            let found = strings(self.get(name));
            if !found.is_empty() {
                self.take(name);
                return found;
            }
        }
        Vec::new()
    }

    /// The text: a string, a list of paragraphs, or HTML.
    pub fn text(&mut self) -> Option<Markup> {
        if let Some(text) = self.string(TEXT, filled) {
            return Some(marked_up(text));
        }
        let is_list = |name: &&&str| {
            let items = self.get(name).and_then(Value::as_array);
            items.is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_string))
        };
        if let Some(name) = TEXT.iter().find(is_list) {
            let items = self.take(name)?;
            let lines: Vec<&str> = items.as_array()?.iter().filter_map(Value::as_str).collect();
            return Some(lines.join("\n")).filter(|text| filled(text)).map(Markup::Plain);
        }
        if let Some(html) = self.string(HTML, filled) {
            return Some(if is_page(&html) { Markup::Page(html) } else { Markup::Fragment(html) });
        }
        let is_prose = |words: &str| words.split_whitespace().nth(9).is_some();
        self.string(PERHAPS_TEXT, is_prose).map(marked_up)
    }

    /// What the record says of its article beside the text.
    pub fn known(&mut self, place: &str, language: &Language) -> Known {
        let mut given = Given {
            id: self.id(),
            canonical: self.string(ADDRESS, filled),
            title: self.string(TITLE, filled).map(|title| title.trim().to_owned()),
            language: self.string(LANGUAGE, filled),
            outlet: self.named(OUTLET).into_iter().next(),
            ..Given::default()
        };
        self.source(&mut given);
        let authors = self.named(AUTHOR);
        if !authors.is_empty() {
            (given.byline, given.agencies) = crate::plain::authors(&authors, language);
        }
        given.agencies.extend(self.named(AGENCIES));
        let mut known = Known::from(given);
        match self.published(language) {
            Ok(published) => known.given.published = published,
            Err(BadDate(why)) => {
                let message = format!("{place}: the date of publication is left out: {why}");
                known.diagnostics.push(Diagnostic::article("bad-date", message));
            }
        }
        known
    }

    fn id(&mut self) -> Option<String> {
        let is_id = |name: &&&str| match self.get(name) {
            Some(Value::String(id)) => filled(id),
            Some(Value::Number(_)) => true,
            _ => false,
        };
        match self.take(ID.iter().find(is_id)?)? {
            Value::String(id) => Some(id),
            other => Some(other.to_string()),
        }
    }

    /// A source is an outlet in some records and an address in others.
    fn source(&mut self, given: &mut Given) {
        let Some(source) = strings(self.get("source")).into_iter().next() else {
            return;
        };
        let is_address = source.contains("://");
        let open = if is_address { &mut given.canonical } else { &mut given.outlet };
        if open.is_none() {
            *open = Some(source);
            self.take("source");
        }
    }

    fn published(&mut self, language: &Language) -> Result<Option<Published>, BadDate> {
        for name in DATE {
            let found = match self.get(name) {
                Some(Value::String(words)) if filled(words) => match words.trim().parse() {
                    Ok(number) => Ok(from_epoch(number)),
                    Err(_) => read_date(words, &language.reading),
                },
                Some(Value::Number(number)) => Ok(number.as_i64().and_then(from_epoch)),
                _ => continue,
            };
            let found = found?;
            if found.is_some() {
                self.take(name);
                return Ok(found);
            }
        }
        // What is given and cannot be read stays in the record, and is told.
        let mut words = DATE.iter().filter_map(|name| self.get(name).and_then(Value::as_str));
        match words.find(|words| filled(words)) {
            Some(words) => Err(BadDate(format!("{words:?} is no date that can be read"))),
            None => Ok(None),
        }
    }
}

/// Text that holds HTML is read as such.
fn marked_up(text: String) -> Markup {
    if !kind::is_html(&text) {
        Markup::Plain(text)
    } else if is_page(&text) {
        Markup::Page(text)
    } else {
        Markup::Fragment(text)
    }
}

/// Whether HTML is a whole page, with all that stands around an article.
fn is_page(html: &str) -> bool {
    let mut end = html.len().min(2048);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let head = html[..end].to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body"].iter().any(|tag| head.contains(tag))
}

/// The names in a string, an object with a name, or a list of these.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(words)) if filled(words) => printed_list(words.trim()),
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

/// `['Ada Bell', "Ben Cole"]`: tables often hold lists as some program printed them.
fn printed_list(words: &str) -> Vec<String> {
    let inner = words.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let Some(inner) = inner else {
        return vec![words.to_owned()];
    };
    let mut items = Vec::new();
    let mut rest = inner.trim();
    while let Some(quote) = rest.chars().next() {
        let item = rest.strip_prefix(['\'', '"']);
        let Some((item, after)) = item.and_then(|item| item.split_once(quote)) else {
            return vec![words.to_owned()];
        };
        items.push(item.trim().to_owned());
        rest = after.trim_start().trim_start_matches(',').trim_start();
    }
    items.retain(|item| !item.is_empty());
    items
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_lists() {
        let table: &[(&str, &[&str])] = &[
            ("Ada Bell", &["Ada Bell"]),
            ("['Ada Bell', \"Ben O'Dea\"]", &["Ada Bell", "Ben O'Dea"]),
            ("[]", &[]),
            ("[NPA]", &["[NPA]"]),
        ];
        for (words, expected) in table {
            assert_eq!(printed_list(words), *expected, "{words}");
        }
    }
}
