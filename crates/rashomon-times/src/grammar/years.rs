//! Years, decades and centuries.

use rashomon_article::TokenKind;
use rashomon_language::{TimeUnit, TimeWord};

use super::days::is_unit_after;
use super::{Reading, after_hyphen, after_the, year};
use crate::lexeme::Lexemes;
use crate::meaning::{Meaning, Stated, Year};

/// Adds the year after a month or season, if one follows.
pub(super) fn with_year(words: &Lexemes<'_>, at: usize, stated: Stated) -> (usize, Stated) {
    let joined = matches!(words.lower(at), "," | "of");
    let next = if joined { at + 1 } else { at };
    if let Some((end, number)) = year_number(words, next, true)
        && !is_unit_after(words, end)
    {
        // A comma after a year in a date belongs to the sentence.
        return (end, Stated { year: Year::Said(number), ..stated });
    }
    if joined {
        let base = |role| match role {
            TimeWord::That | TimeWord::Same => Some(Year::Told(0)),
            TimeWord::This => Some(Year::Written(0)),
            TimeWord::Last => Some(Year::Written(-1)),
            TimeWord::Next => Some(Year::Written(1)),
            TimeWord::Following => Some(Year::Told(1)),
            TimeWord::Previous => Some(Year::Told(-1)),
            _ => None,
        };
        let the = after_the(words, next);
        if let Some(year) = words.role(the).and_then(base)
            && words.lower(the + 1) == "year"
        {
            return (the + 2, Stated { year, ..stated });
        }
    }
    // "August this year", "August last year"
    if words.lower(at + 1) == "year" {
        match words.role(at) {
            Some(TimeWord::This) => return (at + 2, Stated { year: Year::Written(0), ..stated }),
            Some(TimeWord::Last) => return (at + 2, Stated { year: Year::Written(-1), ..stated }),
            Some(TimeWord::Next) => return (at + 2, Stated { year: Year::Written(1), ..stated }),
            _ => {}
        }
    }
    (at, stated)
}

/// Four digits, or up to four with an era. `expected`: a month stands before.
fn year_number(words: &Lexemes<'_>, at: usize, expected: bool) -> Option<(usize, i32)> {
    let (number, length) = words.digits(at)?;
    let number = i32::try_from(number).ok().filter(|number| *number > 0)?;
    if length <= 4
        && let Some(end) = era_before_christ(words, at + 1)
    {
        return Some((end, -number));
    }
    if length <= 4 && matches!(words.role(at + 1), Some(TimeWord::Era(false))) {
        return Some((at + 2, number));
    }
    let range = if expected { 1000..=2199 } else { 1300..=2199 };
    (length == 4 && range.contains(&number)).then_some((at + 1, number))
}

fn era_before_christ(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    (words.role(at)? == TimeWord::Era(true)).then(|| {
        // "B.C" and the stop that ends the sentence as well.
        at + 1
    })
}

/// `in 1984`, `(1993)`: four digits that nothing makes a number of something.
pub(super) fn bare_year(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let years = usize::from(matches!(words.lower(at), "year" | "years"));
    let the = after_the(words, at);
    let (at, named) = match words.lower(the) {
        "year" | "years" if words.digits(the + 1).is_some() => (the + 1, true),
        _ => (at, years > 0),
    };
    let (end, number) = year_number(words, at, named)?;
    let with_era = end > at + 1;
    if !(with_era || named || is_year_place(words, at, end)) {
        return None;
    }
    Some((end, year(number)))
}

/// A word of a name right before a number that is a part of it.
fn is_name_before(words: &Lexemes<'_>, at: usize) -> bool {
    let Some(name) = at.checked_sub(1) else { return false };
    words
        .get(name)
        .is_some_and(|word| word.kind == TokenKind::Word && word.capital && word.role.is_none())
        && !words.language.words.is_function_word(words.lower(name))
}

