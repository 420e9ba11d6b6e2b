//! A bidirectional long short-term memory under a linear-chain conditional random field.
//!
//! The network is that of Huang, Xu & Yu (arXiv:1508.01991, 2015): the vector of the word and a few
//! features of each token, one LSTM (Hochreiter & Schmidhuber 1997) in either direction, a linear
//! layer, and a conditional random field over the labels. It is estimated by Adam (Kingma & Ba, ICLR
//! 2015) with dropout; what is kept is the running mean of the weights (Polyak & Juditsky 1992).
//! Everything is added up in one fixed order: the same data gives the same bytes on any number of
//! cores.

use std::ops::Range;

use rashomon_quotations::sequence::network::{add_scaled, sigmoid, tanh};
use rashomon_quotations::sequence::{LABELS, Label};

use crate::adam::Adam;
use crate::chain::chain_gradient;
use crate::layout::Layout;
use crate::random::Random;

/// How a model is estimated.
pub struct Settings {
    pub rounds: usize,
    /// Paragraphs in one step.
    pub batch: usize,
    /// The first step size; it falls to a twentieth.
    pub step: f32,
    /// Shares of the inputs and of the hidden states that are left out at each step.
    pub dropout: [f32; 2],
    /// The seed of all that is drawn.
    pub seed: u64,
    /// How much an example of syntax counts.
    pub syntax: f32,
}

/// One paragraph: what is known of each token, and its label.
pub struct Example {
    /// The index of the fixed vector of the word; 0 for none.
    pub vectors: Vec<u32>,
    /// The index of the learned part of the word; 0 for none.
    pub words: Vec<u32>,
    /// The value of each feature.
    pub features: Vec<Vec<u16>>,
    pub gold: Gold,
}

/// What an example teaches.
pub enum Gold {
    /// The label of each token.
    Labels(Vec<Label>),
    /// The syntactic label of each token, where it has one: only to learn what sentences look like.
    Syntax(Vec<Option<u16>>),
}

impl Example {
    fn len(&self) -> usize {
        self.words.len()
    }
}

/// The weights.
#[derive(Clone)]
pub struct Weights {
    /// All but the words', as [`Layout`] says.
    pub dense: Vec<f32>,
    /// What is added to the fixed vector of a frequent word, row after row.
    pub words: Vec<f32>,
}

impl Weights {
    fn new(layout: &Layout, words: usize, seed: u64) -> Weights {
        let mut random = Random::new(seed);
        let mut dense = vec![0.0; layout.syntax().end];
        let mut fill = |range: Range<usize>, scale: f32| {
            dense[range].iter_mut().for_each(|weight| *weight = random.normal() * scale);
        };
        fill(0..layout.after_features(), 0.3);
        for side in 0..2 {
            fill(layout.input(side), (layout.inputs() as f32).sqrt().recip());
            fill(layout.state(side), (layout.hidden as f32).sqrt().recip());
        }
        fill(layout.output(), 0.1);
        fill(layout.syntax(), 0.1);
        for side in 0..2 {
            let bias = layout.bias(side);
            dense[bias][layout.hidden..2 * layout.hidden].fill(1.0);
        }
        Weights { dense, words: vec![0.0; words * layout.vector] }
    }
}

/// The sum of the gradients of some examples.
pub struct Gradient {
    pub dense: Vec<f32>,
    /// Word and row, in the order of the tokens.
    pub words: Vec<(u32, Vec<f32>)>,
    loss: f64,
}

