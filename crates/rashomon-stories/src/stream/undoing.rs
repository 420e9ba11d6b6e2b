use std::collections::BTreeMap;

use super::constraints::Constraints;
use super::step::Correction;
use super::{HandDecision, Stream};

/// What taking a decision back did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Undone {
    /// Articles of the window that are back.
    pub corrections: Vec<Correction>,
    /// Articles that have left the window and go back, with their stories: whoever keeps them has
    /// to move them.
    pub elsewhere: Vec<(u64, u64)>,
}

impl Stream {
    /// Takes a decision back: holds to those that were made before and after it and are in force,
    /// in order, and puts articles back into the stories in which they were before it, which may
    /// be stories that are no more. An article stays where it is if a later decision holds it
    /// there, or away from its old story. What came since is left to the next round.
    pub fn undo(
        &mut self,
        before: &[HandDecision],
        after: &[HandDecision],
        back: &[(u64, u64)],
    ) -> Undone {
        let mut later = Constraints::default();
        after.iter().for_each(|decision| later.hold_to(decision));
        self.constraints = Constraints::default();
        before.iter().chain(after).for_each(|decision| self.constraints.hold_to(decision));
        let back: BTreeMap<u64, u64> = back.iter().copied().collect();
        let mut undone = Undone::default();
        for (&article, &story) in &back {
            if self.is_held_back(article, story, &back, &later) {
                continue;
            }
            match self.window.place(article) {
                Some(place) => undone.corrections.extend(self.put_back(place, story)),
                None => undone.elsewhere.push((article, story)),
            }
        }
        undone
    }

    /// Whether a later decision holds an article together with one that neither is in its old
    /// story nor goes there, or apart from one that is there.
    fn is_held_back(
        &self,
        article: u64,
        story: u64,
        back: &BTreeMap<u64, u64>,
        later: &Constraints,
    ) -> bool {
        let Some(group) = later.group(article) else { return false };
        let stays = |other: u64| {
            back.get(&other) != Some(&story) && self.story_of(other).is_some_and(|its| its != story)
        };
        let is_apart =
            |other: u64| later.group(other).is_some_and(|its| later.are_apart(group, its));
        later.companions(article).any(stays) || self.articles_of(story).into_iter().any(is_apart)
    }

    fn put_back(&mut self, place: usize, story: u64) -> Option<Correction> {
        let put = self.put(place, story, true)?;
        if let Correction::Moved { is_new: true, .. } = put {
            self.changed.insert(story, 0);
            self.unsettled.insert(story);
        }
        Some(put)
    }
}
