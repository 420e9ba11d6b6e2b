//! Dates as feeds write them: RFC 822 and RFC 3339, and what is meant to be one of them.

mod clock;
mod months;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use rashomon_article::Published;

use clock::{clock, day_half, named_zone, offset};

use crate::remarks::Remarks;

/// No date is longer.
const LONGEST: usize = 120;

/// Reads a date, and remarks one that cannot be read or that names no time zone.
pub(crate) fn read(text: &str, remarks: &mut Remarks) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let parts = (text.len() <= LONGEST).then(|| Parts::read(text)).flatten();
    let Some((published, is_zoned)) = parts.and_then(Parts::published) else {
        remarks.add("bad-date", text);
        return None;
    };
    if !is_zoned {
        remarks.add("zone-missing", text);
    }
    Some(published)
}

/// What a date states, each part at most once.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    date: Option<Date>,
    time: Option<Time>,
    /// 24:00 is the midnight at the end of the day.
    day_ends: bool,
    offset: Option<Offset>,
}

impl Parts {
    fn read(text: &str) -> Option<Parts> {
        iso(text).or_else(|| seconds(text)).or_else(|| worded(text))
    }

    /// The date, and whether it is known in which zone its time of day is told.
    fn published(self) -> Option<(Published, bool)> {
        let date = self.date?;
        let Some(time) = self.time else {
            return Some((Published::Day(date), true));
        };
        let date = if self.day_ends { date.checked_add(1.day()).ok()? } else { date };
        let Some(offset) = self.offset else {
            return Some((Published::Day(date), false));
        };
        let at = offset.to_timestamp(DateTime::from_parts(date, time)).ok()?;
        Some((Published::Instant { at, offset: offset.seconds() }, true))
    }

    fn take_clock(&mut self, word: &str, half: Option<bool>) -> bool {
        let Some((time, day_ends)) = clock(word, half).filter(|_| self.time.is_none()) else {
            return false;
        };
        (self.time, self.day_ends) = (Some(time), day_ends);
        true
    }
}

/// `2026-03-14T10:30:00+02:00` and its shorter forms: no seconds, no colon, a blank for the `T`,
/// no marks at all, the day of the year.
fn iso(text: &str) -> Option<Parts> {
    let split = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at(split);
    let digits = |range: std::ops::Range<usize>| number(day.get(range)?);
    let date = match (day.len(), day.matches('-').count()) {
        (8, 0) => Date::new(digits(0..4)?, small(digits(4..6)?)?, small(digits(6..8)?)?).ok()?,
        (8..=10, 2) if day.find('-') == Some(4) => {
            let mut parts = day.split('-').map(number);
            let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
            Date::new(year, small(month)?, small(day)?).ok()?
        }
        (8, 1) if day.find('-') == Some(4) => {
            let first = Date::new(digits(0..4)?, 1, 1).ok()?;
            let nth = digits(5..8)?;
            let in_year = 1 <= nth && nth <= first.days_in_year();
            first.checked_add(i64::from(nth - 1).days()).ok().filter(|_| in_year)?
        }
        _ => return None,
    };
    let mut parts = Parts { date: Some(date), ..Parts::default() };
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim();
    if rest.is_empty() {
        return Some(parts);
    }
    let zone = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','));
    let (time, zone) = rest.split_at(zone.unwrap_or(rest.len()));
    if !parts.take_clock(time, None) {
        return None;
    }
    parts.offset = match zone.trim() {
        "" => None,
        zone => Some(offset(zone).or_else(|| named_zone(zone))?),
    };
    Some(parts)
}

/// Seconds or milliseconds since 1970, of this century.
fn seconds(text: &str) -> Option<Parts> {
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|c| c.is_ascii_digit()))?;
    let seconds = match text.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    // 2001 to 2033; a later one may be a year, a month, a day and an hour.
    let at = Timestamp::from_second(seconds).ok().filter(|_| seconds < 2_000_000_000)?;
    let told = Offset::UTC.to_datetime(at);
    Some(Parts {
        date: Some(told.date()),
        time: Some(told.time()),
        day_ends: false,
        offset: Some(Offset::UTC),
    })
}

