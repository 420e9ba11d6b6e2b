//! From meanings to values: what a date means where and when it was written.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use rashomon_article::{DayRange, TimeKind};
use rashomon_language::TimeUnit;

use crate::calendar::{self, Point};
use crate::coarse::{century, clipped, decade_days, vague};
use crate::meaning::{Count, From, Meaning, Stated, TimeOfDay, Year};
use crate::{value, zone};

/// A month or day further from the publication is not meant without a year.
const FAR: i32 = 320;

/// Whether the clause tells of what was or of what is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    /// It was.
    Past,
    /// It is to come.
    Future,
    /// It is near, and rather to come: `ran until June`, `would close in June`.
    Near,
    /// Nothing tells.
    Unclear,
}

/// A value with the days that it means.
pub(crate) struct Resolved {
    pub kind: TimeKind,
    pub value: String,
    pub days: Option<DayRange>,
}

/// What is known of time while a report is read from its first word to its last.
#[derive(Clone, Default)]
pub(crate) struct Resolver {
    /// The day of publication.
    pub written: Option<Date>,
    /// The text tells of a time far from when it was written: years are carried along, and
    /// relative dates count from what was told last.
    pub narrative: bool,
    /// What was told last.
    pub told: Option<Point>,
    /// Days that were stated with their year, by month and day.
    pub years: BTreeMap<(u8, u8), i32>,
    /// The instant that was given last.
    pub instant: Option<Timestamp>,
}

impl Resolver {
    /// The value of an expression; what it tells is remembered for the next one.
    pub fn resolve(&mut self, meaning: &Meaning, tense: Tense) -> Resolved {
        match meaning {
            Meaning::Calendar(stated) => self.calendar(stated, tense),
            Meaning::Decade(first) => Resolved {
                kind: TimeKind::Date,
                value: clipped(*first, 3),
                days: decade_days(*first),
            },
            Meaning::Century(number) => century(*number),
            Meaning::Fiscal(year) => {
                plain(TimeKind::Date, format!("FY{}", calendar::year_value(*year)))
            }
            Meaning::Length(count, unit) => plain(TimeKind::Duration, value::length(*count, *unit)),
            Meaning::Shift { count, unit, back, from } => self.shift(*count, *unit, *back, *from),
            Meaning::Step { by, unit, from, time } => {
                let from = self.from(*by, *from, tense);
                self.step(*by, *unit, from, *time)
            }
            Meaning::Named { stated, by, from } => self.named(stated, *by, *from, tense),
            Meaning::Reference(value) => plain(TimeKind::Date, (*value).to_owned()),
            Meaning::Again(value) => plain(TimeKind::Set, value.clone()),
        }
    }

    /// From when a step counts: what news expects "by the end of the year" is of the year of
    /// writing.
    fn from(&self, by: i64, from: From, tense: Tense) -> From {
        let ahead = matches!(tense, Tense::Future | Tense::Near);
        if by == 0 && ahead && !self.narrative { From::Writing } else { from }
    }

    /// A meaning with what its tense tells of where it counts from.
    pub fn anchored(&self, meaning: &Meaning, tense: Tense) -> Meaning {
        match meaning {
            Meaning::Step { by, unit, from, time } => {
                let from = self.from(*by, *from, tense);
                Meaning::Step { by: *by, unit: *unit, from, time: *time }
            }
            other => other.clone(),
        }
    }

    /// Whether the year of a day was stated elsewhere in the report.
    pub fn recalls(&self, stated: &Stated) -> bool {
        stated.year == Year::Unsaid
            && stated.month.zip(stated.day).is_some_and(|day| self.years.contains_key(&day))
    }

    /// The point that relative expressions count from.
    fn base(&self, from: From) -> Option<Point> {
        let written = self.written.map(Point::of);
        match from {
            From::Writing => written,
            From::Telling => self.told.or(written),
        }
    }

    fn tell(&mut self, point: Point) {
        self.told = Some(point);
    }

    fn calendar(&mut self, stated: &Stated, tense: Tense) -> Resolved {
        if let Some(season) = stated.season {
            return self.season(season, stated.year);
        }
        if let Some((letter, number)) = stated.part {
            return self.part(letter, number, stated.year, tense);
        }
        if !stated.is_finer_than_year() && stated.day.is_none() {
            return match (said(stated.year, self), stated.time) {
                (Some(year), _) => {
                    // A year far from what is told is a glance aside, not the story.
                    let told = self.told;
                    let resolved = self.finish(Point::year(year), None);
                    if told.is_some_and(|told| (told.year - year).abs() > 10) {
                        self.told = told;
                    }
                    resolved
                }
                (None, time) => self.time_alone(time),
            };
        }
        let point = self.point(stated, tense);
        match point {
            Some(point) => self.finish(point, stated.time),
            None => unresolved(stated),
        }
    }

