//! Linear-chain conditional random fields, estimated by stochastic gradient ascent.
//!
//! Step sizes are AdaGrad's (Duchi, Hazan & Singer, JMLR 2011), the penalty on the sum of absolute
//! weights is taken lazily, when a weight is next used, as in FOBOS (Duchi & Singer, JMLR 2009).
//! Sequences come in an order drawn from a fixed seed: the same data gives the same weights.

use std::collections::BTreeMap;

use rashomon_quotations::sequence::{LABELS, Label, ModelParts};

/// How a model is estimated.
pub struct Settings {
    /// The penalty on the sum of absolute weights, for each sequence: more of it, fewer features.
    pub penalty: f32,
    /// The step size of AdaGrad.
    pub step: f32,
    /// Features seen more seldom are left out.
    pub seen: u32,
    /// How often the data is gone through.
    pub rounds: usize,
}

/// Tokens with their features and labels.
pub type Example = (Vec<Vec<u32>>, Vec<Label>);

type Row = [f32; LABELS];

/// Estimates the weights.
pub fn estimate(examples: &[Example], settings: &Settings) -> ModelParts {
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in examples.iter().flat_map(|(features, _)| features.iter().flatten()) {
        *seen.entry(*feature).or_default() += 1;
    }
    let keys: Vec<u32> =
        seen.iter().filter(|&(_, &n)| n >= settings.seen).map(|(&key, _)| key).collect();
    drop(seen);
    let sequences: Vec<(Vec<Vec<u32>>, &[Label])> = examples
        .iter()
        .map(|(features, labels)| {
            let places = |token: &Vec<u32>| -> Vec<u32> {
                let known = token.iter().filter_map(|key| keys.binary_search(key).ok());
                known.map(|at| at as u32).collect()
            };
            (features.iter().map(places).collect(), &labels[..])
        })
        .collect();
    let mut field = Field::new(keys.len(), settings);
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1du64;
    for round in 0..settings.rounds {
        for at in (1..order.len()).rev() {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (random >> 33) as usize % (at + 1));
        }
        let mut likelihood = 0.0;
        for &at in &order {
            let (features, labels) = &sequences[at];
            likelihood += field.learn(features, labels);
        }
        eprintln!("round {}: log likelihood {likelihood:.0}", round + 1);
    }
    field.finish(&keys)
}

struct Field<'s> {
    settings: &'s Settings,
    weights: Vec<Row>,
    squares: Vec<Row>,
    /// Up to which step the penalty of a feature was taken.
    paid: Vec<u32>,
    transitions: [Row; LABELS],
    transition_squares: [Row; LABELS],
    now: u32,
}

