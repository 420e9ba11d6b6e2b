//! Offsets of time zones from UTC, and instants.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::Offset;
use rashomon_language::TimeZone;

use crate::meaning::TimeOfDay;

/// Minutes east of Greenwich on a day; `None` where the name or the missing day leaves it open.
pub(crate) fn offset(zone: TimeZone, day: Option<Date>) -> Option<i16> {
    match zone {
        TimeZone::Ambiguous => None,
        TimeZone::Fixed(minutes) => Some(minutes),
        TimeZone::American(winter) => Some(winter + if is_summer(day?)? { 60 } else { 0 }),
    }
}

/// The instant of a time of day, where its zone tells it.
pub(crate) fn instant(day: Date, time: TimeOfDay) -> Option<Timestamp> {
    let TimeOfDay::Clock(hour, minute, zone) = time else { return None };
    let minutes = offset(zone?, Some(day))?;
    let offset = Offset::from_seconds(i32::from(minutes) * 60).ok()?;
    let clock = day.at(hour as i8, minute as i8, 0, 0);
    offset.to_timestamp(clock).ok()
}

/// Whether the clocks of the United States are an hour ahead on a day: from the second Sunday of
/// March up to the first of November, since 2007. Before that nothing is said.
fn is_summer(day: Date) -> Option<bool> {
    let year = day.year();
    if year < 2007 {
        return None;
    }
    let sunday = |month, nth| date(year, month, 1).nth_weekday_of_month(nth, Weekday::Sunday).ok();
    Some((sunday(3, 2)?..sunday(11, 1)?).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_clocks_change_in_march_and_november() {
        let eastern = |day| offset(TimeZone::American(-300), Some(day));
        assert_eq!(eastern(date(2026, 3, 7)), Some(-300));
        assert_eq!(eastern(date(2026, 3, 8)), Some(-240));
        assert_eq!(eastern(date(2026, 10, 31)), Some(-240));
        assert_eq!(eastern(date(2026, 11, 1)), Some(-300));
        assert_eq!(eastern(date(1974, 2, 1)), None);
        assert_eq!(offset(TimeZone::American(-300), None), None);
    }
}