    /// The day or month that is stated, with the year that it leaves out.
    fn point(&mut self, stated: &Stated, tense: Tense) -> Option<Point> {
        let (month, day) = (stated.month, stated.day);
        if let Some(year) = said(stated.year, self) {
            let point = Point { year, month, day: day.filter(|_| month.is_some()) };
            point.days()?;
            if let (Some(month), Some(day)) = (point.month, point.day) {
                self.years.insert((month, day), year);
            }
            return Some(point);
        }
        if let (Some(m), Some(d)) = (month, day)
            && let Some(&year) = self.years.get(&(m, d))
            && tense != Tense::Future
            && !self.narrative
        {
            // "October 7" in a report that has told of October 7, 2023.
            return Some(Point { year, month, day });
        }
        match (month, day, stated.weekday) {
            (Some(month), day, _) => self.month(month, day, tense),
            (None, Some(day), _) => {
                let told = self.base(From::Telling)?;
                let point = Point { day: Some(day), month: Some(told.month?), ..told };
                point.days().map(|_| point)
            }
            (None, None, Some(weekday)) => self.weekday(weekday, tense).map(Point::of),
            _ => None,
        }
    }

    /// A month without its year.
    fn month(&self, month: u8, day: Option<u8>, tense: Tense) -> Option<Point> {
        let fit = |year| {
            let point = Point { year, month: Some(month), day };
            point.days().map(|days| (point, days))
        };
        if self.narrative {
            let told = self.told?;
            let mut year = told.year;
            // Stories go on: January after a December is the next one.
            if let Some(before) = told.month
                && before >= 11
                && month <= 2
            {
                year = calendar::plus_years(year, 1)?;
            }
            return fit(year).map(|(point, _)| point);
        }
        let written = self.written?;
        let year = i32::from(written.year());
        let years = [year - 1, year, year + 1];
        let mut candidates = years.into_iter().filter_map(fit);
        let distance = |days: &DayRange| {
            let middle = days.first.until(days.last).map_or(0, |span| span.get_days()) / 2;
            written.until(days.first).map_or(i32::MAX, |span| span.get_days()) + middle
        };
        let nearest = candidates.clone().min_by_key(|(_, days)| distance(days).abs());
        let told = match tense {
            Tense::Past => candidates.rfind(|(_, days)| days.first <= written),
            Tense::Future => candidates.find(|(_, days)| days.last >= written),
            Tense::Near | Tense::Unclear => None,
        };
        // Of a month that lies nearly a year off one says "last" or "next", or tells the year.
        let told = told.filter(|(_, days)| distance(days).abs() <= FAR);
        told.or(nearest).map(|(point, _)| point)
    }

    /// A weekday: the last one up to the day of writing, or the next one from it on.
    fn weekday(&self, weekday: u8, tense: Tense) -> Option<Date> {
        let base = if self.narrative {
            // Without a date of publication nothing tells a story from a report that looks back.
            let written = self.written?;
            match self.told.filter(|told| told.day.is_some()) {
                Some(told) => told.first()?,
                None => written,
            }
        } else {
            self.written?
        };
        let here = i32::from(base.weekday().to_monday_one_offset());
        let ahead = (i32::from(weekday) - here).rem_euclid(7);
        let days = match tense {
            _ if ahead == 0 => 0,
            Tense::Future | Tense::Near => ahead,
            _ if self.narrative => ahead,
            _ => ahead - 7,
        };
        base.checked_add(days.days()).ok()
    }

    fn season(&mut self, season: &'static str, year: Year) -> Resolved {
        let year = said(year, self).or_else(|| {
            let base = if self.narrative { self.told } else { self.written.map(Point::of) };
            base.map(|base| base.year)
        });
        let Some(year) = year else {
            return plain(TimeKind::Date, format!("XXXX-{season}"));
        };
        if self.narrative {
            self.tell(Point::year(year));
        }
        Resolved {
            kind: TimeKind::Date,
            value: format!("{}-{season}", calendar::year_value(year)),
            days: calendar::season(year, season),
        }
    }

    fn part(&mut self, letter: char, number: u8, year: Year, tense: Tense) -> Resolved {
        let months = if letter == 'H' { 6 } else { 3 };
        let year = said(year, self).or_else(|| {
            let from = if self.narrative { self.told } else { self.written.map(Point::of) };
            let from = from?;
            let month = from.month.unwrap_or(12);
            let ended = number * months < month;
            match tense {
                Tense::Future if ended => calendar::plus_years(from.year, 1),
                Tense::Past if number * months >= month + months => {
                    calendar::plus_years(from.year, -1)
                }
                _ => Some(from.year),
            }
        });
        let Some(year) = year else {
            return plain(TimeKind::Date, format!("XXXX-{letter}{number}"));
        };
        let first = calendar::date(year, number * months - (months - 1), 1);
        let last = calendar::date(year, number * months, 1).map(Date::last_of_month);
        Resolved {
            kind: TimeKind::Date,
            value: format!("{}-{letter}{number}", calendar::year_value(year)),
            days: first.zip(last).map(|(first, last)| DayRange { first, last }),
        }
    }

