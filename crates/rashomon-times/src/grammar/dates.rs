//! Dates that name their place in the calendar.

use rashomon_article::TokenKind;
use rashomon_language::TimeWord;

use super::{Found, Reading, after_hyphen, after_the, year};
use crate::lexeme::Lexemes;
use crate::meaning::{Meaning, Stated, TimeOfDay, Year};

/// A date with what stands around it: `the end of March 2022`, `early Friday morning`.
pub(crate) fn calendar(words: &Lexemes<'_>, at: usize) -> Reading {
    if let Some((end, stated)) = day_part_of(words, at) {
        return Some((end, Meaning::Calendar(stated)));
    }
    let start = staged(words, at).unwrap_or(at);
    let (end, meaning) = date(words, start)?;
    Some(match meaning {
        Meaning::Calendar(stated) => {
            let (end, stated) = with_day_part(words, end, stated);
            (end, Meaning::Calendar(stated))
        }
        other => (end, other),
    })
}

/// Skips `early`, `mid-`, `the end of`, `the first half of`, `around`.
fn staged(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    let noun = after_the(words, at);
    let half = |noun: usize| {
        let part = words.is(noun, TimeWord::Part)
            || words.ordinal(noun).is_some_and(|(n, _)| n <= 2)
            || words.is(noun, TimeWord::Last);
        (part && matches!(words.lower(noun + 1), "half" | "part")).then_some(noun + 1)
    };
    let noun = half(noun).or_else(|| {
        let very = if words.lower(noun) == "very" { noun + 1 } else { noun };
        words.is(very, TimeWord::StageNoun).then_some(very)
    });
    if let Some(noun) = noun {
        let of = noun + 1;
        return (words.lower(of) == "of").then_some(of + 1);
    }
    let stage = after_the(words, at);
    match words.role(stage)? {
        TimeWord::Stage => {
            let next = after_hyphen(words, stage + 1);
            Some(if words.is(next, TimeWord::Of) { next + 1 } else { next })
        }
        TimeWord::Circa => Some(if words.lower(stage + 1) == "." { stage + 2 } else { stage + 1 }),
        _ => None,
    }
}

/// `the night of 20 June 1791`, `early in the morning of 29 April`.
fn day_part_of(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let mut part = after_the(words, at);
    if words.is(part, TimeWord::Stage) {
        part += 1;
        if words.is(part, TimeWord::Of) {
            part = after_the(words, part + 1);
        }
    }
    let TimeWord::DayPart(name) = words.role(part)? else { return None };
    let mut next = part + 1;
    if words.lower(next) == "hours" {
        next += 1;
    }
    if !matches!(words.lower(next), "of" | "on") {
        return None;
    }
    let (end, Meaning::Calendar(stated)) = date(words, next + 1)? else { return None };
    if stated.day.is_none() && stated.weekday.is_none() {
        return None;
    }
    Some((end, Stated { time: Some(TimeOfDay::Part(name)), ..stated }))
}

/// `Friday night`, `April 5 evening`.
fn with_day_part(words: &Lexemes<'_>, end: usize, stated: Stated) -> (usize, Stated) {
    if (stated.day.is_none() && stated.weekday.is_none()) || stated.time.is_some() {
        return (end, stated);
    }
    let stage = if words.is(end, TimeWord::Stage) { end + 1 } else { end };
    match words.role(stage) {
        Some(TimeWord::DayPart(part)) => {
            (stage + 1, Stated { time: Some(TimeOfDay::Part(part)), ..stated })
        }
        _ => (end, stated),
    }
}

/// A date without anything around it.
pub(crate) fn date(words: &Lexemes<'_>, at: usize) -> Reading {
    let stated = |(end, stated)| (end, Meaning::Calendar(stated));
    iso(words, at)
        .or_else(|| slashed(words, at))
        .or_else(|| weekday(words, at))
        .or_else(|| month_and_day(words, at))
        .or_else(|| quarter(words, at))
        .or_else(|| holiday(words, at))
        .or_else(|| season(words, at))
        .map(stated)
        .or_else(|| decade(words, at))
        .or_else(|| century(words, at))
        .or_else(|| bare_year(words, at).map(stated))
}

/// `2025-08-15`, with or without a time of day.
fn iso(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let (y, 4) = words.digits(at)? else { return None };
    if !(words.lower(at + 1) == "-" && words.lower(at + 3) == "-") {
        return None;
    }
    if !(1..=4).all(|n| words.glued(at + n)) {
        return None;
    }
    let (month, 2) = words.digits(at + 2)? else { return None };
    let rest = words.lower(at + 4);
    let day: u32 = rest.get(..2)?.parse().ok()?;
    let mut time = None;
    let mut end = at + 5;
    if rest.len() > 2 {
        let clock = rest.get(3..)?;
        let mut parts = clock.split([':', 'z']);
        let hour = parts.next()?.parse().ok().filter(|h| *h < 24)?;
        let minute = parts.next().and_then(|m| m.parse().ok()).unwrap_or(0);
        time = Some(TimeOfDay::Clock(hour, minute));
        if rest.as_bytes()[2] != b't' {
            return None;
        }
        while words.glued(end) && (words.is_number(end) || words.lower(end) == ".") {
            end += 1;
        }
    }
    let (month, day) = day_of(month, day)?;
    Some((end, Stated { month: Some(month), day: Some(day), time, ..year(y as i32) }))
}

/// `15/08/2025`; where both readings are possible, the day comes first only where the month
/// cannot: `03/04/2025` is nobody's date.
fn slashed(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
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
    let (month, day) = match (day_of(first, second), day_of(second, first)) {
        (Some(date), None) | (None, Some(date)) => date,
        (Some(a), Some(b)) if a == b => a,
        _ => return None,
    };
    Some((at + 5, Stated { month: Some(month), day: Some(day), ..year(y as i32) }))
}

