use crate::cluster::Cluster;
use crate::vector::Probe;

use super::Stream;

/// Stories of fewer articles are united without asking each of them.
const ASKED_FROM: usize = 4;

/// How many articles of the larger story, those that came last, are held against each of the
/// smaller one, and how many of the smaller one are asked.
const HELD_AGAINST: usize = 32;

/// One article in so many of the smaller story must be as like to one of the other story as to its
/// own.
const QUORUM: usize = 3;

/// Articles liker than this are copies, which say nothing about whether two stories are one.
const COPY: f32 = 0.8;

impl Stream {
    /// Whether enough articles of the smaller of two stories are as much at home in the other. Two
    /// large stories of one affair share most of their words, and still each article is liker to
    /// those of its own event; and a single article between them must not chain the two together.
    pub(super) fn has_quorum(&self, a: &Cluster, b: &Cluster) -> bool {
        let (few, many) = if a.members.len() < b.members.len() { (a, b) } else { (b, a) };
        if few.members.len() < ASKED_FROM {
            return true;
        }
        let asked: Vec<usize> = few.members.iter().rev().take(HELD_AGAINST).copied().collect();
        let at_home = |place: usize| {
            let probe = Probe::new(self.window.at(place).body());
            let likest = |others: &[usize]| {
                let others = others.iter().rev().take(HELD_AGAINST).filter(|&&at| at != place);
                let likeness = others.map(|&other| probe.dot(self.window.at(other).body()));
                likeness.filter(|&likeness| likeness < COPY).fold(0.0_f32, f32::max)
            };
            likest(&many.members) >= likest(&few.members)
        };
        let votes = asked.iter().filter(|&&place| at_home(place)).count();
        votes * QUORUM >= asked.len()
    }
}