    /// `9 a.m.`, `at night`: the day is that which was told.
    fn time_alone(&self, time: Option<TimeOfDay>) -> Resolved {
        let Some(time) = time else { return plain(TimeKind::Date, "XXXX".to_owned()) };
        let day = match time {
            TimeOfDay::Part(_) => None,
            TimeOfDay::Clock(..) => self.told.filter(|told| told.day.is_some()),
        };
        let day = day.map(|day| self.day_of_instant(day, time).unwrap_or(day));
        let clock = value::time_of_day(time, day.and_then(Point::first));
        match day {
            Some(day) => Resolved {
                kind: TimeKind::Time,
                value: format!("{}{clock}", day.value()),
                days: day.days(),
            },
            None => plain(TimeKind::Time, format!("XXXX-XX-XX{clock}")),
        }
    }

    /// The day before, of or after `day` on which a time of day is the instant that was given last:
    /// `9 p.m. EST (0200 GMT)`.
    fn day_of_instant(&self, day: Point, time: TimeOfDay) -> Option<Point> {
        let (day, instant) = (day.first()?, self.instant?);
        let days = [day.yesterday().ok()?, day, day.tomorrow().ok()?];
        let same = days.into_iter().find(|day| zone::instant(*day, time) == Some(instant))?;
        Some(Point::of(same))
    }

    fn shift(&mut self, count: Count, unit: TimeUnit, back: bool, from: From) -> Resolved {
        let Count::Known(count) = count else {
            let value = if back { "PAST_REF" } else { "FUTURE_REF" };
            return plain(TimeKind::Date, value.to_owned());
        };
        let whole = count.round() as i64;
        let by = if back { -whole } else { whole };
        if let Some(point) = self.base(from).and_then(|base| base.plus(by, unit)) {
            let resolved = self.at_unit(point, unit, None);
            if from == From::Telling {
                self.tell(point);
            }
            return resolved;
        }
        let clock = matches!(unit, TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second);
        plain(if clock { TimeKind::Time } else { TimeKind::Date }, vague(unit, None))
    }

    fn step(&mut self, by: i64, unit: TimeUnit, from: From, time: Option<TimeOfDay>) -> Resolved {
        // "that afternoon" and "this morning" are of today, or of the day told of.
        let Some(base) = self.base(from) else {
            return with_time(vague(unit, time), time, None);
        };
        // "last night" is the night of yesterday.
        let point = match unit {
            TimeUnit::Year | TimeUnit::Month | TimeUnit::Day | TimeUnit::Week => {
                base.plus(by, unit)
            }
            TimeUnit::Decade | TimeUnit::Century => Some(base),
            _ => base.plus(by, unit),
        };
        let Some(mut point) = point else {
            let year = if base.month.is_some() && unit == TimeUnit::Day {
                Point { day: None, ..base }.value() + "-XX"
            } else if unit == TimeUnit::Day {
                Point::year(base.year).value() + "-XX-XX"
            } else {
                vague(unit, None)
            };
            let year = match time {
                Some(time) => year + &value::time_of_day(time, None),
                None => year,
            };
            return with_time(year, time, None);
        };
        match unit {
            // "the last quarter": of a year, and no three months from here.
            TimeUnit::Quarter if point.month.is_some() => {
                let quarter = point.month.map_or(1, |month| (month - 1) / 3 + 1);
                return self.part('Q', quarter, Year::Said(point.year), Tense::Unclear);
            }
            TimeUnit::Decade => {
                let first = point.year - point.year.rem_euclid(10) + 10 * by as i32;
                return Resolved {
                    kind: TimeKind::Date,
                    value: clipped(first, 3),
                    days: decade_days(first),
                };
            }
            TimeUnit::Century => {
                let year = point.year.saturating_add(100 * by as i32);
                let number = if year > 0 { (year - 1) / 100 + 1 } else { (year + 1) / 100 - 1 };
                return century(number);
            }
            TimeUnit::Month => point.day = None,
            TimeUnit::Year => point = Point::year(point.year),
            _ => {}
        }
        // A week is no day that a story could go on from.
        let point_told = matches!(unit, TimeUnit::Day | TimeUnit::Month | TimeUnit::Year);
        if by != 0 && (from == From::Telling || point_told && !self.narrative) {
            self.tell(point);
        }
        self.at_unit(point, unit, time)
    }

