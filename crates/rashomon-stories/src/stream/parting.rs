use std::collections::BTreeMap;

use crate::decision::probability;
use crate::fields::Fields;
use crate::grouping::{Grouping, Hesitant, Joined};

use super::step::Correction;
use super::{Stream, bar, why};

/// How far below the bar the parts of a story must be to fall apart, so that a story does not come
/// and go with each arrival.
const SLACK: f64 = 0.2;

impl Stream {
    /// Whether a story that had so many articles has grown enough to be looked at again: it is at
    /// 3, 6, 12, 24 articles and so on.
    pub(super) fn has_grown(&self, story: u64, from: usize) -> bool {
        let Some(known) = self.stories.get(&story) else { return false };
        let mark = |size: usize| (size / 3).checked_ilog2();
        mark(known.cluster.members.len()) > mark(from)
    }

    /// Groups the articles of a story afresh; what no longer belongs to it leaves. The largest
    /// part keeps the number, of two as large the one with the article that came first.
    pub(super) fn part(&mut self, story: u64, corrections: &mut Vec<Correction>) -> Vec<u64> {
        let Some(known) = self.stories.get(&story) else { return Vec::new() };
        let members = known.cluster.members.clone();
        if members.len() < 2 {
            return Vec::new();
        }
        let (mut parts, odds) = self.parts(&members);
        if parts.len() < 2 {
            return Vec::new();
        }
        parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part[0]));
        let mut begun = Vec::new();
        for part in parts.drain(1..) {
            let new = self.counters.next_story;
            self.counters.next_story += 1;
            self.note_change(story);
            part.iter().for_each(|&place| self.leave(place));
            self.found_with(new, part.clone());
            self.changed.insert(new, 0);
            self.unsettled.insert(new);
            begun.push(new);
            for (at, place) in part.into_iter().enumerate() {
                corrections.push(self.moved(place, story, new, at == 0, odds));
            }
        }
        begun
    }

    fn moved(&self, place: usize, from: u64, into: u64, is_new: bool, odds: f64) -> Correction {
        let live = self.window.at(place);
        let cluster = &self.stories[&into].cluster;
        let why = if cluster.members.len() > 1 {
            let single = super::story::single(&self.window, place);
            why::shared(&live.signature(), &single, cluster)
        } else {
            Vec::new()
        };
        let score = 1.0 - probability(odds);
        Correction::Moved { article: live.article, from, into, is_new, score, why }
    }

    /// The parts of some articles by the decision, each in order of arrival, and by how much the
    /// likest two parts are above the bar.
    pub(super) fn parts(&self, members: &[usize]) -> (Vec<Vec<usize>>, f64) {
        let bar = bar(self.window.len()) - SLACK;
        let fields: Vec<Fields> =
            members.iter().map(|&place| self.window.at(place).fields.clone()).collect();
        let days: Vec<Option<f64>> =
            members.iter().map(|&place| self.window.at(place).day).collect();
        let mut grouping = Grouping::new(&fields, &days, self.decision);
        let mut below = f64::NEG_INFINITY;
        while let Some(pair) = grouping.next() {
            if pair.odds <= bar {
                below = pair.odds - bar;
                break;
            }
            grouping.join(pair);
        }
        let mut hesitant = Hesitant::new(&mut grouping, bar, Joined::Larger);
        while hesitant.join_next().is_some() {}
        let parts = grouping.clusters.into_iter().flatten().map(|cluster| {
            let mut part: Vec<usize> = cluster.members.iter().map(|&at| members[at]).collect();
            part.sort_unstable();
            part
        });
        (self.bound_together(parts.collect()), below)
    }

    /// Puts parts together again that a decision by hand holds together.
    fn bound_together(&self, parts: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        if self.constraints.is_empty() {
            return parts;
        }
        let mut whole: Vec<Vec<usize>> = Vec::new();
        let mut homes: BTreeMap<u64, usize> = BTreeMap::new();
        for mut part in parts {
            let groups = |part: &[usize]| -> Vec<u64> {
                let article = |&place: &usize| self.window.at(place).article;
                part.iter().filter_map(|p| self.constraints.group(article(p))).collect()
            };
            let mut ties: Vec<usize> =
                groups(&part).iter().filter_map(|group| homes.get(group).copied()).collect();
            ties.sort_unstable();
            ties.dedup();
            for &home in &ties {
                part.append(&mut whole[home]);
            }
            part.sort_unstable();
            for group in groups(&part) {
                homes.insert(group, whole.len());
            }
            whole.push(part);
        }
        whole.retain(|part| !part.is_empty());
        whole
    }
}
