//! Does a text change a fact of its source? `--gold` holds pairs of a document and an edited text;
//! the program sees the two and never the label. `--beside summary` shows it the unedited text
//! too, as an editor has it who compares two versions.

mod inflection;
pub mod learn;
pub mod made;

use std::time::Instant;

use rashomon::article::{Alteration, Document};
use rashomon::changes::{Checker, Source, probability};
use rashomon::language::english;
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

pub fn run(options: &Options) -> Result<Value, String> {
    let items = read_items(&options.path("gold")?)?;
    let (before, after) =
        (options.get("source").unwrap_or("document"), options.get("telling").unwrap_or("edited"));
    let mut predictions = Vec::with_capacity(items.len());
    let mut scored = Vec::new();
    let mut clues = Vec::new();
    let mut seconds = 0.0;
    let checker = Checker::new(english());
    let mut read: Option<(String, Document, Source)> = None;
    for item in &items {
        let mut source = text(item, before)?.to_owned();
        if let Some(beside) = options.get("beside") {
            source = format!("{}\n\n{source}", text(item, beside)?);
        }
        // Pairs of one document stand together.
        if read.as_ref().is_none_or(|(known, ..)| *known != source) {
            let document = facts("source", &source);
            let start = Instant::now();
            let prepared = checker.source(&document);
            seconds += start.elapsed().as_secs_f64();
            read = Some((source, document, prepared));
        }
        let Some((_, document, source)) = &read else { continue };
        let telling = facts("telling", text(item, after)?);
        let start = Instant::now();
        let changes = checker.changes(source, &telling);
        seconds += start.elapsed().as_secs_f64();
        let changed = probability(&changes);
        if options.get("clues").is_some() {
            let all: Vec<Value> = checker
                .clues(source, &telling)
                .iter()
                .map(|clue| json!({"word": telling.slice(clue.span), "features": clue.features}))
                .collect();
            clues.push(json!({"id": item["id"], "clues": all}));
        }
        let found: Vec<Value> = changes.iter().map(|one| shown(one, document, &telling)).collect();
        predictions.push(json!({"id": item["id"], "score": 1.0 - changed, "changes": found}));
        scored.push((f64::from(1.0 - changed), item["label"] == 1));
    }
    write_items(&options.path("pred")?, &predictions)?;
    if let Some(file) = options.get("clues") {
        write_items(file.as_ref(), &clues)?;
    }
    let threshold = f64::from(1.0 - english().changes.threshold());
    Ok(json!({
        "task": "changes",
        "pairs": items.len(),
        "balanced_accuracy": balanced(&scored, threshold),
        "best_balanced_accuracy": best(&scored),
        "pairs_a_second": items.len() as f64 / seconds,
    }))
}

/// The layers that the comparison reads; nothing else of a text is asked for here.
pub fn facts(id: &str, text: &str) -> Document {
    let mut document = rashomon::read::read_plain(id, text, english());
    document.tokens = rashomon_segment::tokens(&document, english());
    document.sentences = rashomon_segment::sentences(&document, english());
    (document.mentions, document.entities) = rashomon_names::mentions(&document, english());
    document.times = rashomon_times::times(&document, english());
    document.quantities = rashomon_quantities::quantities(&document, english());
    document
}

fn text<'i>(item: &'i Value, key: &str) -> Result<&'i str, String> {
    item[key].as_str().ok_or_else(|| format!("an item has no {key}"))
}

fn shown(change: &Alteration, source: &Document, telling: &Document) -> Value {
    let words: Vec<&str> = change.source.iter().map(|&span| source.slice(span)).collect();
    json!({
        "word": telling.slice(change.span),
        "source": words,
        "kind": change.kind.name(),
        "probability": (change.probability * 1000.0).round() / 1000.0,
    })
}

/// The mean of the two recalls where facts count as kept from a score on.
pub fn balanced(scored: &[(f64, bool)], threshold: f64) -> f64 {
    let recall = |label: bool| {
        let own: Vec<f64> =
            scored.iter().filter(|(_, kept)| *kept == label).map(|&(score, _)| score).collect();
        let right = own.iter().filter(|&&score| (score >= threshold) == label).count();
        right as f64 / own.len().max(1) as f64
    };
    (recall(true) + recall(false)) / 2.0
}

/// The best of all thresholds.
fn best(scored: &[(f64, bool)]) -> f64 {
    scored.iter().map(|&(score, _)| balanced(scored, score)).fold(0.5, f64::max)
}
