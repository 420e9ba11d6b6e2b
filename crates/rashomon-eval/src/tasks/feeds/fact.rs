//! One thing that a project expects of a fixture, and whether it was read.

use rashomon_feeds::{Entry, Feed, Published, Source, Words};
use serde_json::{Value, json};

/// An expectation.
pub struct Fact {
    /// The field, by the name that it has in the table.
    pub field: &'static str,
    /// The entry that it is of, or the feed.
    pub entry: Option<usize>,
    /// What is expected; several values where any of them is right.
    pub expected: Vec<String>,
}

/// How what was read stands to what was expected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the same, blanks and tags aside.
    Same,
    /// It is something else.
    Other,
    /// It was not read.
    Missing,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Other => "other",
            Verdict::Missing => "missing",
        }
    }
}

impl Fact {
    pub fn new(field: &'static str, entry: Option<usize>, expected: &str) -> Fact {
        Fact { field, entry, expected: vec![expected.to_owned()] }
    }

    /// Judges what was read.
    pub fn judge(&self, source: Option<&Source>) -> Verdict {
        if self.field == "well-formed" {
            let ill = source.is_none_or(|source| {
                let told = source.diagnostics();
                told.iter().any(|told| super::ILL_FORMED.contains(&&*told.code))
            });
            let same = self.expected[0] == (!ill).to_string();
            return if same { Verdict::Same } else { Verdict::Other };
        }
        let found = self.found(source);
        if found.is_empty() {
            return Verdict::Missing;
        }
        let same = |a: &String| self.expected.iter().any(|b| self.is_same(a, b));
        let all = matches!(self.field, "authors" | "categories");
        let agrees = if all {
            self.expected.iter().all(|b| found.iter().any(|a| self.is_same(a, b)))
        } else {
            found.iter().any(same)
        };
        if agrees { Verdict::Same } else { Verdict::Other }
    }

    fn is_same(&self, found: &str, expected: &str) -> bool {
        let plain = |words: &str| Words::Html(words.to_owned()).to_plain();
        match self.field {
            "published" | "updated" | "dated" => {
                let instant = |words: &str| words.parse::<jiff::Timestamp>().ok();
                // A day without its time agrees with any instant of it.
                let same_day = found.len() == 10 && expected.starts_with(found);
                same_day || instant(found).is_some() && instant(found) == instant(expected)
            }
            "feed language" | "language" => found.eq_ignore_ascii_case(expected),
            "address" | "home" => {
                let bare = |words: &str| words.trim().trim_end_matches('/').to_owned();
                bare(found) == bare(expected)
            }
            _ => {
                let joined = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
                joined(found) == joined(expected) || plain(found) == plain(expected)
            }
        }
    }

    /// What was read of the field.
    fn found(&self, source: Option<&Source>) -> Vec<String> {
        let Some(Source::Feed(feed)) = source else {
            return Vec::new();
        };
        match self.entry {
            None => of_feed(feed, self.field),
            Some(at) => {
                feed.entries.get(at).map(|entry| of_entry(entry, self.field)).unwrap_or_default()
            }
        }
    }

    /// A disagreement, for a person to read.
    pub fn line(&self, verdict: Verdict, source: Option<&Source>) -> Value {
        json!({"field": self.field, "entry": self.entry, "verdict": verdict.name(),
            "expected": self.expected, "found": self.found(source)})
    }
}

fn of_feed(feed: &Feed, field: &str) -> Vec<String> {
    let found = match field {
        "feed title" => feed.title.clone(),
        "feed description" => feed.description.clone(),
        "feed language" => feed.language.clone(),
        "home" => return [&feed.home, &feed.address].into_iter().flatten().cloned().collect(),
        "entries" => Some(feed.entries.len().to_string()),
        "format" => Some(feed.format.name().to_owned()),
        _ => None,
    };
    found.into_iter().collect()
}

fn of_entry(entry: &Entry, field: &str) -> Vec<String> {
    let words = |words: &Option<Words>| words.as_ref().map(|words| words.as_str().to_owned());
    let source = entry.source.as_ref();
    let found = match field {
        "title" => entry.title.clone(),
        "address" => entry.address.clone(),
        "id" => entry.id.clone(),
        "published" => entry.published.map(date),
        "dated" => entry.published.or(entry.updated).map(date),
        "updated" => entry.updated.or(entry.published).map(date),
        "summary" => words(&entry.summary),
        "content" => words(&entry.content),
        "words" => {
            return [words(&entry.content), words(&entry.summary)].into_iter().flatten().collect();
        }
        "source title" => source.and_then(|source| source.title.clone()),
        "source address" => source.and_then(|source| source.address.clone()),
        "language" => entry.language.clone(),
        "authors" => return entry.authors.clone(),
        "categories" => return entry.categories.clone(),
        _ => None,
    };
    found.into_iter().collect()
}

fn date(published: Published) -> String {
    match published {
        Published::Day(day) => day.to_string(),
        Published::Instant { at, .. } => at.to_string(),
    }
}
