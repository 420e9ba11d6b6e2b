use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::cluster::{Cluster, likeness};
use crate::decision::Decision;
use crate::fields::{BODY_FIELD, Fields};
use crate::neighbours::neighbours;

/// Joins the two likest groups of articles again and again.
pub struct Grouping<'d> {
    decision: &'d Decision,
    /// All groups that ever were; those that were joined into another are `None`.
    pub clusters: Vec<Option<Cluster>>,
    waiting: BinaryHeap<Pair>,
}

/// Two groups that may be joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The logarithm of the odds that they belong together.
    pub odds: f64,
    /// The one.
    pub a: usize,
    /// The other.
    pub b: usize,
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        let by_odds = self.odds.total_cmp(&other.odds);
        by_odds.then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'d> Grouping<'d> {
    /// Each article by itself. `days` are times of publication in days.
    pub fn new(fields: &[Fields], days: &[Option<f64>], decision: &'d Decision) -> Grouping<'d> {
        let mut clusters: Vec<Cluster> = fields
            .iter()
            .zip(days)
            .enumerate()
            .map(|(at, (fields, &day))| Cluster::new(at, fields, day))
            .collect();
        let mut waiting = BinaryHeap::new();
        for (a, near) in neighbours(fields).into_iter().enumerate() {
            for b in near.into_iter().filter(|&b| b > a) {
                let body = |at: usize| &fields[at].vectors[BODY_FIELD];
                let likest = body(a).dot(body(b));
                let figures = likeness(&clusters[a], &clusters[b], likest);
                waiting.push(Pair { odds: decision.odds(&figures), a, b });
                clusters[a].near.insert(b, likest);
                clusters[b].near.insert(a, likest);
            }
        }
        Grouping { decision, clusters: clusters.into_iter().map(Some).collect(), waiting }
    }

    /// The likest two groups there are now.
    pub fn next(&mut self) -> Option<Pair> {
        loop {
            let pair = self.waiting.pop()?;
            if self.clusters[pair.a].is_some() && self.clusters[pair.b].is_some() {
                return Some(pair);
            }
        }
    }

    /// Joins two groups to a new one.
    pub fn join(&mut self, pair: Pair) {
        let take = |cluster: &mut Option<Cluster>| cluster.take().expect("a waiting pair is there");
        let a = take(&mut self.clusters[pair.a]);
        let b = take(&mut self.clusters[pair.b]);
        let mut joined = a.joined(&b);
        joined.near = a.near;
        for (other, likest) in b.near {
            let known = joined.near.entry(other).or_insert(likest);
            *known = known.max(likest);
        }
        joined.near.remove(&pair.a);
        joined.near.remove(&pair.b);
        let new = self.clusters.len();
        for (&other, &likest) in &joined.near {
            let Some(neighbour) = self.clusters[other].as_mut() else { continue };
            neighbour.near.remove(&pair.a);
            neighbour.near.remove(&pair.b);
            neighbour.near.insert(new, likest);
            let figures = likeness(neighbour, &joined, likest);
            self.waiting.push(Pair { odds: self.decision.odds(&figures), a: other, b: new });
        }
        self.clusters.push(Some(joined));
    }
}
