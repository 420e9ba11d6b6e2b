//! TIMEX values of lengths and times of day.

use jiff::civil::Date;
use rashomon_language::TimeUnit;

use crate::meaning::{Count, TimeOfDay};
use crate::zone;

/// `P3D`, `PT2H`, `PXM`, `P3.5Y`.
pub(crate) fn length(count: Count, unit: TimeUnit) -> String {
    let (letters, times) = match unit {
        TimeUnit::Second => ("S", 1.0),
        TimeUnit::Minute => ("M", 1.0),
        TimeUnit::Hour => ("H", 1.0),
        TimeUnit::Day => ("D", 1.0),
        TimeUnit::Week => ("W", 1.0),
        TimeUnit::Weekend => ("WE", 1.0),
        TimeUnit::Fortnight => ("W", 2.0),
        TimeUnit::Month => ("M", 1.0),
        TimeUnit::Quarter => ("M", 3.0),
        TimeUnit::Year => ("Y", 1.0),
        TimeUnit::Decade => ("DE", 1.0),
        TimeUnit::Century => ("CE", 1.0),
    };
    let time = match unit {
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => "T",
        _ => "",
    };
    let number = match count {
        Count::Known(count) => number(count * times),
        Count::Untold => "X".to_owned(),
    };
    format!("P{time}{number}{letters}")
}

fn number(count: f64) -> String {
    let rounded = (count * 1000.0).round() / 1000.0;
    format!("{rounded}")
}

/// `T09:00`, `TNI`, `T17:00-05:00`: with the offset that the zone has on a day.
pub(crate) fn time_of_day(time: TimeOfDay, day: Option<Date>) -> String {
    match time {
        TimeOfDay::Part(part) => format!("T{part}"),
        TimeOfDay::Clock(hour, minute, zone) => {
            let offset =
                zone.and_then(|zone| zone::offset(zone, day)).map_or(String::new(), offset);
            format!("T{hour:02}:{minute:02}{offset}")
        }
    }
}

/// `-05:00`, or `Z` for UTC itself.
fn offset(minutes: i16) -> String {
    if minutes == 0 {
        return "Z".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
