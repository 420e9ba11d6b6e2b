use crate::cluster::FIGURES;

/// The learned decision whether two groups of articles tell of one event: a logistic regression on
/// their [likeness](crate::cluster::likeness).
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// A weight for each figure.
    pub weights: [f64; FIGURES],
    /// The constant.
    pub bias: f64,
}

/// The decision as it was learned; `docs/models/stories.md` says from what and how.
pub const LEARNED: Decision = Decision {
    weights: [
        -2.7027, -4.791, -2.5601, 6.0312, 3.3287, 3.183, 3.6363, 1.411, -0.5555, -1.4358, 1.3665,
        2.1605, -1.3203, -0.4769, -0.4676, 2.4654, -0.9529, 1.0506, 1.5281, -0.2324, 0.1898,
        5.6024, 0.5806, -0.1478, -0.4037, 0.8188, -0.5971,
    ],
    bias: -1.1486,
};

impl Decision {
    /// The logarithm of the odds that two groups belong together; above 0 they are joined.
    pub fn odds(&self, figures: &[f64; FIGURES]) -> f64 {
        self.bias + self.weights.iter().zip(figures).map(|(weight, x)| weight * x).sum::<f64>()
    }
}

/// The probability that logarithmic odds stand for.
pub fn probability(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}
