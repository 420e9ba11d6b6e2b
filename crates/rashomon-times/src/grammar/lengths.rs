//! Durations and sets.

use rashomon_article::TokenKind;
use rashomon_language::{TimeUnit, TimeWord};

use super::{Reading, after_hyphen, after_the};
use crate::lexeme::Lexemes;
use crate::meaning::{Count, From, Meaning};

/// `three hours`, `more than a decade`, `the past two years`, `two weeks ago`.
pub(crate) fn length(words: &Lexemes<'_>, at: usize) -> Reading {
    let start = bounded(words, at);
    let framed = frame(words, start);
    if framed.is_some() && words.lower(start.max(1) - 1) == "over" && start > at {
        return None; // "over the next days" is no bound.
    }
    if let Some(reading) = first_or_last_of(words, start) {
        return Some(reading);
    }
    let (end, count, unit) = measured(words, framed.unwrap_or(start), framed.is_some())?;
    if unit == TimeUnit::Quarter && framed.is_none() {
        return None; // "three quarters of the city"
    }
    let long = with_long(words, end);
    if long > end && words.is_dash(end) && words.is(at, TimeWord::Indefinite) && end == at + 2 {
        return None; // "a month-long strike": the article belongs to the strike.
    }
    if is_age(words, end) {
        return None;
    }
    let end = long;
    if framed.is_none()
        && let Some((end, back, from)) = shifted(words, end)
    {
        return Some((end, Meaning::Shift { count, unit, back, from }));
    }
    Some((end, Meaning::Length(count, unit)))
}

/// `the last week of August`, `the first ten months of 1915`: a length within a date.
fn first_or_last_of(words: &Lexemes<'_>, at: usize) -> Reading {
    let the = after_the(words, at);
    let edge = words.is(the, TimeWord::Last)
        || words.language.times.within.binary_search(&words.lower(the)).is_ok();
    if the == at || !edge {
        return None;
    }
    let (end, count, unit) = match words.unit(the + 1) {
        Some((unit, false)) => (the + 2, Count::Known(1.0), unit),
        _ => measured(words, the + 1, true)?,
    };
    if words.lower(end) != "of"
        || matches!(unit, TimeUnit::Quarter | TimeUnit::Day) && end == the + 2
    {
        return None;
    }
    let (end, _) = super::dates::date(words, end + 1)?;
    Some((end, Meaning::Length(count, unit)))
}

/// Skips what bounds a length: `more than`, `at least`, `nearly`, `just over`.
fn bounded(words: &Lexemes<'_>, at: usize) -> usize {
    let mut next = at;
    for _ in 0..3 {
        next = match words.role(next) {
            Some(TimeWord::Approximate | TimeWord::About) => next + 1,
            Some(TimeWord::Compared) if words.is(next + 1, TimeWord::Than) => next + 2,
            Some(TimeWord::At) if words.is(next + 1, TimeWord::Least) => next + 2,
            Some(TimeWord::Indefinite)
                if words.lower(next + 1) == "little" && words.lower(next + 2) != "while" =>
            {
                next + 2
            }
            Some(TimeWord::Indefinite) if words.lower(next + 1) == "mere" => next + 2,
            _ if words.lower(next) == "up" && words.lower(next + 1) == "to" => next + 2,
            _ if words.lower(next) == "some" && count(words, next + 1).is_some() => next + 1,
            _ => break,
        };
    }
    next
}

/// `the past`, `the next`, `the first`: what makes a length one of the calendar.
fn frame(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    let the = after_the(words, at);
    let framing = matches!(
        words.role(the),
        Some(
            TimeWord::Past
                | TimeWord::Last
                | TimeWord::Next
                | TimeWord::Previous
                | TimeWord::Following
        )
    );
    let within = the > at && words.language.times.within.binary_search(&words.lower(the)).is_ok();
    (framing || within).then_some(the + 1)
}

