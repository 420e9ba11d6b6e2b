//! From words to meanings: each rule looks at one place and tells how far it reaches.

mod clock;
mod dates;
mod days;
mod lengths;
mod ranges;
mod relative;
mod seasons;
mod years;

use rashomon_language::TimeWord;

use crate::calendar;
use crate::lexeme::Lexemes;
use crate::meaning::{Meaning, Stated, Year};

/// An expression of a sentence: lexemes from `start` up to `end`.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
    pub meaning: Meaning,
}

/// A reading that begins at a place: where it ends and what it means.
pub(crate) type Reading = Option<(usize, Meaning)>;

/// The expressions of a sentence from left to right; of several at one place the longest.
pub(crate) fn expressions(words: &Lexemes<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((end, meaning)) = longest(words, at) else {
            at += 1;
            continue;
        };
        if !exists(&meaning) {
            at = end;
            continue;
        }
        ranges::first_of_range(words, at, &mut found);
        found.push(Found { start: at, end, meaning });
        at = ranges::rest_of_range(words, end, &mut found);
    }
    found
}

/// Whether the calendar has the day that is stated: not the 29th of February 2026.
fn exists(meaning: &Meaning) -> bool {
    let Meaning::Calendar(stated) = meaning else { return true };
    match (stated.year, stated.month, stated.day) {
        (Year::Said(year), Some(month), Some(day)) => calendar::date(year, month, day).is_some(),
        _ => true,
    }
}

fn longest(words: &Lexemes<'_>, at: usize) -> Reading {
    if !can_begin(words, at) {
        return None;
    }
    let rules = [
        clock::clock,
        dates::calendar,
        relative::relative,
        lengths::length,
        lengths::again,
        relative::reference,
    ];
    let mut best: Reading = None;
    for rule in rules {
        if let Some((end, meaning)) = rule(words, at)
            && best.as_ref().is_none_or(|(longest, _)| end > *longest)
        {
            best = Some((end, meaning));
        }
    }
    best
}

/// Whether an expression can begin here: most words begin none, and most articles belong to
/// something else.
fn can_begin(words: &Lexemes<'_>, at: usize) -> bool {
    match words.role(at) {
        Some(
            TimeWord::Of
            | TimeWord::On
            | TimeWord::To
            | TimeWord::Than
            | TimeWord::Era(_)
            | TimeWord::Meridiem(_)
            | TimeWord::OClock
            | TimeWord::Long
            | TimeWord::Old
            | TimeWord::Olds,
        ) => false,
        Some(TimeWord::Definite | TimeWord::Indefinite) => {
            let next = words.lower(at + 1);
            words.role(at + 1).is_some()
                || is_number_word(words, at + 1)
                || words.language.times.after_article.binary_search(&next).is_ok()
        }
        Some(_) => true,
        None => is_number_word(words, at) || is_holiday(words, at),
    }
}

fn is_number_word(words: &Lexemes<'_>, at: usize) -> bool {
    if words.is_number(at) {
        return true;
    }
    let word = words.lower(at);
    let quarter = word.len() == 2 && word.starts_with('q');
    let numbers = &words.language.numbers;
    quarter
        || words.language.times.openers.passes(word)
            && (numbers.cardinal(word).is_some() || numbers.ordinal(word).is_some())
}

fn is_holiday(words: &Lexemes<'_>, at: usize) -> bool {
    let word = words.lower(at);
    words.capital(at) && words.language.times.holidays.iter().any(|(name, ..)| name[0] == word)
}

/// Skips the article.
pub(crate) fn after_the(words: &Lexemes<'_>, at: usize) -> usize {
    if words.is(at, TimeWord::Definite) { at + 1 } else { at }
}

/// Skips a hyphen that stands glued between two words.
pub(crate) fn after_hyphen(words: &Lexemes<'_>, at: usize) -> usize {
    if words.is_dash(at) && words.glued(at) && words.glued(at + 1) { at + 1 } else { at }
}

/// A year alone.
pub(crate) fn year(year: i32) -> Stated {
    Stated { year: Year::Said(year), ..Stated::NOTHING }
}
