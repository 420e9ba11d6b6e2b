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

/// How the time meant lies to the value, as TIMEX3's attribute `mod` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeModifier {
    /// Before it: `more than a year ago`.
    Before,
    /// After it: `less than a year ago`.
    After,
    /// Before it or at it: `at least a year ago`.
    OnOrBefore,
    /// After it or at it: `at most a year ago`.
    OnOrAfter,
    /// Shorter: `nearly three hours`.
    LessThan,
    /// Longer: `over three hours`.
    MoreThan,
    /// No longer: `up to three hours`.
    EqualOrLess,
    /// No shorter: `at least three hours`.
    EqualOrMore,
    /// In its first part: `early March`.
    Start,
    /// In its middle: `mid-March`.
    Mid,
    /// In its last part: `the end of March`.
    End,
    /// More or less: `about three hours`.
    Approx,
}

impl TimeModifier {
    const NAMES: [(&'static str, TimeModifier); 12] = [
        ("BEFORE", TimeModifier::Before),
        ("AFTER", TimeModifier::After),
        ("ON_OR_BEFORE", TimeModifier::OnOrBefore),
        ("ON_OR_AFTER", TimeModifier::OnOrAfter),
        ("LESS_THAN", TimeModifier::LessThan),
        ("MORE_THAN", TimeModifier::MoreThan),
        ("EQUAL_OR_LESS", TimeModifier::EqualOrLess),
        ("EQUAL_OR_MORE", TimeModifier::EqualOrMore),
        ("START", TimeModifier::Start),
        ("MID", TimeModifier::Mid),
        ("END", TimeModifier::End),
        ("APPROX", TimeModifier::Approx),
    ];

    /// The modifier of TIMEX3's name, if it is one.
    pub fn of(name: &str) -> Option<TimeModifier> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, modifier)| modifier)
    }

    /// TIMEX3's name for it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, known)| *known == self).map_or("", |&(name, _)| name)
    }
}

/// What a value rests on. Whoever holds two dates against each other asks this first: a guess
/// contradicts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeBasis {
    /// The words alone: `March 3, 2026`, `three hours`, or nothing anchors it.
    Stated,
    /// The words and the day of publication: `yesterday`, `said on Friday`.
    Resolved,
    /// A choice that no word makes: a weekday or month without a tense, a year carried along, a
    /// date counted from another one in the text or from a borrowed day.
    Guessed,
}

/// A date, time, duration or set in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value: `2025-08-15`, `2025-08-15TNI`, `PT3H`, `2022-02`, `PAST_REF`, `XXXX-WXX-5`.
    /// A time of day ends in its offset from UTC where the words name a zone that has but one:
    /// `2026-11-03T17:00-05:00`, `2026-11-03T22:00Z`.
    pub value: String,
    /// How the time meant lies to the value.
    pub modifier: Option<TimeModifier>,
    /// What the value rests on.
    pub basis: TimeBasis,
    /// The days of the value, where it is anchored to the calendar. A modifier says in which part
    /// of them, or on which side, the time meant lies.
    pub days: Option<DayRange>,
    /// The instant, where day, time of day and zone are known: two of them compare whatever zones
    /// their words name.
    pub instant: Option<jiff::Timestamp>,
}

impl Spanned for TimeExpression {
    fn span(&self) -> Span {
        self.span
    }
}
