//! Days and months by name and number: `2025-08-15`, `Friday`, `15 August`.

use rashomon_article::TokenKind;
use rashomon_language::{TimeWord, TimeZone};

use super::years::with_year;
use super::{after_the, year};
use crate::lexeme::Lexemes;
use crate::meaning::{Stated, TimeOfDay, Year};

/// `2025-08-15`, with or without a time of day.
pub(super) fn iso(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let (y @ 1.., 4) = words.digits(at)? else { return None };
    let dashes = words.lower(at + 1) == "-" && words.lower(at + 3) == "-";
    if !dashes || !(1..=4).all(|n| words.glued(at + n)) {
        return None;
    }
    let (month, 2) = words.digits(at + 2)? else { return None };
    let mut end = at + 5;
    let mut rest = words.lower(at + 4).to_owned();
    if rest.len() > 2 {
        // A tokenizer cuts "15T17:05:00Z" as it likes.
        while words.glued(end) && (words.is_number(end) || is_of_clock(words, end)) {
            rest.push_str(words.lower(end));
            end += 1;
        }
    }
    let day: u32 = rest.get(..2)?.parse().ok()?;
    let time = match rest.get(2..)? {
        "" => None,
        clock => Some(iso_clock(clock.strip_prefix('t')?)?),
    };
    let (month, day) = day_of(month, day)?;
    Some((end, Stated { month: Some(month), day: Some(day), time, ..year(y as i32) }))
}

/// A sign between the numbers of a clock, or the letter that ends it.
fn is_of_clock(words: &Lexemes<'_>, at: usize) -> bool {
    let sign = matches!(words.lower(at), ":" | "." | "+" | "-");
    sign && words.glued(at + 1) && words.is_number(at + 1) || words.lower(at) == "z"
}

/// `17:05`, `17:05:00z`, `17:05+01:00`.
fn iso_clock(clock: &str) -> Option<TimeOfDay> {
    let number = |from: usize, limit: u8| -> Option<u8> {
        let two = clock.get(from..from + 2)?;
        two.parse().ok().filter(|number| *number < limit && !two.starts_with('+'))
    };
    let minute = match clock.as_bytes().get(2) {
        Some(b':') => number(3, 60)?,
        _ => 0,
    };
    let zone = match clock.rfind(['z', '+', '-']) {
        Some(at) if clock.ends_with('z') => (at + 1 == clock.len()).then_some(0),
        Some(at) => {
            let minutes =
                if clock.as_bytes().get(at + 3) == Some(&b':') { number(at + 4, 60)? } else { 0 };
            let east = i16::from(number(at + 1, 15)?) * 60 + i16::from(minutes);
            Some(if clock[at..].starts_with('-') { -east } else { east })
        }
        None => None,
    };
    Some(TimeOfDay::Clock(number(0, 24)?, minute, zone.map(TimeZone::Fixed)))
}

/// `15/08/2025`. Where both readings are possible the month is taken to come first, and the date
/// is doubtful.
pub(super) fn slashed(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let (first, 1..=2) = words.digits(at)? else { return None };
    let mark = words.lower(at + 1);
    if !matches!(mark, "/") || words.lower(at + 3) != mark {
        return None;
    }
    if !(1..=4).all(|n| words.glued(at + n)) {
        return None;
    }
    let (second, 1..=2) = words.digits(at + 2)? else { return None };
    let (y, 4) = words.digits(at + 4)? else { return None };
    let month_first = day_of(first, second);
    let (month, day) = month_first.or_else(|| day_of(second, first))?;
    let doubtful = first != second && month_first.is_some() && day_of(second, first).is_some();
    let year = year(i32::try_from(y).ok().filter(|y| (1000..=2199).contains(y))?);
    Some((at + 5, Stated { month: Some(month), day: Some(day), doubtful, ..year }))
}

/// `Friday`, `Friday, August 15`, `Fri. 15 August 2025`.
pub(super) fn weekday(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let TimeWord::Weekday(number) = words.role(at)? else { return None };
    if !words.capital(at) || is_named_day(words, at) {
        return None;
    }
    let stopped = words.lower(at + 1) == "." && words.lower(at).len() < 6;
    let after = if stopped { at + 2 } else { at + 1 };
    let mut next = after;
    if words.lower(next) == "," {
        next += 1;
    }
    let next = after_the(words, next);
    if let Some((end, stated)) = month_and_day(words, next)
        && stated.day.is_some()
    {
        return Some((end, Stated { weekday: Some(number), ..stated }));
    }
    let alone = words.lower(at).len() >= 6 || stopped;
    let plain = Stated { weekday: Some(number), ..Stated::NOTHING };
    alone.then_some((if stopped { after } else { at + 1 }, plain))
}

