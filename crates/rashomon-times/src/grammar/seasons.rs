//! Seasons, quarters and holidays.

use rashomon_article::TokenKind;
use rashomon_language::TimeWord;

use super::years::with_year;
use super::{after_hyphen, after_the, year};
use crate::lexeme::Lexemes;
use crate::meaning::{Stated, Year};

/// `the spring of 1794`, `winter 2024`, `the summer`.
pub(super) fn season(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let next = after_the(words, at);
    if let Some((number @ 1000..=2199, 4)) = words.digits(next)
        && let Some(TimeWord::Season(name)) = words.role(next + 1)
    {
        // "the 2024 summer games"
        return Some((next + 2, Stated { season: Some(name), ..year(number as i32) }));
    }
    let TimeWord::Season(name) = words.role(next)? else { return None };
    let stated = Stated { season: Some(name), ..Stated::NOTHING };
    let (end, stated) = with_year(words, next + 1, stated);
    let certain = stated.year != Year::Unsaid;
    let qualifies = words.get(end).is_some_and(|noun| noun.kind == TokenKind::Word)
        && !words.language.words.is_function_word(words.lower(end))
        && words.language.numbers.noun_breaks.binary_search(&words.lower(end)).is_err();
    if qualifies && !certain {
        // "the summer offensive": the article belongs to the offensive.
        let named = words.capital(next) && words.capital(end);
        let led = at.checked_sub(1).is_some_and(|before| {
            words.is(before, TimeWord::Indefinite) || words.is_possessive(before)
        });
        let verb = is_verb(words, next) && !named && !led;
        return (next == at && !verb).then_some((end, stated));
    }
    // "to fall", "spring up": only what cannot be a verb stands alone.
    let verb = is_verb(words, next);
    let leads = words.language.times.before_season.binary_search(&words.before(at)).is_ok()
        || next > at && !matches!(words.lower(end), "of" | "in" | "from" | "to" | "back" | "apart");
    (certain || leads || !verb).then_some((end, stated))
}

/// Whether the name of a season is a verb as well: `prices fall`.
fn is_verb(words: &Lexemes<'_>, at: usize) -> bool {
    words.language.times.doubtful_seasons.contains(&words.lower(at))
}

/// `Q1 2025`, `the first quarter of 2025`.
pub(super) fn quarter(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let word = words.lower(at);
    if let Some(number) = word.strip_prefix('q').filter(|rest| rest.len() == 1)
        && words.capital(at)
        && let Some(number @ 1..=4) = number.parse::<u8>().ok()
    {
        let stated = Stated { part: Some(('Q', number)), ..Stated::NOTHING };
        return Some(with_year(words, at + 1, stated));
    }
    let the = after_the(words, at);
    if words.is(the, TimeWord::Part) && words.is(the + 1, TimeWord::Half) {
        return half(words, the + 1, 2);
    }
    let (number, after) = words.ordinal(the)?;
    let after = after_hyphen(words, after);
    if words.is(after, TimeWord::Half) && (1..=2).contains(&number) {
        return half(words, after, number as u8);
    }
    if words.lower(after) != "quarter" || !(1..=4).contains(&number) {
        return None;
    }
    let stated = Stated { part: Some(('Q', number as u8)), ..Stated::NOTHING };
    Some(with_year(words, after + 1, stated))
}

/// `the second half of 2008`: the year tells that no football match is meant.
fn half(words: &Lexemes<'_>, at: usize, number: u8) -> Option<(usize, Stated)> {
    let stated = Stated { part: Some(('H', number)), ..Stated::NOTHING };
    let (end, stated) = with_year(words, at + 1, stated);
    (stated.year != Year::Unsaid).then_some((end, stated))
}

/// `Christmas Day 1914`.
pub(super) fn holiday(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    if !words.capital(at) {
        return None;
    }
    let holidays = words.language.times.holidays.iter();
    let (name, month, day) = holidays
        .filter(|(name, ..)| name.iter().enumerate().all(|(n, word)| words.lower(at + n) == *word))
        .max_by_key(|(name, ..)| name.len())?;
    let known = |number: u8| (number > 0).then_some(number);
    let stated = Stated { month: known(*month), day: known(*day), ..Stated::NOTHING };
    let (end, stated) = with_year(words, at + name.len(), stated);
    (stated.is_finer_than_year() || stated.year != Year::Unsaid).then_some((end, stated))
}
