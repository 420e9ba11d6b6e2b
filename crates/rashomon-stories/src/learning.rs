use std::collections::BTreeMap;

use rashomon_article::Document;
use rashomon_language::Language;
use rashomon_terms::Lexicon;

use crate::cluster::{Cluster, FIGURES, likeness};
use crate::decision::{Decision, LEARNED, probability};
use crate::fields::fields;
use crate::grouping::Grouping;
use crate::signature::{Signature, signature_with};
use crate::stories::day;

/// Articles of which the stories are known.
pub struct Batch<'d> {
    /// The articles.
    pub documents: Vec<&'d Document>,
    /// The story of each.
    pub stories: Vec<usize>,
    /// How much the batch counts.
    pub weight: f64,
}

/// Two groups met while grouping.
struct Sample {
    figures: [f64; FIGURES],
    together: bool,
    weight: f64,
}

/// How often the articles are grouped with what has been learned, so that the decision learns from
/// the groups that it will meet.
const ROUNDS: usize = 3;

/// A group counts as of a story where at least this share of it is.
const PURE: f64 = 0.75;

/// How far below an even chance groups are still joined while learning, so that late joins are
/// met too. Wrong ones are looked at but not made.
const BEYOND: f64 = 3.0;

/// How much a wrong join weighs beside a missed one: a reader misled by a stranger in a story is
/// worse off than one who sees a story twice.
const WRONG: f64 = 2.0;

/// How many of the likest neighbours of each group are looked at.
const LOOKED_AT: usize = 3;

/// Learns the decision whether groups of articles belong together: groups the batches with the
/// present decision, looks at each group and its likest neighbours now and then, and fits a
/// logistic regression to all that was met. A pair weighs as the square root of how many articles
/// joining it wrongly would misplace, and twice that where it must stay apart.
pub fn learn(batches: &[Batch<'_>], language: &Language) -> Decision {
    let mut decision = LEARNED;
    let mut samples: Vec<Sample> = Vec::new();
    for _ in 0..ROUNDS {
        for batch in batches {
            let mut met = meet(batch, &decision, language);
            let total: f64 = met.iter().map(|sample| sample.weight).sum();
            for sample in &mut met {
                sample.weight *= 1000.0 * batch.weight / total.max(f64::MIN_POSITIVE);
            }
            samples.append(&mut met);
        }
        decision = fit(&samples);
    }
    decision
}

/// Groups a batch and notes what was met.
fn meet(batch: &Batch<'_>, decision: &Decision, language: &Language) -> Vec<Sample> {
    let mut lexicon = Lexicon::new(language);
    let sign = |document: &&Document| signature_with(document, &mut lexicon, language);
    let signatures: Vec<Signature> = batch.documents.iter().map(sign).collect();
    let fields = fields(&signatures);
    let days: Vec<Option<f64>> = batch.documents.iter().map(|document| day(document)).collect();
    let mut grouping = Grouping::new(&fields, &days, decision);
    let mut samples = Vec::new();
    let mut groups = fields.len();
    let mut look_at = groups;
    while let Some(pair) = grouping.next() {
        if groups <= look_at {
            look(&grouping, batch, decision, &mut samples);
            look_at = (groups * 4 / 5).saturating_sub(1);
        }
        if pair.odds < -BEYOND {
            break;
        }
        let story = |at: usize| grouping.clusters[at].as_ref().map(|c| majority(c, batch).0);
        if pair.odds > 0.0 || story(pair.a) == story(pair.b) {
            grouping.join(pair);
            groups -= 1;
        }
    }
    samples
}

/// Notes each group with its likest neighbours.
fn look(grouping: &Grouping<'_>, batch: &Batch<'_>, decision: &Decision, to: &mut Vec<Sample>) {
    for a in grouping.clusters.iter().flatten() {
        let (story, purity) = majority(a, batch);
        if purity < PURE {
            continue;
        }
        let near = a.near.iter().filter_map(|(&at, &l)| Some((grouping.clusters[at].as_ref()?, l)));
        let mut near: Vec<(f64, [f64; FIGURES], &Cluster)> = near
            .map(|(b, likest)| {
                let figures = likeness(a, b, likest);
                (decision.odds(&figures), figures, b)
            })
            .collect();
        near.sort_by(|x, y| y.0.total_cmp(&x.0));
        for (_, figures, b) in near.into_iter().take(LOOKED_AT) {
            let (other, purity) = majority(b, batch);
            if purity >= PURE {
                let (x, y) = (a.members.len() as f64, b.members.len() as f64);
                let together = story == other;
                let cost = if together { 1.0 } else { WRONG };
                let weight = cost * (2.0 * x * y / (x + y)).sqrt();
                to.push(Sample { figures, together, weight });
            }
        }
    }
}

/// The story that most of a group belongs to, and the share that does.
fn majority(cluster: &Cluster, batch: &Batch<'_>) -> (usize, f64) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &member in &cluster.members {
        *counts.entry(batch.stories[member]).or_default() += 1;
    }
    let best = counts.into_iter().max_by_key(|&(story, count)| (count, std::cmp::Reverse(story)));
    let (story, count) = best.expect("a cluster has members");
    (story, count as f64 / cluster.members.len() as f64)
}

/// Logistic regression on standardised figures with a small ridge, by Newton's method.
fn fit(samples: &[Sample]) -> Decision {
    const SIZE: usize = FIGURES + 1;
    let total: f64 = samples.iter().map(|sample| sample.weight).sum();
    let mean: [f64; FIGURES] = std::array::from_fn(|at| {
        samples.iter().map(|s| s.weight * s.figures[at]).sum::<f64>() / total
    });
    let spread: [f64; FIGURES] = std::array::from_fn(|at| {
        let squares = samples.iter().map(|s| s.weight * (s.figures[at] - mean[at]).powi(2));
        (squares.sum::<f64>() / total).sqrt().max(1e-6)
    });
    let row = |sample: &Sample| -> [f64; SIZE] {
        std::array::from_fn(|at| match at {
            FIGURES => 1.0,
            _ => (sample.figures[at] - mean[at]) / spread[at],
        })
    };
    let mut weights = [0.0; SIZE];
    for _ in 0..12 {
        let mut gradient = [0.0; SIZE];
        let mut curvature = [[0.0; SIZE]; SIZE];
        for sample in samples {
            let row = row(sample);
            let odds: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let p = probability(odds);
            let error = sample.weight * (f64::from(u8::from(sample.together)) - p);
            let bend = sample.weight * p * (1.0 - p);
            for i in 0..SIZE {
                gradient[i] += error * row[i];
                for j in 0..=i {
                    curvature[i][j] += bend * row[i] * row[j];
                }
            }
        }
        for i in 0..SIZE {
            gradient[i] -= weights[i];
            curvature[i][i] += 1.0;
        }
        let step = solve(curvature, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
        }
    }
    let plain: [f64; FIGURES] = std::array::from_fn(|at| weights[at] / spread[at]);
    let shift: f64 = plain.iter().zip(&mean).map(|(w, m)| w * m).sum();
    Decision { weights: plain, bias: weights[FIGURES] - shift }
}

/// Solves a symmetric positive definite system of which the lower half is given (Cholesky).
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for i in 0..N {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - known;
            matrix[i][j] = if i == j { rest.max(1e-9).sqrt() } else { rest / matrix[j][j] };
        }
    }
    for i in 0..N {
        let known: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    for i in (0..N).rev() {
        let known: f64 = (i + 1..N).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}
