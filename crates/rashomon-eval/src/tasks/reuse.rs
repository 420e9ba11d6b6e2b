//! Pairs of articles that share text: `rashomon-eval reuse --gold PAIRS --docs ARTICLES --pred OUT
//! [--within found] [--text prose]`.
//!
//! The figure of a pair is how much of the shorter article's eight-word shingles the longer holds.
//!
//! The program looks for shared passages among all the articles at once and knows nothing of
//! their stories. The gold judges pairs of one story only: what is found in articles of two gold
//! stories (agencies run through several) is counted as `unjudged` and left out of the
//! predictions; `f1_with_unjudged` is the figure if all of it were false. With `--within found`
//! the program groups the articles first and looks in its own stories only, as `compare` does.
//!
//! The gold counts every word of a text, be it a caption or a line of the page around it. So does
//! the program here; with `--text prose` it reads the text as `compare` does, which leaves such
//! lines out.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use rashomon::article::{ArticleIndex, Block, BlockKind, Document, Evidence};
use rashomon::language::english;
use rashomon::text::Layer;
use rashomon_lineage::{Overlap, PassageIndex};
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
    let read = match options.get("text") {
        None => whole,
        Some("prose") => document,
        Some(other) => return Err(format!("--text is prose, not {other}")),
    };
    let documents: Vec<Document> = items.iter().map(read).collect();
    let views: Vec<&Document> = documents.iter().collect();
    let groups = match options.get("within") {
        None => vec![views],
        Some("found") => found_stories(&views),
        Some(other) => return Err(format!("--within is found, not {other}")),
    };
    let begin = Instant::now();
    let pairs: Vec<Value> = groups.iter().flat_map(|group| pairs(group)).collect();
    let seconds = begin.elapsed().as_secs_f64();
    let stories: BTreeMap<&str, &Value> =
        items.iter().filter_map(|item| Some((item["id"].as_str()?, &item["story"]))).collect();
    let story = |id: &Value| id.as_str().and_then(|id| stories.get(id)).copied();
    let (judged, unjudged): (Vec<Value>, Vec<Value>) =
        pairs.into_iter().partition(|pair| story(&pair["a"]) == story(&pair["b"]));
    write_items(&options.path("pred")?, &judged)?;
    let mut metrics = metrics_of(&gold, &judged);
    let all = [judged, unjudged.clone()].concat();
    metrics["unjudged"] = json!(unjudged.len());
    metrics["f1_with_unjudged"] = metrics_of(&gold, &all)["f1"].clone();
    metrics["seconds"] = json!(seconds);
    Ok(metrics)
}

/// An article every word of which counts as its prose.
pub fn whole(item: &Value) -> Document {
    let mut document = document(item);
    let span = document.article.text.span();
    document.article.blocks = Layer::new(vec![Block { span, kind: BlockKind::Paragraph }]);
    document
}

/// The articles by the stories that the program finds.
fn found_stories<'d>(views: &[&'d Document]) -> Vec<Vec<&'d Document>> {
    let mut stories: BTreeMap<usize, Vec<&Document>> = BTreeMap::new();
    for (view, assignment) in views.iter().zip(rashomon::group(views, english())) {
        stories.entry(assignment.story).or_default().push(view);
    }
    stories.into_values().collect()
}

/// The pairs among some articles.
fn pairs(group: &[&Document]) -> Vec<Value> {
    let index = PassageIndex::new(group);
    let id = |article: ArticleIndex| group[article.get()].article.id.as_str();
    let pair = |overlap: &Overlap| {
        let shared = overlap.containment_of_shorter(&index);
        let passages: Vec<Value> =
            overlap.passages.iter().map(|evidence| passage(group, evidence)).collect();
        json!({"a": id(overlap.a), "b": id(overlap.b), "shared": shared, "passages": passages})
    };
    let is_reuse = |overlap: &&Overlap| overlap.containment_of_shorter(&index) >= SHARED;
    index.overlaps().iter().filter(is_reuse).map(pair).collect()
}

/// A passage in code points.
fn passage(group: &[&Document], evidence: &Evidence) -> Value {
    let points = |passage: rashomon::article::Passage| {
        let text = group[passage.article.get()].article.text.as_str();
        let start = text[..passage.span.start()].chars().count();
        [start, start + text[passage.span.range()].chars().count()]
    };
    json!({"a": points(evidence.a), "b": points(evidence.b), "similarity": evidence.similarity})
}

fn metrics_of(gold: &[Value], pairs: &[Value]) -> Value {
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
