//! Values of what is coarser than a year, or not known.

use rashomon_article::{DayRange, TimeKind};
use rashomon_language::TimeUnit;

use crate::calendar;
use crate::meaning::TimeOfDay;
use crate::resolve::Resolved;
use crate::value;

/// `XXXX-XX-XX` as coarse as a unit.
pub(crate) fn vague(unit: TimeUnit, time: Option<TimeOfDay>) -> String {
    let value = match unit {
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => "XXXX-XX-XXTXX",
        TimeUnit::Day => "XXXX-XX-XX",
        TimeUnit::Week | TimeUnit::Fortnight => "XXXX-WXX",
        TimeUnit::Weekend => "XXXX-WXX-WE",
        TimeUnit::Month | TimeUnit::Quarter => "XXXX-XX",
        TimeUnit::Year => "XXXX",
        TimeUnit::Decade => "XXX",
        TimeUnit::Century => "XX",
    };
    match time {
        Some(time) => value.to_owned() + &value::time_of_day(time, None),
        None => value.to_owned(),
    }
}

/// The first digits of a year: `199` for the 1990s.
pub(crate) fn clipped(year: i32, digits: usize) -> String {
    let value = calendar::year_value(year);
    value[..value.len() - 4 + digits].to_owned()
}

pub(crate) fn decade_days(first: i32) -> Option<DayRange> {
    if first < 0 {
        // The 480s run from 489 down to 480.
        let from = first.checked_sub(9)?;
        return Some(DayRange {
            first: calendar::date(from, 1, 1)?,
            last: calendar::date(first, 12, 31)?,
        });
    }
    calendar::years(first, 10)
}

pub(crate) fn century(number: i32) -> Resolved {
    let (value, days) = if number < 0 {
        let to = (number + 1) * 100 - 1;
        let days = calendar::date(number * 100, 1, 1)
            .zip(calendar::date(to, 12, 31))
            .map(|(first, last)| DayRange { first, last });
        (format!("BC{:02}", -number - 1), days)
    } else {
        (format!("{:02}", number - 1), calendar::years((number - 1) * 100 + 1, 100))
    };
    Resolved { kind: TimeKind::Date, value, days }
}