    /// The value of a point, as coarse as the unit.
    fn at_unit(&self, point: Point, unit: TimeUnit, time: Option<TimeOfDay>) -> Resolved {
        if matches!(unit, TimeUnit::Week | TimeUnit::Weekend | TimeUnit::Fortnight)
            && point.year > 0
            && let Some((value, days)) = point.first().and_then(calendar::week)
        {
            let (value, days) = if unit == TimeUnit::Weekend {
                let first = days.last.yesterday().unwrap_or(days.last);
                (value + "-WE", DayRange { first, last: days.last })
            } else {
                (value, days)
            };
            return Resolved { kind: TimeKind::Date, value, days: Some(days) };
        }
        if matches!(unit, TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second) {
            return Resolved {
                kind: TimeKind::Time,
                value: format!("{}TXX", point.value()),
                days: point.days(),
            };
        }
        let value = point.value();
        match time {
            Some(time) => {
                let day = point.first().filter(|_| point.day.is_some());
                with_time(value + &value::time_of_day(time, day), Some(time), point.days())
            }
            None => Resolved { kind: TimeKind::Date, value, days: point.days() },
        }
    }

    /// `last Friday`, `next February`, `the previous spring`.
    fn named(&mut self, stated: &Stated, by: i64, from: From, tense: Tense) -> Resolved {
        let Some(base) = self.base(from) else { return unresolved(stated) };
        let by = by as i32;
        if let Some(season) = stated.season {
            let year = calendar::plus_years(base.year, by).unwrap_or(base.year);
            return self.season(season, Year::Said(year));
        }
        if let Some(month) = stated.month {
            let here = base.month.unwrap_or(if by < 0 { 12 } else { 1 });
            let years = match by {
                -1 => -i32::from(month >= here),
                1 => i32::from(month <= here),
                _ => 0,
            };
            let year = calendar::plus_years(base.year, years).unwrap_or(base.year);
            return self.finish(Point { year, month: Some(month), day: None }, stated.time);
        }
        let (Some(weekday), Some(day)) =
            (stated.weekday, base.first().filter(|_| base.day.is_some()))
        else {
            return unresolved(stated);
        };
        let ahead = i32::from(weekday) - i32::from(day.weekday().to_monday_one_offset());
        let days = match by {
            -1 => {
                if ahead >= 0 {
                    ahead - 7
                } else {
                    ahead
                }
            }
            1 => {
                if ahead <= 0 {
                    ahead + 7
                } else {
                    ahead
                }
            }
            _ if ahead < 0 && tense == Tense::Future => ahead + 7,
            _ => ahead,
        };
        match day.checked_add(days.days()) {
            Ok(day) => self.finish(Point::of(day), stated.time),
            Err(_) => unresolved(stated),
        }
    }

    /// The value of a date that was told, and remembers it.
    fn finish(&mut self, point: Point, time: Option<TimeOfDay>) -> Resolved {
        self.tell(point);
        self.at_unit(point, TimeUnit::Day, time)
    }
}

/// The year that is stated or pointed at.
fn said(year: Year, resolver: &Resolver) -> Option<i32> {
    match year {
        Year::Unsaid => None,
        Year::Said(year) => Some(year),
        Year::Told(by) => calendar::plus_years(resolver.base(From::Telling)?.year, by),
        Year::Written(by) => calendar::plus_years(resolver.base(From::Writing)?.year, by),
    }
}

fn plain(kind: TimeKind, value: String) -> Resolved {
    Resolved { kind, value, days: None }
}

fn with_time(value: String, time: Option<TimeOfDay>, days: Option<DayRange>) -> Resolved {
    let kind = if time.is_some() { TimeKind::Time } else { TimeKind::Date };
    Resolved { kind, value, days }
}

/// The value of a date that nothing anchors: `XXXX-08-15`, `XXXX-WXX-5`.
fn unresolved(stated: &Stated) -> Resolved {
    let mut value = match (stated.month, stated.day, stated.weekday, stated.season) {
        (Some(month), Some(day), ..) => format!("XXXX-{month:02}-{day:02}"),
        (Some(month), None, ..) => format!("XXXX-{month:02}"),
        (None, Some(day), ..) => format!("XXXX-XX-{day:02}"),
        (.., Some(weekday), _) => format!("XXXX-WXX-{weekday}"),
        (.., Some(season)) => format!("XXXX-{season}"),
        _ => "XXXX".to_owned(),
    };
    if let Some(time) = stated.time {
        value.push_str(&value::time_of_day(time, None));
    }
    with_time(value, stated.time, None)
}