/// Estimates the weights. `vectors` are the fixed vectors, the first of them zero; `words` is the
/// number of learned words, with none as the first.
pub fn estimate(
    examples: &[Example],
    vectors: &[Vec<f32>],
    words: usize,
    layout: &Layout,
    settings: &Settings,
) -> Weights {
    let mut weights = Weights::new(layout, words, settings.seed);
    let mut adam = Adam::new(&weights);
    let mut mean = weights.clone();
    let mut random = Random::new(settings.seed ^ 0x5eed);
    let (mut order, mut others): (Vec<usize>, Vec<usize>) =
        (0..examples.len()).partition(|&at| matches!(examples[at].gold, Gold::Labels(_)));
    let batches = order.len().div_ceil(settings.batch);
    let steps = batches * settings.rounds;
    for round in 0..settings.rounds {
        random.shuffle(&mut order);
        random.shuffle(&mut others);
        let share = others.len().div_ceil(batches);
        let (mut loss, mut tokens) = (0.0, 0);
        for (at, batch) in order.chunks(settings.batch).enumerate() {
            let beside = others.iter().skip(at * share).take(share);
            let drawn: Vec<(usize, u64)> =
                batch.iter().chain(beside).map(|&at| (at, random.next())).collect();
            let network = Network::new(layout, &weights, vectors, settings);
            let part = |drawn: &[(usize, u64)]| {
                pulp::Arch::new().dispatch(Learning { network: &network, examples, drawn })
            };
            let (first, second) = drawn.split_at(drawn.len().div_ceil(2));
            let (first, second) = std::thread::scope(|scope| {
                let second = scope.spawn(|| part(second));
                (part(first), second.join().expect("no panic in a batch"))
            });
            let size: usize = batch.iter().map(|&at| examples[at].len()).sum();
            loss += first.loss + second.loss;
            tokens += size;
            let now = round * batches + at;
            let left = 1.0 - now as f32 / steps as f32;
            adam.step(&mut weights, first, second, size as f32, settings.step * left.max(0.05));
            follow(&mut mean, &weights, now);
        }
        eprintln!("round {}: loss of a token {:.4}", round + 1, loss / tokens as f64);
    }
    mean
}

/// Every how many steps the running mean is brought up.
const PACE: usize = 8;

fn follow(mean: &mut Weights, weights: &Weights, now: usize) {
    if !now.is_multiple_of(PACE) {
        return;
    }
    let keep = if now < 2000 { 0.9 } else { 0.992 };
    let pairs = mean.dense.iter_mut().zip(&weights.dense);
    for (mean, weight) in pairs.chain(mean.words.iter_mut().zip(&weights.words)) {
        *mean = keep * *mean + (1.0 - keep) * weight;
    }
}

/// What one direction did at each token, rows of numbers one after the other.
struct Pass {
    /// The four gates after their squashing.
    gates: Vec<f32>,
    cells: Vec<f32>,
    squashed: Vec<f32>,
    hidden: Vec<f32>,
}

/// The weights of a step, with the matrices the other way round for the way back.
struct Network<'w> {
    layout: &'w Layout,
    weights: &'w Weights,
    vectors: &'w [Vec<f32>],
    dropout: [f32; 2],
    syntax: f32,
    input_turned: [Vec<f32>; 2],
    state_turned: [Vec<f32>; 2],
}

