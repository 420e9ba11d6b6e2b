//! A quantity as the words put it together: bound, number, unit, range, what is counted.

use rashomon_article::{Change, Circumstances, Comparator, Dimension, Quantity, Unit};
use rashomon_language::Bound;

use crate::amount::{Amount, amount};
use crate::exclude;
use crate::figure::Sort;
use crate::lexeme::Lexemes;
use crate::movement::{change, is_difference};
use crate::range::{opener, range};
use crate::restatement::restate;
use crate::{age, compound, measure, noun, ratio, score};

/// What was read, and where to go on.
pub(crate) struct Reading {
    pub quantity: Quantity,
    pub start: usize,
    pub end: usize,
}

/// The quantity that begins here.
pub(crate) fn read(words: &Lexemes<'_>, at: usize) -> Option<Reading> {
    if !words.get(at)?.opens {
        return None;
    }
    let mut reading = plain(words, at)?;
    compound::complete(words, &mut reading);
    restate(words, &mut reading);
    Some(reading)
}

/// The same without its statement in another unit.
pub(crate) fn plain(words: &Lexemes<'_>, at: usize) -> Option<Reading> {
    if let Some(reading) = age::decade(words, at).or_else(|| ratio::ratio(words, at)) {
        return Some(reading);
    }
    let (bound, first) = bounds(words, at);
    let opener = opener(words, first);
    // "between about 10 and 20" is as open as its ends.
    let first = match opener {
        Some(_) => bounds(words, first + 1).1,
        None => first,
    };
    let amount = amount(words, first)?;
    if exclude::is_no_quantity(
        words,
        amount.start,
        &amount.figure,
        amount.end,
        amount.unit.as_ref(),
    ) {
        return None;
    }
    if let Some(reading) = age::age(words, at, &amount, opener, bound) {
        return Some(reading);
    }
    if let Some(reading) = score::score(words, at, &amount) {
        return Some(reading);
    }
    if opener.is_none()
        && let Some(reading) = ratio::share(words, at, &amount, bound)
    {
        return Some(reading);
    }
    let range = range(words, &amount, opener);
    if opener.is_some() && range.is_none() {
        return None; // It is read again from the next word on.
    }
    finish(words, at, amount, range, bound)
}

/// The bound before a number: `more than`, `up to about`.
fn bounds(words: &Lexemes<'_>, at: usize) -> (Option<Bound>, usize) {
    let numbers = &words.language.numbers;
    let (mut bound, mut next) = (None, at);
    for _ in 0..3 {
        let Some((found, length)) = numbers.bound_before(|n| words.lower(next + n)) else { break };
        // "at least about 15" is at least.
        bound = Some(match bound {
            None | Some(Bound::About) => found,
            Some(before) => before,
        });
        next += length;
        for filler in numbers.bound_fillers {
            if words.is_phrase(next, filler) {
                next += filler.len();
            }
        }
    }
    (bound, next)
}

pub(crate) fn comparator(bound: Option<Bound>, sort: Sort) -> Comparator {
    match bound {
        _ if sort == Sort::Vague => Comparator::Vague,
        None => Comparator::Equal,
        Some(Bound::About) => Comparator::About,
        Some(Bound::Less) => Comparator::Less,
        Some(Bound::AtMost) => Comparator::AtMost,
        Some(Bound::More) => Comparator::More,
        Some(Bound::AtLeast) => Comparator::AtLeast,
    }
}

/// `or more`, `-plus`, `+` after the number or the unit.
pub(crate) fn bound_after(words: &Lexemes<'_>, end: &mut usize) -> Option<Bound> {
    let numbers = &words.language.numbers;
    let (phrase, bound) = numbers.bounds_after.iter().find(|(phrase, _)| {
        words.is_phrase(*end, phrase) && (phrase[0] != "-" || words.is_hyphen(*end))
    })?;
    *end += phrase.len();
    Some(*bound)
}

