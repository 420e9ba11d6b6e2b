//! Ages: `aged 45`, `45-year-old`, `Bell, 45,`, `in her forties`.

use rashomon_article::{Circumstances, Comparator, Dimension, Quantity, Unit};
use rashomon_language::Bound;

use crate::amount::Amount;
use crate::figure::{Figure, Sort};
use crate::lexeme::Lexemes;
use crate::range::range;
use crate::reading::{Reading, bound_after, comparator};

/// A year in seconds, the base of a duration.
const YEAR: f64 = 31_556_952.0;

/// No person is older.
const OLDEST: f64 = 130.0;

/// The age that begins here.
pub(crate) fn age(
    words: &Lexemes<'_>,
    start: usize,
    amount: &Amount,
    opener: Option<&str>,
    bound: Option<Bound>,
) -> Option<Reading> {
    let figure = amount.figure;
    if figure.sort != Sort::Cardinal || figure.min < 0.0 {
        return None;
    }
    let range = range(words, amount, opener);
    if opener.is_some() && range.is_none() {
        return None;
    }
    let last = range.as_ref().unwrap_or(amount);
    let ends = |amount: &Amount| {
        let (end, unit) = old(words, amount)?;
        Some((end, unit.scale / YEAR, unit.name.clone()))
    };
    // The word before the range or the number is that before its opener.
    let first = if opener.is_some() { start } else { amount.start };
    let (figure, mut end, scale, name, is_range) = if let Some((end, scale, name)) = ends(last) {
        (last.figure, end, scale, name, range.is_some())
    } else if let Some((end, scale, name)) = ends(amount).filter(|_| opener.is_none()) {
        (figure, end, scale, name, false)
    } else if last.unit.is_none() && last.figure.max < OLDEST && is_aged(words, first) {
        (last.figure, last.end, 1.0, "year".to_owned(), range.is_some())
    } else if amount.unit.is_none()
        && bound.is_none()
        && opener.is_none()
        && figure.digits
        && (is_apposition(words, amount) || is_predicate(words, amount))
        || amount.unit.is_none()
            && opener.is_none()
            && (is_measure(words, start, amount)
                || bound.is_some() && is_group(words, start, amount))
    {
        (figure, amount.end, 1.0, "year".to_owned(), false)
    } else {
        return None;
    };
    let bound = bound_after(words, &mut end).or(bound);
    let comparator = if is_range { Comparator::Range } else { comparator(bound, figure.sort) };
    Some(reading(words, (start, end), &figure, comparator, Unit::new(&name, Dimension::Age, scale)))
}

fn reading(
    words: &Lexemes<'_>,
    (start, end): (usize, usize),
    figure: &Figure,
    comparator: Comparator,
    unit: Unit,
) -> Reading {
    let quantity = Quantity {
        span: words.span(start, end),
        number: words.span(figure.start, figure.end),
        min: figure.min.min(figure.max),
        max: figure.max,
        comparator,
        unit: Some(unit),
        dimension: Dimension::Age,
        counted: None,
        role: None,
        change: None,
        restated: None,
        circumstances: Circumstances::default(),
    };
    Reading { quantity, start, end }
}

/// `years old`, `-month-olds`, `years of age`: where it ends, and the unit.
fn old<'a>(words: &Lexemes<'_>, amount: &'a Amount) -> Option<(usize, &'a Unit)> {
    let unit = amount.unit.as_ref().filter(|unit| {
        unit.dimension == Dimension::Duration
            && matches!(unit.name.as_str(), "year" | "month" | "week" | "day")
    })?;
    let old = if words.is_hyphen(amount.end) { amount.end + 1 } else { amount.end };
    if words.language.numbers.age_words.contains(&words.lower(old)) {
        Some((old + 1, unit))
    } else {
        words.is_phrase(amount.end, &["of", "age"]).then_some((amount.end + 2, unit))
    }
}

/// `aged`, `the age of` before the lexeme.
fn is_aged(words: &Lexemes<'_>, at: usize) -> bool {
    let aged = |word: &str| words.language.numbers.aged_words.contains(&word);
    let of = |word: &dyn Fn(&str) -> bool| {
        at >= 2 && words.before(at) == "of" && word(words.lower(at - 2))
    };
    // "a girl of 14"
    let persons = words.language.numbers.age_persons;
    let to = at >= 2 && words.before(at) == "to" && aged(words.lower(at - 2));
    to || of(&aged) || of(&|word| persons.contains(&word)) || aged(words.before(at))
}