/// `Black Friday`, `the Sunday Herald`: a name with a day in it.
fn is_named_day(words: &Lexemes<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let named = words.language.times.before_named_day.contains(&words.lower(before));
    let paper = words.is(before, TimeWord::Definite)
        && words.capital(at + 1)
        && words.role(at + 1).is_none()
        && words.get(at + 1).is_some_and(|name| name.kind == TokenKind::Word);
    named && words.capital(before) || paper
}

pub(super) fn month(words: &Lexemes<'_>, at: usize) -> Option<(u8, usize)> {
    let TimeWord::Month(month) = words.role(at)? else { return None };
    if !words.capital(at) {
        return None;
    }
    let short = words.lower(at).len() <= 4 && !matches!(words.lower(at), "may" | "june" | "july");
    let stopped = short && words.lower(at + 1) == "." && words.glued(at + 1);
    Some((month, if stopped { at + 2 } else { at + 1 }))
}

/// `August 15, 2025`, `15 August 2025`, `the 15th of August`, `August 2025`, `August`.
pub(super) fn month_and_day(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    if let Some((month, after)) = month(words, at) {
        return month_first(words, at, month, after);
    }
    let (day, after) = day_number(words, after_the(words, at))?;
    let of = if words.lower(after) == "of" { after + 1 } else { after };
    let (month, after) = month(words, of)?;
    let (month, day) = day_of(u32::from(month), day)?;
    let stated = Stated { month: Some(month), day: Some(day), ..Stated::NOTHING };
    Some(with_year(words, after, stated))
}

fn month_first(words: &Lexemes<'_>, at: usize, month: u8, after: usize) -> Option<(usize, Stated)> {
    // "31 February" and "the 45th of May" are no dates, nor is their month.
    let of = usize::from(words.before(at) == "of");
    if let Some(number) = at.checked_sub(1 + of)
        && let Some((day, _)) = words
            .digits(number)
            .filter(|(_, length)| *length <= 2)
            .or_else(|| words.ordinal(number))
        && day <= 99
        && day_of(u32::from(month), day).is_none()
        && !is_counted(words, number)
    {
        return None;
    }
    let stated = Stated { month: Some(month), ..Stated::NOTHING };
    let the = if words.is(after, TimeWord::Definite) { after + 1 } else { after };
    if let Some((day, end)) = day_number(words, the)
        && words.lower(the).len() <= 4
        && !is_unit_after(words, end)
    {
        let (month, day) = day_of(u32::from(month), day)?;
        return Some(with_year(
            words,
            end,
            Stated { month: Some(month), day: Some(day), ..stated },
        ));
    }
    let (end, stated) = with_year(words, after, stated);
    let doubtful = &words.language.times.doubtful_months;
    if stated.year == Year::Unsaid && doubtful.contains(&words.lower(at)) {
        let before = words.before(at);
        let leads = words.language.times.before_year.binary_search(&before).is_ok()
            || at.checked_sub(1).and_then(|before| words.role(before)).is_some_and(|role| {
                matches!(role, TimeWord::Last | TimeWord::Next | TimeWord::This | TimeWord::Stage)
            })
            || words.is_dash(at.wrapping_sub(1))
            || words.is_dash(end) && self::month(words, end + 1).is_some()
            || is_before_noun(words, at, end);
        if !leads {
            return None;
        }
    }
    Some((end, stated))
}

/// `a March operation`: a month between an article and a noun. `March` itself may be the noun:
/// `the March for bread`.
fn is_before_noun(words: &Lexemes<'_>, at: usize, end: usize) -> bool {
    let led = at.checked_sub(1).is_some_and(|before| {
        words.is(before, TimeWord::Indefinite) || words.is(before, TimeWord::Definite)
    });
    led && words.get(end).is_some_and(|noun| {
        noun.kind == TokenKind::Word
            && !noun.glued
            && !words.language.words.is_function_word(&noun.lower)
    })
}

/// A day of the month: `15`, `15th`, `fifteenth`.
fn day_number(words: &Lexemes<'_>, at: usize) -> Option<(u32, usize)> {
    let (day, end) = match words.digits(at) {
        Some((day, 1..=2)) => (day, at + 1),
        Some(_) => return None,
        None => words.ordinal(at)?,
    };
    (1..=31).contains(&day).then_some((day, end))
}

/// A unit or a sign after a number: then it counts, and is no day.
pub(super) fn is_unit_after(words: &Lexemes<'_>, at: usize) -> bool {
    words.glued(at) && words.glued(at + 1) && matches!(words.lower(at), "/" | ":")
        || words.glued(at) && words.lower(at) == "%"
        || words.unit(at).is_some()
        || words.language.numbers.spelled(words.lower(at)).is_some()
}

/// The month and day, where the month has that many.
pub(super) fn day_of(month: u32, day: u32) -> Option<(u8, u8)> {
    let length = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=length).contains(&day).then_some((month as u8, day as u8))
}

pub(super) fn is_counted(words: &Lexemes<'_>, at: usize) -> bool {
    matches!(words.before(at), "$" | "£" | "€" | "." | "/" | ":")
}
