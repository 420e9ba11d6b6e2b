use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::Document;
use rashomon_language::Language;
use rashomon_terms::Lexicon;

use crate::cluster::Cluster;
use crate::decision::{Decision, LEARNED, bar, probability};
use crate::fields::{Fields, fields};
use crate::figures::{FIGURES, likeness};
use crate::grouping::{Grouping, Hesitant, Joined};
use crate::signature::{Signature, signature_with};
use crate::stories::day;

/// Articles of which the stories are known.
pub struct Batch<'d> {
    /// The articles.
    pub documents: Vec<&'d Document>,
    /// The story of each; none where it is only known to be in none of the others'.
    pub stories: Vec<Option<usize>>,
    /// How much the batch counts.
    pub weight: f64,
}

/// A batch made ready to be learned from.
pub struct Lesson {
    stories: Vec<Option<usize>>,
    weight: f64,
    fields: Vec<Fields>,
    days: Vec<Option<f64>>,
    /// Stories that are not learned from, so that it can be measured on them what was learned.
    pub kept_back: BTreeSet<usize>,
}

impl Lesson {
    /// Reads the articles of a batch.
    pub fn new(batch: &Batch<'_>, language: &Language) -> Lesson {
        let mut lexicon = Lexicon::new(language);
        let sign = |document: &&Document| signature_with(document, &mut lexicon, language);
        let signatures: Vec<Signature> = batch.documents.iter().map(sign).collect();
        Lesson {
            stories: batch.stories.clone(),
            weight: batch.weight,
            fields: fields(&signatures),
            days: batch.documents.iter().map(|document| day(document)).collect(),
            kept_back: BTreeSet::new(),
        }
    }

    /// How many articles there are.
    pub fn size(&self) -> usize {
        self.fields.len()
    }

    /// The story of each article as a decision groups them.
    pub fn group(&self, decision: &Decision) -> Vec<usize> {
        let mut grouping = Grouping::new(&self.fields, &self.days, decision);
        let bar = bar(self.fields.len());
        while let Some(pair) = grouping.next().filter(|pair| pair.odds > bar) {
            grouping.join(pair);
        }
        let mut hesitant = Hesitant::new(&mut grouping, bar, Joined::Any);
        while hesitant.join_next().is_some() {}
        let mut stories = vec![0; self.fields.len()];
        for (at, cluster) in grouping.clusters.iter().flatten().enumerate() {
            cluster.members.iter().for_each(|&member| stories[member] = at);
        }
        stories
    }

    /// The pairs of groups that a decision meets as it groups the batch.
    pub fn meet(&self, decision: &Decision) -> Vec<Met> {
        meet(self, decision)
    }

    /// The story that most of a group belongs to, and the share that does.
    fn majority(&self, cluster: &Cluster) -> (Option<usize>, f64) {
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for &member in &cluster.members {
            *counts.entry(self.stories[member]).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|&(story, n)| (n, std::cmp::Reverse(story)));
        let (story, count) = most.expect("a cluster has members");
        (story, count as f64 / cluster.size())
    }

    fn learns_from(&self, story: Option<usize>) -> bool {
        story.is_none_or(|story| !self.kept_back.contains(&story))
    }
}

/// Two groups met while grouping, which the decision is learned from.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// Their likeness.
    pub figures: [f64; FIGURES],
    /// The stories that most of their articles belong to; none where it is none of the batch.
    pub stories: [Option<usize>; 2],
    /// How much the pair counts among those of its batch.
    pub weight: f64,
}

impl Met {
    /// Whether both tell of one event.
    pub fn together(&self) -> bool {
        self.stories[0] == self.stories[1]
    }
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
pub fn learn<'l>(lessons: impl Iterator<Item = &'l Lesson> + Clone) -> Decision {
    let mut decision = LEARNED.clone();
    let mut samples: Vec<Met> = Vec::new();
    for _ in 0..ROUNDS {
        for lesson in lessons.clone() {
            let mut met = meet(lesson, &decision);
            let total: f64 = met.iter().map(|sample| sample.weight).sum();
            for sample in &mut met {
                sample.weight *= 1000.0 * lesson.weight / total.max(f64::MIN_POSITIVE);
            }
            samples.append(&mut met);
        }
        decision = fit(&samples);
    }
    decision
}

/// Groups a batch and notes what was met.
fn meet(lesson: &Lesson, decision: &Decision) -> Vec<Met> {
    let mut grouping = Grouping::new(&lesson.fields, &lesson.days, decision);
    let mut samples = Vec::new();
    let mut groups = lesson.fields.len();
    let mut look_at = groups;
    while let Some(pair) = grouping.next() {
        if groups <= look_at {
            look(&grouping, lesson, decision, &mut samples);
            look_at = (groups * 4 / 5).saturating_sub(1);
        }
        if pair.odds < -BEYOND {
            break;
        }
        let story = |at: usize| grouping.clusters[at].as_ref().and_then(|c| lesson.majority(c).0);
        let same = story(pair.a).is_some() && story(pair.a) == story(pair.b);
        if pair.odds > 0.0 || same {
            grouping.join(pair);
            groups -= 1;
        }
    }
    samples
}

/// Notes each group with its likest neighbours.
fn look(grouping: &Grouping<'_>, lesson: &Lesson, decision: &Decision, to: &mut Vec<Met>) {
    for a in grouping.clusters.iter().flatten() {
        let (story, purity) = lesson.majority(a);
        if story.is_none() || purity < PURE || !lesson.learns_from(story) {
            continue;
        }
        let near = a.near.iter();
        let near =
            near.filter_map(|(&at, near)| Some((grouping.clusters[at].as_ref()?, near.links)));
        let mut near: Vec<(f64, [f64; FIGURES], &Cluster)> = near
            .map(|(b, links)| {
                let figures = likeness(a, b, links);
                (decision.odds(&figures), figures, b)
            })
            .collect();
        near.sort_by(|x, y| y.0.total_cmp(&x.0));
        for (_, figures, b) in near.into_iter().take(LOOKED_AT) {
            let (other, purity) = lesson.majority(b);
            if purity >= PURE && lesson.learns_from(other) {
                let (x, y) = (a.texts(), b.texts());
                let cost = if story == other { 1.0 } else { WRONG };
                let weight = cost * (2.0 * x * y / (x + y)).sqrt();
                to.push(Met { figures, stories: [story, other], weight });
            }
        }
    }
}

/// Logistic regression on standardised figures with a small ridge, by Newton's method.
fn fit(samples: &[Met]) -> Decision {
    const SIZE: usize = FIGURES + 1;
    let total: f64 = samples.iter().map(|sample| sample.weight).sum();
    let mean: [f64; FIGURES] = std::array::from_fn(|at| {
        samples.iter().map(|s| s.weight * s.figures[at]).sum::<f64>() / total
    });
    let spread: [f64; FIGURES] = std::array::from_fn(|at| {
        let squares = samples.iter().map(|s| s.weight * (s.figures[at] - mean[at]).powi(2));
        (squares.sum::<f64>() / total).sqrt().max(1e-6)
    });
    let row = |sample: &Met| -> [f64; SIZE] {
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
            let error = sample.weight * (f64::from(u8::from(sample.together())) - p);
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
