use rashomon_language::{TimeUnit, TimeZone};

/// What the words of a time expression say, before anything is known of when they were written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// A place in the calendar, as far as it is stated.
    Calendar(Stated),
    /// `the 1990s`, by its first year.
    Decade(i32),
    /// `fiscal 2025`: which days it has, each country and company says for itself.
    Fiscal(i32),
    /// `the 19th century`; negative before Christ.
    Century(i32),
    /// `three hours`.
    Length(Count, TimeUnit),
    /// `two weeks ago`, `three days later`.
    Shift { count: Count, unit: TimeUnit, back: bool, from: From },
    /// `last year`, `the next day`, `that month`: by so many units.
    Step { by: i64, unit: TimeUnit, from: From, time: Option<TimeOfDay> },
    /// `last Friday`, `next February`, `the previous spring`.
    Named { stated: Stated, by: i64, from: From },
    /// `PRESENT_REF` and its like.
    Reference(&'static str),
    /// A set, whose value is known.
    Again(String),
}

impl Meaning {
    /// The time of day that it states.
    pub fn time(&self) -> Option<TimeOfDay> {
        match self {
            Meaning::Calendar(stated) | Meaning::Named { stated, .. } => stated.time,
            Meaning::Step { time, .. } => *time,
            _ => None,
        }
    }
}

/// From when a relative expression counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// From when it was written.
    Writing,
    /// From the time that the text tells of.
    Telling,
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Count {
    /// It is told.
    Known(f64),
    /// `several`, `two or three`.
    Untold,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeOfDay {
    /// `MO`, `NI`.
    Part(&'static str),
    /// Hour and minute.
    Clock(u8, u8, Option<TimeZone>),
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// None is stated.
    Unsaid,
    /// Stated; negative before Christ, never 0.
    Said(i32),
    /// `of that year`: the year told of, and so many more.
    Told(i32),
    /// `of last year`: the year of writing, and so many more.
    Written(i32),
}

/// The parts of a date that the words state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stated {
    pub year: Year,
    pub month: Option<u8>,
    pub day: Option<u8>,
    pub weekday: Option<u8>,
    pub season: Option<&'static str>,
    /// `Q1`, `H2`.
    pub part: Option<(char, u8)>,
    pub time: Option<TimeOfDay>,
    /// The words may state another day as well: `03/04/2026`.
    pub doubtful: bool,
}

impl Stated {
    pub const NOTHING: Stated = Stated {
        year: Year::Unsaid,
        month: None,
        day: None,
        weekday: None,
        season: None,
        part: None,
        time: None,
        doubtful: false,
    };

    /// Whether a time of day is stated and nothing of the day.
    pub fn is_time_alone(&self) -> bool {
        self.time.is_some()
            && self.year == Year::Unsaid
            && self.day.is_none()
            && !self.is_finer_than_year()
    }

    /// Whether more than a year is stated.
    pub fn is_finer_than_year(&self) -> bool {
        self.month.is_some()
            || self.weekday.is_some()
            || self.season.is_some()
            || self.part.is_some()
    }
}
