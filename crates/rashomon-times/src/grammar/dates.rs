//! Dates that name their place in the calendar, with the words around them.

use rashomon_language::{TimeUnit, TimeWord};

use super::{Reading, after_hyphen, after_the, days, seasons, years};
use crate::lexeme::Lexemes;
use crate::meaning::{Meaning, Stated, TimeOfDay, Year};

/// A date with what stands around it: `the end of March 2022`, `early Friday morning`.
pub(super) fn calendar(words: &Lexemes<'_>, at: usize) -> Reading {
    if let Some((end, stated)) = day_part_of(words, at) {
        return Some((end, Meaning::Calendar(stated)));
    }
    if let Some((end, stated)) = seasons::quarter(words, at) {
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
        // "around March 1981", "about 1910"; "about Friday" tells of what was talked.
        TimeWord::About if stage == at => {
            let (_, Meaning::Calendar(stated)) = date(words, at + 1)? else { return None };
            let coarse = stated.weekday.is_none() && stated.year != Year::Unsaid;
            coarse.then_some(at + 1)
        }
        // "later in the summer", "earlier Monday"
        TimeWord::Later | TimeWord::Earlier if stage == at => {
            let led = matches!(words.role(at + 1), Some(TimeWord::Of | TimeWord::On));
            Some(at + 1 + usize::from(led))
        }
        _ => None,
    }
}

/// `the night of 20 June 1791`, `early in the morning of 29 April`.
fn day_part_of(words: &Lexemes<'_>, at: usize) -> Option<(usize, Stated)> {
    let mut part = after_the(words, at);
    if words.is(part, TimeWord::Stage)
        && words.unit(part + 1) == Some((TimeUnit::Hour, true))
        && words.lower(part + 2) == "of"
    {
        // "the early hours of Tuesday"
        let (end, Meaning::Calendar(stated)) = date(words, part + 3)? else { return None };
        let name = if words.lower(part) == "early" { "MO" } else { "NI" };
        return is_day(&stated)
            .then_some((end, Stated { time: Some(TimeOfDay::Part(name)), ..stated }));
    }
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
    if !is_day(&stated) {
        return None;
    }
    Some((end, Stated { time: Some(TimeOfDay::Part(name)), ..stated }))
}

fn is_day(stated: &Stated) -> bool {
    stated.day.is_some() || stated.weekday.is_some()
}

/// `Friday night`, `April 5 evening`.
fn with_day_part(words: &Lexemes<'_>, end: usize, stated: Stated) -> (usize, Stated) {
    if !is_day(&stated) || stated.time.is_some() {
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
pub(super) fn date(words: &Lexemes<'_>, at: usize) -> Reading {
    let stated = |(end, stated)| (end, Meaning::Calendar(stated));
    days::iso(words, at)
        .or_else(|| days::slashed(words, at))
        .or_else(|| days::weekday(words, at))
        .or_else(|| days::month_and_day(words, at))
        .or_else(|| seasons::quarter(words, at))
        .or_else(|| seasons::holiday(words, at))
        .or_else(|| seasons::season(words, at))
        .map(stated)
        .or_else(|| years::fiscal(words, at))
        .or_else(|| years::decade(words, at))
        .or_else(|| years::century(words, at))
        .or_else(|| years::bare_year(words, at).map(stated))
}
