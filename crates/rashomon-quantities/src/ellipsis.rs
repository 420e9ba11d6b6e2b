//! Figures that leave out what a figure beside them says: `from 84 cents to 74`, `400 people who
//! left and 90 who stayed`, `1,200 foreign and 300 local troops`.

use rashomon_article::{Comparator, Dimension, Quantity};

use crate::lexeme::Lexemes;
use crate::reading::Reading;

/// How many times larger or smaller an elliptical figure may be than the one before it.
const RATIO: f64 = 10.0;

/// Completes the figure that was just read by those before it in the sentence, and those before it
/// by this one.
pub(crate) fn complete(words: &Lexemes<'_>, before: &mut [Quantity], reading: &mut Reading) {
    forward(words, before, reading);
    let quantity = &mut reading.quantity;
    let counted = |other: &&Quantity| other.dimension == Dimension::Count;
    // "22 burglaries, after an average of 20 a week"
    let rate = quantity.unit.as_ref().is_some_and(|unit| unit.name.starts_with("count per "));
    if rate
        && quantity.counted.is_none()
        && let Some(last) = before.iter().rev().find(counted)
    {
        quantity.counted = last.counted;
    }
    if !is_bare(quantity) {
        return;
    }
    let numbers = &words.language.numbers;
    let next = words.lower(reading.end);
    let closes = words.get(reading.end).is_none_or(|_| {
        matches!(next, "." | "," | ";" | ":" | "!" | "?" | ")")
            || numbers.elliptical_after.binary_search(&next).is_ok()
    });
    if let Some(last) = before.last()
        && let Some(unit) = &last.unit
        && is_alike(last, quantity)
    {
        let timeless = !matches!(unit.dimension, Dimension::Duration | Dimension::Age);
        let led = numbers.elliptical_before.binary_search(&words.before(reading.start)).is_ok();
        if timeless && led && closes && !is_year(quantity) {
            quantity.dimension = unit.dimension;
            quantity.unit = Some(unit.clone());
            return;
        }
    }
    // "70 people, including two who", however few they are
    let part = numbers.part_openers.contains(&words.before(reading.start));
    if numbers.recounting_after.binary_search(&next).is_ok()
        && let Some(last) =
            before.iter().rev().find(|other| counted(other) && !is_part(words, other))
        && (part || is_alike(last, quantity))
    {
        quantity.counted = last.counted;
    }
}

/// `four-, five- and six-cylinder`, `1,200 foreign and 300 local troops`: the noun stands with the
/// last figure.
fn forward(words: &Lexemes<'_>, before: &mut [Quantity], reading: &Reading) {
    let quantity = &reading.quantity;
    if quantity.unit.is_none() && quantity.counted.is_none() || quantity.restated.is_some() {
        return;
    }
    let mut start = reading.start;
    for other in before.iter_mut().rev() {
        let from =
            (0..start).rev().take_while(|&at| words.items[at].span.start() >= other.span.end());
        let Some(from) = from.last() else { return };
        if !is_bare(other) || !leads(words, from, start) {
            return;
        }
        if quantity.dimension == Dimension::Count && quantity.unit.is_none() {
            other.counted = quantity.counted;
        } else if words.is_dash(from) {
            other.unit.clone_from(&quantity.unit);
            other.dimension = quantity.dimension;
        }
        let number = other.span.start();
        let Some(at) = (0..from).rev().find(|&at| words.items[at].span.start() <= number) else {
            return;
        };
        start = at;
    }
}

/// Whether the words between two figures hold the first one to the second: a hyphen that waits for
/// its noun, or one adjective.
fn leads(words: &Lexemes<'_>, from: usize, to: usize) -> bool {
    let hanging = words.is_dash(from)
        && words.glued(from)
        && (!words.glued(from + 1) || words.lower(from + 1) == ",");
    let adjective = words.is_word(from)
        && !words.glued(from)
        && words.capital(from)
        && to == from + 2
        && matches!(words.lower(from + 1), "and" | "or");
    let joints =
        |at: usize| words.is_dash(at) || matches!(words.lower(at), "," | "and" | "or" | "to");
    adjective || hanging && (from..to).all(joints)
}

/// `four` in `15 people, including four children`: what follows is not of the part.
fn is_part(words: &Lexemes<'_>, quantity: &Quantity) -> bool {
    let start = words.from(quantity.span.start());
    words.language.numbers.part_openers.contains(&words.before(start))
}

fn is_bare(quantity: &Quantity) -> bool {
    quantity.unit.is_none()
        && quantity.counted.is_none()
        && quantity.dimension == Dimension::Count
        && quantity.comparator != Comparator::Vague
}

fn is_alike(before: &Quantity, quantity: &Quantity) -> bool {
    let (a, b) = (before.max.abs(), quantity.max.abs());
    a > 0.0 && b > 0.0 && a <= b * RATIO && b <= a * RATIO
}

/// A whole number that is more likely a year.
fn is_year(quantity: &Quantity) -> bool {
    quantity.max.fract() == 0.0 && (1000.0..2100.0).contains(&quantity.max)
}