/// Puts the parts together and looks for what is counted around them.
pub(crate) fn finish(
    words: &Lexemes<'_>,
    start: usize,
    first: Amount,
    range: Option<Amount>,
    bound: Option<Bound>,
) -> Option<Reading> {
    let is_range = range.is_some();
    let Amount { mut figure, mut unit, mut end, .. } = range.unwrap_or(first);
    let mut start = start;
    let bound = bound_after(words, &mut end).or(bound);
    if unit.is_none() && figure.sort != Sort::Ordinal {
        // "15-plus years"
        if let Some(found) = measure::after(words, end, figure.magnitude >= 1e5) {
            (unit, end) = (Some(found.unit), found.end);
        }
    }
    let mut counted = None;
    if let Some(found) = measure::rate(words, unit.as_ref(), end) {
        (unit, end) = (Some(found.unit), found.end);
    } else if unit.is_none() || is_share(unit.as_ref()) && words.lower(end) == "of" {
        counted = things(words, start, end, &figure.sort, figure.max);
    }
    let needs_noun = matches!(figure.sort, Sort::Ordinal | Sort::Vague) && unit.is_none();
    if needs_noun && counted.is_none() {
        return None;
    }
    let after = counted.map_or(end, |head| head + 1);
    let role = noun::role(words, start, after);
    let suspended = words.is_dash(end) && words.glued(end);
    let bare = !suspended
        && !figure.digits
        && figure.magnitude == 1.0
        && unit.is_none()
        && counted.is_none();
    let pronoun = words.lower(end) == "of" && noun::is_pronoun(words, end + 1);
    if pronoun {
        counted = None; // "of them" tells no noun, and "of them yesterday" none either.
    }
    if bare
        && !pronoun
        && bound.is_none()
        && role.is_none()
        && figure.sort == Sort::Cardinal
        && !is_range
        && !is_elided(words, start, end)
    {
        return None; // "all three", "the bottom two"
    }
    let told = unit.is_none() && role.is_some() || !is_signed(unit.as_ref());
    if figure.max < 0.0 && (counted.is_some() || words.is_dash(figure.start) && told) {
        // A dash stands before a count, which is never below nothing.
        figure = figure.negated(figure.start + 1);
        start += usize::from(start < figure.start);
    }
    if is_temperature(unit.as_ref()) && words.is_phrase(end, &["below", "zero"]) && figure.min > 0.0
    {
        figure = figure.negated(figure.start);
        end += 2;
    }
    // "20 deaths a day": what is counted belongs to the rate.
    if let Some(head) = counted
        && figure.sort == Sort::Cardinal
        && let Some(found) = measure::rate(words, unit.as_ref(), head + 1)
        && unit.is_none()
    {
        (unit, end) = (Some(found.unit), found.end);
    }
    let dimension = match (&unit, figure.sort) {
        (Some(unit), _) => unit.dimension,
        (None, Sort::Ordinal) => Dimension::Ordinal,
        (None, Sort::Fraction) => Dimension::Share,
        (None, _) => Dimension::Count,
    };
    let comparator = if is_range { Comparator::Range } else { comparator(bound, figure.sort) };
    let descending = figure.min > figure.max;
    let change = change(words, start, end, counted, unit.as_ref());
    // "Shares -1.3%"
    let below = figure.max < 0.0 && is_share(unit.as_ref()) && change.is_none();
    let change = if descending || below { Some(Change::Down) } else { change };
    if let Some(unit) = &mut unit
        && unit.dimension == Dimension::Temperature
        && !is_range
        && is_difference(words, start, figure.start, end, change)
    {
        unit.offset = 0.0;
    }
    let quantity = Quantity {
        span: words.span(start, end),
        number: words.span(figure.start, figure.end),
        min: figure.min.min(figure.max),
        max: figure.max.max(figure.min),
        comparator,
        unit,
        dimension,
        counted: counted.map(|head| words.items[head].span),
        role: role.map(|at| words.items[at].span),
        change,
        restated: None,
        circumstances: Circumstances::default(),
    };
    Some(Reading { quantity, start, end })
}

/// `Of the 15, four were children`: a number word between a comma and a plural verb of being.
fn is_elided(words: &Lexemes<'_>, start: usize, end: usize) -> bool {
    words.before(start) == "," && matches!(words.lower(end), "were" | "are")
}

/// The head of what a bare number or a share counts.
fn things(words: &Lexemes<'_>, start: usize, end: usize, sort: &Sort, max: f64) -> Option<usize> {
    if words.is_hyphen(end) && words.is_word(end + 1) {
        return Some(end + 1);
    }
    // "a three course meal": the article tells that one thing is named.
    let named = matches!(words.before(start), "a" | "an") && *sort == Sort::Cardinal;
    let single = max <= 1.0 || *sort == Sort::Ordinal || named;
    let part = *sort == Sort::Fraction;
    // "four in five voters approve"
    let plural = noun::counted(words, end, false).filter(|_| part);
    plural
        .or_else(|| noun::counted(words, end, single))
        .or_else(|| noun::counted_all(words, end).filter(|_| part))
}

fn is_share(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| unit.dimension == Dimension::Share)
}

fn is_temperature(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| unit.dimension == Dimension::Temperature || unit.name == "degree")
}

/// Whether a number with this unit, or with none, may be below zero.
fn is_signed(unit: Option<&Unit>) -> bool {
    unit.is_none_or(|unit| {
        matches!(
            unit.dimension,
            Dimension::Share
                | Dimension::PercentagePoints
                | Dimension::Money
                | Dimension::Temperature
                | Dimension::Other
        )
    })
}
