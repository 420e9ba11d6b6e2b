//! Units, currencies and rates.

use rashomon_article::{Dimension, Unit};
use rashomon_language::{Measure, UnitWord};

use crate::figure::figure;
use crate::lexeme::{Kind, Lexemes};
use crate::noun;

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

/// How many lexemes a unit may have: `lb . - ft`.
const LONGEST: usize = 5;

/// The unit or currency after a number that ends at `at`. `large`: nobody weighs so many pounds.
pub(crate) fn after(words: &Lexemes<'_>, at: usize, large: bool) -> Option<Found> {
    let direct = directly(words, at, large);
    if direct.is_some() {
        return direct;
    }
    // "two more hours", "three consecutive days"
    let openers = words.language.numbers.unit_openers;
    let mut next = at;
    while next < at + 2 && openers.contains(&words.lower(next)) {
        next += 1;
    }
    if next == at {
        return None;
    }
    directly(words, next, large).filter(|found| found.unit.dimension != Dimension::Count)
}

fn directly(words: &Lexemes<'_>, at: usize, large: bool) -> Option<Found> {
    let start = if words.is_hyphen(at) { at + 1 } else { at };
    let first = words.get(start)?;
    if matches!(first.kind, Kind::Number(_) | Kind::Ordinal(_) | Kind::Clitic) {
        return None;
    }
    let numbers = &words.language.numbers;
    if let Some((_, unit)) =
        numbers.written_units.iter().find(|(unit, _)| words.text(start) == *unit)
        && !leads_noun(words, start + 1)
    {
        return Some(Found { unit: unit_of(*unit), end: start + 1 });
    }
    // The words from here on with a blank between them, and the same without hyphens.
    let mut keys = [String::new(), String::new()];
    let mut ends = [[(0, 0); LONGEST]; 2];
    for (key, (ends, hyphens)) in keys.iter_mut().zip(ends.iter_mut().zip([true, false])) {
        let mut next = start;
        for end in ends.iter_mut() {
            if !hyphens && words.is_hyphen(next) {
                next += 1;
            }
            let word = words.lower(next);
            if word.is_empty() {
                break;
            }
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
            next += 1;
            *end = (key.len(), next);
        }
        if !words.is_hyphen(start + 1) {
            break;
        }
    }
    for length in (0..LONGEST).rev() {
        for (key, ends) in keys.iter().zip(&ends) {
            let (until, end) = ends[length];
            if until == 0 {
                continue;
            }
            if let Some(found) = by_key(words, &key[..until], (at, start, end), large) {
                return found;
            }
        }
    }
    foreign(words, start).or_else(|| short(words, start))
}

/// Whether a noun goes on after letters that are a word as well: `TWO WAR CRIMES`.
fn leads_noun(words: &Lexemes<'_>, at: usize) -> bool {
    words.is_word(at) && !words.language.words.is_function_word(words.lower(at))
}

/// The unit of these words; `None` within where they are a unit elsewhere and not here.
#[expect(clippy::option_option, reason = "the outer one asks whether the words are known")]
fn by_key(
    words: &Lexemes<'_>,
    key: &str,
    (at, start, end): (usize, usize, usize),
    large: bool,
) -> Option<Option<Found>> {
    let numbers = &words.language.numbers;
    if let Some(name) = numbers.currency_word(key) {
        return Some(Some(Found { unit: money(name), end }));
    }
    let unit = numbers.unit(key)?;
    if unit.name == "pound-mass" && large {
        return Some(Some(Found { unit: money("pound sterling"), end }));
    }
    let glued = words.glued(start) || start > at;
    let single = end == start + 1;
    if single && !glued && is_name(words, start, key) {
        return Some(None);
    }
    // "five second-hand boats", but "a 60 year-old boat"
    let hanging =
        single && start == at && words.is_hyphen(end) && unit.measure == Measure::Duration;
    if hanging && !numbers.age_words.contains(&words.lower(end + 1)) {
        return Some(None);
    }
    Some(Some(Found { unit: unit_of(unit), end }))
}

/// `5 million CHF`, `20m NOK`, `16 million Lankan rupees`: a code after the number, or a currency of
/// a country.
fn foreign(words: &Lexemes<'_>, at: usize) -> Option<Found> {
    let numbers = &words.language.numbers;
    if !words.is_word(at) || !words.capital(at) {
        return None;
    }
    if words.lower(at).len() == 3
        && words.upper(at)
        && !noun::is_plural(words, at + 1)
        && let Some(name) = numbers.currency_sign(words.lower(at))
    {
        return Some(Found { unit: money(name), end: at + 1 });
    }
    let coin = words.lower(at + 1);
    if words.capital(at + 1) || !words.title(at) {
        return None;
    }
    let coin =
        if matches!(coin, "pound" | "pounds") { "pound" } else { numbers.currency_word(coin)? };
    if coin.contains(' ') || matches!(coin, "cent" | "penny") {
        return None;
    }
    Some(Found { unit: money(&format!("{} {coin}", words.lower(at))), end: at + 2 })
}

