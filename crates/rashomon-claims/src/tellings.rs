use rashomon_article::{Passage, Story};
use rashomon_terms::{Unit, Units};

use crate::background::Background;
use crate::figures::{FIGURES, Prepared, figures};
use crate::likeness::{EVENT, FACT, REPORTS};
use crate::memo::Memo;

/// The sentences and clauses of a story, ready to be held against each other.
pub struct Tellings<'u> {
    units: &'u Units,
    prepared: Vec<Prepared<'u>>,
    background: Background,
    memo: Option<&'u Memo>,
}

impl<'u> Tellings<'u> {
    /// Makes the units of a story ready.
    pub fn new(story: &Story, units: &'u Units) -> Tellings<'u> {
        let prepared = units.all.iter().map(|unit| Prepared::new(units, unit, None)).collect();
        let background = Background::new(units, story.documents.len());
        Tellings { units, prepared, background, memo: None }
    }

    /// As [`new`](Tellings::new): what was found for an earlier state of the story is not looked for
    /// again, and what is found is kept.
    pub fn kept(story: &Story, units: &'u Units, memo: &'u mut Memo) -> Tellings<'u> {
        memo.turn();
        let units_of = units.all.iter();
        let prepared = units_of.map(|unit| Prepared::new(units, unit, Some(memo))).collect();
        let background = Background::new(units, story.documents.len());
        Tellings { units, prepared, background, memo: Some(memo) }
    }

    /// The index among the units of the sentence that a passage lies in.
    pub fn sentence(&self, passage: Passage) -> Option<usize> {
        let holds = |unit: &Unit| {
            unit.whole
                && unit.passage.article == passage.article
                && unit.passage.span.overlaps(passage.span)
        };
        self.units.all.iter().position(holds)
    }

    /// The chance that two units, by index, have a fact in common, 0 to 1.
    pub fn fact(&self, a: usize, b: usize) -> f32 {
        FACT.chance(&self.figures(a, b))
    }

    /// The chance that two sentences, by index, tell of one event, 0 to 1: that their reports are
    /// of one event, times that the sentences are. An event is wider than a fact: that somebody
    /// was arrested, and where the arrested one was taken.
    pub fn event(&self, a: usize, b: usize) -> f32 {
        self.of_one_event(a, b) * EVENT.chance(&self.figures(a, b))
    }

    /// The chance that the reports of two units, by index, are of one event, 0 to 1. 1 where there
    /// are too few reports to tell.
    pub fn of_one_event(&self, a: usize, b: usize) -> f32 {
        self.nearness(a, b).map_or(1.0, |nearness| REPORTS.chance(&[nearness]))
    }

    /// How near the reports of two units lie to each other, -1 to 1, where that can be told.
    pub fn nearness(&self, a: usize, b: usize) -> Option<f32> {
        let article = |at: usize| self.units.all[at].passage.article;
        self.background.nearness(article(a), article(b))
    }

    /// The words in a row of a unit, by index: sorted, each pair once.
    pub(crate) fn rows(&self, at: usize) -> &[(u32, u32)] {
        &self.prepared[at].rows
    }

    /// What two units have in common, as numbers: from these [`fact`](Tellings::fact) and
    /// [`event`](Tellings::event) are learned.
    pub fn figures(&self, a: usize, b: usize) -> [f32; FIGURES] {
        figures(self.units, &self.prepared[a], &self.prepared[b], self.memo)
    }
}
