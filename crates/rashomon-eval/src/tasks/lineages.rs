//! Lineages of given stories and what they cost: `rashomon-eval lineages --gold ARTICLES
//! [--one-story yes] [--rounds N] --pred OUT`.
//!
//! The articles are grouped by their field `story`, or are one story. OUT has the lineages of
//! each story with their articles; the metrics have the time on one core, the least of the
//! rounds, without reading and annotating.

use std::collections::BTreeMap;
use std::time::Instant;

use rashomon::article::{Document, Origin, Story, Tie};
use rashomon::language::english;
use rashomon_lineage::Descent;
use serde_json::{Value, json};

use super::stories::{document, in_time};
use crate::Options;
use crate::files::{read_items, write_items};

pub fn run(options: &Options) -> Result<Value, String> {
    let mut items = read_items(&options.path("gold")?)?;
    in_time(&mut items);
    let one_story = options.get("one-story").is_some();
    let mut groups: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for item in &items {
        let story = item["story"].as_str().filter(|_| !one_story).unwrap_or("all");
        let mut document = document(item);
        document.sentences = rashomon_segment::sentences(&document, english());
        groups.entry(story.to_owned()).or_default().push(document);
    }
    let rounds = options.get("rounds").and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    let mut out = Vec::new();
    let (mut slowest, mut total) = (0.0_f64, 0.0);
    for (id, documents) in groups {
        let story = Story { id, documents, ..Story::default() };
        let (milliseconds, descent) = timed(&story, rounds);
        (slowest, total) = (slowest.max(milliseconds), total + milliseconds);
        let lineages: Vec<Value> = descent
            .lineages
            .iter()
            .map(|lineage| {
                let id = |at: &_| story.document(*at).article.id.as_str();
                let origin = match &lineage.origin {
                    Origin::Article(at) => id(at),
                    Origin::Agency(agency) => agency,
                };
                let articles: Vec<&str> = lineage.articles.iter().map(id).collect();
                json!({"origin": origin, "articles": articles})
            })
            .collect();
        let ties: Vec<Value> = descent.ties.iter().map(|found| tie(&story, found)).collect();
        out.push(json!({"story": story.id, "articles": story.documents.len(),
                        "milliseconds": milliseconds, "lineages": lineages, "ties": ties}));
    }
    write_items(&options.path("pred")?, &out)?;
    Ok(json!({"task": "lineages", "articles": items.len(), "stories": out.len(),
              "milliseconds": total, "slowest_story_milliseconds": slowest}))
}

/// A tie with the words of its passages, to be read.
fn tie(story: &Story, tie: &Tie) -> Value {
    let id = |at| story.document(at).article.id.as_str();
    let signs: Vec<String> = tie.signs.iter().map(|sign| format!("{sign:?}")).collect();
    let passages: Vec<Value> = tie
        .passages
        .iter()
        .map(|p| json!([story.slice(p.a), story.slice(p.b), p.similarity]))
        .collect();
    json!({"a": id(tie.a), "b": id(tie.b), "kind": tie.kind.name(),
           "direction": tie.direction.map(|direction| direction.name()),
           "signs": signs, "passages": passages})
}

/// The lineages of a story and the least time of some rounds.
fn timed(story: &Story, rounds: usize) -> (f64, Descent) {
    let mut least = f64::INFINITY;
    let mut descent = Descent::default();
    for _ in 0..rounds.max(1) {
        let begin = Instant::now();
        descent = rashomon_lineage::descent(story, english());
        least = least.min(begin.elapsed().as_secs_f64() * 1e3);
    }
    (least, descent)
}
