//! Times of day and zones.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::{number, small};

/// `18:30`, `18:30:00.250`, `8:5`, `6:30pm`, `24:00`, and whether it ends the day.
pub(super) fn clock(word: &str, half: Option<bool>) -> Option<(Time, bool)> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let half = match &word[digits.len()..] {
        "" => half,
        letters => Some(day_half(letters)?),
    };
    let mut parts = digits.split(':');
    let hour = parts.next()?;
    let (hour, minute, second) = match (hour.len(), parts.next()) {
        (1 | 2, Some(minute)) => (hour, minute, parts.next().unwrap_or("0")),
        (1 | 2, None) => (hour, half.map(|_| "0").unwrap_or("0"), "0"),
        (4, None) => (hour.get(..2)?, hour.get(2..)?, "0"),
        (6, None) => (hour.get(..2)?, hour.get(2..4)?, hour.get(4..)?),
        _ => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    let (second, fraction) = second.split_once(['.', ',']).unwrap_or((second, ""));
    let (hour, minute) = (small(number(hour)?)?, small(number(minute)?)?);
    // A leap second counts with the second before it.
    let second = small(number(second)?)?.min(59);
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    if (hour, minute, second) == (24, 0, 0) {
        return Some((Time::midnight(), true));
    }
    Time::new(hour, minute, second, nanoseconds(fraction)?).ok().map(|time| (time, false))
}

fn nanoseconds(fraction: &str) -> Option<i32> {
    if !fraction.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let nine = format!("{fraction:0<9}");
    nine.get(..9)?.parse().ok()
}

/// `+0200`, `-05:00`, `+3`, `0000`, `GMT+2`, `UTC-03:30`.
pub(super) fn offset(word: &str) -> Option<Offset> {
    let upper = word.to_ascii_uppercase();
    let shift = ["GMT", "UTC", "UT"].iter().find_map(|zone| upper.strip_prefix(zone));
    let shift = shift.unwrap_or(&upper);
    let (sign, digits) = match shift.chars().next()? {
        '+' => (1, &shift[1..]),
        '-' => (-1, &shift[1..]),
        '−' => (-1, shift.trim_start_matches('−')),
        '0' if shift == "0000" => (1, shift),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (number(hours)?, number(minutes)?),
        None if digits.len() <= 2 => (number(digits)?, 0),
        None if digits.len() <= 4 => {
            let both = number(digits)?;
            (both / 100, both % 100)
        }
        None => return None,
    };
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    let is_offset = hours <= 15 && minutes < 60;
    Offset::from_seconds(sign * seconds).ok().filter(|_| is_offset)
}

/// The zones of RFC 822, and others that mean one offset wherever they are written. `IST` is not
/// among them: it is India's, Ireland's and Israel's.
pub(super) fn named_zone(word: &str) -> Option<Offset> {
    const ZONES: &[(&str, i32)] = &[
        ("AEDT", 660),
        ("AEST", 600),
        ("AKDT", -480),
        ("AKST", -540),
        ("BST", 60),
        ("CDT", -300),
        ("CEST", 120),
        ("CET", 60),
        ("CST", -360),
        ("EDT", -240),
        ("EEST", 180),
        ("EET", 120),
        ("EST", -300),
        ("GMT", 0),
        ("HST", -600),
        ("JST", 540),
        ("KST", 540),
        ("MDT", -360),
        ("MSK", 180),
        ("MST", -420),
        ("NZDT", 780),
        ("NZST", 720),
        ("PDT", -420),
        ("PST", -480),
        ("SAST", 120),
        ("UT", 0),
        ("UTC", 0),
        ("WEST", 60),
        ("WET", 0),
        ("Z", 0),
    ];
    let upper = word.to_ascii_uppercase();
    let at = ZONES.binary_search_by_key(&upper.as_str(), |&(name, _)| name).ok()?;
    Offset::from_seconds(ZONES[at].1 * 60).ok()
}

/// `Some(true)` after noon, `Some(false)` before.
pub(super) fn day_half(word: &str) -> Option<bool> {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "am" | "a.m" | "a.m." => Some(false),
        "pm" | "p.m" | "p.m." => Some(true),
        _ => None,
    }
}
