use crate::figures::FIGURES;

/// A weighted sum of figures, as a chance: logistic regression.
#[derive(Clone, Copy, Debug)]
pub struct Likeness<const N: usize> {
    /// What each figure counts.
    pub weights: [f32; N],
    /// What is there before any figure.
    pub bias: f32,
}

impl<const N: usize> Likeness<N> {
    /// The chance for figures, 0 to 1.
    pub fn chance(&self, figures: &[f32; N]) -> f32 {
        let sum: f32 = self.weights.iter().zip(figures).map(|(weight, x)| weight * x).sum();
        1.0 / (1.0 + (-(sum + self.bias)).exp())
    }
}

/// Whether two units have a fact in common. `docs/models/claims.md` says how it was learned.
pub const FACT: Likeness<FIGURES> = Likeness {
    weights: [
        0.3619, 0.2814, 1.0259, 0.6333, -0.3384, -0.1107, 0.6606, 0.5861, 1.8767, -0.8243, -0.1716,
        -0.2166, -0.4564, 1.8237, -0.6514, 0.5074,
    ],
    bias: -0.533,
};

/// Whether two sentences of reports of one event tell of one thing that happened: wider than a
/// fact. Learned like the other.
pub const EVENT: Likeness<FIGURES> = Likeness {
    weights: [
        1.2986, 0.0647, 0.1701, 1.5992, -2.6983, 0.0836, -0.0138, -0.0796, 1.7145, -0.8694,
        -0.1845, -1.1458, -0.8791, 0.2345, -0.3151, 0.051,
    ],
    bias: 1.4358,
};

/// Whether two reports of one kind of event are of one event, by how near they are to each other.
pub const REPORTS: Likeness<1> = Likeness { weights: [10.4925], bias: 0.0129 };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_in_common_is_likelier() {
        let mut figures = [0.0; FIGURES];
        figures[10] = 3.0;
        let nothing = FACT.chance(&figures);
        figures[..10].copy_from_slice(&[2.0, 3.0, 0.7, 0.8, 0.7, 6.0, 1.0, 1.6, 0.8, 0.0]);
        let much = FACT.chance(&figures);
        assert!(nothing < 0.35 && much > 0.9, "{nothing} {much}");
        assert!(REPORTS.chance(&[0.6]) > 0.9 && REPORTS.chance(&[-0.6]) < 0.1);
    }
}
