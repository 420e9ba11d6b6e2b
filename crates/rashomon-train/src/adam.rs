//! Steps along the gradient (Kingma & Ba, ICLR 2015).

use crate::lstm::{Gradient, Weights, add};

/// The moments of Adam; rows of words are moved only when they are seen.
pub struct Adam {
    dense: Vec<(f32, f32)>,
    words: Vec<(f32, f32)>,
    steps: i32,
}

const DECAY: (f32, f32) = (0.9, 0.999);

impl Adam {
    pub fn new(weights: &Weights) -> Adam {
        let zeros = |row: &[f32]| vec![(0.0, 0.0); row.len()];
        Adam { dense: zeros(&weights.dense), words: zeros(&weights.words), steps: 0 }
    }

    /// One step along the sum of two gradients over `size` tokens; no longer than the step size
    /// where the gradient is greater than 1.
    pub fn step(&mut self, weights: &mut Weights, a: Gradient, b: Gradient, size: f32, step: f32) {
        self.steps += 1;
        let mut dense = a.dense;
        add(&mut dense, &b.dense);
        let mut words = a.words;
        words.extend(b.words);
        words.sort_by_key(|&(word, _)| word);
        words.dedup_by(|(word, row), (kept, sum)| {
            let same = word == kept;
            if same {
                add(sum, row);
            }
            same
        });
        let squares = |row: &[f32]| row.iter().map(|x| x * x).sum::<f32>();
        let norm = squares(&dense) + words.iter().map(|(_, row)| squares(row)).sum::<f32>();
        let scale = (norm.sqrt() / size).max(1.0).recip() / size;
        let fix = (1.0 - DECAY.0.powi(self.steps), 1.0 - DECAY.1.powi(self.steps));
        let update = |weight: &mut f32, moments: &mut (f32, f32), gradient: f32| {
            moments.0 = DECAY.0 * moments.0 + (1.0 - DECAY.0) * gradient;
            moments.1 = DECAY.1 * moments.1 + (1.0 - DECAY.1) * gradient * gradient;
            *weight -= step * (moments.0 / fix.0) / ((moments.1 / fix.1).sqrt() + 1e-8);
        };
        for (at, gradient) in dense.iter().enumerate() {
            update(&mut weights.dense[at], &mut self.dense[at], gradient * scale);
        }
        for (word, row) in words {
            let from = word as usize * row.len();
            for (at, gradient) in row.iter().enumerate() {
                let place = from + at;
                update(&mut weights.words[place], &mut self.words[place], gradient * scale);
            }
        }
    }
}
