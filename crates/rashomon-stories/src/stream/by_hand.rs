use std::collections::BTreeSet;

use crate::cluster::Cluster;

use super::Stream;
use super::step::Correction;

/// A decision of an editor, which no later arrival or correction overrides; a later decision does,
/// and [`Stream::undo`] takes it back.
/// It names articles, not stories, so that it means the same when a stream is read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandDecision {
    /// Some articles are a story of their own.
    Split {
        /// These.
        articles: Vec<u64>,
        /// Those that they do not belong with.
        from: Vec<u64>,
    },
    /// Some articles belong to one story.
    Merge {
        /// These.
        articles: Vec<u64>,
    },
    /// An article belongs to the story of another.
    Pin {
        /// The article.
        article: u64,
        /// The other.
        with: u64,
    },
}

impl Stream {
    /// Takes articles out of their stories and makes them one of their own. Articles that have
    /// left the window are named in the decision, but whoever keeps them has to move them.
    pub fn split(&mut self, articles: &[u64]) -> (HandDecision, Vec<Correction>) {
        let stories: BTreeSet<u64> = articles.iter().filter_map(|&a| self.story_of(a)).collect();
        let members = stories.iter().flat_map(|&story| self.articles_of(story));
        let from = members.filter(|member| !articles.contains(member)).collect();
        let decision = HandDecision::Split { articles: articles.to_vec(), from };
        let corrections = self.decide(&decision);
        (decision, corrections)
    }

    /// Makes two stories one.
    pub fn merge(&mut self, a: u64, b: u64) -> (HandDecision, Vec<Correction>) {
        let articles = [a, b].into_iter().flat_map(|story| self.articles_of(story)).collect();
        let decision = HandDecision::Merge { articles };
        let corrections = self.decide(&decision);
        (decision, corrections)
    }

    /// Puts an article into a story; `None` where the story has no articles in the window, or no
    /// other.
    pub fn pin(&mut self, article: u64, story: u64) -> Option<(HandDecision, Vec<Correction>)> {
        let likeness = |&other: &u64| {
            let body = |article| Some(self.window.at(self.window.place(article)?).body());
            body(article).zip(body(other)).map_or(0.0, |(a, b)| a.dot(b))
        };
        let others = self.articles_of(story).into_iter().filter(|&other| other != article);
        // Of the likest two the one that came last: it stays longest.
        let with = others.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        let decision = HandDecision::Pin { article, with };
        let corrections = self.decide(&decision);
        Some((decision, corrections))
    }

    /// Holds to a decision from now on, and moves what is in the window accordingly. Articles that
    /// have not come yet will follow it.
    pub fn decide(&mut self, decision: &HandDecision) -> Vec<Correction> {
        self.constraints.hold_to(decision);
        match decision {
            HandDecision::Split { articles, from } => self.split_now(articles, from),
            HandDecision::Merge { articles } => self.merge_now(articles),
            HandDecision::Pin { article, with } => {
                let story = self.story_of(*with);
                let place = self.window.place(*article);
                let moved =
                    place.zip(story).and_then(|(place, story)| self.put(place, story, false));
                moved.into_iter().collect()
            }
        }
    }

    fn split_now(&mut self, articles: &[u64], from: &[u64]) -> Vec<Correction> {
        let there = |articles: &[u64]| -> Vec<(u64, usize)> {
            let found =
                |&article: &u64| Some((self.story_of(article)?, self.window.place(article)?));
            articles.iter().filter_map(found).collect()
        };
        let (leaving, staying) = (there(articles), there(from));
        let stays = |story: u64| staying.iter().any(|&(other, _)| other == story);
        let Some(&(first, _)) = leaving.first() else { return Vec::new() };
        let is_done = leaving.iter().all(|&(story, _)| story == first) && !stays(first);
        if is_done {
            return Vec::new();
        }
        let new = self.counters.next_story;
        self.counters.next_story += 1;
        let mut places: Vec<usize> = leaving.into_iter().map(|(_, place)| place).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| self.put(place, new, true)).collect()
    }

    fn merge_now(&mut self, articles: &[u64]) -> Vec<Correction> {
        let mut corrections = Vec::new();
        let mut stories =
            articles.iter().filter_map(|&a| self.story_of(a)).collect::<BTreeSet<_>>();
        while let (Some(a), Some(b)) = (stories.pop_first(), stories.pop_first()) {
            let (from, into) = self.which_stays(a, b);
            self.note_change(into);
            self.unite(from, into);
            stories.insert(into);
            corrections.push(Correction::Merged { from, into, score: 1.0, why: Vec::new() });
        }
        corrections
    }

    /// Moves an article by hand. The story may be one that is still to begin.
    pub(super) fn put(&mut self, place: usize, story: u64, may_be_new: bool) -> Option<Correction> {
        let (article, from) = (self.window.at(place).article, self.window.at(place).story);
        let is_new = may_be_new && !self.stories.contains_key(&story);
        if from == story {
            return None;
        }
        self.note_change(from);
        self.leave(place);
        if is_new {
            self.found_with(story, vec![place]);
        } else {
            self.note_change(story);
            let sums = self.sums_of(&[place]);
            self.join(place, &sums, story);
        }
        Some(Correction::Moved { article, from, into: story, is_new, score: 1.0, why: Vec::new() })
    }

    /// The articles of a story that are in the window, in order of arrival.
    pub fn articles_of(&self, story: u64) -> Vec<u64> {
        let members = self.stories.get(&story).map(|known| &known.cluster.members);
        members.into_iter().flatten().map(|&place| self.window.at(place).article).collect()
    }

    /// The story of an article that comes, if it was decided by hand.
    pub(super) fn story_by_hand(&self, article: u64, place: usize) -> Option<u64> {
        let places = self.constraints.companions(article);
        let mut places = places.filter_map(|article| self.window.place(article));
        places.find(|&other| other != place).map(|other| self.window.at(other).story)
    }

    /// Whether no decision holds two clusters apart.
    pub(super) fn may_unite(&self, a: &Cluster, b: &Cluster) -> bool {
        if self.constraints.is_empty() {
            return true;
        }
        let groups = |cluster: &Cluster| -> BTreeSet<u64> {
            let article = |&place: &usize| self.window.at(place).article;
            cluster.members.iter().filter_map(|p| self.constraints.group(article(p))).collect()
        };
        let (a, b) = (groups(a), groups(b));
        !a.iter().any(|&one| b.iter().any(|&other| self.constraints.are_apart(one, other)))
    }
}
