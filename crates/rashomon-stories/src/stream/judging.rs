use crate::cluster::{Cluster, likeness};

use super::Stream;

/// How many pairs of articles are asked which two are the likest: pairs of those that came last.
const WITNESSES: usize = 64;

/// So few pairs are asked before anything else.
const FEW: usize = 4;

impl Stream {
    /// The logarithm of the odds that two clusters tell of one event, or `None` where it is below
    /// a floor.
    pub(super) fn odds(&self, a: &Cluster, b: &Cluster, floor: f64) -> Option<f64> {
        // Likeness rises with the likest two members, so that this is the most it can be.
        let is_cheap = a.members.len() * b.members.len() <= FEW;
        if !is_cheap && self.decision.odds(&likeness(a, b, 1.0)) <= floor {
            return None;
        }
        let odds = self.decision.odds(&likeness(a, b, self.likest(a, b)));
        (odds > floor).then_some(odds)
    }

    /// The likeness of the two likest members across.
    pub(super) fn likest(&self, a: &Cluster, b: &Cluster) -> f32 {
        let (few, many) = if a.members.len() < b.members.len() { (a, b) } else { (b, a) };
        let few = few.members.iter().rev().take(WITNESSES.isqrt());
        let each = WITNESSES / few.len().max(1);
        let mut likest = 0.0_f32;
        for &one in few {
            let body = self.window.at(one).body();
            for &other in many.members.iter().rev().take(each) {
                likest = likest.max(body.dot(self.window.at(other).body()));
            }
        }
        likest
    }
}
