//! Dates as articles state them: of records, of metadata, of lines at the head of a text.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use rashomon_article::Published;
use rashomon_language::Reading as Words;

const DAY_SECONDS: i32 = 24 * 3600;

/// Why words that look like a date are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadDate(pub String);

/// What a stretch of words says of a date, and what else it says.
#[derive(Clone, Debug, Default)]
pub(crate) struct DateWords<'t> {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    offset: Option<i32>,
    bad: Option<String>,
    /// The words that belong to no date.
    pub others: Vec<&'t str>,
}

/// Reads a date of any of the usual forms: RFC 3339, RFC 2822, `14 March 2026`,
/// `Nov. 3, 2026 at 5:00 p.m. EST`, `14.03.2026`. `None` where the words state no whole date.
///
/// A time without its zone is no instant: only the day is kept then.
pub(crate) fn read_date(text: &str, words: &Words) -> Result<Option<Published>, BadDate> {
    scan(text, words).published()
}

/// Reads the words of a line one by one.
pub(crate) fn scan<'t>(text: &'t str, words: &Words) -> DateWords<'t> {
    let mut found = DateWords::default();
    let mut chunks = text.split_whitespace().take(64).peekable();
    while let Some(chunk) = chunks.next() {
        if offset(chunk).is_some_and(|_| found.time.is_some() && found.offset.is_none()) {
            found.offset = offset(chunk);
            continue;
        }
        let word = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        if found.time.is_some() && found.offset.is_none() && chunk.starts_with('(') {
            let zone = chunks.peek().copied().unwrap_or_default();
            if let Some((time, seconds)) = clock_elsewhere(word, zone, words) {
                found.offset = found.offset_from(time, seconds);
                chunks.next();
                continue;
            }
        }
        let half = chunks.peek().and_then(|next| day_half(next));
        if found.take_clock(word, half) {
            if half.is_some() && day_half(word).is_none() && !has_half(word) {
                chunks.next();
            }
        } else if !found.take(word, words) {
            found.others.push(chunk);
        }
    }
    found
}