fn is_year_place(words: &Lexemes<'_>, at: usize, end: usize) -> bool {
    let before = words.before(at);
    let next = words.get(end);
    if matches!(before, "$" | "£" | "€" | "¥" | "#" | "." | "no" | "+" | "=") && words.glued(at)
    {
        return false;
    }
    if matches!(before, "$" | "£" | "€" | "¥" | "#" | "+" | "no") {
        return false;
    }
    if words.glued(end)
        && next.is_some_and(|next| {
            matches!(next.lower.as_ref(), "%" | "°" | "+" | "/") || next.kind == TokenKind::Word
        })
    {
        return false;
    }
    // "45/3/2026" and "2026-13-01" are no dates, nor are their years.
    let within = matches!(before, "/" | "-")
        && words.glued(at)
        && words.glued(at - 1)
        && matches!(words.lower(at.saturating_sub(3)), "/" | "-");
    let begins = words.is_dash(end)
        && words.digits(end + 1).is_some_and(|(_, length)| length <= 2)
        && words.is_dash(end + 2)
        && words.glued(end + 2);
    if within || begins {
        return false;
    }
    let led = words.language.times.before_year.binary_search(&before).is_ok()
        || at > 0 && words.role(at - 1).is_some_and(|role| matches!(role, TimeWord::Stage));
    let weak = matches!(before, "of" | "to" | "about" | "around" | "for" | "than" | "with" | "as");
    if let Some(next) = next
        && !next.glued
        && next.kind == TokenKind::Word
        && !next.capital
    {
        let numbers = &words.language.numbers;
        if numbers.unit(&next.lower).is_some()
            || numbers.currency_word(&next.lower).is_some()
            || words.unit(end).is_some()
            || numbers.spelled(&next.lower).is_some()
        {
            return false;
        }
        let breaks = numbers.noun_breaks.binary_search(&next.lower.as_ref()).is_ok()
            || next.lower.ends_with("ing")
            || next.lower.ends_with("ly")
            || next.lower.ends_with("ed");
        let plural = next.lower.ends_with('s') && !next.lower.ends_with("ss")
            || numbers.plurals.binary_search_by_key(&next.lower.as_ref(), |p| p.0).is_ok();
        // "in 2000 villages"; "the 1923 rules" is no count, as it is not round and the article
        // belongs to what is known.
        if plural && !breaks && !(is_known_before(words, at) && is_modern(words, at)) {
            return false;
        }
    }
    let number = words.digits(at).map_or(0, |(number, _)| number);
    // "Agenda 2030", but "Bridge of Sighs 1861-1863"
    let range = words.is_dash(end)
        && words.digits(end + 1).is_some_and(|(last, length)| length == 4 && last > number);
    if !led && !range && is_name_before(words, at) {
        return false;
    }
    let (first, last) = (1600, 2099);
    led && !weak || (first..=last).contains(&number)
}

/// `the`, `its`: what follows is known already.
fn is_known_before(words: &Lexemes<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    words.is(before, TimeWord::Definite) || words.is_possessive(before)
}

/// A year of the last centuries, and no round number of things.
fn is_modern(words: &Lexemes<'_>, at: usize) -> bool {
    words
        .digits(at)
        .is_some_and(|(number, _)| (1600..=2099).contains(&number) && !number.is_multiple_of(50))
}

/// `the 1990s`, `the late '80s`, `the 480s BC`.
pub(super) fn decade(words: &Lexemes<'_>, at: usize) -> Reading {
    let mut next = after_the(words, at);
    if words.is(next, TimeWord::Stage) {
        next = after_hyphen(words, next + 1);
    }
    let word = words.lower(next).trim_start_matches(['\'', '’']);
    let clitic = words.lower(next + 1) == "'s" || words.lower(next + 1) == "’s";
    let (digits, after) = match word.strip_suffix('s') {
        Some(digits) => (digits, next + 1),
        None if clitic && word.len() == 4 && word.ends_with('0') && next > at => (word, next + 2),
        None => return None,
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || !digits.ends_with('0') {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    if let Some(end) = era_before_christ(words, after).filter(|_| digits.len() <= 4) {
        return Some((end, Meaning::Decade(-number)));
    }
    let first = match digits.len() {
        4 if (1000..=2090).contains(&number) => number,
        2 if words.lower(next).len() > 3 || next > at => 1900 + number,
        _ => return None,
    };
    // "the 1900s" may be the century as well as the decade: the decade is the narrower.
    Some((after, Meaning::Decade(first)))
}

/// `fiscal 2025`, `the fiscal year 2025`.
pub(super) fn fiscal(words: &Lexemes<'_>, at: usize) -> Reading {
    let the = after_the(words, at);
    if !words.is(the, TimeWord::Fiscal) {
        return None;
    }
    let next = the + 1 + usize::from(words.unit(the + 1) == Some((TimeUnit::Year, false)));
    let (end, number) = year_number(words, next, true).filter(|(_, number)| *number >= 1000)?;
    Some((end, Meaning::Fiscal(number)))
}

/// `the 19th century`, `the fifth century BC`.
pub(super) fn century(words: &Lexemes<'_>, at: usize) -> Reading {
    let mut next = after_the(words, at);
    if words.is(next, TimeWord::Stage) {
        next = after_hyphen(words, next + 1);
    }
    let (number, after) = words.ordinal(next)?;
    let after = after_hyphen(words, after);
    if words.lower(after) != "century" || !(1..=30).contains(&number) {
        return None;
    }
    let named = words.capital(after) && words.capital(after + 1);
    if named && !words.is(at, TimeWord::Definite) {
        return None; // "21st Century Ferries"
    }
    let end = era_before_christ(words, after + 1);
    let number = number as i32;
    let number = if end.is_some() { -number } else { number };
    Some((end.unwrap_or(after + 1), Meaning::Century(number)))
}
