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
        -2.37, -11.7354, -1.8881, -2.9735, 1.5896, 8.0585, 3.3004, 1.8447, -0.5655, -1.7596,
        1.5024, 2.1594, -1.3846, -0.0522, -0.2818, 2.3465, 0.1978, 1.1724, 2.4217, 0.0206, 0.145,
        0.6449, 3.1445, 3.6421, 1.1254, 0.1522, -0.8193,
    ],
    bias: -1.6625,
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
