use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::cluster::Cluster;
use crate::fields::FIELDS;
use crate::frequencies::TermHasher;
use crate::links::Links;

/// How many pairs are known before those that were known longest are forgotten.
const KNOWN: usize = 65_536;

type Pairs = HashMap<[u64; 2], Known, BuildHasherDefault<TermHasher>>;

/// What pairs of clusters have in common, as far as it was computed lately. A round, the settling
/// and the round after it ask for mostly the same pairs. Nothing depends on what is known here: it
/// is what would be computed again.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    recent: Pairs,
    before: Pairs,
}

/// What a pair has in common.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The scalar products of the sums.
    pub dots: [f32; FIELDS],
    /// What single members have in common, where it was asked.
    pub links: Option<Links>,
}

/// A pair by its stamps. Which of two clusters that are as large is asked for its members, and so
/// in which order these are summed, depends on which comes first.
fn key(a: &Cluster, b: &Cluster) -> [u64; 2] {
    let is_ordered = a.members.len() == b.members.len() && a.members.len() > 1;
    if is_ordered || a.stamp < b.stamp { [a.stamp, b.stamp] } else { [b.stamp, a.stamp] }
}

impl Compared {
    /// What is known of a pair.
    pub fn get(&self, a: &Cluster, b: &Cluster) -> Option<Known> {
        let key = key(a, b);
        self.recent.get(&key).or_else(|| self.before.get(&key)).copied()
    }

    /// Takes notice of a pair.
    pub fn set(&mut self, a: &Cluster, b: &Cluster, known: Known) {
        if self.recent.len() >= KNOWN {
            self.before = std::mem::take(&mut self.recent);
        }
        self.recent.insert(key(a, b), known);
    }
}
