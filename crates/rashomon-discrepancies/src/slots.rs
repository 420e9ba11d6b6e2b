//! Differences between sentences that are nearly the same: what stands in one place of the one and
//! of the other. Shared wording is the safest ground there is: that both tell of one thing need
//! not be inferred.

mod days;
mod figures;
mod names;
mod poles;

pub use days::other_days;
pub use figures::tells;
pub use names::{is_seat, words};

use std::ops::Range;

use rashomon_article::{Discrepancy, DiscrepancyKind, Passage, Side, Verdict};
use rashomon_text::Span;

use crate::alignment::Slot;
use crate::clash::{Clash, join, tells_apart};
use crate::desk::{Desk, Line};
use crate::figure::Figure;
use crate::quotes::quotes;
use crate::side::{side, silent};
use crate::twins::Twin;

/// Around a place where two sentences differ, both have this share of the words in common.
const LEAST_COMPANY: f32 = 0.5;
/// More is asked where the sentences are neither tellings of one claim nor alike as a whole.
const LEAST_COMPANY_ALONE: f32 = 0.7;
/// Or so many words in a row before or after the place are the same in both, so many of matter.
const FLANK: usize = 5;
const MATTER_OF_FLANK: usize = 3;
/// Tellings of one claim are alike from here on.
const LEAST_LIKENESS_IN_CLAIM: f32 = 0.28;
/// Two sentences are alike as a whole where they are this much alike by weight, ...
const LEAST_LIKENESS: f32 = 0.45;
/// ... or have this share of their words in common, whatever the words weigh.
const LEAST_AGREEMENT: f32 = 0.6;
/// Sentences that differ in more values than one tell the same kind of thing of two events, unless
/// they are this much alike.
const LIKENESS_OF_TWO: f32 = 0.75;
/// Sentences with fewer words in common are headings, bylines and lists.
const LEAST_MATCHES: usize = 6;
/// More words than these do not stand for each other.
const MOST_WORDS: usize = 6;

/// A place where two sentences have different words.
pub struct Place<'p> {
    pub twin: &'p Twin,
    pub a: &'p Line,
    pub b: &'p Line,
    pub slot: Slot,
    /// The share of the words around it that both have.
    pub company: f32,
}

impl Place<'_> {
    /// Whether the words beside the place are the same, many in a row.
    pub fn is_flanked(&self) -> bool {
        self.twin.alignment.is_flanked(self.a, &self.slot, FLANK, MATTER_OF_FLANK)
    }

    /// How alike the two sentences are, by weight or by the number of common words.
    pub fn nearness(&self) -> f32 {
        self.twin.likeness.max(self.twin.alignment.agreement(self.a, self.b))
    }

    /// The words of the first sentence, and of the second, where both have some.
    pub fn spans(&self) -> Option<(Span, Span)> {
        Some((span(self.a, &self.slot.a)?, span(self.b, &self.slot.b)?))
    }
}

/// From the first to the last word of a range.
fn span(line: &Line, range: &Range<usize>) -> Option<Span> {
    let words = &line.words[range.clone()];
    Some(Span::new(words.first()?.span.start(), words.last()?.span.end()))
}

/// The same words in all lines of one wording: `place` lies in the first of them.
fn everywhere(desk: &Desk<'_>, lines: &[usize], place: Span) -> Vec<Passage> {
    let first = &desk.lines[lines[0]];
    let from = first.words.iter().position(|word| word.span.end() > place.start());
    let to = first.words.iter().rposition(|word| word.span.start() < place.end());
    let mut passages = vec![Passage { article: first.article, span: place }];
    if let (Some(from), Some(to)) = (from, to) {
        // A mark before the first word belongs to the place: `$15`.
        let (before, after) = (
            first.words[from].span.start() as isize - place.start() as isize,
            place.end() as isize - first.words[to].span.end() as isize,
        );
        for &line in &lines[1..] {
            let line = &desk.lines[line];
            let start = line.words[from].span.start() as isize - before;
            let end = line.words[to].span.end() as isize + after;
            let whole = Span::new(start.max(0) as usize, end.max(start).max(0) as usize);
            let text = desk.document(line.article).article.text.as_str();
            // Where other marks stand there, the words alone are the place.
            let fits = text.get(whole.range()) == Some(desk.slice(first, place));
            let words = Span::new(line.words[from].span.start(), line.words[to].span.end());
            let span = if fits { whole } else { words };
            passages.push(Passage { article: line.article, span });
        }
    }
    passages
}

