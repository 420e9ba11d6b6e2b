//! TIMEX values of lengths and times of day.

use rashomon_language::TimeUnit;

use crate::meaning::{Count, TimeOfDay};

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

/// `T09:00`, `TNI`.
pub(crate) fn time_of_day(time: TimeOfDay) -> String {
    match time {
        TimeOfDay::Part(part) => format!("T{part}"),
        TimeOfDay::Clock(hour, minute) => format!("T{hour:02}:{minute:02}"),
    }
}