impl DateWords<'_> {
    /// The date that the words state, if they state a whole one.
    pub fn published(&self) -> Result<Option<Published>, BadDate> {
        if let Some(why) = &self.bad {
            return Err(BadDate(why.clone()));
        }
        let (Some(year), Some(month), Some(day)) = (self.year, self.month, self.day) else {
            return Ok(None);
        };
        let date = Date::new(year, month, day)
            .map_err(|_| BadDate(format!("{year}-{month:02}-{day:02} is no day")))?;
        let (Some(time), Some(seconds)) = (self.time, self.offset) else {
            return Ok(Some(Published::Day(date)));
        };
        let at = Offset::from_seconds(seconds)
            .and_then(|offset| offset.to_timestamp(DateTime::from_parts(date, time)));
        Ok(Some(at.map_or(Published::Day(date), |at| Published::Instant { at, offset: seconds })))
    }

    /// The zone that the time found is told in, from the same moment told in a known zone: at
    /// 14:20 here it is 11:20 in Greenwich, so the offset is three hours.
    fn offset_from(&self, other: Time, other_offset: i32) -> Option<i32> {
        let seconds = |time: Time| i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60;
        let ahead = seconds(self.time?) - seconds(other) + other_offset;
        // Offsets lie between −12 and +14 hours; the day may have turned between the two.
        let offset = if ahead < -12 * 3600 {
            ahead + DAY_SECONDS
        } else if ahead > 14 * 3600 {
            ahead - DAY_SECONDS
        } else {
            ahead
        };
        (offset % (15 * 60) == 0).then_some(offset)
    }

    /// Whether any part of a date was found.
    pub fn any(&self) -> bool {
        self.bad.is_some() || (self.month.is_some() && self.day.is_some()) || self.time.is_some()
    }

    /// Whether year, month and day stand there, possible or not.
    pub fn whole(&self) -> bool {
        self.bad.is_some() || (self.year.is_some() && self.month.is_some() && self.day.is_some())
    }

    fn take(&mut self, word: &str, words: &Words) -> bool {
        let lower = word.to_lowercase();
        let lower = lower.as_str();
        if self.take_numeric(word) || self.take_number(lower) {
            return true;
        }
        if let Ok(at) = words.months.binary_search_by_key(&lower, |&(name, _)| name) {
            let fresh = self.month.is_none();
            self.month = self.month.or(Some(words.months[at].1));
            return fresh;
        }
        if let Ok(at) = words.zones.binary_search_by_key(&lower, |&(name, _)| name)
            && self.time.is_some()
        {
            self.offset = self.offset.or(Some(words.zones[at].1 * 60));
            return true;
        }
        // `UTC+3`
        if let Some((zone, shift)) = lower.split_at_checked(3)
            && matches!(zone, "utc" | "gmt")
            && let Some(seconds) = offset(shift)
            && self.time.is_some()
        {
            self.offset = Some(seconds);
            return true;
        }
        words.weekdays.binary_search(&lower).is_ok()
            || words.date_fillers.binary_search(&lower).is_ok()
    }

    /// `14`, `14th`, `2026`.
    fn take_number(&mut self, word: &str) -> bool {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let Ok(number) = digits.parse::<i16>() else {
            return false;
        };
        let suffix = &word[digits.len()..];
        if digits.len() == 4 && suffix.is_empty() && (1600..2200).contains(&number) {
            let fresh = self.year.is_none();
            self.year = self.year.or(Some(number));
            return fresh;
        }
        if digits.len() <= 2 && matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            let fresh = self.day.is_none();
            self.day = self.day.or(Some(number as i8));
            return fresh;
        }
        false
    }

    /// `2026-03-14`, `14.03.2026`, `3/14/2026`, `2026-03-14T10:00:00+02:00`.
    fn take_numeric(&mut self, word: &str) -> bool {
        let (date, clock) = word.split_once(['T', 't']).unwrap_or((word, ""));
        let Some(mark) = date.chars().find(|c| !c.is_ascii_digit()) else {
            return false;
        };
        if !matches!(mark, '-' | '.' | '/') {
            return false;
        }
        let parts: Vec<&str> = date.split(mark).collect();
        let [first, second, third] = parts[..] else {
            return false;
        };
        let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
        let (Some(a), Some(b), Some(c)) = (number(first), number(second), number(third)) else {
            return false;
        };
        if self.whole() {
            return false;
        }
        let (year, month, day) = match (first.len(), third.len(), mark) {
            (4, 1 | 2, _) => (a, b, c),
            (1 | 2, 4, '.' | '-') => (c, b, a),
            (1 | 2, 4, _) if a > 12 => (c, b, a),
            (1 | 2, 4, _) if b > 12 || a == b => (c, a, b),
            (1 | 2, 4, _) => {
                self.bad = Some(format!("{date} may be the {a}th day or the {a}th month"));
                return true;
            }
            _ => return false,
        };
        (self.year, self.month, self.day) = (Some(year), Some(small(month)), Some(small(day)));
        self.take_iso_clock(clock);
        true
    }

    fn take_iso_clock(&mut self, clock: &str) {
        let end = clock.find(['+', '-', 'Z', 'z']).unwrap_or(clock.len());
        let (clock, zone) = clock.split_at(end);
        self.time = self.time.or_else(|| clock.parse::<Time>().ok());
        if self.time.is_some() {
            self.offset = match zone {
                "Z" | "z" => Some(0),
                zone => offset(zone),
            };
        }
    }

    /// `18:30`, `6.30pm`, `6 pm`, `18h30`.
    fn take_clock(&mut self, word: &str, half_after: Option<bool>) -> bool {
        if self.time.is_some() {
            return day_half(word).is_some();
        }
        let lower = word.to_lowercase();
        let (clock, half) = match lower.find(['a', 'p']) {
            Some(at) if day_half(&lower[at..]).is_some() => (&lower[..at], day_half(&lower[at..])),
            _ => (lower.as_str(), half_after),
        };
        let marks: &[char] = if half.is_some() { &[':', '.', 'h'] } else { &[':', 'h'] };
        let mut parts = clock.split(marks);
        let number = |part: Option<&str>| part.filter(|part| part.len() <= 2)?.parse::<i8>().ok();
        let Some(hour) = number(parts.next()) else {
            return false;
        };
        let minute = match parts.next() {
            Some(part) if part.len() == 2 => number(Some(part)),
            Some(_) => None,
            None => half.map(|_| 0),
        };
        let Some(minute) = minute else {
            return false;
        };
        let second = parts.next().and_then(|part| number(Some(part))).unwrap_or(0);
        let hour = match half {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        self.time = Time::new(hour, minute, second, 0).ok();
        self.time.is_some()
    }
}