/// Values that differ where all around them is the same, added to what is `known`. What that tells
/// apart already is left as it is, but for explanations that do not hold in one wording.
pub fn slots(
    desk: &Desk<'_>,
    figures: &[Figure<'_>],
    twins: &[Twin],
    mut known: Vec<Discrepancy>,
) -> Vec<Discrepancy> {
    let mut clashes = Vec::new();
    for twin in twins.iter().filter(|twin| twin.alignment.matches.len() >= LEAST_MATCHES) {
        clashes.extend(of_twin(desk, figures, twin));
    }
    // Who said the words is shown at the names, and not a second time at the words.
    for (clash, [a, b]) in quotes(desk) {
        known.retain(|found| {
            found.kind != DiscrepancyKind::Attribution || !tells_apart(found, a, b)
        });
        clashes.push(clash);
    }
    let figure = |kind: DiscrepancyKind| {
        use DiscrepancyKind::{Duration, Quantity, Update};
        matches!(kind, Quantity | Duration | Update)
    };
    let apart = |found: &Discrepancy, clash: &Clash| {
        let [one, other] = &clash.sides;
        let alike = found.kind == clash.kind || figure(found.kind) && figure(clash.kind);
        alike
            && one.mentions.iter().any(|&a| {
                other.mentions.iter().any(|&b| a.article != b.article && tells_apart(found, a, b))
            })
    };
    let weaker = |found: &Discrepancy, clash: &Clash| {
        clash.verdict == Verdict::Conflict
            && matches!(found.verdict, Verdict::Compatible | Verdict::Update)
    };
    known.retain(|found| !clashes.iter().any(|clash| weaker(found, clash) && apart(found, clash)));
    clashes.retain(|clash| !known.iter().any(|found| apart(found, clash)));
    clashes.retain(|clash| !known.iter_mut().any(|found| extend(desk, found, clash)));
    known.extend(join(desk, clashes));
    known
}

/// Adds the accounts of a clash to a known difference of the same kind that has one of them.
fn extend(desk: &Desk<'_>, found: &mut Discrepancy, clash: &Clash) -> bool {
    if found.kind != clash.kind || found.verdict != clash.verdict {
        return false;
    }
    let [one, other] = &clash.sides;
    for (held, new) in [(one, other), (other, one)] {
        let holds =
            |side: &Side| held.mentions.iter().any(|mention| side.mentions.contains(mention));
        let Some(at) = found.sides.iter().position(holds) else { continue };
        let words = |value: &str| value.to_lowercase();
        let value = desk.story.slice(new.mentions[0]);
        let same = found.sides.iter().position(|side| words(&side.value) == words(value));
        match same {
            Some(same) if same == at => continue,
            Some(same) => found.sides[same].mentions.extend(&new.mentions),
            None => found.sides.push(side(desk.story, new.mentions.clone())),
        }
        found.sides[at].mentions.extend(&held.mentions);
        for side in &mut found.sides {
            side.mentions.sort_unstable();
            side.mentions.dedup();
        }
        found.silent = silent(desk.story, &found.sides);
        return true;
    }
    false
}

/// The clashes of two sentences.
fn of_twin(desk: &Desk<'_>, figures: &[Figure<'_>], twin: &Twin) -> Vec<Clash> {
    let (a, b) = twin.lines(desk);
    let places: Vec<Place<'_>> = twin
        .alignment
        .slots(a, b)
        .into_iter()
        .filter(|slot| slot.a.len() <= MOST_WORDS && slot.b.len() <= MOST_WORDS)
        .map(|slot| {
            let company = twin.alignment.company(a, b, &slot);
            Place { twin, a, b, slot, company }
        })
        .collect();
    let alike = twin.claimed && twin.likeness >= LEAST_LIKENESS_IN_CLAIM
        || twin.likeness >= LEAST_LIKENESS
        || twin.alignment.agreement(a, b) >= LEAST_AGREEMENT;
    let least = if alike { LEAST_COMPANY } else { LEAST_COMPANY_ALONE };
    let mut found = Vec::new();
    let mut values = 0;
    for place in &places {
        let clash = poles::clash(desk, place)
            .or_else(|| figures::clash(desk, figures, place))
            .or_else(|| days::clash(desk, place))
            .or_else(|| names::clash(desk, place));
        if let Some(clash) = clash {
            values += 1;
            let denial = clash.kind == DiscrepancyKind::Negation;
            if place.company >= least || place.is_flanked() || denial {
                found.push(clash);
            }
        }
    }
    let near = twin.likeness.max(twin.alignment.agreement(a, b)) >= LIKENESS_OF_TWO;
    let most = if near { 2 } else { 1 };
    // What was counted on another day or in another place is another figure.
    let counted = places.iter().any(|place| figures::differ(figures, place));
    let elsewhere =
        |clash: &Clash| matches!(clash.kind, DiscrepancyKind::Date | DiscrepancyKind::Place);
    if values > most || (values > 1 || counted) && found.iter().any(elsewhere) {
        found.clear();
    }
    found
}
