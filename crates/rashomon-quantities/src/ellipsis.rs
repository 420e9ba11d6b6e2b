//! Figures that leave out what the figure before them said: `from 84 cents to 74`, `400 people who
//! left and 90 who stayed`.

use rashomon_article::{Comparator, Dimension, Quantity};

use crate::lexeme::Lexemes;
use crate::reading::Reading;

/// How many times larger or smaller an elliptical figure may be than the one before it.
const RATIO: f64 = 10.0;

/// Gives a bare figure the unit, or what is counted, of the figure before it in the sentence.
pub(crate) fn complete(words: &Lexemes<'_>, before: Option<&Quantity>, reading: &mut Reading) {
    let Some(before) = before else { return };
    let quantity = &mut reading.quantity;
    let bare = quantity.unit.is_none()
        && quantity.counted.is_none()
        && quantity.dimension == Dimension::Count
        && quantity.comparator != Comparator::Vague;
    if !bare || !is_alike(before, quantity) {
        return;
    }
    let numbers = &words.language.numbers;
    let next = words.lower(reading.end);
    let closes = words.get(reading.end).is_none_or(|_| {
        matches!(next, "." | "," | ";" | ":" | "!" | "?" | ")")
            || numbers.elliptical_after.binary_search(&next).is_ok()
    });
    if let Some(unit) = &before.unit {
        let timeless = !matches!(unit.dimension, Dimension::Duration | Dimension::Age);
        let led = numbers.elliptical_before.binary_search(&words.before(reading.start)).is_ok();
        if timeless && led && closes && !is_year(quantity) {
            quantity.dimension = unit.dimension;
            quantity.unit = Some(unit.clone());
        }
    } else if before.dimension == Dimension::Count
        && numbers.recounting_after.binary_search(&next).is_ok()
    {
        quantity.counted = before.counted;
    }
}

fn is_alike(before: &Quantity, quantity: &Quantity) -> bool {
    let (a, b) = (before.max.abs(), quantity.max.abs());
    a > 0.0 && b > 0.0 && a <= b * RATIO && b <= a * RATIO
}

/// A whole number that is more likely a year.
fn is_year(quantity: &Quantity) -> bool {
    quantity.max.fract() == 0.0 && (1000.0..2100.0).contains(&quantity.max)
}
