use std::collections::BTreeSet;

use crate::cluster::Cluster;
use crate::decision::probability;
use crate::vector::Probe;

use super::judging::Candidate;
use super::step::Correction;
use super::{CANDIDATES, Stream, bar};

/// Stories with more articles than this are not grouped afresh together with others.
const REARRANGED: usize = 32;

/// How many stories are grouped afresh together with one.
const AROUND: usize = 8;

/// How far below the bar stories may be to be grouped afresh together.
const NEAR: f64 = 4.0;

impl Stream {
    /// Groups the articles of a story and of those near it afresh, and moves what goes elsewhere.
    /// `settled` are clusters, by their stamps, of which it is known that all would stay.
    pub(super) fn rearrange(
        &mut self,
        story: u64,
        settled: &mut BTreeSet<Vec<u64>>,
        corrections: &mut Vec<Correction>,
    ) -> Vec<u64> {
        let stories = self.surroundings(story);
        if stories.len() < 2 {
            return Vec::new();
        }
        let mut stamps: Vec<u64> = stories.iter().map(|s| self.stories[s].cluster.stamp).collect();
        stamps.sort_unstable();
        if settled.contains(&stamps) {
            return Vec::new();
        }
        let mut members: Vec<usize> = Vec::new();
        for story in &stories {
            members.extend(&self.stories[story].cluster.members);
        }
        members.sort_unstable();
        let (parts, odds) = self.parts(&members);
        let changed = self.follow(parts, &stories, probability(-odds), corrections);
        if changed.is_empty() {
            settled.insert(stamps);
        }
        changed
    }

    /// A story and those that might take articles from it or give it some; none if all is well.
    fn surroundings(&mut self, story: u64) -> Vec<u64> {
        let Some(known) = self.stories.get(&story) else { return Vec::new() };
        let most = REARRANGED;
        let mut size = known.cluster.members.len();
        if size > most {
            return Vec::new();
        }
        let bar = bar(self.window.len());
        let others = self.index.nearest(&known.cluster, CANDIDATES + 1);
        let compared = std::mem::take(&mut self.compared);
        let a = &self.stories[&story].cluster;
        let inside = self.inside(a);
        let mut candidate = Candidate::new(self, a, compared);
        let mut near: Vec<(f64, u64)> = Vec::new();
        for other in others {
            let b = &self.stories[&other].cluster;
            if other != story
                && (a.members.len() > 1 || b.members.len() > 1)
                && b.members.len() <= most
                && self.may_unite(a, b)
                && let Some(odds) = candidate.odds(b, bar - NEAR)
                && self.are_torn(&inside, b)
            {
                near.push((odds, other));
            }
        }
        self.compared = candidate.done();
        near.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let mut stories = vec![story];
        for (_, other) in near.into_iter().take(AROUND) {
            let cluster = &self.stories[&other].cluster;
            size += cluster.members.len();
            if size > most {
                break;
            }
            if stories.iter().all(|story| self.may_unite(&self.stories[story].cluster, cluster)) {
                stories.push(other);
            }
        }
        stories
    }

    /// The articles of a cluster, laid out, and how like each is to the likest other one in it.
    fn inside<'s>(&'s self, cluster: &Cluster) -> Vec<(Probe<'s>, f32)> {
        let bodies = || cluster.members.iter().map(|&place| self.window.at(place).body());
        let mut inside: Vec<(Probe<'s>, f32)> =
            bodies().map(|body| (Probe::new(body), 0.0)).collect();
        for at in 0..inside.len() {
            for (other, body) in bodies().enumerate().skip(at + 1) {
                let likeness = inside[at].0.dot(body);
                inside[at].1 = inside[at].1.max(likeness);
                inside[other].1 = inside[other].1.max(likeness);
            }
        }
        inside
    }

    /// Whether an article of one cluster is liker to one of the other than to any of its own.
    fn are_torn(&self, own: &[(Probe<'_>, f32)], other: &Cluster) -> bool {
        let mut reached = vec![0.0_f32; own.len()];
        let mut theirs = vec![0.0_f32; other.members.len()];
        for (place, their) in other.members.iter().zip(&mut theirs) {
            let body = self.window.at(*place).body();
            for ((probe, _), our) in own.iter().zip(&mut reached) {
                let likeness = probe.dot(body);
                (*our, *their) = (our.max(likeness), their.max(likeness));
            }
        }
        let leans = |inside: &[(Probe<'_>, f32)], reached: &[f32]| {
            inside.len() > 1 && inside.iter().zip(reached).any(|((_, own), other)| other > own)
        };
        leans(own, &reached) || (theirs.len() > 1 && leans(&self.inside(other), &theirs))
    }
}
