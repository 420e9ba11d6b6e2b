//! Learns the weights of the evidence of changed facts from made pairs:
//! `rashomon-eval learn-changes --docs FILE --pred OUT`. The card is `docs/models/changes.md`.

use rashomon::changes::{COUNT, Checker, NAMES, Source, TELLING};
use rashomon::language::english;
use serde_json::{Value, json};

use super::made::{Pair, pairs};
use super::{balanced, facts};
use crate::Options;
use crate::files::read_items;

/// Steps of the estimate, each over all pairs.
const STEPS: usize = 300;
/// How far a step goes (Adam, Kingma & Ba 2015).
const RATE: f64 = 0.05;
/// Weights are drawn to zero by this.
const DECAY: f64 = 1.0;
/// The first guess of the bias: few words change a fact.
const BIAS: f64 = -3.0;
/// Of every so many reports one is kept for choosing the threshold.
const HELD_OUT: usize = 5;
/// In so many of 64 pairs evidence of the thesaurus is hidden: edits are made by the same thesaurus,
/// while people find other words than it lists.
const HIDDEN_KINDS: [(u64, &[&str]); 2] =
    [(16, &["synonym", "kin", "wider", "narrower"]), (8, &["opposite", "sibling"])];

/// The evidence about the words of a telling, and whether its facts are changed.
struct Example {
    words: Vec<[f32; COUNT]>,
    changed: bool,
}

pub fn run(options: &Options) -> Result<Value, String> {
    let made = pairs(&read_items(&options.path("docs")?)?);
    let checker = Checker::new(english());
    let (mut train, mut held) = (Vec::new(), Vec::new());
    let mut read: Option<(&str, Source)> = None;
    for pair in &made {
        // Pairs of one source stand together.
        if read.as_ref().is_none_or(|(known, _)| *known != pair.source) {
            read = Some((&pair.source, checker.source(&facts("source", &pair.source))));
        }
        let Some((_, source)) = &read else { continue };
        let mut example = example(&checker, source, pair);
        if pair.report % HELD_OUT == 0 {
            held.push(example);
        } else {
            hide(&mut example, train.len() as u64);
            train.push(example);
        }
    }
    let weights = fit(&train);
    let scored: Vec<(f64, bool)> =
        held.iter().map(|one| (1.0 - changed(&one.words, &weights), !one.changed)).collect();
    let steps = (1..100).map(|step| f64::from(step) / 100.0);
    let threshold =
        steps.max_by(|a, b| balanced(&scored, *a).total_cmp(&balanced(&scored, *b))).unwrap_or(0.5);
    let mut table = String::new();
    for (name, weight) in NAMES.iter().zip(&weights) {
        table.push_str(&format!("{name} {weight:.2}\n"));
    }
    table.push_str(&format!("threshold {:.2}\n", 1.0 - threshold));
    let file = options.path("pred")?;
    std::fs::write(&file, table).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(json!({
        "task": "learn-changes",
        "pairs": made.len(),
        "balanced_accuracy": balanced(&scored, threshold),
    }))
}

fn example(checker: &Checker<'_>, source: &Source, pair: &Pair) -> Example {
    let clues = checker.clues(source, &facts("telling", &pair.telling));
    Example { words: clues.into_iter().map(|clue| clue.features).collect(), changed: !pair.kept }
}

/// Hides evidence of the thesaurus, by a hash of the number of the pair.
fn hide(example: &mut Example, number: u64) {
    let mut draw = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    for (share, hidden) in HIDDEN_KINDS {
        let (drawn, rest) = (draw % 64, draw / 64);
        draw = rest;
        let names = NAMES.iter().enumerate().filter(|(_, name)| hidden.contains(name));
        for (at, _) in names.filter(|_| drawn < share) {
            example.words.iter_mut().for_each(|word| word[at] = 0.0);
        }
    }
}

/// The likeliest weights where a telling is changed if one of its most suspect words is.
fn fit(examples: &[Example]) -> [f64; COUNT] {
    let mut weights = [0.0; COUNT];
    weights[0] = BIAS;
    let (mut first, mut second) = ([0.0; COUNT], [0.0; COUNT]);
    for step in 1..=STEPS as i32 {
        let gradient = gradient(examples, &weights);
        for at in 0..COUNT {
            first[at] = 0.9 * first[at] + 0.1 * gradient[at];
            second[at] = 0.999 * second[at] + 0.001 * gradient[at] * gradient[at];
            let mean = first[at] / (1.0 - 0.9f64.powi(step));
            let spread = (second[at] / (1.0 - 0.999f64.powi(step))).sqrt();
            weights[at] += RATE * mean / (spread + 1e-8);
        }
    }
    weights
}

/// Of the logarithm of the likelihood, less what draws the weights to zero.
fn gradient(examples: &[Example], weights: &[f64; COUNT]) -> [f64; COUNT] {
    let mut gradient = weights.map(|weight| -DECAY * weight);
    gradient[0] = 0.0;
    for example in examples {
        let suspects = suspects(&example.words, weights);
        let all_kept: f64 = suspects.iter().map(|&(_, p)| 1.0 - p).product();
        let all_kept = all_kept.clamp(1e-6, 1.0 - 1e-6);
        let pull = if example.changed { all_kept / (1.0 - all_kept) } else { -1.0 };
        for (word, p) in suspects {
            for (sum, &value) in gradient.iter_mut().zip(&example.words[word]) {
                *sum += pull * p * f64::from(value);
            }
        }
    }
    gradient
}

/// The most suspect words, each with how likely it changes a fact.
fn suspects(words: &[[f32; COUNT]], weights: &[f64; COUNT]) -> Vec<(usize, f64)> {
    let probability = |features: &[f32; COUNT]| {
        let sum: f64 = features.iter().zip(weights).map(|(&a, b)| f64::from(a) * b).sum();
        1.0 / (1.0 + (-sum).exp())
    };
    let mut all: Vec<(usize, f64)> = words.iter().map(probability).enumerate().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(TELLING);
    all
}

fn changed(words: &[[f32; COUNT]], weights: &[f64; COUNT]) -> f64 {
    1.0 - suspects(words, weights).iter().map(|&(_, p)| 1.0 - p).product::<f64>()
}
