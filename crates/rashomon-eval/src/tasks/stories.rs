//! Grouping of articles:
//! `rashomon-eval stories --gold FILE [--distractors FILE] [--how stream|batch] --pred OUT`.
//!
//! As a stream, the default, articles come one by one and stories are put right as they form; what
//! is scored is how they stand after the last. As a batch, all are grouped at once.
//!
//! The articles are fed in the order of their time where they have one. Distractors belong to no
//! gold story and are grouped with them; one that stands in a story with a gold article counts
//! against precision as any wrong article does.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use rashomon::article::{Document, Published};
use rashomon::language::english;
use rashomon::{Assignment, Correction, Placement, Stream, StreamOptions};
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

pub fn run(options: &Options) -> Result<Value, String> {
    let gold = read_items(&options.path("gold")?)?;
    let known: BTreeSet<&str> = gold.iter().filter_map(|item| item["id"].as_str()).collect();
    let mut items = gold.clone();
    if options.get("distractors").is_some() {
        let others = read_items(&options.path("distractors")?)?;
        let is_new = |item: &Value| item["id"].as_str().is_none_or(|id| !known.contains(id));
        items.extend(others.into_iter().filter(is_new));
    }
    in_time(&mut items);
    let documents: Vec<Document> = items.iter().map(document).collect();
    let views: Vec<&Document> = documents.iter().collect();
    let begin = Instant::now();
    let assignments = match options.get("how").unwrap_or("stream") {
        "stream" => streamed(&documents),
        "batch" => rashomon::group(&views, english()),
        other => return Err(format!("--how is stream or batch, not {other}")),
    };
    let seconds = begin.elapsed().as_secs_f64();
    let is_gold = |document: &Document| known.contains(document.article.id.as_str());
    let mut strangers: BTreeMap<String, usize> = BTreeMap::new();
    for (_, assignment) in documents.iter().zip(&assignments).filter(|(d, _)| !is_gold(d)) {
        *strangers.entry(format!("s{}", assignment.story)).or_default() += 1;
    }
    let pred: Vec<Value> = documents
        .iter()
        .zip(&assignments)
        .filter(|(document, _)| is_gold(document))
        .map(|(document, assignment)| {
            json!({"id": document.article.id, "story": format!("s{}", assignment.story),
                   "score": assignment.score, "why": assignment.why})
        })
        .collect();
    write_items(&options.path("pred")?, &pred)?;
    let mut metrics = bcubed(&gold, &pred, &strangers);
    metrics["grouped"] = json!(documents.len());
    metrics["seconds"] = json!((seconds * 100.0).round() / 100.0);
    Ok(metrics)
}

/// The stories as they stand after the last article; numbers are those of the stream.
fn streamed(documents: &[Document]) -> Vec<Assignment> {
    let mut stream = Stream::new(StreamOptions { window_days: u32::MAX, ..Default::default() });
    let mut assignments: Vec<Assignment> = Vec::new();
    let put_right = |corrections: Vec<Correction>, assignments: &mut Vec<Assignment>| {
        for correction in corrections {
            match correction {
                Correction::Merged { from, into, .. } => {
                    let moved = assignments.iter_mut().filter(|a| a.story == from as usize);
                    moved.for_each(|assignment| assignment.story = into as usize);
                }
                Correction::Moved { article, into, .. } => {
                    assignments[article as usize].story = into as usize;
                }
            }
        }
    };
    for (number, document) in documents.iter().enumerate() {
        let signature = rashomon::signature(document, english());
        let at = document.article.published.map(Published::instant);
        let step = stream.assign(number as u64, &signature, at);
        let Placement { story, score, why, .. } = step.placement;
        let why = why.into_iter().map(|reason| reason.word).collect();
        assignments.push(Assignment { story: story as usize, score, why });
        put_right(step.corrections, &mut assignments);
    }
    put_right(stream.settle().0, &mut assignments);
    assignments
}

/// Orders items by time; those without a time keep their place before the dated.
pub fn in_time(items: &mut [Value]) {
    items.sort_by_key(|item| published(item).map(Published::instant));
}

/// What the program may see of an item: the story that it belongs to is not read.
pub fn document(item: &Value) -> Document {
    let field = |key: &str| item[key].as_str().map(str::to_owned);
    let text = item["text"].as_str().unwrap_or_default();
    let id = item["id"].as_str().unwrap_or_default();
    let mut document = rashomon::read::read_plain(id, text, english());
    document.article.outlet = field("outlet").or(document.article.outlet);
    document.article.title = field("title").or(document.article.title);
    document.article.canonical = field("url");
    document.article.published = published(item).or(document.article.published);
    document.tokens = rashomon_segment::tokens(&document, english());
    document
}

fn published(item: &Value) -> Option<Published> {
    let text = item["published"].as_str()?;
    let day = || text.get(..10)?.parse().ok().map(Published::Day);
    if text.len() == 10 {
        return day();
    }
    text.parse().ok().map(|at| Published::Instant { at, offset: 0 }).or_else(day)
}

/// BCubed precision, recall and F1 (Amigó et al. 2009); an article without a prediction is a
/// story of its own. `strangers` are counted by the predicted story in which they stand.
fn bcubed(gold: &[Value], pred: &[Value], strangers: &BTreeMap<String, usize>) -> Value {
    let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let found: BTreeMap<String, String> =
        pred.iter().map(|item| (text(item, "id"), text(item, "story"))).collect();
    let rows: Vec<(String, String)> = gold
        .iter()
        .map(|item| {
            let id = text(item, "id");
            let story = found.get(&id).cloned().unwrap_or_else(|| format!("alone {id}"));
            (text(item, "story"), story)
        })
        .collect();
    let mut both: BTreeMap<&(String, String), f64> = BTreeMap::new();
    let (mut golds, mut founds) = (BTreeMap::new(), BTreeMap::new());
    for row in &rows {
        *both.entry(row).or_default() += 1.0;
        *golds.entry(&row.0).or_insert(0.0) += 1.0;
        *founds.entry(&row.1).or_insert(0.0) += 1.0;
    }
    let mut among_gold = 0;
    for (story, size) in &mut founds {
        let joined = strangers.get(*story).copied().unwrap_or(0);
        *size += joined as f64;
        among_gold += joined;
    }
    let n = rows.len().max(1) as f64;
    let mean = |of: &dyn Fn(&(String, String)) -> f64| {
        both.iter().map(|(row, count)| count * count / of(row)).sum::<f64>() / n
    };
    let precision = mean(&|row| founds[&row.1]);
    let recall = mean(&|row| golds[&row.0]);
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    json!({"task": "stories", "bcubed_precision": precision, "bcubed_recall": recall,
           "bcubed_f1": f1, "articles": rows.len(), "gold_stories": golds.len(),
           "stories": founds.len(), "strangers": among_gold})
}
