use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::step::Correction;
use super::{Stream, why};

impl Stream {
    /// Makes stories of the parts into which the articles of some stories were grouped afresh, and
    /// gives those that have changed.
    pub(super) fn follow(
        &mut self,
        mut parts: Vec<Vec<usize>>,
        stories: &[u64],
        score: f64,
        corrections: &mut Vec<Correction>,
    ) -> Vec<u64> {
        parts.sort_by_key(|part| (Reverse(part.len()), part[0]));
        let mut free: BTreeSet<u64> = stories.iter().copied().collect();
        let homes: Vec<u64> = parts.iter().map(|part| self.home(part, &mut free)).collect();
        let mut changed = Vec::new();
        for (part, home) in parts.into_iter().zip(homes) {
            let before = corrections.len();
            self.merge_wholes(&part, home, &free, score, corrections);
            for place in part {
                corrections.extend(self.send(place, home, score));
            }
            if corrections.len() > before {
                changed.push(home);
            }
        }
        changed
    }

    /// The number that a part bears: that of the story that most of its articles had, if no larger
    /// part bears it, or a new one.
    fn home(&mut self, part: &[usize], free: &mut BTreeSet<u64>) -> u64 {
        let mut shares: BTreeMap<u64, usize> = BTreeMap::new();
        for &place in part {
            *shares.entry(self.window.at(place).story).or_default() += 1;
        }
        let shares = shares.into_iter().filter(|(story, _)| free.contains(story));
        match shares.max_by_key(|&(story, share)| (share, Reverse(story))) {
            Some((story, _)) => {
                free.remove(&story);
                story
            }
            None => {
                self.counters.next_story += 1;
                self.counters.next_story - 1
            }
        }
    }

    /// Merges the stories, their numbers borne by no part, of which all articles are in this one.
    fn merge_wholes(
        &mut self,
        part: &[usize],
        home: u64,
        free: &BTreeSet<u64>,
        score: f64,
        corrections: &mut Vec<Correction>,
    ) {
        let theirs: BTreeSet<u64> = part.iter().map(|&place| self.window.at(place).story).collect();
        for story in theirs.intersection(free).copied() {
            let Some(known) = self.stories.get(&home) else { return };
            let whole = &self.stories[&story].cluster;
            if whole.members.iter().all(|place| part.contains(place)) {
                let last = whole.members.last().expect("a story has articles");
                let signature = self.window.at(*last).signature();
                let why = why::shared(&signature, whole, &known.cluster);
                self.note_change(home);
                self.unite(story, home);
                corrections.push(Correction::Merged { from: story, into: home, score, why });
            }
        }
    }

    /// Moves an article to a story, which may be still to begin; nothing if it is there.
    fn send(&mut self, place: usize, home: u64, score: f64) -> Option<Correction> {
        let (article, from) = (self.window.at(place).article, self.window.at(place).story);
        if from == home {
            return None;
        }
        let single = super::story::single(&self.window, place);
        self.note_change(from);
        self.leave(place);
        let mut why = Vec::new();
        let is_new = !self.stories.contains_key(&home);
        if is_new {
            self.found_with(home, vec![place]);
            self.changed.insert(home, 0);
            self.unsettled.insert(home);
        } else {
            let signature = self.window.at(place).signature();
            why = why::shared(&signature, &single, &self.stories[&home].cluster);
            self.note_change(home);
            let its = self.sums_of(&[place]);
            self.join(place, &its, home);
        }
        Some(Correction::Moved { article, from, into: home, is_new, score, why })
    }
}
