//! Days, months and years as values and as ranges of days. Years are those of historians: the
//! year before 1 is -1.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rashomon_article::DayRange;
use rashomon_language::TimeUnit;

/// A day, month or year of the calendar, as fine as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl Point {
    pub fn of(date: Date) -> Point {
        let year = i32::from(date.year());
        Point {
            year: if year <= 0 { year - 1 } else { year },
            month: Some(date.month() as u8),
            day: Some(date.day() as u8),
        }
    }

    pub fn year(year: i32) -> Point {
        Point { year, month: None, day: None }
    }

    /// The first day that it may mean; `None` where there is no such day.
    pub fn first(self) -> Option<Date> {
        date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// All days that it may mean.
    pub fn days(self) -> Option<DayRange> {
        let first = self.first()?;
        let last = match (self.month, self.day) {
            (Some(_), Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            _ => first.last_of_year(),
        };
        Some(DayRange { first, last })
    }

    /// TIMEX value: `2025-08-15`, `2025-08`, `2025`, `BC0480`.
    pub fn value(self) -> String {
        let mut value = year_value(self.year);
        if let Some(month) = self.month {
            value.push_str(&format!("-{month:02}"));
            if let Some(day) = self.day {
                value.push_str(&format!("-{day:02}"));
            }
        }
        value
    }

    /// So many units on, as fine as the unit and the point allow; `None` where the point is not
    /// fine enough to say.
    pub fn plus(self, count: i64, unit: TimeUnit) -> Option<Point> {
        let count = i32::try_from(count).ok().filter(|count| count.abs() < 100_000)?;
        match unit {
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => self.day.map(|_| self),
            TimeUnit::Day | TimeUnit::Week | TimeUnit::Weekend | TimeUnit::Fortnight => {
                self.day?;
                let days = match unit {
                    TimeUnit::Day => count,
                    TimeUnit::Fortnight => count.checked_mul(14)?,
                    _ => count.checked_mul(7)?,
                };
                Some(Point::of(self.first()?.checked_add(days.days()).ok()?))
            }
            TimeUnit::Month | TimeUnit::Quarter => {
                self.month?;
                let months = if unit == TimeUnit::Quarter { count * 3 } else { count };
                let first = Point { day: None, ..self }.first()?;
                let point = Point::of(first.checked_add(months.months()).ok()?);
                Some(Point { day: None, ..point })
            }
            TimeUnit::Year => Some(Point::year(plus_years(self.year, count)?)),
            TimeUnit::Decade => Some(Point::year(plus_years(self.year, count.checked_mul(10)?)?)),
            TimeUnit::Century => Some(Point::year(plus_years(self.year, count.checked_mul(100)?)?)),
        }
    }
}

/// A day of a historian's year; `None` for the 31st of February.
pub(crate) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    let year = if year < 0 { year + 1 } else { year };
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// `1939`, `BC0480`.
pub(crate) fn year_value(year: i32) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

/// There is no year 0.
pub(crate) fn plus_years(year: i32, count: i32) -> Option<i32> {
    let sum = year.checked_add(count)?;
    let crossed = (year < 0) != (sum < 0) || sum == 0;
    let sum = match (crossed, count > 0) {
        (false, _) => sum,
        (true, true) => sum + 1,
        (true, false) => sum - 1,
    };
    (sum.abs() < 9990).then_some(sum)
}

/// The week of a day by ISO 8601: `2025-W33` and its days.
pub(crate) fn week(day: Date) -> Option<(String, DayRange)> {
    let iso = day.iso_week_date();
    let first = day.checked_sub((i32::from(day.weekday().to_monday_zero_offset())).days()).ok()?;
    let last = first.checked_add(6.days()).ok()?;
    Some((format!("{:04}-W{:02}", iso.year(), iso.week()), DayRange { first, last }))
}

/// The days of a decade or century, by its first year and its length.
pub(crate) fn years(first: i32, length: i32) -> Option<DayRange> {
    let last = plus_years(first, length - 1)?;
    Some(DayRange { first: date(first, 1, 1)?, last: date(last, 12, 31)? })
}

/// The days of a season of the northern year; winter begins in December.
pub(crate) fn season(year: i32, season: &str) -> Option<DayRange> {
    let (from, to) = match season {
        "SP" => (3, 5),
        "SU" => (6, 8),
        "FA" => (9, 11),
        _ => {
            let last = date(plus_years(year, 1)?, 2, 1)?.last_of_month();
            return Some(DayRange { first: date(year, 12, 1)?, last });
        }
    };
    Some(DayRange { first: date(year, from, 1)?, last: date(year, to, 1)?.last_of_month() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_before_christ_count_down() {
        assert_eq!(plus_years(-2, 1), Some(-1));
        assert_eq!(plus_years(-1, 1), Some(1));
        assert_eq!(plus_years(1, -1), Some(-1));
        assert_eq!(plus_years(-480, -10), Some(-490));
        assert_eq!(Point::year(-480).value(), "BC0480");
    }

    #[test]
    fn there_is_no_31st_of_february() {
        assert_eq!(Point { year: 2025, month: Some(2), day: Some(31) }.days(), None);
    }

    #[test]
    fn points_move() {
        let day = Point { year: 2024, month: Some(2), day: Some(28) };
        assert_eq!(day.plus(2, TimeUnit::Day).map(Point::value), Some("2024-03-01".into()));
        assert_eq!(day.plus(-2, TimeUnit::Month).map(Point::value), Some("2023-12".into()));
        assert_eq!(Point::year(1778).plus(3, TimeUnit::Day), None);
    }
}
