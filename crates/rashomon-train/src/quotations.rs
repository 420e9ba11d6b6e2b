//! The model of sources, cues and contents, from the PolNeAR corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use rashomon::article::{Document, TokenKind};
use rashomon::language::{english, word_key};
use rashomon_quotations::sequence::features::{FEATURES, Sequence, sequences};
use rashomon_quotations::sequence::network::add_scaled;
use rashomon_quotations::sequence::{LABELS, Label, Lattice, Model, ModelParts, Role, take};
use serde_json::Value;

use crate::Task;
use crate::files::read_text;
use crate::layout::Layout;
use crate::lstm::{Example, Gold, Settings, Weights, estimate};
use crate::syntax;

/// Tuned on the dev part: see `docs/models/quotations.md`.
const SETTINGS: Settings =
    Settings { rounds: 8, batch: 16, step: 3e-3, dropout: [0.3, 0.3], seed: 1, syntax: 0.3 };
/// The length of a hidden state, in each direction.
const HIDDEN: usize = 64;
/// The length of the rows of each feature.
const SIZES: [usize; FEATURES] = [8, 6, 6, 4, 4, 12];
/// A word or a value of a feature must be seen so often to be learned.
const SEEN: u32 = 8;
/// A word must be seen so often before its share of cues counts.
const SEEN_WORDS: u32 = 4;
/// From these shares of cues on a word is of likelihood 1, 2, 3, 4.
const SHARES: [f64; 4] = [0.03, 0.12, 0.3, 0.6];
/// Longer paragraphs are not learned from: tables and lists.
const LONGEST: usize = 400;

const TRAIN: &str = "polnear.train.jsonl.gz";
const DEV: &str = "polnear.dev.jsonl.gz";
const TREEBANK: &str = "../train/ud-ewt/en_ewt-ud-train.conllu.gz";
const MODEL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../rashomon-language/src/english/models/quotations.bin");

/// A document with the label of each token.
struct Labelled {
    document: Document,
    labels: Vec<Label>,
}

/// Reads `quotations/polnear.train.jsonl.gz` and `train/ud-ewt/en_ewt-ud-train.conllu.gz` in the
/// folder (or beside it, if it is the folder `quotations`) and writes the model.
pub fn train(task: &Task) -> Result<(), String> {
    let here = task.folder.join(TRAIN).exists();
    let quotations = if here { task.folder.clone() } else { task.folder.join("quotations") };
    let labelled = read(&quotations.join(TRAIN), &task.without)?;
    let (parsed, relations) = syntax::read(&quotations.join(TREEBANK))?;
    let cues = likelihoods(&labelled);
    let parts = fit(&labelled, &parsed, relations, cues);
    let bytes = parts.to_bytes();
    task.write(MODEL, &bytes)?;
    println!("{}", serde_json::json!({"documents": labelled.len(), "bytes": bytes.len()}));
    let dev = quotations.join(DEV);
    if dev.exists() {
        report(&bytes, &read(&dev, &[])?);
    }
    Ok(())
}

/// Prints how many runs of each role are found exactly, at some prices.
fn report(bytes: &[u8], labelled: &[Labelled]) {
    let model = Model::new(bytes, english().vectors).expect("just written");
    let lattices: Vec<(Lattice, &[Label])> = labelled
        .iter()
        .flat_map(|item| {
            let sequences = sequences(&item.document, english(), |word| model.cue_likelihood(word));
            let labels = sequences.iter().map(|sequence| &item.labels[sequence.tokens.clone()]);
            model.lattices(&sequences).into_iter().zip(labels).collect::<Vec<_>>()
        })
        .collect();
    for role in [Role::Source, Role::Cue, Role::Content] {
        for price in [0.25, 0.3, 0.35, 0.4, 0.45] {
            let (mut both, mut found, mut gold) = (0, 0, 0);
            for (lattice, labels) in &lattices {
                let wanted = runs(labels, role);
                let taken = take(&lattice.candidates(role), price);
                both += taken.iter().filter(|run| wanted.contains(&run.tokens)).count();
                (found, gold) = (found + taken.len(), gold + wanted.len());
            }
            let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
            println!(
                "{role:?} at {price}: precision {:.3}, recall {:.3}, F1 {:.4}",
                share(both, found),
                share(both, gold),
                share(2 * both, found + gold)
            );
        }
    }
}

/// The runs of a role in some labels.
fn runs(labels: &[Label], role: Role) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        match (label.role(), runs.last_mut()) {
            (Some((found, false)), Some(run)) if found == role && run.end == at => run.end = at + 1,
            (Some((found, _)), _) if found == role => runs.push(at..at + 1),
            _ => {}
        }
    }
    runs
}

/// The documents of a file, but for those of some outlets.
fn read(file: &Path, without: &[String]) -> Result<Vec<Labelled>, String> {
    let text = read_text(file)?;
    let items = text.lines().map(serde_json::from_str::<Value>);
    let mut items: Vec<Value> =
        items.collect::<Result<_, _>>().map_err(|error| format!("{}: {error}", file.display()))?;
    let left_out = |name: &str| without.iter().any(|outlet| outlet == name);
    items.retain(|item| !item["publisher"].as_str().is_some_and(left_out));
    Ok(items.iter().map(label).collect())
}

