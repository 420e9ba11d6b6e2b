//! The model of sources, cues and contents, from the PolNeAR corpus.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use rashomon::article::{Document, TokenKind};
use rashomon::language::english;
use rashomon_quotations::sequence::features::{sequences, word_key};
use rashomon_quotations::sequence::{Label, ModelParts, Role};
use serde_json::Value;

use crate::crf::{Example, Settings, estimate};

/// Tuned on the dev part: see `docs/models/quotations.md`.
const SETTINGS: Settings = Settings { penalty: 4e-5, step: 0.1, seen: 6, rounds: 5 };
/// A word must be seen so often before its share of cues counts.
const SEEN_WORDS: u32 = 4;
/// From these shares of cues on a word is of likelihood 1, 2, 3, 4.
const SHARES: [f64; 4] = [0.03, 0.12, 0.3, 0.6];

const MODEL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../rashomon-language/src/english/models/quotations.bin");

/// A document with the label of each token.
struct Labelled {
    document: Document,
    labels: Vec<Label>,
}

/// Reads `polnear.train.jsonl.gz` and writes the model.
pub fn train(folder: &Path) -> Result<(), String> {
    let file = folder.join("polnear.train.jsonl.gz");
    let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(&bytes[..])
        .read_to_string(&mut text)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let items = text.lines().map(serde_json::from_str::<Value>);
    let items: Vec<Value> = items.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let labelled: Vec<Labelled> = items.iter().map(label).collect();
    let cues = likelihoods(&labelled);
    let parts = fit(&labelled, cues);
    let bytes = parts.to_bytes();
    std::fs::write(MODEL, &bytes).map_err(|error| format!("{MODEL}: {error}"))?;
    println!(
        "{}",
        serde_json::json!({"documents": labelled.len(), "features": parts.weights.len(), "bytes": bytes.len()})
    );
    Ok(())
}

fn fit(labelled: &[Labelled], cues: BTreeMap<u32, u32>) -> ModelParts {
    let mut examples: Vec<Example> = Vec::new();
    for item in labelled {
        let likelihood = |word: u32| cues.get(&word).copied().unwrap_or(0) as u8;
        for sequence in sequences(&item.document, english(), likelihood) {
            examples.push((sequence.features, item.labels[sequence.tokens].to_vec()));
        }
    }
    let parts = estimate(&examples, &SETTINGS);
    ModelParts { cues: cues.into_iter().collect(), ..parts }
}

/// How often a word is part of a cue, in steps.
fn likelihoods(labelled: &[Labelled]) -> BTreeMap<u32, u32> {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for item in labelled {
        for (token, label) in item.document.tokens.iter().zip(&item.labels) {
            if token.kind == TokenKind::Word {
                let word = item.document.slice(token.span).to_lowercase();
                let count = counts.entry(word).or_default();
                count.0 += u32::from(label.role().is_some_and(|(role, _)| role == Role::Cue));
                count.1 += 1;
            }
        }
    }
    let steps =
        counts.iter().filter(|(_, (_, all))| *all >= SEEN_WORDS).map(|(word, (cue, all))| {
            let share = f64::from(*cue) / f64::from(*all);
            let step = SHARES.iter().filter(|&&from| share >= from).count();
            (word_key(word), step as u32)
        });
    steps.filter(|&(_, step)| step > 0).collect()
}

fn label(item: &Value) -> Labelled {
    let text = item["text"].as_str().unwrap_or_default();
    let id = item["id"].as_str().unwrap_or_default();
    let document = rashomon::read::read_plain(id, text, english());
    let document = rashomon::annotate(document, english());
    let text = document.article.text.as_str();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut labels = vec![Label::OUTSIDE; document.tokens.len()];
    let empty = Vec::new();
    let attributions = item["attributions"].as_array().unwrap_or(&empty);
    // What comes later wins: a cue inside a content stays a cue.
    for (key, role) in [("content", Role::Content), ("source", Role::Source), ("cue", Role::Cue)] {
        for attribution in attributions.iter().filter(|a| !is_nested(a, attributions)) {
            for span in attribution[key].as_array().unwrap_or(&empty) {
                let end = |at: usize| span[at].as_u64().and_then(|at| bytes.get(at as usize));
                let (Some(&start), Some(&end)) = (end(0), end(1)) else { continue };
                let from = document.tokens.partition_point(|token| token.span.end() <= start);
                let to = document.tokens.partition_point(|token| token.span.start() < end);
                for (at, label) in labels[from..to.max(from)].iter_mut().enumerate() {
                    *label = Label::new(role, at == 0);
                }
            }
        }
    }
    Labelled { document, labels }
}

/// Whether the whole attribution stands inside the content of another.
fn is_nested(attribution: &Value, all: &[Value]) -> bool {
    let hull = |a: &Value| -> Option<(u64, u64)> {
        let content = a["content"].as_array()?;
        Some((content.first()?[0].as_u64()?, content.last()?[1].as_u64()?))
    };
    let Some((start, end)) = hull(attribution) else { return true };
    all.iter()
        .filter_map(hull)
        .any(|(from, to)| from <= start && end <= to && (from, to) != (start, end))
}
