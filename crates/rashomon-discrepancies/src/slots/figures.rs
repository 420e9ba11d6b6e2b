use rashomon_article::{Comparator, Dimension, DiscrepancyKind, Verdict};
use rashomon_text::Span;

use super::{Place, everywhere, other_days};
use crate::clash::{Account, Clash};
use crate::desk::Desk;
use crate::figure::Figure;
use crate::figures::about;
use crate::verdict::{Judgement, exclude, judge};

/// Two figures of one thing that stand in one place of two sentences.
pub fn clash(desk: &Desk<'_>, figures: &[Figure<'_>], place: &Place<'_>) -> Option<Clash> {
    if place.nearness() < LEAST_NEARNESS && !place.is_flanked() {
        return None;
    }
    let (x, y) = place.spans()?;
    let one = only(figures, place.twin.a[0], x)?;
    let other = only(figures, place.twin.b[0], y)?;
    if !comparable(one, other)
        || tells(figures, place.twin.a[0], other)
        || tells(figures, place.twin.b[0], one)
    {
        return None;
    }
    let judgement = judge(desk.story, one, other)?;
    let judgement = match judgement.verdict {
        Verdict::Conflict => judgement,
        _ if excuses(place, one, other, judgement.verdict) => judgement,
        _ => Judgement { verdict: Verdict::Conflict, why: exclude(desk.story, one, other) },
    };
    if judgement.verdict == Verdict::Conflict && other_days(desk, place.a, place.b) {
        return None;
    }
    let kind = match (judgement.verdict, one.quantity.dimension) {
        (Verdict::Update, _) => DiscrepancyKind::Update,
        (_, Dimension::Duration) => DiscrepancyKind::Duration,
        _ => DiscrepancyKind::Quantity,
    };
    let account = |figure: &Figure<'_>, lines: &[usize]| Account {
        value: format!("{}..{}", figure.interval.0, figure.interval.1),
        mentions: everywhere(desk, lines, figure.passage.span),
    };
    Some(Clash {
        kind,
        verdict: judgement.verdict,
        about: about(desk, &[one, other]),
        why: judgement.why,
        sides: [account(one, &place.twin.a), account(other, &place.twin.b)],
        likeness: place.twin.likeness,
    })
}

/// Two figures of one thing stand in sentences that are this much alike.
const LEAST_NEARNESS: f32 = 0.55;
/// In sentences that are this much alike, the one is written after the other or both after a third.
const COPIES: f32 = 0.85;
/// Two round figures of one wording differ by more than rounding where they are further apart than
/// this share of the larger.
const ROUNDING_OF_COPIES: f64 = 0.15;

/// Whether an innocent explanation holds in sentences of one wording, too. Who writes after
/// another does not round what is rounded already.
fn excuses(place: &Place<'_>, one: &Figure<'_>, other: &Figure<'_>, verdict: Verdict) -> bool {
    if place.nearness() < COPIES {
        return true;
    }
    let (x, y) = (one.middle().abs(), other.middle().abs());
    match verdict {
        Verdict::Compatible => {
            let about = |figure: &Figure<'_>| figure.comparator() == Comparator::About;
            !(about(one) && about(other))
                || (one.middle() - other.middle()).abs() <= ROUNDING_OF_COPIES * x.max(y)
        }
        _ => true,
    }
}

/// Whether two figures of a dimension that stand in one place of two sentences differ at all.
pub fn differ(figures: &[Figure<'_>], place: &Place<'_>) -> bool {
    let pair = place.spans().and_then(|(x, y)| {
        Some((only(figures, place.twin.a[0], x)?, only(figures, place.twin.b[0], y)?))
    });
    pair.is_some_and(|(one, other)| {
        one.quantity.dimension == other.quantity.dimension && !one.same_value(other)
    })
}

/// Whether a line tells the number of a figure that stands elsewhere: then it means two by them.
pub fn tells(figures: &[Figure<'_>], line: usize, figure: &Figure<'_>) -> bool {
    let from = figures.partition_point(|figure| figure.line < line);
    let mut here = figures[from..].iter().take_while(|figure| figure.line == line);
    here.any(|other| {
        other.quantity.dimension == figure.quantity.dimension
            && other.quantity.base() == figure.quantity.base()
            && other.comparator() == Comparator::Equal
    })
}

/// The one figure of a line whose number has words of a span.
fn only<'f, 's>(figures: &'f [Figure<'s>], line: usize, span: Span) -> Option<&'f Figure<'s>> {
    let from = figures.partition_point(|figure| figure.line < line);
    let mut here = figures[from..]
        .iter()
        .take_while(|figure| figure.line == line)
        .filter(|figure| figure.quantity.number.overlaps(span));
    let first = here.next()?;
    here.next().is_none().then_some(first)
}

/// Whether nothing around two figures says that they are of two things.
fn comparable(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let unit = |figure: &Figure<'_>| figure.quantity.unit.as_ref().map(|unit| unit.name.clone());
    let differ = |x: Option<u32>, y: Option<u32>| matches!((x, y), (Some(x), Some(y)) if x != y);
    let moves = (a.quantity.change, b.quantity.change);
    a.quantity.dimension == b.quantity.dimension
        && unit(a) == unit(b)
        && !differ(a.counted, b.counted)
        && !matches!(moves, (Some(x), Some(y)) if x != y)
        && a.denied == b.denied
}
