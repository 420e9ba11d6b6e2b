//! Feeds: each fixture of a folder is read or refused with a reason, and what was read is held
//! against what the tests of the fixture's project expect. `--gold FOLDER` has an
//! `index.jsonl.gz`; `--pred FILE` gets a line for each fixture with what disagrees.
//!
//! Expectations are those of other readers and not a norm: where two projects disagree, one of
//! them counts as wrong here.

mod expected;
mod expressions;
mod fact;

use std::collections::BTreeMap;
use std::path::Path;

use rashomon_feeds::{Source, read};
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};
use fact::{Fact, Verdict};

/// Codes of diagnostics that say that a document is no good XML.
const ILL_FORMED: &[&str] =
    &["encoding-errors", "encoding-guessed", "encoding-unknown", "feed-repaired", "feed-truncated"];

/// Measures feeds.
pub fn run(options: &Options) -> Result<Value, String> {
    let folder = options.path("gold")?;
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut fields: BTreeMap<&'static str, BTreeMap<&'static str, usize>> = BTreeMap::new();
    let mut lines = Vec::new();
    let index = read_items(&folder.join("index.jsonl.gz"))?;
    for item in &index {
        let path = item["path"].as_str().unwrap_or_default();
        let bytes = std::fs::read(folder.join(path)).map_err(|error| format!("{path}: {error}"))?;
        let read = read(&bytes, None, media_type(&bytes).as_deref());
        let facts = facts(&folder, item)?;
        let outcome = match &read {
            Ok(Source::Feed(feed)) => format!("read: {}", feed.format.name()),
            Ok(Source::Subscriptions(_)) => "read: OPML".to_owned(),
            Ok(Source::Sitemap(_)) => "read: sitemap".to_owned(),
            Err(error) => format!("refused: {}", error.code()),
        };
        let told = read.as_ref().map(Source::diagnostics).unwrap_or_default();
        for diagnostic in told {
            *codes.entry(diagnostic.code.to_string()).or_default() += 1;
        }
        let mut wrong = Vec::new();
        for fact in &facts {
            let verdict = fact.judge(read.as_ref().ok());
            let tally = fields.entry(fact.field).or_default();
            *tally.entry(verdict.name()).or_default() += 1;
            if verdict != Verdict::Same {
                wrong.push(fact.line(verdict, read.as_ref().ok()));
            }
        }
        let messages: Vec<&str> = told.iter().map(|told| told.message.as_str()).collect();
        let error = read.as_ref().err().map(ToString::to_string);
        lines.push(json!({"path": path, "outcome": outcome, "error": error,
            "diagnostics": messages, "facts": facts.len(), "differ": wrong}));
        *outcomes.entry(outcome).or_default() += 1;
    }
    if let Some(out) = options.get("pred") {
        write_items(Path::new(out), &lines)?;
    }
    let read: usize =
        outcomes.iter().filter(|(name, _)| name.starts_with("read")).map(|x| x.1).sum();
    let facts: serde_json::Map<String, Value> =
        fields.iter().map(|(&field, tally)| (field.to_owned(), share(tally))).collect();
    Ok(json!({"task": "feeds", "fixtures": index.len(), "read": read, "outcomes": outcomes,
        "diagnostics": codes, "facts": facts}))
}

/// The counts of a field, and the share of the same among them.
fn share(tally: &BTreeMap<&'static str, usize>) -> Value {
    let mut counts = json!(tally);
    let same = tally.get("same").copied().unwrap_or_default() as f64;
    let all: usize = tally.values().sum();
    counts["share"] = json!((same / all.max(1) as f64 * 1000.0).round() / 1000.0);
    counts
}

/// What the project of a fixture expects of it, as far as it can be compared.
fn facts(folder: &Path, item: &Value) -> Result<Vec<Fact>, String> {
    if let Some(file) = item["expected_file"].as_str() {
        let bytes = std::fs::read(folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
        // One of them is in Latin-1.
        let latin = |error: std::string::FromUtf8Error| {
            error.into_bytes().into_iter().map(char::from).collect()
        };
        let text = String::from_utf8(bytes).unwrap_or_else(latin);
        let value = serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
        return Ok(expected::facts(&value));
    }
    Ok(item["expected"].as_str().map(expressions::facts).unwrap_or_default())
}

/// The media type that a fixture of feedparser is served with: it stands in its first comment.
fn media_type(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]).into_owned();
    let after = &head[head.find("Content-type:")? + "Content-type:".len()..];
    after.lines().next().map(|line| line.trim().to_owned())
}
