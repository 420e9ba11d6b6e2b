use std::collections::BTreeMap;

use rashomon::article::{Discrepancy, DiscrepancyKind, Passage, Story, Verdict};
use rashomon::text::Span;
use serde_json::{Map, Value, json};

use super::changes::Change;
use super::facts::{Fact, Kind};
use super::reports::Report;
use super::{APART, CLOSE, COPY};

/// What the program says of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A conflict of a kind points at it.
    Conflict(DiscrepancyKind),
    /// A discrepancy points at it and explains it.
    Explained(Verdict),
    Missed,
}

impl Outcome {
    pub fn name(&self) -> String {
        match self {
            Outcome::Conflict(kind) => format!("conflict {}", kind.name()),
            Outcome::Explained(verdict) => verdict.name().to_owned(),
            Outcome::Missed => "missed".to_owned(),
        }
    }
}

/// How many conflicts a story has.
pub fn conflicts(story: &Story) -> usize {
    story.discrepancies.iter().filter(|found| found.verdict == Verdict::Conflict).count()
}

/// What the program says of a change: its places are those of the new words in the changed text.
pub fn outcome(story: &Story, reports: &[Report], change: &Change, changed: &[Span]) -> Outcome {
    let (report, sentence, words) = change.fact.here;
    let original = reports[report].slice(words).to_lowercase();
    let own = &reports[report].id;
    let id = |passage: &Passage| &story.document(passage.article).article.id;
    // A finding may be a whole sentence, and never more.
    let most = reports[report].sentences.iter().map(|s| s.span.len()).max().unwrap_or(0) + 40;
    let at_change = |passage: &Passage| {
        id(passage) == own
            && passage.span.len() <= most
            && changed.iter().any(|place| {
                place.overlaps(passage.span) || place.is_empty() && passage.span.covers(*place)
            })
    };
    let told = |passage: &Passage| {
        let report = reports.iter().find(|report| report.id == *id(passage));
        let Some(other) = report.filter(|report| report.id != *own) else { return false };
        other.sentences.iter().any(|there| {
            there.span.overlaps(passage.span)
                && there.overlap(&reports[report_index(reports, own)].sentences[sentence]) >= APART
                && other.slice(there.span).to_lowercase().contains(&original)
        })
    };
    let points = |found: &Discrepancy| {
        found.sides.iter().enumerate().any(|(at, side)| {
            side.mentions.iter().any(at_change)
                && found
                    .sides
                    .iter()
                    .enumerate()
                    .any(|(other, side)| other != at && side.mentions.iter().any(told))
        })
    };
    let mut explained = Outcome::Missed;
    for found in story.discrepancies.iter().filter(|found| points(found)) {
        if found.verdict == Verdict::Conflict {
            return Outcome::Conflict(found.kind);
        }
        if explained == Outcome::Missed {
            explained = Outcome::Explained(found.verdict);
        }
    }
    explained
}

fn report_index(reports: &[Report], id: &str) -> usize {
    reports.iter().position(|report| report.id == id).unwrap_or(0)
}

/// Whether a conflict has one side in the one sentence and another in the other.
pub fn flagged(story: &Story, reports: &[Report], fact: &Fact) -> bool {
    let inside = |passage: &Passage, (report, sentence, _): (usize, usize, Span)| {
        let report = &reports[report];
        story.document(passage.article).article.id == report.id
            && passage.span.overlaps(report.sentences[sentence].span)
    };
    let holds = |found: &Discrepancy, side: usize, place| {
        found.sides[side].mentions.iter().any(|passage| inside(passage, place))
    };
    story.discrepancies.iter().filter(|found| found.verdict == Verdict::Conflict).any(|found| {
        (0..found.sides.len()).any(|one| {
            holds(found, one, fact.here)
                && (0..found.sides.len())
                    .any(|other| other != one && holds(found, other, fact.there))
        })
    })
}

/// Counts over all stories and rounds.
#[derive(Default)]
pub struct Score {
    kinds: BTreeMap<Kind, Tally>,
    bands: BTreeMap<&'static str, Tally>,
    by: BTreeMap<String, usize>,
    conflicts: usize,
    reports: usize,
    rounds: usize,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    planted: usize,
    found: usize,
    explained: usize,
    untouched: usize,
    flagged: usize,
}

impl Score {
    pub fn add_change(&mut self, fact: Fact, outcome: &Outcome) {
        let band = match fact.overlap {
            overlap if overlap >= COPY => "copied",
            overlap if overlap >= CLOSE => "close",
            _ => "loose",
        };
        for tally in [self.kinds.entry(fact.kind).or_default(), self.bands.entry(band).or_default()]
        {
            tally.planted += 1;
            tally.found += usize::from(matches!(outcome, Outcome::Conflict(_)));
            tally.explained += usize::from(matches!(outcome, Outcome::Explained(_)));
        }
        *self.by.entry(format!("{} {}", fact.kind.name(), outcome.name())).or_default() += 1;
    }

    pub fn add_untouched(&mut self, kind: Kind, flagged: bool) {
        let tally = self.kinds.entry(kind).or_default();
        tally.untouched += 1;
        tally.flagged += usize::from(flagged);
    }

    pub fn add_story(&mut self, conflicts: usize, reports: usize) {
        self.conflicts += conflicts;
        self.reports += reports;
        self.rounds += 1;
    }

    pub fn metrics(&self) -> Value {
        let mut all = Tally::default();
        let mut kinds = Map::new();
        for (kind, tally) in &self.kinds {
            kinds.insert(kind.name().to_owned(), tally.metrics());
            all.planted += tally.planted;
            all.found += tally.found;
            all.explained += tally.explained;
            all.untouched += tally.untouched;
            all.flagged += tally.flagged;
        }
        let bands: Map<String, Value> =
            self.bands.iter().map(|(band, tally)| ((*band).to_owned(), tally.metrics())).collect();
        let mut metrics = all.metrics();
        metrics["by_kind"] = Value::Object(kinds);
        metrics["by_band"] = Value::Object(bands);
        metrics["outcomes"] = json!(self.by);
        metrics["conflicts_a_story"] = json!(rounded(self.conflicts, self.rounds));
        metrics
    }
}

impl Tally {
    fn metrics(self) -> Value {
        let mut metrics = json!({
            "planted": self.planted,
            "found": rounded(self.found, self.planted),
            "explained": rounded(self.explained, self.planted),
        });
        if self.untouched > 0 {
            metrics["untouched"] = json!(self.untouched);
            metrics["flagged"] = json!(rounded(self.flagged, self.untouched));
        }
        metrics
    }
}

fn rounded(part: usize, whole: usize) -> f64 {
    (part as f64 / whole.max(1) as f64 * 1000.0).round() / 1000.0
}
