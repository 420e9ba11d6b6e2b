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
        -4.4145, -8.3568, -2.1038, -4.12, 1.5269, 12.8157, 1.6907, 1.5002, -0.5669, -1.2788,
        0.8429, 2.1627, -0.6166, -0.2688, -0.2382, -6.275, 3.148, 2.2515, 1.9848, -0.0255, -0.0862,
        1.29, 0.3694, 3.0556, -0.3098, 0.6223, -0.7868, -3.0166, 3.4563, -0.6443, 0.4398, -0.4388,
        1.5435, 0.4627, 1.3185, -0.7693, 0.0314, 0.276, 2.4998, -1.2907, 0.1464, -0.0234, 0.118,
        0.1873, -0.16, -1.5836, 7.6872, 0.6837, -1.4066, -0.5497,
    ],
    bias: -2.6347,
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
