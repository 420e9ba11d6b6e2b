//! The gradient of a linear-chain conditional random field (Lafferty, McCallum & Pereira, ICML 2001).

use rashomon_quotations::sequence::{LABELS, Label};

/// The loss of a sequence and its gradient.
pub struct Chain {
    /// Minus the log likelihood of the labels.
    pub loss: f64,
    pub scores: Vec<[f32; LABELS]>,
    pub transitions: [[f32; LABELS]; LABELS],
}

/// Sums are scaled to 1 at each token.
pub fn chain_gradient(
    scores: &[[f32; LABELS]],
    transitions: &[[f32; LABELS]; LABELS],
    labels: &[Label],
) -> Chain {
    let tops: Vec<f32> =
        scores.iter().map(|row| row.iter().copied().fold(f32::NEG_INFINITY, f32::max)).collect();
    let states: Vec<[f64; LABELS]> = scores
        .iter()
        .zip(&tops)
        .map(|(row, top)| row.map(|score| f64::from(score - top).exp().max(1e-30)))
        .collect();
    let steps = transitions.map(|row| row.map(|weight| f64::from(weight).exp()));
    let (forward, scale) = forward(&states, &steps);
    let backward = backward(&states, &steps, &scale);
    let mut chain = Chain {
        loss: 0.0,
        scores: vec![[0.0; LABELS]; scores.len()],
        transitions: [[0.0; LABELS]; LABELS],
    };
    for at in 0..scores.len() {
        let label = labels[at].index();
        chain.loss += scale[at].ln() + f64::from(tops[at] - scores[at][label]);
        let total: f64 = (0..LABELS).map(|y| forward[at][y] * backward[at][y]).sum();
        chain.scores[at] =
            std::array::from_fn(|y| (forward[at][y] * backward[at][y] / total) as f32);
        chain.scores[at][label] -= 1.0;
        if at == 0 {
            continue;
        }
        let before = labels[at - 1].index();
        chain.loss -= f64::from(transitions[before][label]);
        let expected =
            |x: usize, y: usize| forward[at - 1][x] * steps[x][y] * states[at][y] * backward[at][y];
        let total: f64 = (0..LABELS)
            .flat_map(|x| (0..LABELS).map(move |y| (x, y)))
            .map(|(x, y)| expected(x, y))
            .sum();
        for (x, row) in chain.transitions.iter_mut().enumerate() {
            for (y, cell) in row.iter_mut().enumerate() {
                *cell += (expected(x, y) / total) as f32;
            }
        }
        chain.transitions[before][label] -= 1.0;
    }
    chain
}

type Lattice = Vec<[f64; LABELS]>;

fn forward(states: &[[f64; LABELS]], steps: &[[f64; LABELS]; LABELS]) -> (Lattice, Vec<f64>) {
    let mut sums: Lattice = Vec::with_capacity(states.len());
    let mut scale = Vec::with_capacity(states.len());
    for state in states {
        let mut next = *state;
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

fn backward(states: &[[f64; LABELS]], steps: &[[f64; LABELS]; LABELS], scale: &[f64]) -> Lattice {
    let mut sums = vec![[1.0; LABELS]; states.len()];
    for at in (0..states.len().saturating_sub(1)).rev() {
        let after: [f64; LABELS] = std::array::from_fn(|y| states[at + 1][y] * sums[at + 1][y]);
        sums[at] = std::array::from_fn(|x| {
            (0..LABELS).map(|y| steps[x][y] * after[y]).sum::<f64>() / scale[at + 1]
        });
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_quotations::sequence::Role;

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let labels = [Label::OUTSIDE, Label::new(Role::Cue, true), Label::new(Role::Content, true)];
        let mut scores = [[0.0; LABELS]; 3];
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (at, cell) in scores.iter_mut().chain(&mut transitions).flatten().enumerate() {
            *cell = ((at * 37 % 11) as f32 - 5.0) / 7.0;
        }
        let loss = |scores: &[[f32; LABELS]; 3], transitions: &[[f32; LABELS]; LABELS]| {
            chain_gradient(scores, transitions, &labels).loss
        };
        let chain = chain_gradient(&scores, &transitions, &labels);
        let h = 1e-2;
        for at in 0..3 {
            for y in 0..LABELS {
                let (mut up, mut down) = (scores, scores);
                up[at][y] += h;
                down[at][y] -= h;
                let slope =
                    (loss(&up, &transitions) - loss(&down, &transitions)) / f64::from(2.0 * h);
                assert!((slope - f64::from(chain.scores[at][y])).abs() < 1e-3);
            }
        }
        for x in 0..LABELS {
            for y in 0..LABELS {
                let (mut up, mut down) = (transitions, transitions);
                up[x][y] += h;
                down[x][y] -= h;
                let slope = (loss(&scores, &up) - loss(&scores, &down)) / f64::from(2.0 * h);
                assert!((slope - f64::from(chain.transitions[x][y])).abs() < 1e-3);
            }
        }
    }
}
