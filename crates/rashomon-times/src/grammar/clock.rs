//! Times of day.

use rashomon_language::TimeWord;

use super::{Reading, dates};
use crate::lexeme::Lexemes;
use crate::meaning::{Meaning, Stated, TimeOfDay};

/// `9 a.m.`, `17:30`, `5:34 AM local time on Friday`, `noon`.
pub(crate) fn clock(words: &Lexemes<'_>, at: usize) -> Reading {
    let (end, hour, minute) = time_of_day(words, at)?;
    let end = zone(words, end);
    let mut stated = Stated { time: Some(TimeOfDay::Clock(hour, minute)), ..Stated::NOTHING };
    let next = if matches!(words.lower(end), "on" | "," | "of") { end + 1 } else { end };
    if let Some((end, Meaning::Calendar(date))) = dates::date(words, next)
        && (date.day.is_some() || date.weekday.is_some())
        && date.time.is_none()
    {
        stated = Stated { time: stated.time, ..date };
        return Some((end, Meaning::Calendar(stated)));
    }
    match words.role(next) {
        Some(TimeWord::DayFromNow(by)) => Some((
            next + 1,
            Meaning::Step {
                by: i64::from(by),
                unit: rashomon_language::TimeUnit::Day,
                from: crate::meaning::From::Writing,
                time: stated.time,
            },
        )),
        _ => Some((end, Meaning::Calendar(stated))),
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
    if hour > 24 || minute > 59 {
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
    let colon = digits.contains(':') && hour < 24;
    let military = matches!(words.lower(at + 1), "hrs" | "hours") && colon;
    let led = matches!(
        words.before(at),
        "at" | "by" | "until" | "till" | "around" | "about" | "from" | "since" | "before" | "after"
    );
    let zoned = zone(words, at + 1) > at + 1;
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

/// Skips a time zone: `EST`, `Pacific time`, `local time`, `(GMT)`.
fn zone(words: &Lexemes<'_>, at: usize) -> usize {
    let zones = words.language.times.zones;
    let known = |at: usize| words.capital(at) && zones.binary_search(&words.lower(at)).is_ok();
    if known(at) {
        return if matches!(words.lower(at + 1), "time") { at + 2 } else { at + 1 };
    }
    if words.lower(at) == "(" && known(at + 1) && words.lower(at + 2) == ")" {
        return at + 3;
    }
    if words.lower(at) == "local" && words.lower(at + 1) == "time" {
        return at + 2;
    }
    at
}