fn fit(
    labelled: &[Labelled],
    parsed: &[syntax::Parsed],
    relations: usize,
    cues: BTreeMap<u32, u32>,
) -> ModelParts {
    let mut paragraphs: Vec<(Sequence, Gold)> = Vec::new();
    for item in labelled {
        let likelihood = |word: u32| cues.get(&word).copied().unwrap_or(0) as u8;
        for sequence in sequences(&item.document, english(), likelihood) {
            let labels = &item.labels[sequence.tokens.clone()];
            if labels.len() <= LONGEST {
                paragraphs.push((sequence, Gold::Labels(labels.to_vec())));
            }
        }
    }
    for item in parsed {
        let likelihood = |word: u32| cues.get(&word).copied().unwrap_or(0) as u8;
        for sequence in sequences(&item.document, english(), likelihood) {
            let labels = item.labels[sequence.tokens.clone()].to_vec();
            paragraphs.push((sequence, Gold::Syntax(labels)));
        }
    }
    let looks = || paragraphs.iter().flat_map(|(sequence, _)| &sequence.looks);
    let words = frequent(looks().map(|look| look.word));
    let values: Vec<Vec<u32>> =
        (0..FEATURES).map(|kind| frequent(looks().map(|look| look.features()[kind]))).collect();
    let vectors = english().vectors;
    let keys: Vec<u32> =
        looks().map(|look| look.word).collect::<BTreeSet<_>>().into_iter().collect();
    let keys: Vec<u32> = keys.into_iter().filter(|&key| vectors.get(key).is_some()).collect();
    let mut rows = vec![vec![0.0; vectors.dimensions()]];
    rows.extend(keys.iter().filter_map(|&key| vectors.get(key)));
    // 0 stands for what is not known.
    let place = |list: &[u32], key: u32| list.binary_search(&key).map_or(0, |at| at as u32 + 1);
    let examples: Vec<Example> = paragraphs
        .into_iter()
        .map(|(sequence, gold)| Example {
            vectors: sequence.looks.iter().map(|look| place(&keys, look.word)).collect(),
            words: sequence.looks.iter().map(|look| place(&words, look.word)).collect(),
            features: sequence
                .looks
                .iter()
                .map(|look| {
                    let kinds = values.iter().zip(look.features());
                    kinds.map(|(list, hash)| place(list, hash) as u16).collect()
                })
                .collect(),
            gold,
        })
        .collect();
    let layout = Layout {
        vector: vectors.dimensions(),
        hidden: HIDDEN,
        features: values.iter().zip(SIZES).map(|(list, size)| (list.len() + 1, size)).collect(),
        syntax: relations,
    };
    let weights = estimate(&examples, &rows, words.len() + 1, &layout, &SETTINGS);
    parts(&layout, &weights, &words, &values, cues)
}

/// What is seen often enough, in order.
fn frequent(keys: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts.into_iter().filter(|&(_, count)| count >= SEEN).map(|(key, _)| key).collect()
}

/// The weights in the form of use: what a feature adds to the gates is worked out beforehand.
fn parts(
    layout: &Layout,
    weights: &Weights,
    words: &[u32],
    values: &[Vec<u32>],
    cues: BTreeMap<u32, u32>,
) -> ModelParts {
    let dense = |range: Range<usize>| weights.dense[range].to_vec();
    let gates = 4 * layout.hidden;
    // The rows of both directions side by side.
    let sides = [0, 1].map(|side| dense(layout.input(side)));
    let joined = |rows: Range<usize>| -> Vec<f32> {
        rows.flat_map(|row| {
            let range = row * gates..(row + 1) * gates;
            [&sides[0][range.clone()], &sides[1][range]].concat()
        })
        .collect()
    };
    let mut from = layout.vector;
    let mut features = Vec::new();
    for (kind, list) in values.iter().enumerate() {
        let size = layout.features[kind].1;
        let matrix = joined(from..from + size);
        from += size;
        let row_of = |value: usize| {
            let mut row = vec![0.0; 2 * gates];
            add_scaled(&mut row, &dense(layout.feature(kind, value)), &matrix);
            row
        };
        let unknown = row_of(0);
        for (at, &hash) in list.iter().enumerate() {
            let row = row_of(at + 1);
            // A value that is not known adds nothing: what it would add stands in the bias.
            features.push((hash, row.iter().zip(&unknown).map(|(a, b)| a - b).collect()));
        }
    }
    let mut bias = [dense(layout.bias(0)), dense(layout.bias(1))].concat();
    for kind in 0..values.len() {
        let before: usize = layout.features[..kind].iter().map(|&(_, size)| size).sum();
        let first = layout.vector + before;
        let matrix = joined(first..first + layout.features[kind].1);
        add_scaled(&mut bias, &dense(layout.feature(kind, 0)), &matrix);
    }
    let rows = weights.words.chunks_exact(layout.vector).skip(1).map(<[f32]>::to_vec);
    let mut parts = ModelParts {
        vector: layout.vector,
        hidden: layout.hidden,
        words: words.iter().copied().zip(rows).collect(),
        features,
        input: joined(0..layout.vector),
        bias,
        state: [dense(layout.state(0)), dense(layout.state(1))],
        output: dense(layout.output()),
        output_bias: [0.0; LABELS],
        transitions: [[0.0; LABELS]; LABELS],
        cues: cues.into_iter().collect(),
    };
    parts.output_bias.copy_from_slice(&dense(layout.output_bias()));
    parts.transitions.as_flattened_mut().copy_from_slice(&dense(layout.transitions()));
    parts
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