/// A unit that is as well the beginning of a name: `10 Downing`, `5 Mile Road`.
fn is_name(words: &Lexemes<'_>, at: usize, key: &str) -> bool {
    key.len() > 3 && words.capital(at) && words.capital(at + 1) && words.is_word(at + 1)
}

/// So many pence are told in pounds.
const MOST_PENCE: f64 = 1000.0;

/// Whether a figure, or the magnitude or fraction that closes one, ends with a lexeme in digits.
fn is_figure(words: &Lexemes<'_>, at: usize) -> bool {
    words.number_at(at).is_some()
        || words.language.numbers.magnitude(words.lower(at)).is_some()
        || !words.is_word(at)
}

/// `5 m`, `12 C`, `164p`: one letter, glued or in the right case.
fn short(words: &Lexemes<'_>, at: usize) -> Option<Found> {
    let numbers = &words.language.numbers;
    let letters = words.lower(at);
    let glued = words.glued(at);
    // `12 F-35s`, `two C-130s`: a hyphen makes a name of the letter; `1080p` is a picture.
    if words.is_hyphen(at + 1) || !at.checked_sub(1).is_some_and(|at| is_figure(words, at)) {
        return None;
    }
    if letters == "p" && glued {
        let pence = words.number_at(at - 1).is_some_and(|pence| pence < MOST_PENCE);
        return pence.then(|| Found { unit: money("penny"), end: at + 1 });
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

/// `100,000` in `12 deaths per 100,000`.
fn per_many(words: &Lexemes<'_>, at: usize) -> Option<Found> {
    let many = figure(words, at, false).filter(|many| many.min == many.max && many.min >= 100.0)?;
    // "one crash per 300,000 miles"
    let (name, end) = match directly(words, many.end, true) {
        Some(found) => (format!("{} {}", many.min, found.unit.name), found.end),
        None => (many.min.to_string(), many.end),
    };
    Some(Found { unit: Unit::new(&name, Dimension::Other, 1.0), end })
}

/// `per month`, `a year`, `an hour` after a unit: makes a rate of it.
pub(crate) fn rate(words: &Lexemes<'_>, unit: Option<&Unit>, at: usize) -> Option<Found> {
    let numbers = &words.language.numbers;
    // "a £350m-a-year trade"
    let tied = words.is_hyphen(at) && words.is_hyphen(at + 2);
    let at = if tied { at + 1 } else { at };
    let word = words.lower(at);
    if words.is_phrase(at, &["out", "of", "every"]) {
        return per_many(words, at + 3).map(|found| of_two(words, unit, found));
    }
    if !numbers.rates.contains(&word) {
        return None;
    }
    let per = matches!(word, "per" | "/");
    let each = numbers.rates.contains(&words.lower(at + 1));
    let at = if per && each { at + 1 } else { at };
    let money = unit.is_some_and(|unit| unit.dimension == Dimension::Money);
    let base = match after(words, at + 1, false) {
        Some(found)
            if found.unit.dimension != Dimension::Money && (tied || !words.is_hyphen(at + 1)) =>
        {
            found
        }
        _ if word == "per" && per_many(words, at + 1).is_some() => per_many(words, at + 1)?,
        // "$2.52 a share"
        _ if money && numbers.priced.contains(&words.lower(at + 1)) => {
            let unit = Unit::new(words.lower(at + 1), Dimension::Count, 1.0);
            Found { unit, end: at + 2 }
        }
        _ if word == "per" && words.is_word(at + 1) => {
            let name = words.language.numbers.singular(words.lower(at + 1));
            Found { unit: Unit::new(&name, Dimension::Other, 1.0), end: at + 2 }
        }
        _ => return None,
    };
    let lasting = base.unit.dimension == Dimension::Duration;
    let priced = money && base.unit.dimension != Dimension::Other;
    if !(per || lasting || priced) {
        return None;
    }
    // "three years a month ago" and "5 km a day later" are no rates.
    if numbers.time_marks.contains(&words.lower(base.end)) {
        return None;
    }
    Some(of_two(words, unit, base))
}

/// One unit, or a count, for each of another.
fn of_two(words: &Lexemes<'_>, unit: Option<&Unit>, base: Found) -> Found {
    let name = unit.map_or("count", |unit| unit.name.as_str());
    let name = format!("{name} per {}", base.unit.name);
    // "60 miles (95 km) per hour" is a speed.
    let unit = match words.language.numbers.unit(&name) {
        Some(known) => unit_of(known),
        None => Unit::new(&name, Dimension::Other, 1.0),
    };
    Found { unit, end: base.end }
}