/// `life expectancy is around 73`: what is measured is a length of life.
fn is_measure(words: &Lexemes<'_>, start: usize, amount: &Amount) -> bool {
    let Some(verb) = start.checked_sub(1) else { return false };
    if !words.language.numbers.age_verbs.contains(&words.lower(verb)) || amount.figure.max >= OLDEST
    {
        return false;
    }
    let bare = !words.is_word(amount.end)
        || words.language.words.is_function_word(words.lower(amount.end))
        || words.lower(amount.end).ends_with("ing");
    let measures = words.language.numbers.age_measures;
    bare && (verb.saturating_sub(8)..verb)
        .any(|at| measures.iter().any(|measure| words.is_phrase(at, measure)))
}

/// `children under five`, `people over 65`.
fn is_group(words: &Lexemes<'_>, start: usize, amount: &Amount) -> bool {
    let whole = amount.figure.max < OLDEST && amount.figure.max.fract() == 0.0;
    let bare = !words.is_word(amount.end)
        || words.language.words.is_function_word(words.lower(amount.end));
    whole
        && bare
        && amount.figure.magnitude == 1.0
        && !matches!(words.lower(amount.end), "%" | "°" | "-" | "/" | "of")
        && words.language.numbers.age_groups.contains(&words.before(start))
}

/// `will be 35`, `who is 78`: a bare number that is said of a person.
fn is_predicate(words: &Lexemes<'_>, amount: &Amount) -> bool {
    let numbers = &words.language.numbers;
    let figure = amount.figure;
    let whole = figure.min.fract() == 0.0 && (1.0..=115.0).contains(&figure.min);
    let bare = !words.is_word(amount.end)
        || words.language.words.is_function_word(words.lower(amount.end));
    let next = words.lower(amount.end);
    let out_of = matches!(next, "%" | "°" | "-" | "/" | ":")
        || numbers.no_age_before.binary_search(&next).is_ok();
    if !whole || figure.magnitude > 1.0 || !bare || out_of {
        return false;
    }
    let Some(verb) = amount.start.checked_sub(1) else { return false };
    if numbers.age_turns.contains(&words.lower(verb)) {
        return true;
    }
    if !numbers.age_verbs.contains(&words.lower(verb)) {
        return false;
    }
    let mut at = verb;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1) else { return false };
        at = before;
        if numbers.age_subjects.contains(&words.lower(at)) {
            return true;
        }
        if !numbers.age_fillers.contains(&words.lower(at)) {
            return false;
        }
    }
    false
}

/// A number of one to three digits between commas after a name.
fn is_apposition(words: &Lexemes<'_>, amount: &Amount) -> bool {
    let at = amount.start;
    let figure = amount.figure;
    let whole = figure.min.fract() == 0.0 && (1.0..=115.0).contains(&figure.min);
    let plain = amount.end == at + 1 && words.lower(at).len() <= 3;
    let closed = matches!(words.lower(amount.end), "," | "." | ";" | ")");
    // "Bell, at 29, became"
    if whole && plain && at >= 2 && words.before(at) == "at" && words.lower(at - 2) == "," {
        return figure.min >= 10.0 && words.lower(amount.end) == ",";
    }
    // "Bell, then 20,"
    let filler = words.language.numbers.age_fillers.contains(&words.before(at));
    let comma = if filler && at > 1 { at - 2 } else { at.saturating_sub(1) };
    if !(whole && plain && closed && words.lower(comma) == "," && comma >= 1) {
        return false;
    }
    let name = comma - 1;
    if name == 0 {
        let closed = words.lower(amount.end) == ",";
        let word = words.lower(name);
        return words.capital(name) && closed && !words.language.words.is_function_word(word);
    }
    let named = words.is_word(name)
        && words.capital(name)
        && (words.lower(amount.end) == "," || words.is_word(name - 1) && words.capital(name - 1));
    // Months and days of the week stand before days of the month.
    let dated = words.language.times.word(words.lower(name)).is_some();
    named && !dated && words.number_at(amount.end + 1).is_none()
}

/// `in her forties`, `in his mid-30s`: a decade of somebody’s life.
pub(crate) fn decade(words: &Lexemes<'_>, at: usize) -> Option<Reading> {
    let numbers = &words.language.numbers;
    if words.lower(at) != "in" || !numbers.age_owners.contains(&words.lower(at + 1)) {
        return None;
    }
    let mut next = at + 2;
    let part = numbers.decade_parts.iter().find(|(part, _)| words.lower(next) == *part);
    if part.is_some() {
        next += if words.is_hyphen(next + 1) { 2 } else { 1 };
    }
    let (_, first) = numbers.decades.iter().find(|(word, _)| words.lower(next) == *word)?;
    let (low, high) = part.map_or((0.0, 9.0), |(_, years)| *years);
    let exact = Figure::exact(at + 2, next + 1, 0.0, Sort::Vague);
    let figure = Figure { min: first + low, max: first + high, ..exact };
    let unit = Unit::new("year", Dimension::Age, 1.0);
    Some(reading(words, (at + 2, next + 1), &figure, Comparator::Range, unit))
}
