use crate::figures::FIGURES;

/// The learned decision whether two groups of articles tell of one event: a logistic regression on
/// their [likeness](crate::figures::likeness).
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// A weight for each figure.
    pub weights: [f64; FIGURES],
    /// The constant.
    pub bias: f64,
}

/// The decision as it was learned; `docs/models/stories.md` says from what and how.
pub static LEARNED: Decision = Decision {
    weights: [
        -4.2103, -8.6031, -2.132, -3.9651, 2.6205, 11.058, 2.6268, 1.4034, -0.572, -1.3478, 0.8813,
        2.0054, -0.5771, -0.0831, -0.2424, -6.1509, 3.2551, 2.0516, 2.1523, -0.0393, -0.0751,
        1.4578, 0.1297, 2.9005, -0.1558, 0.4706, -0.7707, -3.1675, 3.323, -0.5542, 0.4347, -0.4447,
        1.6084, 0.4552, 1.2221, -0.735, 0.0315, 0.2621, 2.5914, -1.2125, 0.1549, -0.0376, 0.1184,
        0.1959, -0.1605, -1.7409, 7.2177, 0.6726, -1.2887, -0.2885,
    ],
    bias: -2.5986,
};

impl Decision {
    /// The logarithm of the odds that two groups belong together.
    pub fn odds(&self, figures: &[f64; FIGURES]) -> f64 {
        self.bias + self.weights.iter().zip(figures).map(|(weight, x)| weight * x).sum::<f64>()
    }
}

/// By how much a larger batch lowers the odds of any two groups: among many articles more look
/// alike by chance, while a folder of a few was put together by somebody for a reason. In
/// logarithmic odds for each factor of e.
const RARITY: f64 = 0.15;

/// The number of articles at which the odds stand as they were learned.
const EVEN: f64 = 50.0;

/// The most that a small folder raises the odds.
const FOLDER: f64 = 0.4;

/// The logarithmic odds above which two groups are joined in a batch of so many articles.
pub fn bar(articles: usize) -> f64 {
    (RARITY * (articles.max(1) as f64 / EVEN).ln()).max(-FOLDER)
}

/// The probability that logarithmic odds stand for.
pub fn probability(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}