/// “(1120 GMT)”, “(11:20 UTC)”: the same moment in a zone that is known.
fn clock_elsewhere(clock: &str, zone: &str, words: &Words) -> Option<(Time, i32)> {
    let zone = zone.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let at = words.zones.binary_search_by_key(&zone.as_str(), |&(name, _)| name).ok()?;
    let digits: String = clock.chars().filter(char::is_ascii_digit).collect();
    let is_clock = clock.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let (hour, minute) = digits.split_at_checked(digits.len().checked_sub(2)?)?;
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    is_clock.then_some((time, words.zones[at].1 * 60))
}

/// A number that may be no month or day is kept wrong rather than cut to fit.
fn small(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

fn has_half(word: &str) -> bool {
    word.chars().any(|c| matches!(c, 'a' | 'p' | 'A' | 'P'))
}

/// `Some(true)` after noon, `Some(false)` before.
fn day_half(word: &str) -> Option<bool> {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).take(3).collect();
    match letters.to_lowercase().as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }
}

/// `+0200`, `-05:00`, `+3`, in seconds.
fn offset(chunk: &str) -> Option<i32> {
    let chunk = chunk.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';'));
    let sign = match chunk.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = chunk.chars().skip(1).filter(|&c| c != ':').collect();
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) =
        if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    #[test]
    fn forms_of_dates() {
        let table = [
            ("2026-03-14", "2026-03-14T00:00:00Z"),
            ("2026-03-14T10:30:00Z", "2026-03-14T10:30:00Z"),
            ("2026-03-14T10:30:00.250+02:00", "2026-03-14T10:30:00.25+02:00"),
            ("2026-03-14 10:30:00 +0200", "2026-03-14T10:30:00+02:00"),
            ("Sat, 14 Mar 2026 18:30:00 GMT", "2026-03-14T18:30:00Z"),
            ("Sat, 14 Mar 2026 18:30:00 -0500", "2026-03-14T18:30:00-05:00"),
            ("Nov. 3, 2026 at 5:00 p.m. EST", "2026-11-03T17:00:00-05:00"),
            ("14 March 2026", "2026-03-14T00:00:00Z"),
            ("March 14, 2026", "2026-03-14T00:00:00Z"),
            ("March 14, 2026 6:30 pm", "2026-03-14T00:00:00Z"),
            ("Saturday 14th March 2026 | 12.05am UTC", "2026-03-14T00:05:00Z"),
            ("Friday, March 13, 2026, 2:20 p.m. (1120 GMT)", "2026-03-13T14:20:00+03:00"),
            ("13 March 2026, 01:00 (2300 GMT)", "2026-03-13T01:00:00+02:00"),
            ("14.03.2026", "2026-03-14T00:00:00Z"),
            ("14/03/2026", "2026-03-14T00:00:00Z"),
            ("3/14/2026 6 PM UTC+3", "2026-03-14T18:00:00+03:00"),
        ];
        for (text, expected) in table {
            let found = read_date(text, &english().reading);
            let found = found.expect(text).expect(text);
            assert_eq!(found.to_rfc3339(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in ["", "soon", "March 2026", "14 March", "5 pm", "2026", "1.5"] {
            assert_eq!(read_date(text, &english().reading), Ok(None), "{text}");
        }
    }

    #[test]
    fn impossible_dates() {
        for text in ["2026-02-30", "31 April 2026", "45.13.2026", "04/03/2026", "2026-99-99"] {
            assert!(read_date(text, &english().reading).is_err(), "{text}");
        }
    }
}