/// A number and its unit: `three and a half years`, `a 12-minute`, `several bloody weeks`.
fn measured(words: &Lexemes<'_>, at: usize, framed: bool) -> Option<(usize, Count, TimeUnit)> {
    if let Some((unit, true)) = words.unit(at) {
        let told = matches!(words.before(at), "for" | "after" | "within" | "over" | "of" | "in")
            || matches!(words.lower(at + 1), "ago" | "later" | "earlier" | "of" | "before");
        let long = words.is(after_hyphen(words, at + 1), TimeWord::Long);
        let coarse = !matches!(unit, TimeUnit::Second | TimeUnit::Quarter | TimeUnit::Minute);
        return ((told || framed || long) && coarse).then_some((at + 1, Count::Untold, unit));
    }
    if let Some((unit, false)) = words.unit(at) {
        let decade = matches!(unit, TimeUnit::Decade | TimeUnit::Century | TimeUnit::Year);
        let long = words.is_dash(at + 1) && words.is(at + 2, TimeWord::Long);
        let one = Count::Known(1.0);
        return (framed && decade && words.is(at - 1, TimeWord::Past) || long).then_some((
            at + 1,
            one,
            unit,
        ));
    }
    let (mut next, count) = count(words, at)?;
    let singular = next == at + 1 && words.is(at, TimeWord::Indefinite);
    next = after_hyphen(words, next);
    let hyphen = words.is_dash(next - 1);
    let unit = words.unit(next).or_else(|| {
        // "two bloody weeks": one adjective, and none where a single unit would do.
        let adjective = words.get(next).is_some_and(|word| {
            word.kind == TokenKind::Word && word.role.is_none() && !word.capital
        }) && !words.language.words.is_function_word(words.lower(next));
        let (unit, plural) = words.unit(next + 1).filter(|_| adjective && !singular && !hyphen)?;
        let day = !matches!(unit, TimeUnit::Second | TimeUnit::Minute);
        (plural && day).then(|| next += 1)?;
        Some((unit, plural))
    });
    let (unit, plural) = unit?;
    if unit == TimeUnit::Second && !plural && !hyphen && words.lower(at) != "one" {
        return None;
    }
    if !plural && !hyphen && !matches!(count, Count::Known(n) if n <= 1.0) && !framed {
        let abbreviated = matches!(words.lower(next), "min" | "sec" | "hr");
        let long = words.is(after_hyphen(words, next + 1), TimeWord::Long);
        // "three hour talks" is common enough, "2019 year" is not.
        if !abbreviated && !long && matches!(count, Count::Known(n) if n > 100.0) {
            return None;
        }
    }
    let mut end = next + 1;
    let mut count = count;
    if let (Some(half), Count::Known(number)) = (and_a_half(words, end), count) {
        end = half;
        count = Count::Known(number + 0.5);
    }
    // "two years, three months" stays two lengths.
    Some((end, count, unit))
}

fn and_a_half(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    if words.lower(at) != "and" {
        return None;
    }
    match (words.lower(at + 1), words.lower(at + 2)) {
        ("a", "half") => Some(at + 3),
        ("half", _) => Some(at + 2),
        _ => None,
    }
}

/// `12`, `3.5`, `three and a half`, `a couple of`, `half a`, `two or three`.
pub(crate) fn count(words: &Lexemes<'_>, at: usize) -> Option<(usize, Count)> {
    let (mut end, mut count) = plain_count(words, at)?;
    if let (Some(half), Count::Known(number)) = (and_a_half(words, end), count) {
        end = half;
        count = Count::Known(number + 0.5);
    }
    let joint = words.is_dash(end) || matches!(words.lower(end), "to" | "or");
    if joint
        && !words.is(at, TimeWord::Indefinite)
        && let Some((end, Count::Known(second))) = plain_count(words, end + 1)
        && matches!(count, Count::Known(first) if first < second)
    {
        return Some((end, Count::Untold));
    }
    Some((end, count))
}

fn plain_count(words: &Lexemes<'_>, at: usize) -> Option<(usize, Count)> {
    let numbers = &words.language.numbers;
    if words.is_number(at) {
        let word = words.lower(at);
        let (digits, half) = match word.strip_suffix('½') {
            Some(digits) => (digits, 0.5),
            None => (word, 0.0),
        };
        let plain: String = digits.chars().filter(|c| *c != ',').collect();
        let valid = !plain.is_empty()
            && plain.len() <= 12
            && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && plain.bytes().filter(|b| *b == b'.').count() <= 1;
        let number: f64 = plain.parse().ok().filter(|_| valid)?;
        if words.glued(at) && matches!(words.before(at), "$" | "£" | "€" | "." | "/") {
            return None;
        }
        return Some((at + 1, Count::Known(number + half)));
    }
    let few = if words.is(at, TimeWord::Indefinite) { at + 1 } else { at };
    match words.role(few) {
        Some(TimeWord::Vague) => {
            let more = usize::from(words.lower(few + 1) == "more");
            return Some((few + 1 + more, Count::Untold));
        }
        Some(TimeWord::VagueOf) => {
            let of = usize::from(words.lower(few + 1) == "of");
            return Some((few + 1 + of, Count::Untold));
        }
        _ => {}
    }
    if words.is(at, TimeWord::Half) {
        let a = at + 1;
        let a = if words.is(a, TimeWord::Indefinite) { a + 1 } else { after_hyphen(words, a) };
        return (a > at + 1).then_some((a, Count::Known(0.5)));
    }
    let composed = numbers.compose(|n| words.lower(at + n));
    if let Some((value, taken)) = composed {
        let more = usize::from(words.lower(at + taken) == "more");
        return Some((at + taken + more, Count::Known(value)));
    }
    if words.is(at, TimeWord::Indefinite) {
        // "a half year", "an hour", "another week"
        let half = words.is(at + 1, TimeWord::Half);
        let next = at + 1 + usize::from(half);
        let amount = if half { 0.5 } else { 1.0 };
        if words.lower(at) == "another"
            && let Some((end, count)) = plain_count(words, next)
        {
            return Some((end, count));
        }
        let single = matches!(words.lower(next), "single" | "full" | "whole" | "good");
        if single
            && !half
            && let Some((end, count @ Count::Known(number))) = plain_count(words, next + 1)
            && number > 1.0
        {
            return Some((end, count)); // "a full 14 hours"
        }
        return Some((next + usize::from(single), Count::Known(amount)));
    }
    None
}

