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
        -3.5217, -10.9831, -1.7893, -3.0594, 3.564, 7.2323, 2.3378, 1.4583, -0.594, -1.7655,
        1.4885, 2.0049, -1.2914, 0.1824, -0.3571, 1.4321, 0.041, 1.3119, 2.763, -0.0139, 0.2118,
        0.9929, 2.9314, 3.5961, 1.1813, 0.1143, -0.6786,
    ],
    bias: -0.8461,
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
