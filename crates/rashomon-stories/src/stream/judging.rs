use crate::cluster::{Across, Cluster};
use crate::vector::Probe;

use super::Stream;

/// How many pairs of articles are asked which two are the likest: pairs of those that came last.
const WITNESSES: usize = 36;

impl Stream {
    /// The logarithm of the odds that two clusters tell of one event, or `None` where it is below
    /// a floor.
    pub(super) fn odds(&self, a: &Cluster, b: &Cluster, floor: f64) -> Option<f64> {
        let across = Across::new(a, b);
        if self.most(&across) <= floor {
            return None;
        }
        let odds = self.decision.odds(&across.figures(self.likest(a, b), across.gap()));
        (odds > floor).then_some(odds)
    }

    /// The most that the odds of two clusters can be: they rise with the likeness of the likest
    /// two members, which takes longest to find.
    pub(super) fn most(&self, across: &Across<'_>) -> f64 {
        self.decision.odds(&across.figures(1.0, across.gap()))
    }

    /// The likeness of the two likest members across.
    pub(super) fn likest(&self, a: &Cluster, b: &Cluster) -> f32 {
        let (few, many) = if a.members.len() < b.members.len() { (a, b) } else { (b, a) };
        if let ([one], [other]) = (&few.members[..], &many.members[..]) {
            return self.window.at(*one).body().dot(self.window.at(*other).body());
        }
        let few = few.members.iter().rev().take(WITNESSES.isqrt());
        let each = WITNESSES / few.len().max(1);
        let mut likest = 0.0_f32;
        for &one in few {
            let body = Probe::new(self.window.at(one).body());
            for &other in many.members.iter().rev().take(each) {
                likest = likest.max(body.dot(self.window.at(other).body()));
            }
        }
        likest
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::signed;
    use crate::cluster::{Across, Cluster};
    use crate::decision::LEARNED;
    use crate::fields::Fields;
    use crate::frequencies::Frequencies;

    #[test]
    fn odds_rise_with_the_likest_two_members() {
        let cluster = |text: &str| {
            Cluster::new(0, &Fields::new(&signed(text), &Frequencies::default()), Some(1.0))
        };
        let (a, b) = (cluster("The ferry Marlin sank."), cluster("A ferry left pier Sorrel."));
        let across = Across::new(&a, &b);
        let odds = |likest| LEARNED.odds(&across.figures(likest, across.gap()));
        assert!((0..10).all(|at| odds(at as f32 / 10.0) < odds((at + 1) as f32 / 10.0)));
    }
}
