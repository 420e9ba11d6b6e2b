use std::ops::Range;

use rashomon_article::{Quantity, TimeExpression, TimeKind};
use rashomon_text::Span;

use super::Scene;
use crate::lexeme::Kind;

/// What a date tells of a figure.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dated {
    /// As of when it holds.
    AsOf(Span),
    /// Over which time.
    Period(Span),
}

/// For each quantity of a sentence the time expression that tells as of when it holds: the first
/// one after it in its clause, else the last one before it, else that with which the sentence
/// opens; of two counts joined by `and` the first shares the date right after the second.
pub(super) fn dates(scene: &Scene<'_>, quantities: &[Quantity]) -> Vec<Option<Dated>> {
    let own: Vec<Option<&TimeExpression>> = (0..quantities.len())
        .map(|at| {
            within(scene, quantities, at, &scene.after(at))
                .next()
                .or_else(|| within(scene, quantities, at, &scene.before(at)).last())
                .or_else(|| scene.opening(at).and_then(|open| opened(scene, quantities, open)))
        })
        .collect();
    let shared = |at: usize| {
        let (here, next) = (&scene.places[at], scene.places.get(at + 1)?);
        let joined = scene.words.lower(here.after) == scene.words.language.quotations.and;
        let time = own[at + 1]?;
        let near = scene.words.from(time.span.start());
        (joined && here.after + 1 == next.start && (next.after..next.after + 3).contains(&near))
            .then_some(time)
    };
    let told = |at: usize| own[at].or_else(|| shared(at)).map(|time| dated(scene, time));
    (0..quantities.len()).map(told).collect()
}

/// A day or week, or a longer time after `by`: as of then. Else a longer time is one over which the
/// figure holds: `in the last quarter`. Its value tells, as it does where no day anchors it.
fn dated(scene: &Scene<'_>, time: &TimeExpression) -> Dated {
    let words = scene.words;
    let named = time.value.starts_with(|c: char| c.is_ascii_digit() || c == 'X');
    let day = time.value.contains(['W', 'T']) || time.value.matches('-').count() >= 2;
    let long = named && !day;
    let mut lead = words.from(time.span.start());
    if words.language.quotations.determiners.contains(&words.before(lead)) {
        lead -= 1;
    }
    let pack = &words.language.circumstances;
    if !long || scene.phrase_before(lead, pack.as_of).is_some() {
        return Dated::AsOf(time.span);
    }
    let within = pack.locatives.binary_search(&words.before(lead)).is_ok();
    let start = if within { lead - 1 } else { lead };
    Dated::Period(words.items[start].span.hull(time.span))
}

/// The expressions within a range that date a quantity, in order.
fn within<'s>(
    scene: &'s Scene<'s>,
    all: &'s [Quantity],
    at: usize,
    range: &Range<usize>,
) -> impl Iterator<Item = &'s TimeExpression> {
    let times = scene.span(range).map(|span| scene.document.times.inside(span));
    times.into_iter().flatten().filter(move |time| dates_it(scene, all, at, time))
}

/// Whether an expression is a date, and not one over which the figure adds up, nor one that
/// somebody else tells.
fn dates_it(scene: &Scene<'_>, all: &[Quantity], at: usize, time: &TimeExpression) -> bool {
    let words = scene.words;
    let start = words.from(time.span.start());
    let pack = &words.language.circumstances;
    let led = |word: &str| pack.over.binary_search(&word).is_ok() || pack.counting.contains(&word);
    let determined = words.language.quotations.determiners.contains(&words.before(start));
    let before = if determined { start.saturating_sub(1) } else { start };
    matches!(time.kind, TimeKind::Date | TimeKind::Time)
        && !led(words.before(before))
        && is_date(all, time)
        && !is_owner(scene, time)
        && scene.is_spoken_with(all[at].number, time.span)
}

/// `Tuesday’s debate` is of Tuesday, the figure need not be.
fn is_owner(scene: &Scene<'_>, time: &TimeExpression) -> bool {
    let after = scene.words.from(time.span.end());
    scene.words.get(after).is_some_and(|next| next.kind == Kind::Clitic)
}

/// Whether an expression names a time: `recently` and `two weeks ago` do not.
fn is_date(all: &[Quantity], time: &TimeExpression) -> bool {
    let named = !matches!(time.value.as_str(), "PAST_REF" | "FUTURE_REF");
    let next = all.partition_point(|quantity| quantity.span.end() <= time.span.start());
    named && !all.get(next).is_some_and(|quantity| quantity.span.overlaps(time.span))
}

fn opened<'s>(
    scene: &Scene<'s>,
    all: &[Quantity],
    range: Range<usize>,
) -> Option<&'s TimeExpression> {
    let span = scene.span(&range)?;
    let date = |time: &&TimeExpression| {
        matches!(time.kind, TimeKind::Date | TimeKind::Time) && is_date(all, time)
    };
    scene.document.times.inside(span).filter(date).last()
}
