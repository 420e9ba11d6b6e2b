use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A TIMEX3 value as an editor would write it: `week of 18 August 2025` for `2025-W34`, `the
/// 1930s` for `193`. A day stays as it is, and so does what is none of the forms known here.
///
/// The forms are those of TIMEX3 in TimeML 1.2.1, which follow ISO 8601 and add decades,
/// centuries, seasons, weekends and parts of the day.
pub(crate) fn when(value: &str) -> String {
    readable(value).unwrap_or_else(|| value.to_owned())
}

fn readable(value: &str) -> Option<String> {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    if !time.is_empty() {
        let day = readable(day)?;
        return Some(format!("{day}, {}", part_of_day(time)?));
    }
    let parts: Vec<&str> = day.split('-').collect();
    match parts[..] {
        [decade] if decade.len() == 3 && is_number(decade) => Some(format!("the {decade}0s")),
        [century] if century.len() == 2 && is_number(century) => Some(format!("the {century}00s")),
        [year] if year.len() == 4 && is_number(year) => Some(year.to_owned()),
        [year, part] if is_number(year) => part_of_year(year, part),
        [year, week, "WE"] if is_number(year) => {
            let saturday = day_of_week(year, week, Weekday::Saturday)?;
            Some(format!("weekend of {}", written(saturday)))
        }
        [_, _, _] => day.parse::<Date>().ok().map(|date| date.to_string()),
        _ => None,
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A month, week, quarter, half or season.
fn part_of_year(year: &str, part: &str) -> Option<String> {
    let name = match part {
        "SP" => "spring",
        "SU" => "summer",
        "FA" | "AU" => "autumn",
        "WI" => "winter",
        "H1" => "first half of",
        "H2" => "second half of",
        "Q1" => "first quarter of",
        "Q2" => "second quarter of",
        "Q3" => "third quarter of",
        "Q4" => "last quarter of",
        _ if part.starts_with('W') => {
            let monday = day_of_week(year, part, Weekday::Monday)?;
            return Some(format!("week of {}", written(monday)));
        }
        _ => month(part.parse().ok()?)?,
    };
    Some(format!("{name} {year}"))
}

/// A day of an ISO 8601 week, as in `2025` and `W34`.
fn day_of_week(year: &str, week: &str, day: Weekday) -> Option<Date> {
    let week = week.strip_prefix('W')?.parse().ok()?;
    Some(ISOWeekDate::new(year.parse().ok()?, week, day).ok()?.date())
}

fn part_of_day(time: &str) -> Option<String> {
    let name = match time {
        "MO" => "morning",
        "MI" => "midday",
        "AF" => "afternoon",
        "EV" => "evening",
        "NI" => "night",
        "DT" => "daytime",
        _ if time.starts_with(|c: char| c.is_ascii_digit()) => time.trim_end_matches('Z'),
        _ => return None,
    };
    Some(name.to_owned())
}

fn written(date: Date) -> String {
    let name = month(date.month()).expect("a date has one of the twelve months");
    format!("{} {name} {}", date.day(), date.year())
}

/// The name of a month by its number, from 1.
pub fn month(number: i8) -> Option<&'static str> {
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    names.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::when;

    #[test]
    fn values_are_readable() {
        let table = [
            ("2025-08-15", "2025-08-15"),
            ("2025-08-15T14:30", "2025-08-15, 14:30"),
            ("2025-08-15TMO", "2025-08-15, morning"),
            ("2025-08", "August 2025"),
            ("2025-W34", "week of 18 August 2025"),
            ("2025-W34-WE", "weekend of 23 August 2025"),
            ("2025-Q2", "second quarter of 2025"),
            ("2025-SU", "summer 2025"),
            ("2025", "2025"),
            ("193", "the 1930s"),
            ("19", "the 1900s"),
            ("2025-W99", "2025-W99"),
            ("2025-00", "2025-00"),
            ("PAST_REF", "PAST_REF"),
            ("XXXX-WXX-1", "XXXX-WXX-1"),
            ("ü-–", "ü-–"),
            ("", ""),
        ];
        for (value, expected) in table {
            assert_eq!(when(value), expected);
        }
    }
}
