use crate::cluster::Cluster;
use crate::decision::probability;
use crate::links::Links;

use super::judging::Candidate;
use super::step::Link;
use super::{CANDIDATES, Stream, bar, why};

/// With so many articles a story is linked with the one that it takes up.
pub const LINKED_AT: usize = 2;

/// How far below the bar two stories may be, told on one day, for one to take up the other.
const BELOW: f64 = 1.0;

impl Stream {
    /// The older story that a story takes up, if there is one: of those before it the one that it
    /// would be likest to if both were told on one day.
    pub(super) fn link(&mut self, story: u64) -> Option<Link> {
        let known = self.stories.get(&story)?;
        if known.cluster.members.len() < LINKED_AT {
            return None;
        }
        let bar = bar(self.window.len());
        let near = self.index.nearest(&known.cluster, CANDIDATES + 1);
        let compared = std::mem::take(&mut self.compared);
        let new = &self.stories[&story].cluster;
        let mut candidate = Candidate::new(self, new, compared);
        let mut best: Option<(f64, u64)> = None;
        for other in near {
            let old = &self.stories[&other].cluster;
            if !is_before((other, old), (story, new)) {
                continue;
            }
            let across = candidate.beside(old);
            let odds = |links| self.decision.odds(&across.figures(links, Some(0.0))) - bar;
            if odds(Links::MOST) <= -BELOW {
                continue;
            }
            let odds = odds(candidate.links(&across.turned()));
            if odds > -BELOW && best.is_none_or(|(most, _)| odds > most) {
                best = Some((odds, other));
            }
        }
        self.compared = candidate.done();
        let (odds, from) = best?;
        let new = &self.stories[&story].cluster;
        let last = new.members.last()?;
        let signature = self.window.at(*last).signature();
        let why = why::shared(&signature, new, &self.stories[&from].cluster);
        Some(Link { from, to: story, score: probability(odds), why })
    }
}

/// Whether a story is the older one of two: by the mean of its days, else by its number.
fn is_before((a, old): (u64, &Cluster), (b, new): (u64, &Cluster)) -> bool {
    match (old.mean_day(), new.mean_day()) {
        (x, y) if x < y => true,
        (x, y) if x > y => false,
        _ => a < b,
    }
}
