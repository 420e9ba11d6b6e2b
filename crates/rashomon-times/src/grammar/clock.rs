//! Times of day.

use rashomon_language::{TimeWord, TimeZone};

use super::{Reading, dates};
use crate::lexeme::Lexemes;
use crate::meaning::{Meaning, Stated, TimeOfDay};

/// `9 a.m.`, `17:30`, `5:34 AM local time on Friday`, `2200 GMT`, `noon`.
pub(crate) fn clock(words: &Lexemes<'_>, at: usize) -> Reading {
    let (mut end, hour, minute) = time_of_day(words, at)?;
    let mut known = None;
    if let Some((after, zone)) = zone(words, end) {
        (end, known) = (after, Some(zone));
    }
    let time = |zone| Some(TimeOfDay::Clock(hour, minute, zone));
    let next = after_local(words, end);
    let next = if matches!(words.lower(next), "on" | "," | "of") { next + 1 } else { next };
    if let Some((end, Meaning::Calendar(date))) = dates::date(words, next)
        && (date.day.is_some() || date.weekday.is_some())
        && date.time.is_none()
    {
        // "9:34 p.m., March 19 EST"
        let after = zone(words, end).filter(|_| known.is_none());
        let known = known.or(after.map(|(_, zone)| zone));
        let end = after.map_or(end, |(end, _)| end);
        return Some((end, Meaning::Calendar(Stated { time: time(known), ..date })));
    }
    match words.role(next) {
        Some(TimeWord::DayFromNow(by)) => Some((
            next + 1,
            Meaning::Step {
                by: i64::from(by),
                unit: rashomon_language::TimeUnit::Day,
                from: crate::meaning::From::Writing,
                time: time(known),
            },
        )),
        _ => Some((end, Meaning::Calendar(Stated { time: time(known), ..Stated::NOTHING }))),
    }
}

fn time_of_day(words: &Lexemes<'_>, at: usize) -> Option<(usize, u8, u8)> {
    if let Some(TimeWord::DayHour(hour)) = words.role(at) {
        return Some((at + 1, hour % 24, 0));
    }
    if !words.is_number(at) {
        return None;
    }
    let word = words.lower(at);
    if let Some((number, 4)) = words.digits(at)
        && (number < 2400 && number % 100 < 60)
        && zone(words, at + 1).is_some_and(|(_, zone)| zone == TimeZone::Fixed(0))
    {
        return Some((at + 1, (number / 100) as u8, (number % 100) as u8)); // "2200 GMT"
    }
    let letters = word.find(|c: char| c.is_alphabetic()).unwrap_or(word.len());
    let (digits, glued) = word.split_at(letters);
    let (hours, minutes) = match digits.split_once([':', '.']) {
        Some((hours, minutes)) => (hours, Some(minutes)),
        None => (digits, None),
    };
    let hour: u8 = hours.parse().ok().filter(|_| hours.len() <= 2)?;
    let minute: u8 = match minutes {
        Some(minutes) => minutes.parse().ok().filter(|_| minutes.len() == 2)?,
        None => 0,
    };
    if hour > 23 || minute > 59 {
        return None;
    }
    if let Some((end, after_noon)) = meridiem(words, at, glued) {
        let hour = match (hour, after_noon) {
            (12, false) => 0,
            (12, true) => 12,
            (13.., _) => return None,
            (hour, true) => hour + 12,
            (hour, false) => hour,
        };
        return Some((end, hour, minute));
    }
    if !glued.is_empty() {
        return matches!(glued, "hrs" | "h" if minutes.is_some()).then_some((at + 1, hour, minute));
    }
    if words.is(at + 1, TimeWord::OClock) {
        return Some((at + 2, hour, minute));
    }
    // "17:30" alone: a score or a lap time elsewhere.
    let colon = digits.contains(':');
    let military = matches!(words.lower(at + 1), "hrs" | "hours") && colon;
    let led = words.language.times.before_clock.binary_search(&words.before(at)).is_ok();
    let zoned = zone(words, at + 1).is_some();
    (colon && (military || led || zoned)).then_some((at + 1 + usize::from(military), hour, minute))
}

fn meridiem(words: &Lexemes<'_>, at: usize, glued: &str) -> Option<(usize, bool)> {
    match glued {
        "am" | "pm" => {
            return Some((at + 1, glued == "pm"));
        }
        "" => {}
        // "5p.m." is one number and the rest of its letters.
        "a" | "p" if words.lower(at + 1) == "." && matches!(words.lower(at + 2), "m" | "m.") => {
            let end = if words.lower(at + 3) == "." { at + 4 } else { at + 3 };
            return Some((end, glued == "p"));
        }
        _ => return None,
    }
    let TimeWord::Meridiem(after_noon) = words.role(at + 1)? else { return None };
    Some((at + 2, after_noon))
}

/// A time zone and where its name ends: `EST`, `Eastern Daylight Time`, `(GMT)`.
fn zone(words: &Lexemes<'_>, at: usize) -> Option<(usize, TimeZone)> {
    let times = &words.language.times;
    let named = |at: usize| times.zone(words.lower(at)).filter(|_| words.capital(at));
    if words.lower(at) == "(" && words.lower(at + 2) == ")" {
        return Some((at + 3, named(at + 1)?));
    }
    let zone = named(at)?;
    let hours = times.zone_hours.iter().position(|hours| words.lower(at + 1) == *hours);
    let next = at + 1 + usize::from(hours.is_some());
    if words.lower(next) == "time" {
        return Some((next + 1, zone));
    }
    Some((at + 1, zone))
}

/// Skips `local time` and `Lisbon time`, which name no zone.
fn after_local(words: &Lexemes<'_>, at: usize) -> usize {
    let place = words.lower(at) == "local" || words.capital(at);
    if place && words.lower(at + 1) == "time" { at + 2 } else { at }
}
