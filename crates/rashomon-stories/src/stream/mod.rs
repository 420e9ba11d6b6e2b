//! Stories as they form: one article after the other.

mod by_hand;
mod chains;
mod clock;
mod compared;
mod constraints;
mod corrections;
mod following;
mod handful;
mod hesitation;
mod index;
mod judging;
mod parting;
mod quorum;
mod rearranging;
mod state;
mod step;
mod story;
mod sums;
#[cfg(test)]
mod tests;
mod undoing;
mod why;
mod window;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::cluster::Cluster;
use crate::decision::{Decision, LEARNED, probability};
use crate::figures::Across;

use crate::fields::Fields;
use crate::frequencies::Frequencies;
use crate::signature::Signature;

use clock::Clock;
use compared::Compared;
use constraints::Constraints;
use handful::HANDFUL;
use index::Index;
use judging::Candidate;
use story::Story;
use window::Window;

pub use by_hand::HandDecision;
pub use state::Kept;
pub use step::{Correction, Link, Placement, Reason, Step};
pub use undoing::Undone;

/// How many stories an article is compared with.
const CANDIDATES: usize = 16;

/// By how much an article must be above the bar to join a story at once. One that is less sure
/// begins a story of its own until the next round looks at all that came with it, the likest first.
const SURE: f64 = 1.0;

/// A stream is judged as if it held at least so many articles: more are to come.
const EXPECTED: usize = 1000;

/// Odds so far below the bar are not computed to the end.
const FAR_BELOW: f64 = 3.0;

/// After so many arrivals the stories that have changed are looked at again.
const ROUND: u64 = 32;

/// Up to so many articles terms are weighed anew more often.
const COUNTED: usize = 4000;

/// Terms are weighed anew for the first time after so many arrivals, and from then on whenever as
/// many have come as there are; so many times as many once there are enough to count.
const FIRST_WEIGHING: u64 = 16;
const SELDOM: u64 = 2;

/// How a stream of articles is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamOptions {
    /// For how many days an article may be joined by others.
    pub window_days: u32,
    /// How many articles are held at least, however old: the window bounds the work, and as long as
    /// there is little of it nothing has to go.
    pub least_articles: usize,
    /// How many articles are held at most; of more, those that came first are let go early.
    pub most_articles: usize,
}

impl Default for StreamOptions {
    fn default() -> StreamOptions {
        StreamOptions { window_days: 14, least_articles: HANDFUL, most_articles: 400_000 }
    }
}

/// Stories as they form.
#[derive(Clone, Debug)]
pub struct Stream {
    options: StreamOptions,
    decision: &'static Decision,
    frequencies: Frequencies,
    clock: Clock,
    window: Window,
    stories: BTreeMap<u64, Story>,
    index: Index,
    constraints: Constraints,
    counters: Counters,
    /// Stories that have changed since the last round, with how many articles they had then.
    changed: BTreeMap<u64, usize>,
    /// Stories that have changed since the stream was last settled.
    unsettled: BTreeSet<u64>,
    /// What stories and articles were found to have in common lately.
    compared: Compared,
    /// How many clusters were stamped.
    stamps: u64,
}

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counters {
    /// Articles that came.
    arrivals: u64,
    /// The number of the next story.
    next_story: u64,
    /// At how many arrivals terms are weighed anew.
    next_weighing: u64,
}

impl Stream {
    /// A stream to which nothing has come yet. Stories are numbered from 1.
    pub fn new(options: StreamOptions) -> Stream {
        Stream {
            options,
            decision: &LEARNED,
            frequencies: Frequencies::default(),
            clock: Clock::default(),
            window: Window::default(),
            stories: BTreeMap::new(),
            index: Index::default(),
            constraints: Constraints::default(),
            counters: Counters {
                next_story: 1,
                next_weighing: FIRST_WEIGHING,
                ..Counters::default()
            },
            changed: BTreeMap::new(),
            unsettled: BTreeSet::new(),
            compared: Compared::default(),
            stamps: 0,
        }
    }

    /// Finds the story of an article that has come; `at` is when it was published.
    pub fn assign(&mut self, article: u64, signature: &Signature, at: Option<Timestamp>) -> Step {
        if let Some(place) = self.window.place(article) {
            self.let_go(place);
        }
        let day = at.map(days);
        if let Some(day) = day {
            self.hear(day);
        }
        self.expire();
        self.counters.arrivals += 1;
        let placement = self.arrive(article, signature, day);
        let mut step = Step { placement, corrections: Vec::new(), links: Vec::new() };
        if self.counters.arrivals >= self.counters.next_weighing {
            self.weigh_anew();
        }
        if self.counters.arrivals.is_multiple_of(ROUND) {
            self.round(&mut step.corrections, &mut step.links);
        }
        step
    }

    /// Looks once more at whatever has changed since the stream was last settled. To be called when
    /// no more articles are at hand; others may come later.
    pub fn settle(&mut self) -> (Vec<Correction>, Vec<Link>) {
        let (mut corrections, mut links) = (Vec::new(), Vec::new());
        self.round(&mut corrections, &mut links);
        let stories: Vec<u64> = std::mem::take(&mut self.unsettled).into_iter().collect();
        // Large stories that have changed too little for the round are looked at all the same.
        let mut begun: Vec<u64> = std::mem::take(&mut self.changed).into_keys().collect();
        for &story in &stories {
            begun.extend(self.part(story, &mut corrections));
        }
        self.correct(begun, &mut corrections);
        let mut touched = Vec::new();
        let mut settled = BTreeSet::new();
        for &story in &stories {
            touched.extend(self.rearrange(story, &mut settled, &mut corrections));
        }
        self.correct(touched.clone(), &mut corrections);
        touched.extend(stories);
        self.hesitate(touched, &mut corrections);
        self.gather(&mut corrections);
        self.changed.clear();
        self.unsettled.clear();
        (corrections, links)
    }