/// Takes in `-long`.
fn with_long(words: &Lexemes<'_>, end: usize) -> usize {
    let next = after_hyphen(words, end);
    if words.is(next, TimeWord::Long) { next + 1 } else { end }
}

/// `old`, `of age` after a length: somebody's age, and no time.
fn is_age(words: &Lexemes<'_>, end: usize) -> bool {
    let next = after_hyphen(words, end);
    matches!(words.role(next), Some(TimeWord::Old | TimeWord::Olds))
        || words.lower(end) == "of" && words.is(end + 1, TimeWord::Olds)
}

/// `ago`, `later`, `earlier`; `before` where nothing follows that it could be before.
fn shifted(words: &Lexemes<'_>, end: usize) -> Option<(usize, bool, From)> {
    let closes = words.get(end + 1).is_none_or(|next| next.kind == TokenKind::Mark);
    match words.role(end)? {
        TimeWord::Ago => Some((end + 1, true, From::Writing)),
        TimeWord::Earlier => Some((end + 1, true, From::Telling)),
        TimeWord::Previous if words.lower(end) == "previous" => None,
        TimeWord::Later => Some((end + 1, false, From::Telling)),
        TimeWord::Previously => Some((end + 1, true, From::Telling)),
        TimeWord::Before if closes => Some((end + 1, true, From::Telling)),
        TimeWord::After if closes => Some((end + 1, false, From::Telling)),
        _ if words.lower(end) == "from" && words.lower(end + 1) == "now" => {
            Some((end + 2, false, From::Writing))
        }
        _ => None,
    }
}

/// `every week`, `daily`, `per month`, `a year` after what happens in it.
pub(crate) fn again(words: &Lexemes<'_>, at: usize) -> Reading {
    match words.role(at)? {
        // "the Daily Herald"
        TimeWord::Again(_) if words.capital(at) && words.capital(at + 1) => None,
        TimeWord::Again(value) => Some((at + 1, Meaning::Again(value.to_owned()))),
        TimeWord::Every => every(words, at),
        TimeWord::Per => {
            let (unit, false) = words.unit(at + 1)? else { return None };
            Some((at + 2, Meaning::Again(crate::value::length(Count::Known(1.0), unit))))
        }
        TimeWord::Indefinite if words.lower(at) != "another" => {
            let (unit, false) = words.unit(at + 1)? else { return None };
            let before = at.checked_sub(1).and_then(|before| words.get(before))?;
            let counted = before.kind == TokenKind::Number
                || matches!(before.lower.as_ref(), "%" | "once" | "twice" | "times" | "percent")
                || words.language.numbers.currency_word(&before.lower).is_some()
                || words.language.numbers.spelled(&before.lower).is_some();
            if !counted || matches!(words.lower(at + 2), "ago" | "later" | "earlier" | "before") {
                return None;
            }
            Some((at + 2, Meaning::Again(crate::value::length(Count::Known(1.0), unit))))
        }
        _ => None,
    }
}

fn every(words: &Lexemes<'_>, at: usize) -> Reading {
    let next = at + 1;
    let other = matches!(words.lower(next), "other" | "single");
    let next = if other { next + 1 } else { next };
    let value = match words.role(next) {
        Some(TimeWord::Unit(TimeUnit::Day)) => "XXXX-XX-XX".to_owned(),
        Some(TimeWord::Unit(TimeUnit::Week)) => "XXXX-WXX".to_owned(),
        Some(TimeWord::Unit(TimeUnit::Month)) => "XXXX-XX".to_owned(),
        Some(TimeWord::Unit(TimeUnit::Second)) => return None,
        Some(TimeWord::Unit(unit)) => crate::value::length(Count::Known(1.0), unit),
        Some(TimeWord::Weekday(day)) => format!("XXXX-WXX-{day}"),
        Some(TimeWord::DayPart(part)) => format!("XXXX-XX-XXT{part}"),
        Some(TimeWord::Season(season)) => format!("XXXX-{season}"),
        Some(TimeWord::Month(month)) if words.capital(next) => format!("XXXX-{month:02}"),
        _ => {
            let (end, count) = count(words, next)?;
            let (unit, _) = words.unit(end)?;
            return Some((end + 1, Meaning::Again(crate::value::length(count, unit))));
        }
    };
    Some((next + 1, Meaning::Again(value)))
}