impl<'w> Network<'w> {
    fn new(
        layout: &'w Layout,
        weights: &'w Weights,
        vectors: &'w [Vec<f32>],
        settings: &Settings,
    ) -> Network<'w> {
        let width = layout.gates();
        let turned = |range: Range<usize>| -> Vec<f32> {
            let rows: Vec<&[f32]> = weights.dense[range].chunks_exact(width).collect();
            (0..width).flat_map(|at| rows.iter().map(move |row| row[at])).collect()
        };
        Network {
            layout,
            weights,
            vectors,
            dropout: settings.dropout,
            syntax: settings.syntax,
            input_turned: [0, 1].map(|side| turned(layout.input(side))),
            state_turned: [0, 1].map(|side| turned(layout.state(side))),
        }
    }

    fn gradient(&self) -> Gradient {
        Gradient { dense: vec![0.0; self.weights.dense.len()], words: Vec::new(), loss: 0.0 }
    }

    fn dense(&self, range: Range<usize>) -> &[f32] {
        &self.weights.dense[range]
    }

    /// What goes in for one token.
    fn input(&self, example: &Example, at: usize) -> Vec<f32> {
        let size = self.layout.vector;
        let mut input = self.vectors[example.vectors[at] as usize].clone();
        let word = example.words[at] as usize;
        let own = &self.weights.words[word * size..(word + 1) * size];
        input.iter_mut().zip(own).for_each(|(sum, value)| *sum += value);
        for (kind, &value) in example.features[at].iter().enumerate() {
            input.extend(self.dense(self.layout.feature(kind, usize::from(value))));
        }
        input
    }

    /// Adds the gradient of one example.
    #[inline(always)]
    fn learn(&self, example: &Example, seed: u64, gradient: &mut Gradient) {
        let mut random = Random::new(seed);
        let (count, width) = (example.len(), self.layout.inputs());
        let hidden = self.layout.hidden;
        let mask = random.mask(count * width, self.dropout[0]);
        let mut inputs: Vec<f32> = (0..count).flat_map(|at| self.input(example, at)).collect();
        inputs.iter_mut().zip(&mask).for_each(|(value, mask)| *value *= mask);
        let passes = [0, 1].map(|side| self.pass(side, &inputs));
        let kept = random.mask(count * 2 * hidden, self.dropout[1]);
        let states: Vec<f32> = (0..count * 2 * hidden)
            .map(|at| {
                let (token, k) = (at / (2 * hidden), at % (2 * hidden));
                passes[k / hidden].hidden[token * hidden + k % hidden] * kept[at]
            })
            .collect();
        let mut wanted = vec![0.0; count * 2 * hidden];
        match &example.gold {
            Gold::Labels(labels) => self.teach_labels(labels, &states, gradient, &mut wanted),
            Gold::Syntax(labels) => self.teach_syntax(labels, &states, gradient, &mut wanted),
        }
        wanted.iter_mut().zip(&kept).for_each(|(error, mask)| *error *= mask);
        let mut of_inputs = vec![0.0; count * width];
        for (side, pass) in passes.iter().enumerate() {
            self.back(side, pass, &inputs, &wanted, gradient, &mut of_inputs);
        }
        of_inputs.iter_mut().zip(&mask).for_each(|(value, mask)| *value *= mask);
        for (at, errors) in of_inputs.chunks_exact(width).enumerate() {
            let mut from = self.layout.vector;
            if example.words[at] > 0 {
                gradient.words.push((example.words[at], errors[..from].to_vec()));
            }
            for (kind, &value) in example.features[at].iter().enumerate() {
                let row = self.layout.feature(kind, usize::from(value));
                let size = row.len();
                add(&mut gradient.dense[row], &errors[from..from + size]);
                from += size;
            }
        }
    }

    /// The errors of the labels, and what the hidden states should have been.
    #[inline(always)]
    fn teach_labels(
        &self,
        labels: &[Label],
        states: &[f32],
        gradient: &mut Gradient,
        wanted: &mut [f32],
    ) {
        let (count, hidden) = (labels.len(), self.layout.hidden);
        let mut bias = [0.0; LABELS];
        bias.copy_from_slice(self.dense(self.layout.output_bias()));
        let mut scores = vec![bias; count];
        for (scores, state) in scores.iter_mut().zip(states.chunks_exact(2 * hidden)) {
            add_scaled(scores, state, self.dense(self.layout.output()));
        }
        let mut transitions = [[0.0; LABELS]; LABELS];
        let flat = self.dense(self.layout.transitions());
        transitions.iter_mut().flatten().zip(flat).for_each(|(to, from)| *to = *from);
        let chain = chain_gradient(&scores, &transitions, labels);
        gradient.loss += chain.loss;
        add(&mut gradient.dense[self.layout.transitions()], chain.transitions.as_flattened());
        for at in 0..count {
            let errors = &chain.scores[at];
            add(&mut gradient.dense[self.layout.output_bias()], errors);
            let sums = &mut gradient.dense[self.layout.output()];
            let rows = self.dense(self.layout.output()).chunks_exact(LABELS);
            for (k, (sum, row)) in sums.chunks_exact_mut(LABELS).zip(rows).enumerate() {
                let place = at * 2 * hidden + k;
                let mut error = 0.0;
                for label in 0..LABELS {
                    sum[label] += states[place] * errors[label];
                    error += row[label] * errors[label];
                }
                wanted[place] = error;
            }
        }
    }

    /// The same for syntactic labels, each by itself (multinomial logistic regression).
    #[inline(always)]
    fn teach_syntax(
        &self,
        labels: &[Option<u16>],
        states: &[f32],
        gradient: &mut Gradient,
        wanted: &mut [f32],
    ) {
        let (width, stride) = (self.layout.syntax, 2 * self.layout.hidden);
        let weights = self.dense(self.layout.syntax());
        for (at, label) in labels.iter().enumerate() {
            let Some(label) = *label else { continue };
            let state = &states[at * stride..(at + 1) * stride];
            let mut scores = vec![0.0; width];
            add_scaled(&mut scores, state, weights);
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            scores.iter_mut().for_each(|score| *score = (*score - top).exp());
            let total = scores.iter().sum::<f32>();
            scores.iter_mut().for_each(|score| *score *= self.syntax / total);
            scores[usize::from(label)] -= self.syntax;
            let sums = &mut gradient.dense[self.layout.syntax()];
            outer(sums, state, &scores);
            for (k, row) in weights.chunks_exact(width).enumerate() {
                wanted[at * stride + k] = row.iter().zip(&scores).map(|(a, b)| a * b).sum();
            }
        }
    }

    #[inline(always)]
    fn pass(&self, side: usize, inputs: &[f32]) -> Pass {
        let (width, hidden) = (self.layout.inputs(), self.layout.hidden);
        let count = inputs.len() / width;
        let mut pass = Pass {
            gates: vec![0.0; count * 4 * hidden],
            cells: vec![0.0; count * hidden],
            squashed: vec![0.0; count * hidden],
            hidden: vec![0.0; count * hidden],
        };
        let mut before: Option<usize> = None;
        for step in 0..count {
            let at = if side == 1 { count - 1 - step } else { step };
            let gates = &mut pass.gates[at * 4 * hidden..(at + 1) * 4 * hidden];
            gates.copy_from_slice(self.dense(self.layout.bias(side)));
            let input = &inputs[at * width..(at + 1) * width];
            add_scaled(gates, input, self.dense(self.layout.input(side)));
            if let Some(before) = before {
                let state = &pass.hidden[before * hidden..(before + 1) * hidden];
                add_scaled(gates, state, self.dense(self.layout.state(side)));
            }
            gates[..3 * hidden].iter_mut().for_each(|gate| *gate = sigmoid(*gate));
            gates[3 * hidden..].iter_mut().for_each(|gate| *gate = tanh(*gate));
            for k in 0..hidden {
                let kept = before.map_or(0.0, |before| pass.cells[before * hidden + k]);
                let cell = gates[hidden + k] * kept + gates[k] * gates[3 * hidden + k];
                let place = at * hidden + k;
                pass.cells[place] = cell;
                pass.squashed[place] = tanh(cell);
                pass.hidden[place] = gates[2 * hidden + k] * pass.squashed[place];
            }
            before = Some(at);
        }
        pass
    }

    /// The way back through one direction; adds to the gradients of weights and inputs.
    #[inline(always)]
    fn back(
        &self,
        side: usize,
        pass: &Pass,
        inputs: &[f32],
        wanted: &[f32],
        gradient: &mut Gradient,
        of_inputs: &mut [f32],
    ) {
        let (width, hidden) = (self.layout.inputs(), self.layout.hidden);
        let count = inputs.len() / width;
        let mut of_hidden = vec![0.0; hidden];
        let mut of_cell = vec![0.0; hidden];
        let mut of_gates = vec![0.0; 4 * hidden];
        for step in (0..count).rev() {
            let at = if side == 1 { count - 1 - step } else { step };
            let before = (step > 0).then(|| if side == 1 { at + 1 } else { at - 1 });
            let gates = &pass.gates[at * 4 * hidden..(at + 1) * 4 * hidden];
            for k in 0..hidden {
                let (enter, keep) = (gates[k], gates[hidden + k]);
                let (leave, new) = (gates[2 * hidden + k], gates[3 * hidden + k]);
                let squashed = pass.squashed[at * hidden + k];
                let error = of_hidden[k] + wanted[at * 2 * hidden + side * hidden + k];
                let cell = of_cell[k] + error * leave * (1.0 - squashed * squashed);
                let kept = before.map_or(0.0, |before| pass.cells[before * hidden + k]);
                of_gates[k] = cell * new * enter * (1.0 - enter);
                of_gates[hidden + k] = cell * kept * keep * (1.0 - keep);
                of_gates[2 * hidden + k] = error * squashed * leave * (1.0 - leave);
                of_gates[3 * hidden + k] = cell * enter * (1.0 - new * new);
                of_cell[k] = cell * keep;
            }
            let input = &inputs[at * width..(at + 1) * width];
            outer(&mut gradient.dense[self.layout.input(side)], input, &of_gates);
            add(&mut gradient.dense[self.layout.bias(side)], &of_gates);
            if let Some(before) = before {
                let state = &pass.hidden[before * hidden..(before + 1) * hidden];
                outer(&mut gradient.dense[self.layout.state(side)], state, &of_gates);
            }
            let errors = &mut of_inputs[at * width..(at + 1) * width];
            add_scaled(errors, &of_gates, &self.input_turned[side]);
            of_hidden.fill(0.0);
            add_scaled(&mut of_hidden, &of_gates, &self.state_turned[side]);
        }
    }
}