    /// The story of an article that is still in the window.
    pub fn story_of(&self, article: u64) -> Option<u64> {
        self.window.place(article).map(|place| self.window.at(place).story)
    }

    /// How many articles and stories are held.
    pub fn size(&self) -> (usize, usize) {
        (self.window.len(), self.stories.len())
    }

    fn arrive(&mut self, article: u64, signature: &Signature, day: Option<f64>) -> Placement {
        let fields = Fields::new(signature, &self.frequencies);
        let new = self.counters.next_story;
        let came = self.clock.today;
        let sums = sums::sums(&fields);
        let place = self.window.push((article, new), (day, came), signature, fields);
        let single = self.stamped(story::single(&self.window, place));
        let bar = bar(self.window.len()) + SURE;
        let (best, missed) = match self.story_by_hand(article, place) {
            Some(story) => (Some((story, f64::INFINITY)), None),
            None => self.best_story(&single, bar),
        };
        match best {
            Some((story, odds)) => {
                let why = why::shared(signature, &single, &self.stories[&story].cluster);
                self.note_change(story);
                self.join(place, &sums, story);
                let score = probability(odds - bar);
                Placement { article, story, score, why, is_new: false }
            }
            None => {
                self.counters.next_story += 1;
                self.found(new, single);
                self.changed.insert(new, 0);
                self.unsettled.insert(new);
                let score = 1.0 - missed.map_or(0.0, |odds| probability(odds - bar));
                Placement { article, story: new, score, why: Vec::new(), is_new: true }
            }
        }
    }

    /// The likest story above the bar, or the odds of the likest below it, as far as these were
    /// looked at closely.
    fn best_story(&mut self, single: &Cluster, bar: f64) -> (Option<(u64, f64)>, Option<f64>) {
        let stories = self.index.nearest(single, CANDIDATES);
        let compared = std::mem::take(&mut self.compared);
        let mut candidate = Candidate::new(self, single, compared);
        let mut near: Vec<(f64, Across<'_>, u64)> = Vec::new();
        for story in stories {
            let cluster = &self.stories[&story].cluster;
            if self.may_unite(single, cluster) {
                let across = candidate.beside(cluster);
                near.push((self.most(&across), across, story));
            }
        }
        near.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.2.cmp(&y.2)));
        let mut best: Option<(f64, u64)> = None;
        for (most, across, story) in near {
            if most <= best.map_or(bar - FAR_BELOW, |(odds, _)| odds) {
                break;
            }
            let odds = candidate.odds_in_full(&across);
            if best.is_none_or(|(known, _)| odds > known) {
                best = Some((odds, story));
            }
        }
        self.compared = candidate.done();
        match best {
            Some((odds, story)) if odds > bar => (Some((story, odds)), None),
            missed => (None, missed.map(|(odds, _)| odds)),
        }
    }

    fn note_change(&mut self, story: u64) {
        let size = self.stories[&story].cluster.members.len();
        self.changed.entry(story).or_insert(size);
        self.unsettled.insert(story);
    }

    /// Weighs the terms of all articles by how many of the last ones have them.
    fn weigh_anew(&mut self) {
        let signatures = self.window.places().map(|place| self.window.at(place).terms());
        self.frequencies = Frequencies::of(signatures);
        let live = self.window.len() as u64;
        let wait = if self.window.len() < COUNTED { live } else { live * SELDOM };
        self.counters.next_weighing = self.counters.arrivals + wait.max(1);
        self.rebuild();
    }

    /// Makes all vectors, sums and lists from the signatures.
    fn rebuild(&mut self) {
        for place in self.window.places().collect::<Vec<usize>>() {
            self.window.at_mut(place).weigh(&self.frequencies);
        }
        let mut members: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for place in self.window.places() {
            members.entry(self.window.at(place).story).or_default().push(place);
        }
        self.index = self.index.emptied();
        self.stories.clear();
        for (story, members) in members {
            self.found_with(story, members);
        }
    }

    /// Takes notice of the day of an article. What came when no day was known yet counts as of the
    /// first one.
    fn hear(&mut self, day: f64) {
        let is_first = self.clock.today.is_none();
        self.clock.hear(day.floor() as i64);
        if is_first {
            self.window.came_on(self.clock.today);
        }
    }

    /// Lets go what came before the window.
    fn expire(&mut self) {
        if let Some(today) = self.clock.today {
            self.expire_before(today - i64::from(self.options.window_days));
        }
        while self.window.len() >= self.options.most_articles.max(1) {
            let Some(oldest) = self.window.oldest() else { break };
            self.let_go(oldest);
        }
    }

    /// Lets go what came before a day.
    fn expire_before(&mut self, day: i64) {
        while self.window.len() > self.options.least_articles
            && let Some(oldest) = self.window.oldest()
        {
            if self.window.at(oldest).came >= Some(day) {
                break;
            }
            self.let_go(oldest);
        }
    }
}

/// The logarithmic odds above which stories of a stream are one that holds so many articles.
fn bar(articles: usize) -> f64 {
    crate::decision::bar(articles.max(EXPECTED))
}

/// A time in days.
fn days(at: Timestamp) -> f64 {
    at.as_second() as f64 / 86_400.0
}
