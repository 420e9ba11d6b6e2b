//! Days, months and years of a query as stretches of time in UTC.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// From the first instant of a day, month or year to before the first one after it.
pub(super) fn stretch(words: &str) -> Option<(Timestamp, Timestamp)> {
    let parts: Vec<&str> = words.split('-').collect();
    let number = |part: &str, width: usize| -> Option<i16> {
        let digits = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok())?
    };
    let (first, next) = match parts[..] {
        [year] => {
            let first = civil(number(year, 4)?, 1, 1)?;
            (first, first.saturating_add(jiff::Span::new().years(1)))
        }
        [year, month] => {
            let first = civil(number(year, 4)?, number(month, 2)?, 1)?;
            (first, first.saturating_add(jiff::Span::new().months(1)))
        }
        [year, month, day] => {
            let first = civil(number(year, 4)?, number(month, 2)?, number(day, 2)?)?;
            (first, first.saturating_add(jiff::Span::new().days(1)))
        }
        _ => return None,
    };
    Some((instant(first)?, instant(next)?))
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn instant(day: Date) -> Option<Timestamp> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// An example that holds for any query.
pub(super) fn example() -> Date {
    date(2026, 1, 5)
}