/// Day, month, year, time and zone in any order that leaves no doubt: `Sat, 14 Mar 2026 18:30:00
/// GMT`, `March 14, 2026 6:30 pm EST`, `Saturday, 14-Mar-26 18:30 +0100`.
fn worded(text: &str) -> Option<Parts> {
    let mut found = Worded::default();
    let mut words = text.split([' ', ',', '\t', '\n', '\r', '\u{a0}', ';']).peekable();
    while let Some(word) = words.next() {
        let word = word.trim_end_matches('.');
        let half = words.peek().and_then(|next| day_half(next));
        let is_known = word.is_empty()
            || word.starts_with('(')
            || found.take_time(word, half)
            || found.take_day(word);
        if !is_known {
            return None;
        }
    }
    let date = match found.month {
        Some(month) => named_month(month, &found.numbers)?,
        None => all_numbers(text, &found.numbers)?,
    };
    Some(Parts { date: Some(date), ..found.parts })
}

/// What the words of a date were found to state so far.
#[derive(Default)]
struct Worded<'t> {
    parts: Parts,
    month: Option<i8>,
    numbers: Vec<&'t str>,
}

impl<'t> Worded<'t> {
    /// Takes a time of day, half of a day, or a zone. `half` is what the next word says.
    fn take_time(&mut self, word: &'t str, half: Option<bool>) -> bool {
        let parts = &mut self.parts;
        if parts.time.is_some() {
            let is_half = day_half(word).is_some();
            let zone = || offset(word).or_else(|| named_zone(word));
            if !is_half && parts.offset.is_none() {
                parts.offset = zone();
                return parts.offset.is_some();
            }
            return is_half;
        }
        if word.contains(':') {
            let zone = word.find(['+', '-', 'Z', 'z']).unwrap_or(word.len());
            let (clock, zone) = word.split_at(zone);
            parts.offset = offset(zone).or_else(|| named_zone(zone));
            return parts.take_clock(clock, half) && (zone.is_empty() || parts.offset.is_some());
        }
        // `14 Mar 26 1830 GMT`
        let is_bare = self.month.is_some() && self.numbers.len() == 2 && word.len() == 4;
        (half.is_some() || is_bare) && parts.take_clock(word, half)
    }

    /// Takes the name of a month, numbers, or a word before them: the names of days are so often
    /// wrong that nothing is made of them.
    fn take_day(&mut self, word: &'t str) -> bool {
        for piece in word.split(['-', '/', '.']).filter(|piece| !piece.is_empty()) {
            let month = months::number(piece).filter(|_| self.month.is_none());
            if month.is_some() {
                self.month = month;
            } else if piece.starts_with(|c: char| c.is_ascii_digit()) {
                self.numbers.push(piece);
            } else {
                let is_word = piece.chars().all(char::is_alphabetic);
                let between = !self.numbers.is_empty() && self.parts.time.is_none();
                if !is_word || between && !is_filler(piece) {
                    return false;
                }
            }
        }
        true
    }
}

/// A day and a year around the name of a month.
fn named_month(month: i8, numbers: &[&str]) -> Option<Date> {
    let &[first, second] = numbers else {
        return None;
    };
    let (day, year) = if first.len() >= 3 && second.len() <= 4 && !is_ordinal(first) {
        (second, first)
    } else {
        (first, second)
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Date::new(full_year(year)?, month, small(number(day)?)?).ok()
}

/// `14.03.2026`, `14/03/2026`, `3/14/2026`, `2026/03/14`; not `04/03/2026`, which may be either.
fn all_numbers(text: &str, numbers: &[&str]) -> Option<Date> {
    let &[a, b, c] = numbers else {
        return None;
    };
    let (first, second) = (small(number(a)?), small(number(b)?));
    if a.len() == 4 {
        return Date::new(number(a)?, second?, small(number(c)?)?).ok();
    }
    let year = number(c).filter(|_| c.len() == 4)?;
    let (first, second) = (first?, second?);
    let (day, month) = match text.contains('/') {
        false => (first, second),
        true if first > 12 || first == second => (first, second),
        true if second > 12 => (second, first),
        true => return None,
    };
    Date::new(year, month, day).ok()
}

/// A year of four digits, or of two or three as RFC 2822 reads them.
fn full_year(text: &str) -> Option<i16> {
    let year = number(text)?;
    match text.len() {
        4 => Some(year),
        3 => Some(1900 + year),
        2 if year < 50 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// Words that may stand between the parts of a date.
fn is_filler(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "at" | "on" | "of" | "de" | "del")
}

fn is_ordinal(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_alphabetic())
}

fn number(digits: &str) -> Option<i16> {
    let is_number = !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

fn small(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}
