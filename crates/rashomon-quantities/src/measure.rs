//! Units, currencies and rates.

use rashomon_article::{Dimension, Unit};
use rashomon_language::{Measure, UnitWord};

use crate::lexeme::Lexemes;

/// A unit and where its words end.
pub(crate) struct Found {
    pub unit: Unit,
    pub end: usize,
}

fn dimension(measure: Measure) -> Dimension {
    match measure {
        Measure::Count => Dimension::Count,
        Measure::Share => Dimension::Share,
        Measure::PercentagePoints => Dimension::PercentagePoints,
        Measure::Duration => Dimension::Duration,
        Measure::Length => Dimension::Length,
        Measure::Area => Dimension::Area,
        Measure::Volume => Dimension::Volume,
        Measure::Mass => Dimension::Mass,
        Measure::Speed => Dimension::Speed,
        Measure::Temperature => Dimension::Temperature,
        Measure::Other => Dimension::Other,
    }
}

fn unit_of(word: UnitWord) -> Unit {
    let unit = Unit::new(word.name, dimension(word.measure), word.scale);
    Unit { offset: word.offset, ..unit }
}

/// A unit of money.
pub(crate) fn money(name: &str) -> Unit {
    // A cent is no dollar, but it may be one of euro as well: they do not convert.
    Unit::new(name, Dimension::Money, 1.0)
}

/// The sign or code of a currency before a number: `$`, `US$`, `Rs.`, `A$`.
pub(crate) fn sign(words: &Lexemes<'_>, at: usize) -> Option<(&'static str, usize)> {
    let numbers = &words.language.numbers;
    let first = words.get(at)?;
    let letters = words.is_word(at);
    if letters && !first.capital || words.number_at(at).is_some() {
        return None;
    }
    let second = words.lower(at + 1);
    if letters && matches!(second, "$" | "=" | "¥") {
        let key = format!("{}{second}", first.lower);
        if let Some(name) = numbers.currency_sign(&key) {
            return Some((name, at + 2));
        }
    }
    let name = numbers.currency_sign(&first.lower)?;
    let end =
        if words.lower(at + 1) == "." && letters && words.glued(at + 1) { at + 2 } else { at + 1 };
    // "US $5" names the dollar again after its sign.
    Some((name, end))
}

/// The unit or currency after a number that ends at `at`.
pub(crate) fn after(words: &Lexemes<'_>, at: usize, large: bool) -> Option<Found> {
    let start = if words.is_hyphen(at) { at + 1 } else { at };
    let numbers = &words.language.numbers;
    words.get(start)?;
    for length in (1..=4).rev() {
        let end = start + length;
        if end > words.len() {
            continue;
        }
        let joined;
        let key = if length == 1 {
            words.lower(start)
        } else {
            joined = words.joined(start, end);
            &joined
        };
        if let Some(name) = numbers.currency_word(key) {
            return Some(Found { unit: money(name), end });
        }
        if let Some(unit) = numbers.unit(key) {
            if unit.name == "pound-mass" && large {
                return Some(Found { unit: money("pound sterling"), end });
            }
            let glued = words.glued(start) || start > at;
            if length == 1 && !glued && is_name(words, start, key) {
                return None;
            }
            return Some(Found { unit: unit_of(unit), end });
        }
    }
    short(words, start)
}

/// A unit that is as well the beginning of a name: `10 Downing`, `5 Mile Road`.
fn is_name(words: &Lexemes<'_>, at: usize, key: &str) -> bool {
    key.len() > 3 && words.capital(at) && words.capital(at + 1) && words.is_word(at + 1)
}

/// `5 m`, `12 C`, `164p`: one letter, glued or in the right case.
fn short(words: &Lexemes<'_>, at: usize) -> Option<Found> {
    let numbers = &words.language.numbers;
    let letters = words.lower(at);
    let glued = words.glued(at);
    if letters == "p" && glued {
        return Some(Found { unit: money("penny"), end: at + 1 });
    }
    if letters.len() != 1 || !words.is_word(at) {
        if glued && letters == "€" {
            return Some(Found { unit: money("euro"), end: at + 1 });
        }
        return None;
    }
    let unit = numbers.glued_unit(letters)?;
    let upper = matches!(letters, "w" | "v" | "a" | "c" | "f");
    let spaced = !matches!(letters, "a" | "h" | "s" | "p");
    if upper != words.capital(at) || !glued && !spaced {
        return None;
    }
    Some(Found { unit: unit_of(unit), end: at + 1 })
}

/// `per month`, `a year`, `an hour` after a unit: makes a rate of it.
pub(crate) fn rate(words: &Lexemes<'_>, unit: Option<&Unit>, at: usize) -> Option<Found> {
    let numbers = &words.language.numbers;
    let word = words.lower(at);
    if !numbers.rates.contains(&word) {
        return None;
    }
    let per = matches!(word, "per" | "/");
    let base = match after(words, at + 1, false) {
        Some(found) if found.unit.dimension != Dimension::Money && !words.is_hyphen(at + 1) => {
            found
        }
        _ if word == "per" && words.is_word(at + 1) => {
            let name = words.language.numbers.singular(words.lower(at + 1));
            Found { unit: Unit::new(&name, Dimension::Other, 1.0), end: at + 2 }
        }
        _ => return None,
    };
    if !per && base.unit.dimension != Dimension::Duration && base.unit.name != "barrel" {
        return None;
    }
    // "three years a month ago" and "5 km a day later" are no rates.
    if matches!(words.lower(base.end), "ago" | "later" | "earlier" | "before" | "after") {
        return None;
    }
    let name = unit.map_or("count", |unit| unit.name.as_str());
    let name = format!("{name} per {}", base.unit.name);
    Some(Found { unit: Unit::new(&name, Dimension::Other, 1.0), end: base.end })
}
