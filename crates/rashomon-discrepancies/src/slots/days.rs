use rashomon_article::{DayRange, DiscrepancyKind, TimeBasis, TimeExpression, TimeKind, Verdict};
use rashomon_text::Span;

use super::{Place, everywhere};
use crate::clash::{Account, Clash};
use crate::days::common_words;
use crate::desk::{Desk, Line};
use crate::side::outlets;

/// Two days of one event stand in sentences that are this much alike.
const LEAST_NEARNESS: f32 = 0.58;
/// Or are tellings of one claim, a little alike, with so many words in a row beside the day that
/// are the same, so many of them of matter.
const LEAST_NEARNESS_IN_CLAIM: f32 = 0.45;
const FLANK: usize = 3;
const MATTER_OF_FLANK: usize = 2;
/// Days further apart than this are of two events.
const MOST_DAYS: i32 = 45;
/// And years further apart than this.
const MOST_YEARS: i16 = 9;

/// Two days, months or years that stand in one place of two sentences.
pub fn clash(desk: &Desk<'_>, place: &Place<'_>) -> Option<Clash> {
    let (x, y) = place.spans()?;
    let (one, other) = (only(desk, place.a, x)?, only(desk, place.b, y)?);
    if !differ(desk, (place.a, one), (place.b, other)) {
        return None;
    }
    let alignment = &place.twin.alignment;
    let flanked = place.nearness() >= LEAST_NEARNESS_IN_CLAIM
        && alignment.is_flanked(place.a, &place.slot, FLANK, MATTER_OF_FLANK);
    if place.nearness() < LEAST_NEARNESS && !(place.twin.claimed && flanked) {
        return None;
    }
    // Where a sentence tells both, they are days of two things.
    let tells = |line: &Line, told: &TimeExpression| {
        let mut times = desk.document(line.article).times.inside(line.span);
        times.any(|time| time.value == told.value || told.days.is_some() && time.days == told.days)
    };
    if tells(place.a, other) || tells(place.b, one) {
        return None;
    }
    let account = |time: &TimeExpression, lines: &[usize]| Account {
        value: time
            .days
            .map_or_else(|| time.value.clone(), |days| format!("{}..{}", days.first, days.last)),
        mentions: everywhere(desk, lines, time.span),
    };
    Some(Clash {
        kind: DiscrepancyKind::Date,
        verdict: Verdict::Conflict,
        about: common_words(desk, place.a, place.b),
        why: format!(
            "{} and {} give different days for the same event",
            outlets(desk.story, [place.a.article]),
            outlets(desk.story, [place.b.article])
        ),
        sides: [account(one, &place.twin.a), account(other, &place.twin.b)],
        likeness: place.twin.likeness,
    })
}

/// The one time expression that has words of a span.
fn only<'d>(desk: &Desk<'d>, line: &Line, span: Span) -> Option<&'d TimeExpression> {
    let mut here = desk.document(line.article).times.overlapping(span);
    let first = here.next()?;
    let told = matches!(first.kind, TimeKind::Date | TimeKind::Time);
    (told && here.next().is_none()).then_some(first)
}

/// Whether two expressions cannot mean one day. What was only guessed is held against a guess in
/// the same form alone: `Tuesday` and `Thursday`, and not `Tuesday` and `26 August`.
fn differ(
    desk: &Desk<'_>,
    (a, x): (&Line, &TimeExpression),
    (b, y): (&Line, &TimeExpression),
) -> bool {
    let (Some(p), Some(q)) = (x.days, y.days) else {
        // Without a year, or a week, what is left is held against the same of the other.
        let rest = |time: &TimeExpression| match time.days {
            Some(days) if days.first == days.last => Some(days.first.strftime("%m-%d").to_string()),
            Some(_) => None,
            None => time.value.strip_prefix("XXXX-").map(str::to_owned),
        };
        let (Some(p), Some(q)) = (rest(x), rest(y)) else { return false };
        let relative = is_relative(desk, a, x) || is_relative(desk, b, y);
        return !relative && p.len() == q.len() && p != q;
    };
    let length = |days: DayRange| (days.last - days.first).get_days();
    let same_size = (length(p) - length(q)).abs() <= 3;
    if p.first <= q.last && q.first <= p.last || !same_size {
        return false;
    }
    let digits = |line: &Line, time: &TimeExpression| {
        desk.slice(line, time.span).contains(|c: char| c.is_ascii_digit())
    };
    let guessed = [x, y].iter().any(|time| time.basis == TimeBasis::Guessed);
    // `yesterday` is another day in each report, and is the same word in all.
    let relative = [(a, x), (b, y)].iter().any(|(line, time)| is_relative(desk, line, time));
    let one_form = digits(a, x) == digits(b, y);
    if guessed && (relative || !one_form) {
        return false;
    }
    let apart = (p.first - q.first).get_days().abs();
    let years = (p.first.year() - q.first.year()).abs();
    match length(p) {
        0 => {
            p.first.weekday() != q.first.weekday()
                && (p.first.month(), p.first.day()) != (q.first.month(), q.first.day())
                && apart <= MOST_DAYS
        }
        _ => years <= MOST_YEARS,
    }
}

/// Whether a day is told by neither its name nor its number, but from the day of the report.
fn is_relative(desk: &Desk<'_>, line: &Line, time: &TimeExpression) -> bool {
    let words = desk.slice(line, time.span);
    !words.chars().any(|c| c.is_ascii_digit() || c.is_uppercase())
}

/// Whether two sentences name days, and none of them in common: then what they count may have been
/// counted twice.
pub fn other_days(desk: &Desk<'_>, a: &Line, b: &Line) -> bool {
    let days = |line: &Line| -> Vec<&TimeExpression> {
        let times = desk.document(line.article).times.inside(line.span);
        let day = |time: &&TimeExpression| {
            let one = time.days.map_or(time.value.starts_with("XXXX-"), |d| d.first == d.last);
            matches!(time.kind, TimeKind::Date | TimeKind::Time) && one
        };
        times.filter(day).collect()
    };
    let (x, y) = (days(a), days(b));
    let same = |p: &TimeExpression, q: &TimeExpression| match (p.days, q.days) {
        (Some(p), Some(q)) => p == q,
        _ => p.value == q.value,
    };
    !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| same(p, q)))
}
