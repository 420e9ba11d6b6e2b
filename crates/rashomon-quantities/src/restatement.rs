//! The same quantity in another unit: `600-mile (1,000-kilometer)`, `62 miles, or 100 km,`.

use rashomon_article::{Comparator, Dimension, Quantity, Unit};

use crate::lexeme::Lexemes;
use crate::measure;
use crate::reading::{Reading, plain};

/// How far the two may be apart in brackets, where writers round, and without brackets, where
/// they may be two quantities.
const ROUNDED: f64 = 0.2;
/// See `ROUNDED`.
const ALIKE: f64 = 0.06;

/// How many words may stand between the second amount and the closing bracket: `at the time`.
const REMARK: usize = 5;

/// Takes in the second statement where there is one.
pub(crate) fn restate(words: &Lexemes<'_>, reading: &mut Reading) {
    if reading.quantity.unit.is_none() {
        return;
    }
    if matches!(words.lower(reading.end), "(" | "[") {
        bracketed(words, reading);
    } else {
        beside(words, reading);
    }
}

fn bracketed(words: &Lexemes<'_>, reading: &mut Reading) {
    let Some(mut other) = plain(words, reading.end + 1) else { return };
    // "296 hp (224 kW / 300 PS)"
    if matches!(words.lower(other.end), "/" | "," | ";" | "or")
        && let Some(third) = plain(words, other.end + 1)
        && is_same(&other.quantity, &third.quantity, ROUNDED)
        && matches!(words.lower(third.end), ")" | "]")
    {
        other.end = third.end;
        other.quantity.restated = Some(Box::new(third.quantity));
    }
    let money = reading.quantity.dimension == Dimension::Money;
    let remark = if money { REMARK } else { 0 };
    let close = (other.end..=other.end + remark).find(|&at| !words.is_word(at));
    let Some(close) = close.filter(|&at| matches!(words.lower(at), ")" | "]")) else { return };
    if words.lower(reading.end) == "(" && scale_of_degrees(&mut reading.quantity, &other.quantity)
        || is_same(&reading.quantity, &other.quantity, ROUNDED)
    {
        take(words, reading, other.quantity, close + 1);
        rate_after(words, reading);
    }
}

/// `62 miles or 100 km`, `100 km, 62 miles,`: only where they agree.
fn beside(words: &Lexemes<'_>, reading: &mut Reading) {
    let at = reading.end;
    let comma = matches!(words.lower(at), "," | "/");
    let joint = at + usize::from(comma);
    let or = words.lower(joint) == "or";
    if !comma && !or {
        return;
    }
    let Some(other) = plain(words, joint + usize::from(or)) else { return };
    let converts = !matches!(other.quantity.dimension, Dimension::Money | Dimension::Other);
    if converts && is_same(&reading.quantity, &other.quantity, ALIKE) {
        let end = other.end;
        take(words, reading, other.quantity, end);
    }
}

fn take(words: &Lexemes<'_>, reading: &mut Reading, mut other: Quantity, end: usize) {
    if other.comparator == Comparator::Equal {
        other.comparator = reading.quantity.comparator;
    }
    // The words on which the first one moves are the second one’s too.
    other.change = reading.quantity.change;
    if let (Some(unit), Some(second)) = (&reading.quantity.unit, &mut other.unit)
        && unit.dimension == Dimension::Temperature
        && reading.quantity.change.is_some()
        && unit.offset == 0.0
        && is_alike(other.max * second.scale, reading.quantity.max * unit.scale, ROUNDED)
    {
        second.offset = 0.0;
    }
    reading.quantity.span = words.span(reading.start, end);
    reading.quantity.restated = Some(Box::new(other));
    reading.end = end;
}

/// `9 million crowns ($400,000) a year`: the rate is of both.
fn rate_after(words: &Lexemes<'_>, reading: &mut Reading) {
    let quantity = &mut reading.quantity;
    let Some(found) = measure::rate(words, quantity.unit.as_ref(), reading.end) else { return };
    let end = found.end;
    if let Some(other) = &mut quantity.restated
        && let Some(rate) = measure::rate(words, other.unit.as_ref(), reading.end)
    {
        other.dimension = rate.unit.dimension;
        other.unit = Some(rate.unit);
    }
    quantity.dimension = found.unit.dimension;
    quantity.unit = Some(found.unit);
    quantity.span = words.span(reading.start, end);
    reading.end = end;
}

/// Whether the two say the same in two units.
fn is_same(first: &Quantity, second: &Quantity, tolerance: f64) -> bool {
    let (Some(a), Some(b)) = (&first.unit, &second.unit) else { return false };
    if a.dimension != b.dimension || a.name == b.name {
        return false;
    }
    let base = |unit: &Unit, value: f64| unit.base(value);
    match a.dimension {
        Dimension::Money => true,
        Dimension::Other => {
            // Horsepower and kilowatts: nothing here converts them, and a bracket does.
            b.name != "degree" && !b.name.starts_with("count")
        }
        Dimension::Temperature => {
            let degrees = (base(a, first.max) - base(b, second.max)).abs();
            let apart = (first.max * a.scale - second.max * b.scale).abs();
            degrees <= 2.0 || apart <= tolerance * (first.max * a.scale).abs()
        }
        Dimension::Length
        | Dimension::Area
        | Dimension::Volume
        | Dimension::Mass
        | Dimension::Speed
        | Dimension::Duration => is_alike(base(a, first.max), base(b, second.max), tolerance),
        _ => false,
    }
}

fn is_alike(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

/// `30 degrees (86F)`: the second statement tells of which scale the first is.
fn scale_of_degrees(first: &mut Quantity, second: &Quantity) -> bool {
    let (Some(a), Some(b)) = (&mut first.unit, &second.unit) else { return false };
    if a.name != "degree" || b.dimension != Dimension::Temperature {
        return false;
    }
    let celsius = Unit::new("celsius", Dimension::Temperature, 1.0);
    let zero = -160.0 / 9.0;
    let fahrenheit =
        Unit { offset: zero, ..Unit::new("fahrenheit", Dimension::Temperature, 5.0 / 9.0) };
    let other = if b.name == "fahrenheit" { celsius } else { fahrenheit };
    if (other.base(first.max) - b.base(second.max)).abs() > 2.0 {
        return false;
    }
    *a = other;
    first.dimension = Dimension::Temperature;
    true
}
