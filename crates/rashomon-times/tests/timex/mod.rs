//! Every value is one of TIMEX3's or TIMEX2's, of a day that the calendar has.

/// Why a value is none; `None` where it is one.
pub fn fault(value: &str) -> Option<&'static str> {
    if matches!(value, "PAST_REF" | "PRESENT_REF" | "FUTURE_REF") {
        return None;
    }
    if let Some(year) = value.strip_prefix("FY") {
        return (!is_digits(year, 4)).then_some("fiscal year");
    }
    if let Some(length) = value.strip_prefix('P') {
        return (!is_length(length)).then_some("length");
    }
    let (date, time) = match value.find('T') {
        Some(at) => (&value[..at], Some(&value[at + 1..])),
        None => (value, None),
    };
    if !is_date(date) {
        return Some("date");
    }
    time.filter(|time| !is_time(time)).map(|_| "time of day")
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_unknown(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b == b'X')
}

/// `3D`, `T2H`, `0.5Y`, `XM`.
fn is_length(length: &str) -> bool {
    let (units, rest) = match length.strip_prefix('T') {
        Some(rest) => (&["H", "M", "S"][..], rest),
        None => (&["D", "WE", "W", "M", "Y", "DE", "CE"][..], length),
    };
    units.iter().any(|unit| {
        rest.strip_suffix(unit).is_some_and(|count| {
            count == "X"
                || !count.is_empty()
                    && count.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                    && count.parse::<f64>().is_ok()
        })
    })
}

/// `2026-03-02`, `2026-W10`, `2026-W10-WE`, `2026-Q1`, `2026-SP`, `199`, `BC0480`, and parts of
/// them that are not known.
fn is_date(date: &str) -> bool {
    let era = date.strip_prefix("BC");
    let date = era.unwrap_or(date);
    let (year, rest) = match date.split_once('-') {
        Some((year, rest)) => (year, rest),
        None => {
            return (1..=4).any(|n| is_digits(date, n) && n > 1 || is_unknown(date, n))
                && date != "0000";
        }
    };
    if !(is_digits(year, 4) && year != "0000" || is_unknown(year, 4)) {
        return false;
    }
    if let Some(week) = rest.strip_prefix('W')
        && week.starts_with(|c: char| c.is_ascii_digit() || c == 'X')
    {
        return is_week(year, week);
    }
    match rest {
        "SP" | "SU" | "FA" | "WI" | "Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2" => return true,
        "XX" | "XX-XX" => return true,
        _ => {}
    }
    let (month, day) = match rest.split_once('-') {
        Some((month, day)) => (month, Some(day)),
        None => (rest, None),
    };
    let of = |text: &str, most: u8| {
        is_digits(text, 2) && text.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n))
    };
    if month == "XX" {
        return day.is_none_or(|day| of(day, 31));
    }
    if !of(month, 12) {
        return false;
    }
    match day {
        None | Some("XX") => true,
        Some(day) if !of(day, 31) => false,
        Some(day) => {
            // A leap year where none is told; the 29th of February of a year before Christ has
            // historians to settle it.
            let year = if is_unknown(year, 4) || era.is_some() { "2024" } else { year };
            format!("{year}-{month}-{day}").parse::<jiff::civil::Date>().is_ok()
        }
    }
}

/// `10`, `XX`, with `-5` or `-WE`.
fn is_week(year: &str, week: &str) -> bool {
    let (number, day) = match week.split_once('-') {
        Some((number, day)) => (number, Some(day)),
        None => (week, None),
    };
    let weeks = year.parse().ok().and_then(|year: i16| {
        let last = jiff::civil::Date::new(year, 12, 28).ok()?;
        Some(last.iso_week_date().week())
    });
    let known = is_digits(number, 2)
        && number.parse::<i8>().is_ok_and(|n| (1..=weeks.unwrap_or(53)).contains(&n));
    let day_fits = day.is_none_or(|day| {
        day == "WE" || day.len() == 1 && matches!(day.as_bytes()[0], b'1'..=b'7')
    });
    (known || number == "XX") && day_fits
}

/// `17:00`, `17:00-05:00`, `22:00Z`, `NI`, `XX`.
fn is_time(time: &str) -> bool {
    if matches!(time, "MO" | "AF" | "EV" | "NI" | "DA" | "DU" | "DT" | "XX") {
        return true;
    }
    let below =
        |text: &str, limit: u8| is_digits(text, 2) && text.parse::<u8>().is_ok_and(|n| n < limit);
    let (Some(hour), Some(":"), Some(minute)) = (time.get(..2), time.get(2..3), time.get(3..5))
    else {
        return false;
    };
    let offset = &time[5..];
    let zone = matches!(offset, "" | "Z")
        || offset.starts_with(['+', '-'])
            && offset.len() == 6
            && below(&offset[1..3], 15)
            && &offset[3..4] == ":"
            && below(&offset[4..6], 60);
    below(hour, 24) && below(minute, 60) && zone
}

#[test]
fn values_are_told_from_nonsense() {
    for value in [
        "2026-03-02",
        "2026-03",
        "2026",
        "199",
        "18",
        "XXXX",
        "XXX",
        "XX",
        "BC0480",
        "BC04",
        "2026-W10",
        "2026-W10-WE",
        "XXXX-WXX-5",
        "XXXX-03-02",
        "XXXX-XX-13",
        "2026-XX-XX",
        "2026-03-02T17:00-05:00",
        "2026-03-02T22:00Z",
        "XXXX-XX-XXTNI",
        "2026-Q1",
        "2026-SP",
        "P3D",
        "PT0.5H",
        "PXY",
        "P1DE",
        "FY2026",
        "PAST_REF",
        "2024-02-29",
        "2020-W53",
    ] {
        assert_eq!(fault(value), None, "{value}");
    }
    for value in [
        "",
        "2026-02-29",
        "2026-13",
        "2026-05-45",
        "2026-W60",
        "2025-W53-WE",
        "2026-W00",
        "2026-03-02T25:00",
        "2026-03-02T24:00",
        "2026-03-02T10:60",
        "2026-Q5",
        "P",
        "PD",
        "PT3D",
        "0000",
        "2026-00",
        "12345",
        "2026-03-02T17:00-5",
        "XXXX-02-30",
        "P1.2.3D",
        "P-1D",
    ] {
        assert!(fault(value).is_some(), "{value}");
    }
}