impl<'s> Field<'s> {
    fn new(features: usize, settings: &'s Settings) -> Field<'s> {
        Field {
            settings,
            weights: vec![[0.0; LABELS]; features],
            squares: vec![[1e-2; LABELS]; features],
            paid: vec![0; features],
            transitions: [[0.0; LABELS]; LABELS],
            transition_squares: [[1e-2; LABELS]; LABELS],
            now: 0,
        }
    }

    /// Takes the penalty that a feature owes since it was last used.
    fn pay(&mut self, feature: usize) {
        let owed = (self.now - self.paid[feature]) as f32 * self.settings.penalty;
        self.paid[feature] = self.now;
        if owed == 0.0 {
            return;
        }
        for (weight, square) in self.weights[feature].iter_mut().zip(&self.squares[feature]) {
            let shrink = owed * self.settings.step / square.sqrt();
            *weight = weight.signum() * (weight.abs() - shrink).max(0.0);
        }
    }

    /// One step on a sequence; its log likelihood before.
    fn learn(&mut self, features: &[Vec<u32>], labels: &[Label]) -> f64 {
        self.now += 1;
        for &feature in features.iter().flatten() {
            if self.paid[feature as usize] != self.now {
                self.pay(feature as usize);
            }
        }
        let scores: Vec<[f64; LABELS]> = features.iter().map(|token| self.state(token)).collect();
        let steps = self.transitions.map(|row| row.map(|weight| f64::from(weight).exp()));
        let (forward, scale) = forward(&scores, &steps);
        let backward = backward(&scores, &steps, &scale);
        let likelihood = self.log_likelihood(&scores, labels, &scale);
        let mut moves = [[0.0f64; LABELS]; LABELS];
        for at in 0..features.len() {
            let mut gradient = [0.0f32; LABELS];
            let total: f64 = (0..LABELS).map(|y| forward[at][y] * backward[at][y]).sum();
            for y in 0..LABELS {
                gradient[y] = -((forward[at][y] * backward[at][y]) / total) as f32;
            }
            gradient[labels[at].index()] += 1.0;
            self.step(&features[at], &gradient);
            if at > 0 {
                moves[labels[at - 1].index()][labels[at].index()] += 1.0;
                let expected = |x: usize, y: usize| {
                    forward[at - 1][x] * steps[x][y] * scores[at][y] * backward[at][y] / scale[at]
                };
                let total: f64 = (0..LABELS)
                    .flat_map(|x| (0..LABELS).map(move |y| (x, y)))
                    .map(|(x, y)| expected(x, y))
                    .sum();
                for (x, row) in moves.iter_mut().enumerate() {
                    for (y, cell) in row.iter_mut().enumerate() {
                        *cell -= expected(x, y) / total;
                    }
                }
            }
        }
        for (x, row) in moves.iter().enumerate() {
            for (y, &cell) in row.iter().enumerate() {
                let gradient = cell as f32;
                self.transition_squares[x][y] += gradient * gradient;
                self.transitions[x][y] +=
                    self.settings.step * gradient / self.transition_squares[x][y].sqrt();
            }
        }
        likelihood
    }

    /// The exponentials of the scores of a token, the greatest being 1.
    fn state(&self, token: &[u32]) -> [f64; LABELS] {
        let mut sum = [0.0f32; LABELS];
        for &feature in token {
            for (sum, weight) in sum.iter_mut().zip(&self.weights[feature as usize]) {
                *sum += weight;
            }
        }
        let top = sum.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        sum.map(|score| f64::from(score - top).exp().max(1e-30))
    }

    fn step(&mut self, token: &[u32], gradient: &Row) {
        for &feature in token {
            let feature = feature as usize;
            let rows = self.weights[feature].iter_mut().zip(&mut self.squares[feature]);
            for ((weight, square), gradient) in rows.zip(gradient) {
                *square += gradient * gradient;
                *weight += self.settings.step * gradient / square.sqrt();
            }
        }
    }

    fn log_likelihood(&self, scores: &[[f64; LABELS]], labels: &[Label], scale: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (at, label) in labels.iter().enumerate() {
            sum += scores[at][label.index()].ln() - scale[at].ln();
            if at > 0 {
                sum += f64::from(self.transitions[labels[at - 1].index()][label.index()]);
            }
        }
        sum
    }

    fn finish(mut self, keys: &[u32]) -> ModelParts {
        for feature in 0..keys.len() {
            self.pay(feature);
        }
        let used = keys.iter().copied().zip(self.weights);
        ModelParts {
            transitions: self.transitions,
            weights: used.filter(|(_, row)| row.iter().any(|&weight| weight != 0.0)).collect(),
            cues: Vec::new(),
        }
    }
}

type Lattice = Vec<[f64; LABELS]>;

/// Forward sums, scaled to 1 at each token.
fn forward(scores: &[[f64; LABELS]], steps: &[[f64; LABELS]; LABELS]) -> (Lattice, Vec<f64>) {
    let mut sums: Lattice = Vec::with_capacity(scores.len());
    let mut scale = Vec::with_capacity(scores.len());
    for score in scores {
        let mut next = *score;
        if let Some(before) = sums.last() {
            for (y, cell) in next.iter_mut().enumerate() {
                *cell *= (0..LABELS).map(|x| before[x] * steps[x][y]).sum::<f64>();
            }
        }
        let total: f64 = next.iter().sum();
        scale.push(total);
        sums.push(next.map(|cell| cell / total));
    }
    (sums, scale)
}

/// Backward sums, scaled as the forward ones.
fn backward(scores: &[[f64; LABELS]], steps: &[[f64; LABELS]; LABELS], scale: &[f64]) -> Lattice {
    let mut sums = vec![[1.0; LABELS]; scores.len()];
    for at in (0..scores.len().saturating_sub(1)).rev() {
        let after: [f64; LABELS] = std::array::from_fn(|y| scores[at + 1][y] * sums[at + 1][y]);
        sums[at] = std::array::from_fn(|x| {
            (0..LABELS).map(|y| steps[x][y] * after[y]).sum::<f64>() / scale[at + 1]
        });
    }
    sums
}
