//! Few articles, grouped all at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::decision::bar;
use crate::fields::fields;
use crate::signature::Signature;
use crate::stories::clusters;

use super::Stream;
use super::step::Correction;

/// As many articles in the window are looked at all together when the stream is settled: what
/// somebody put into one folder groups as well as it does without a stream.
pub(super) const HANDFUL: usize = 200;

impl Stream {
    /// Unites stories that lie in one group where all articles of the window are grouped at once.
    /// It takes no story apart.
    pub(super) fn gather(&mut self, corrections: &mut Vec<Correction>) {
        if self.window.len() > HANDFUL {
            return;
        }
        let places: Vec<usize> = self.window.places().collect();
        let signatures: Vec<Signature> =
            places.iter().map(|&place| self.window.at(place).signature()).collect();
        let days: Vec<Option<f64>> =
            places.iter().map(|&place| self.window.at(place).day).collect();
        for group in clusters(&fields(&signatures), &days) {
            let members: BTreeSet<usize> = group.into_iter().map(|at| places[at]).collect();
            let mut inside: BTreeMap<u64, usize> = BTreeMap::new();
            for &place in &members {
                *inside.entry(self.window.at(place).story).or_default() += 1;
            }
            inside.retain(|story, count| self.stories[story].cluster.members.len() == *count);
            self.unite_all(inside.into_keys().collect(), corrections);
        }
    }

    fn unite_all(&mut self, mut stories: BTreeSet<u64>, corrections: &mut Vec<Correction>) {
        let Some(mut kept) = stories.pop_first() else { return };
        for story in stories {
            let (a, b) = (&self.stories[&kept].cluster, &self.stories[&story].cluster);
            if !self.may_unite(a, b) {
                continue;
            }
            let odds = self.odds(a, b);
            let (from, into) = self.which_stays(kept, story);
            corrections.push(self.merge_found(from, into, odds - bar(self.window.len())));
            kept = into;
        }
    }
}
