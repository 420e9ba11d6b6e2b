//! Measures in two units: `5 feet 3 inches`, `two hours and 15 minutes`.

use rashomon_article::{Comparator, Dimension};

use crate::amount::amount;
use crate::figure::Sort;
use crate::lexeme::Lexemes;
use crate::measure;
use crate::reading::Reading;

/// A foot in metres.
const FOOT: f64 = 0.3048;

/// Adds what the second unit tells to the first.
pub(crate) fn complete(words: &Lexemes<'_>, reading: &mut Reading) {
    let quantity = &mut reading.quantity;
    let Some(unit) = &quantity.unit else { return };
    let whole = quantity.min == quantity.max && quantity.max.fract() == 0.0 && quantity.max > 0.0;
    let measured =
        matches!(unit.dimension, Dimension::Duration | Dimension::Length | Dimension::Mass);
    if !whole || !measured || quantity.comparator == Comparator::Vague {
        return;
    }
    let and = words.lower(reading.end) == "and";
    let Some(rest) = amount(words, reading.end + usize::from(and)) else { return };
    // "6 feet 2" are two inches more.
    let foot = unit.dimension == Dimension::Length && (unit.scale - FOOT).abs() < 1e-9;
    let inch = (foot && !and && rest.figure.max < 12.0).then_some(FOOT / 12.0);
    let scale = match &rest.unit {
        Some(smaller) if smaller.dimension == unit.dimension => smaller.scale,
        None if rest.figure.digits && inch.is_some() => FOOT / 12.0,
        _ => return,
    };
    let part = rest.figure.max * scale;
    let fits = rest.figure.sort == Sort::Cardinal
        && rest.figure.min == rest.figure.max
        && scale < unit.scale
        && part > 0.0
        && part < unit.scale;
    // "3 days and 2 hours a week" are two quantities.
    if !fits || measure::rate(words, rest.unit.as_ref(), rest.end).is_some() {
        return;
    }
    let number = quantity.number.start();
    let first = (reading.start..reading.end).find(|&at| words.items[at].span.start() == number);
    quantity.max += part / unit.scale;
    quantity.min = quantity.max;
    quantity.number = words.span(first.unwrap_or(reading.start), rest.figure.end);
    quantity.span = words.span(reading.start, rest.end);
    reading.end = rest.end;
}
