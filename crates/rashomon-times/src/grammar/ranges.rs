//! The ends of a range of dates, one of which leaves out what the other states.

use rashomon_article::TokenKind;
use rashomon_language::TimeWord;

use super::dates::calendar;
use super::days::{day_of, is_counted, is_unit_after, month};
use super::years::with_year;
use super::{Found, year};
use crate::lexeme::Lexemes;
use crate::meaning::{Meaning, Stated, Year};

/// `6-7 January 1916`, `April 6 to 7 May`, `499-493 BC`: the first end, before the expression
/// at `at`, which states what it leaves out.
pub(super) fn first_of_range(words: &Lexemes<'_>, at: usize, found: &mut Vec<Found>) {
    first_ordinal(words, at, found);
    let Some(first) = at.checked_sub(2) else { return };
    let joined = words.is_dash(at - 1) || matches!(words.lower(at - 1), "to" | "and" | "or" | "/");
    let free = found.last().is_none_or(|last| last.end <= first);
    if !joined || !free {
        return;
    }
    let Some((_, Meaning::Calendar(stated))) = calendar(words, at) else { return };
    if let (Some(month), Some(_)) = (stated.month, stated.day)
        && let Some((number, 1..=2)) = words.digits(first)
        && let Some((month, day)) = day_of(u32::from(month), number)
        && words.digits(at).is_some()
        && !is_counted(words, first)
    {
        let stated = Stated { month: Some(month), day: Some(day), time: None, ..stated };
        found.push(Found { start: first, end: first + 1, meaning: Meaning::Calendar(stated) });
    } else if let Year::Said(last) = stated.year
        && last < 0
        && !stated.is_finer_than_year()
        && let Some((number, 1..=4)) = words.digits(first)
        && i64::from(number) > -i64::from(last)
    {
        let meaning = Meaning::Calendar(year(-(number as i32)));
        found.push(Found { start: first, end: first + 1, meaning });
    }
}

/// `from the 13th to the 19th of October`: the first end.
fn first_ordinal(words: &Lexemes<'_>, at: usize, found: &mut Vec<Found>) {
    let Some(first) = at.checked_sub(2).filter(|first| words.is_number(*first)) else { return };
    let joined = matches!(words.lower(at - 1), "to" | "and") || words.is_dash(at - 1);
    let Some((day, _)) = words.ordinal(first).filter(|_| joined) else { return };
    let the = first.checked_sub(1).filter(|the| words.is(*the, TimeWord::Definite));
    let start = the.unwrap_or(first);
    if found.last().is_some_and(|last| last.end > start) {
        return;
    }
    let Some((_, Meaning::Calendar(stated))) = calendar(words, at) else { return };
    if let (Some(month), Some(_), None) = (stated.month, stated.day, stated.weekday)
        && let Some((month, day)) = day_of(u32::from(month), day)
    {
        let stated = Stated { month: Some(month), day: Some(day), time: None, ..stated };
        found.push(Found { start, end: first + 1, meaning: Meaning::Calendar(stated) });
    }
}

/// `1915-17`, `April 6-7`, `May 4 and 5`: what goes on after the last expression. Gives the place
/// to go on from.
pub(super) fn rest_of_range(words: &Lexemes<'_>, end: usize, found: &mut Vec<Found>) -> usize {
    let Some(Found { meaning: Meaning::Calendar(stated), .. }) = found.last() else { return end };
    let stated = *stated;
    let joined = words.is_dash(end) || matches!(words.lower(end), "to" | "and" | "or" | "/");
    if !joined {
        return end;
    }
    let (number, length, after) = match (words.digits(end + 1), words.ordinal(end + 1)) {
        (Some((number, length)), _) => (number, length, end + 2),
        // "May 6 and 7th"
        (None, Some((number, after))) if words.is_number(end + 1) => (number, 2, after),
        _ => return end,
    };
    let meaning = match (stated.year, stated.day) {
        (Year::Said(first @ 1000..), None) if length == 2 && words.is_dash(end) => {
            let last = first - first % 100 + number as i32;
            if words.ordinal(end + 1).is_some() {
                return end;
            }
            if last <= first || stated.is_finer_than_year() {
                return end;
            }
            year(last)
        }
        (Year::Unsaid, Some(first)) if length <= 2 => {
            let Some((month, day)) = stated.month.and_then(|m| day_of(u32::from(m), number)) else {
                return end;
            };
            let counted = is_unit_after(words, after) || month_after(words, after);
            let noun = !words.is_dash(end)
                && words.get(after).is_some_and(|next| next.kind == TokenKind::Word && !next.glued)
                && words.language.numbers.noun_breaks.binary_search(&words.lower(after)).is_err();
            if day <= first || counted || noun {
                return end;
            }
            let plain = Stated { month: Some(month), day: Some(day), ..Stated::NOTHING };
            let (after, stated) = with_year(words, after, plain);
            // "August 3-5, 2025": the year belongs to the first day as well.
            if let Some(Found { meaning: Meaning::Calendar(first), .. }) = found.last_mut() {
                first.year = stated.year;
            }
            found.push(Found { start: end + 1, end: after, meaning: Meaning::Calendar(stated) });
            return after;
        }
        _ => return end,
    };
    found.push(Found { start: end + 1, end: after, meaning: Meaning::Calendar(meaning) });
    after
}

fn month_after(words: &Lexemes<'_>, at: usize) -> bool {
    let of = if words.lower(at) == "of" { at + 1 } else { at };
    month(words, of).is_some()
}
