use crate::cluster::{Cluster, likeness};

use super::Stream;

/// How many articles of each side are asked which two are the likest: the last that came.
const WITNESSES: usize = 24;

impl Stream {
    /// The logarithm of the odds that two clusters tell of one event, or `None` where it is below
    /// a floor.
    pub(super) fn odds(&self, a: &Cluster, b: &Cluster, floor: f64) -> Option<f64> {
        // Likeness rises with the likest two members, so that this is the most it can be.
        let most = self.decision.odds(&likeness(a, b, 1.0));
        if most <= floor {
            return None;
        }
        let odds = self.decision.odds(&likeness(a, b, self.likest(a, b)));
        (odds > floor).then_some(odds)
    }

    /// The likeness of the two likest members across.
    pub(super) fn likest(&self, a: &Cluster, b: &Cluster) -> f32 {
        let mut likest = 0.0_f32;
        for &one in a.members.iter().rev().take(WITNESSES) {
            let body = &self.window.at(one).body;
            for &other in b.members.iter().rev().take(WITNESSES) {
                likest = likest.max(body.dot(&self.window.at(other).body));
            }
        }
        likest
    }
}