/// Some examples learned in one piece, so that all of it is compiled for the machine's registers.
struct Learning<'a, 'w> {
    network: &'a Network<'w>,
    examples: &'a [Example],
    /// Examples with their seeds.
    drawn: &'a [(usize, u64)],
}

impl pulp::NullaryFnOnce for Learning<'_, '_> {
    type Output = Gradient;

    #[inline(always)]
    fn call(self) -> Gradient {
        let mut gradient = self.network.gradient();
        for &(at, seed) in self.drawn {
            self.network.learn(&self.examples[at], seed, &mut gradient);
        }
        gradient
    }
}

/// Adds numbers one by one.
#[inline(always)]
pub fn add(sums: &mut [f32], values: &[f32]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

/// Adds each row scaled by one of the scales: the outer product.
#[inline(always)]
fn outer(sums: &mut [f32], scales: &[f32], row: &[f32]) {
    for (sums, &scale) in sums.chunks_exact_mut(row.len()).zip(scales) {
        if scale != 0.0 {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += scale * value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let layout = Layout { vector: 3, hidden: 2, features: vec![(2, 2), (3, 1)], syntax: 4 };
        let mut weights = Weights::new(&layout, 3, 7);
        weights.words.iter_mut().enumerate().for_each(|(at, w)| *w = at as f32 * 0.05);
        let vectors = vec![vec![0.0; 3], vec![0.5, -0.3, 0.2]];
        let labels = [0, 3, 5, 6, 0];
        let example = Example {
            vectors: vec![1, 0, 1, 1, 0],
            words: vec![0, 1, 2, 1, 0],
            features: vec![vec![0, 2], vec![1, 0], vec![1, 1], vec![0, 0], vec![1, 2]],
            gold: Gold::Labels(labels.iter().map(|&label| Label::from_index(label)).collect()),
        };
        let settings =
            Settings { rounds: 1, batch: 1, step: 0.1, dropout: [0.0, 0.0], seed: 1, syntax: 0.5 };
        let loss = |weights: &Weights| {
            let network = Network::new(&layout, weights, &vectors, &settings);
            let mut gradient = network.gradient();
            network.learn(&example, 1, &mut gradient);
            gradient
        };
        let gradient = loss(&weights);
        let h = 1e-2;
        for at in 0..weights.dense.len() {
            let (mut up, mut down) = (weights.clone(), weights.clone());
            up.dense[at] += h;
            down.dense[at] -= h;
            let slope = (loss(&up).loss - loss(&down).loss) / f64::from(2.0 * h);
            let found = f64::from(gradient.dense[at]);
            assert!((slope - found).abs() < 2e-3, "{at}: {slope} and {found}");
        }
        for at in 3..weights.words.len() {
            let (mut up, mut down) = (weights.clone(), weights.clone());
            up.words[at] += h;
            down.words[at] -= h;
            let slope = (loss(&up).loss - loss(&down).loss) / f64::from(2.0 * h);
            let rows = gradient.words.iter().filter(|(word, _)| *word as usize == at / 3);
            let found: f64 = rows.map(|(_, row)| f64::from(row[at % 3])).sum();
            assert!((slope - found).abs() < 2e-3, "word {at}: {slope} and {found}");
        }
    }
}