/// `Friday`, `Friday, August 15`, `Fri. 15 August 2025`.
fn weekday(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let TimeWord::Weekday(number) = words.role(at)? else { return None };
    if !words.capital(at) {
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

fn month(words: &Lexemes<'_>, at: usize) -> Option<(u8, usize)> {
    let TimeWord::Month(month) = words.role(at)? else { return None };
    if !words.capital(at) {
        return None;
    }
    let short = words.lower(at).len() <= 4 && !matches!(words.lower(at), "may" | "june" | "july");
    let stopped = short && words.lower(at + 1) == "." && words.glued(at + 1);
    Some((month, if stopped { at + 2 } else { at + 1 }))
}

/// `August 15, 2025`, `15 August 2025`, `the 15th of August`, `August 2025`, `August`.
fn month_and_day(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
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
            || words.is_dash(at.wrapping_sub(1));
        if !leads {
            return None;
        }
    }
    Some((end, stated))
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
fn is_unit_after(words: &Lexemes<'_>, at: usize) -> bool {
    words.glued(at) && words.glued(at + 1) && matches!(words.lower(at), "/" | ":")
        || words.glued(at) && words.lower(at) == "%"
        || words.unit(at).is_some()
        || words.language.numbers.spelled(words.lower(at)).is_some()
}

/// The month and day, where the month has that many.
fn day_of(month: u32, day: u32) -> Option<(u8, u8)> {
    let length = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=length).contains(&day).then_some((month as u8, day as u8))
}

/// Adds the year after a month or season, if one follows.
fn with_year(words: &Lexemes<'_>, at: usize, stated: Stated) -> (usize, Stated) {
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
fn bare_year(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
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
        if plural && !breaks && (weak || !led) {
            return false;
        }
        if plural && !breaks {
            // "in 2000 villages", but "by 2000 troops were" is beyond us.
            return false;
        }
    }
    if !led && is_name_before(words, at) {
        return false; // "Agenda 2030"
    }
    let (first, last) = (1600, 2099);
    let number = words.digits(at).map_or(0, |(number, _)| number);
    led && !weak || (first..=last).contains(&number)
}

/// `the 1990s`, `the late '80s`, `the 480s BC`.
fn decade(words: &Lexemes<'_>, at: usize) -> Reading {
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

/// `the 19th century`, `the fifth century BC`.
fn century(words: &Lexemes<'_>, at: usize) -> Reading {
    let mut next = after_the(words, at);
    if words.is(next, TimeWord::Stage) {
        next = after_hyphen(words, next + 1);
    }
    let (number, after) = words.ordinal(next)?;
    let after = after_hyphen(words, after);
    if words.lower(after) != "century" || !(1..=30).contains(&number) {
        return None;
    }
    let end = era_before_christ(words, after + 1);
    let number = number as i32;
    let number = if end.is_some() { -number } else { number };
    Some((end.unwrap_or(after + 1), Meaning::Century(number)))
}

/// `the spring of 1794`, `winter 2024`, `the summer`.
fn season(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let next = after_the(words, at);
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
        let verb = matches!(words.lower(next), "fall" | "spring") && !named;
        return (next == at && !verb).then_some((end, stated));
    }
    // "to fall", "spring up": only what cannot be a verb stands alone.
    let verb = matches!(words.lower(next), "fall" | "spring");
    let leads =
        matches!(words.before(at), "in" | "by" | "this" | "last" | "next" | "during" | "of")
            || next > at
                && !matches!(words.lower(end), "of" | "in" | "from" | "to" | "back" | "apart");
    (certain || leads || !verb).then_some((end, stated))
}

/// `Q1 2025`, `the first quarter of 2025`.
fn quarter(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let word = words.lower(at);
    if let Some(number) = word.strip_prefix('q').filter(|rest| rest.len() == 1)
        && words.capital(at)
        && let Some(number @ 1..=4) = number.parse::<u8>().ok()
    {
        let stated = Stated { part: Some(('Q', number)), ..Stated::NOTHING };
        return Some(with_year(words, at + 1, stated));
    }
    let (number, after) = words.ordinal(after_the(words, at))?;
    let after = after_hyphen(words, after);
    if words.lower(after) != "quarter" || !(1..=4).contains(&number) {
        return None;
    }
    let stated = Stated { part: Some(('Q', number as u8)), ..Stated::NOTHING };
    Some(with_year(words, after + 1, stated))
}

/// `Christmas Day 1914`.
fn holiday(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
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

/// `6-7 January 1916`, `April 6 to 7 May`, `499-493 BC`: the first end, before the expression
/// at `at`, which states what it leaves out.
pub(crate) fn first_of_range(words: &Lexemes<'_>, at: usize, found: &mut Vec<Found>) {
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

fn is_counted(words: &Lexemes<'_>, at: usize) -> bool {
    matches!(words.before(at), "$" | "£" | "€" | "." | "/" | ":")
}

/// `1915-17`, `April 6-7`, `May 4 and 5`: what goes on after the last expression. Gives the place
/// to go on from.
pub(crate) fn rest_of_range(words: &Lexemes<'_>, end: usize, found: &mut Vec<Found>) -> usize {
    let Some(Found { meaning: Meaning::Calendar(stated), .. }) = found.last() else { return end };
    let stated = *stated;
    let joined = words.is_dash(end) || matches!(words.lower(end), "to" | "and" | "or" | "/");
    let Some((number, length)) = words.digits(end + 1).filter(|_| joined) else { return end };
    let after = end + 2;
    let meaning = match (stated.year, stated.day) {
        (Year::Said(first @ 1000..), None) if length == 2 && words.is_dash(end) => {
            let last = first - first % 100 + number as i32;
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
