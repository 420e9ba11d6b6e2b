//! Pairs of articles that share text: `rashomon-eval reuse --gold PAIRS --docs ARTICLES --pred OUT`.
//!
//! The program groups the articles into stories and looks for shared passages in each, as
//! `rashomon compare` does. The figure of a pair is how much of the shorter article's eight-word
//! shingles the longer holds.

use std::collections::{BTreeMap, BTreeSet};

use rashomon::article::{ArticleIndex, Document, Evidence};
use rashomon::language::english;
use rashomon_lineage::PassageIndex;
use serde_json::{Value, json};

use super::stories::{document, in_time};
use crate::Options;
use crate::files::{read_items, write_items};

/// From which share on the gold calls a pair reuse.
const SHARED: f64 = 0.2;

pub fn run(options: &Options) -> Result<Value, String> {
    let gold = read_items(&options.path("gold")?)?;
    let mut items = read_items(&options.path("docs")?)?;
    in_time(&mut items);
    let documents: Vec<Document> = items.iter().map(document).collect();
    let views: Vec<&Document> = documents.iter().collect();
    let mut stories: BTreeMap<usize, Vec<&Document>> = BTreeMap::new();
    for (view, assignment) in views.iter().zip(rashomon::group(&views, english())) {
        stories.entry(assignment.story).or_default().push(view);
    }
    let pairs: Vec<Value> = stories.values().flat_map(|story| pairs(story)).collect();
    write_items(&options.path("pred")?, &pairs)?;
    Ok(metrics(&gold, &pairs))
}

/// The pairs of one story.
fn pairs(story: &[&Document]) -> Vec<Value> {
    let index = PassageIndex::new(story);
    let id = |article: ArticleIndex| story[article.get()].article.id.as_str();
    let overlaps = index.overlaps();
    let with_share = overlaps.iter().map(|o| (o, o.containment_of_shorter(&index)));
    with_share
        .filter(|&(_, shared)| shared >= SHARED)
        .map(|(overlap, shared)| {
            let passages: Vec<Value> =
                overlap.passages.iter().map(|evidence| passage(story, evidence)).collect();
            json!({"a": id(overlap.a), "b": id(overlap.b), "shared": shared, "passages": passages})
        })
        .collect()
}

/// A passage in code points.
fn passage(story: &[&Document], evidence: &Evidence) -> Value {
    let points = |passage: rashomon::article::Passage| {
        let text = story[passage.article.get()].article.text.as_str();
        let start = text[..passage.span.start()].chars().count();
        [start, start + text[passage.span.range()].chars().count()]
    };
    json!({"a": points(evidence.a), "b": points(evidence.b), "similarity": evidence.similarity})
}

fn metrics(gold: &[Value], pairs: &[Value]) -> Value {
    let key = |pair: &Value| {
        let mut key = ["a", "b"].map(|side| pair[side].as_str().unwrap_or_default().to_owned());
        key.sort();
        key
    };
    let gold: BTreeSet<_> =
        gold.iter().filter(|p| p["shared"].as_f64() >= Some(SHARED)).map(key).collect();
    let found: BTreeSet<_> = pairs.iter().map(key).collect();
    let both = gold.intersection(&found).count() as f64;
    let precision = both / found.len().max(1) as f64;
    let recall = both / gold.len().max(1) as f64;
    let f1 = 2.0 * both / (gold.len() + found.len()).max(1) as f64;
    json!({"task": "reuse", "precision": precision, "recall": recall, "f1": f1,
           "n_gold": gold.len(), "n_pred": found.len()})
}
