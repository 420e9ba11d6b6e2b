use jiff::civil::Date;
use rashomon_text::{Span, Spanned};

/// The type of a time expression, as TimeML's TIMEX3 has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeKind {
    /// A day or anything coarser: `Friday`, `February 2022`, `last year`.
    Date,
    /// A time of day: `9 a.m.`, `Friday night`.
    Time,
    /// A length of time: `three hours`, `more than a decade`.
    Duration,
    /// Something that comes again: `every week`, `annually`.
    Set,
}

impl TimeKind {
    /// TIMEX3's name for it.
    pub fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// The days that a date may mean, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DayRange {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// A date, time, duration or set in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value: `2025-08-15`, `2025-08-15TNI`, `PT3H`, `2022-02`, `PAST_REF`, `XXXX-WXX-5`.
    pub value: String,
    /// The days meant, where the value is anchored to the calendar.
    pub days: Option<DayRange>,
}

impl Spanned for TimeExpression {
    fn span(&self) -> Span {
        self.span
    }
}
