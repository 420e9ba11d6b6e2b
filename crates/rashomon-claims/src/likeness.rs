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
        0.5988, 0.1468, 0.9624, 1.4683, -0.1998, 0.0211, 0.6905, 0.6875, 1.5596, -0.8686, -0.3079,
        -0.2091, -0.5012,
    ],
    bias: 0.1194,
};

/// Whether two sentences of reports of one event tell of one thing that happened: wider than a
/// fact. Learned like the other.
pub const EVENT: Likeness<FIGURES> = Likeness {
    weights: [
        1.2807, 0.2059, 0.3345, 1.789, -3.0855, 0.0731, -0.0269, -0.0932, 1.7332, -0.819, -0.1958,
        -1.1013, -0.8698,
    ],
    bias: 1.188,
};

/// Whether two reports of one kind of event are of one event, by how near they are to each other.
pub const REPORTS: Likeness<1> = Likeness { weights: [10.4868], bias: 0.0124 };

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
