use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

use crate::decision::probability;

use super::chains::LINKED_AT;
use super::judging::Candidate;
use super::step::{Correction, Link};
use super::{CANDIDATES, Stream, bar, why};

/// Stories of fewer articles are looked at whenever they have changed.
const SMALL: usize = 8;

/// Two stories that may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair {
    odds: f64,
    stories: Reverse<[u64; 2]>,
    /// How often each had changed when the odds were computed.
    seen: [usize; 2],
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        let by_odds = self.odds.total_cmp(&other.odds);
        by_odds.then(self.stories.cmp(&other.stories)).then(self.seen.cmp(&other.seen))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Stream {
    /// Looks again at the stories that have changed since the last round.
    pub(super) fn round(&mut self, corrections: &mut Vec<Correction>, links: &mut Vec<Link>) {
        let changed = std::mem::take(&mut self.changed);
        let (changed, waiting) =
            changed.into_iter().partition(|&(story, size)| self.is_due(story, size));
        let changed: BTreeMap<u64, usize> = changed;
        let mut stories: Vec<u64> = changed.keys().copied().collect();
        for (&story, &size) in &changed {
            if self.has_grown(story, size) {
                stories.extend(self.part(story, corrections));
            }
        }
        self.correct(stories, corrections);
        for (story, size) in changed {
            if size < LINKED_AT {
                links.extend(self.link(story));
            }
        }
        self.changed = waiting;
        let stories = &self.stories;
        self.changed.retain(|story, _| stories.contains_key(story));
    }

    /// Whether a story that had so many articles at the last look is to be looked at: a large one
    /// is when it has changed by an eighth.
    fn is_due(&self, story: u64, size: usize) -> bool {
        let now = self.stories.get(&story).map_or(0, |known| known.cluster.members.len());
        size < SMALL || now.abs_diff(size) * SMALL >= size
    }

    /// Unites stories that belong together more likely than not, the likest two first.
    pub(super) fn correct(&mut self, stories: Vec<u64>, corrections: &mut Vec<Correction>) {
        let bar = bar(self.window.len());
        let mut versions: BTreeMap<u64, usize> = BTreeMap::new();
        let mut waiting = BinaryHeap::new();
        for story in stories {
            self.pairs_of(story, bar, &versions, &mut waiting);
        }
        while let Some(pair) = waiting.pop() {
            let Reverse([a, b]) = pair.stories;
            let version = |story| versions.get(&story).copied().unwrap_or(0);
            let there = self.stories.contains_key(&a) && self.stories.contains_key(&b);
            if !there || pair.seen != [version(a), version(b)] {
                continue;
            }
            if !self.has_quorum(&self.stories[&a].cluster, &self.stories[&b].cluster) {
                continue;
            }
            let (from, into) = self.which_stays(a, b);
            corrections.push(self.merge_found(from, into, pair.odds - bar));
            *versions.entry(into).or_default() += 1;
            self.pairs_of(into, bar, &versions, &mut waiting);
        }
    }

    /// The pairs of a story with others that are above the bar.
    fn pairs_of(
        &mut self,
        story: u64,
        bar: f64,
        versions: &BTreeMap<u64, usize>,
        to: &mut BinaryHeap<Pair>,
    ) {
        let Some(known) = self.stories.get(&story) else { return };
        let version = |story| versions.get(&story).copied().unwrap_or(0);
        let near = self.index.nearest(&known.cluster, CANDIDATES + 1);
        let compared = std::mem::take(&mut self.compared);
        let a = &self.stories[&story].cluster;
        let mut candidate = Candidate::new(self, a, compared);
        for other in near {
            if other == story {
                continue;
            }
            let b = &self.stories[&other].cluster;
            if self.may_unite(a, b)
                && let Some(odds) = candidate.odds(b, bar)
            {
                let stories = [story.min(other), story.max(other)];
                let seen = stories.map(version);
                to.push(Pair { odds, stories: Reverse(stories), seen });
            }
        }
        self.compared = candidate.done();
    }

    /// The number that goes and the number that stays: that of the story with more articles in
    /// the window, or of two as large the older one's.
    pub(super) fn which_stays(&self, a: u64, b: u64) -> (u64, u64) {
        let size = |story: u64| self.stories[&story].cluster.members.len();
        let (older, newer) = (a.min(b), a.max(b));
        if size(newer) > size(older) { (older, newer) } else { (newer, older) }
    }

    pub(super) fn merge_found(&mut self, from: u64, into: u64, above: f64) -> Correction {
        let (a, b) = (&self.stories[&from].cluster, &self.stories[&into].cluster);
        let last = a.members.last().expect("a story has articles");
        let why = why::shared(&self.window.at(*last).signature(), a, b);
        self.unite(from, into);
        self.unsettled.insert(into);
        Correction::Merged { from, into, score: probability(above), why }
    }
}
