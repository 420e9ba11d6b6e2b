use rashomon_article::{Comparator, Dimension, Passage, Published, Story, Verdict};

use crate::figure::Figure;

/// Two figures that differ by no more than this share of the larger are one figure, rounded.
const ROUNDING: f64 = 0.03;
/// A figure in several words, `a dozen`, `one in three`, is rounder.
const ROUNDING_OF_WORDS: f64 = 0.12;
/// A toll in the report of a day may have been counted a day later elsewhere: it is another date
/// there.
const DATE_LINE: i32 = 1;
/// Two reports of which the second came out this much later can tell of a later state.
const LATER_SECONDS: i64 = 30 * 60;

/// The verdict on two figures of one thing, with the reason.
pub struct Judgement {
    pub verdict: Verdict,
    pub why: String,
}

fn judgement(verdict: Verdict, why: impl Into<String>) -> Option<Judgement> {
    Some(Judgement { verdict, why: why.into() })
}

/// Tries the innocent explanations in order. `None` where the two say the same.
pub fn judge(story: &Story, a: &Figure, b: &Figure) -> Option<Judgement> {
    if a.same_value(b) {
        return None;
    }
    let (wa, wb) = (a.words(story), b.words(story));
    if let Some(why) = update(story, a, b) {
        return judgement(Verdict::Update, why);
    }
    if a.overlaps(b) {
        let vague = [a, b].iter().any(|figure| figure.comparator() == Comparator::Vague);
        let (broad, narrow) = if a.width() >= b.width() { (wa, wb) } else { (wb, wa) };
        return if vague {
            judgement(Verdict::Vague, format!("“{broad}” is vague and leaves room for “{narrow}”"))
        } else {
            judgement(Verdict::Compatible, format!("“{broad}” and “{narrow}” can both be right"))
        };
    }
    let apart = (a.middle() - b.middle()).abs();
    let adjacent = a.excludes_by_comparator(b);
    let rounding = if [a, b].iter().any(|figure| is_in_words(story, figure)) {
        ROUNDING_OF_WORDS
    } else {
        ROUNDING
    };
    if !adjacent && apart <= rounding * a.middle().abs().max(b.middle().abs()) {
        return judgement(
            Verdict::Compatible,
            format!("“{wa}” and “{wb}” are one figure, rounded"),
        );
    }
    if let (Some(x), Some(y)) = (&a.quantity.unit, &b.quantity.unit)
        && x.name != y.name
        && apart <= x.scale.max(y.scale) / 2.0
    {
        // `22 months` is `two years` to the nearest year.
        return judgement(
            Verdict::Compatible,
            format!("“{wa}” and “{wb}” are one figure, rounded"),
        );
    }
    if a.subset != b.subset {
        let part = if a.subset { wa } else { wb };
        return judgement(
            Verdict::Compatible,
            format!("“{part}” is told as a part of a larger number"),
        );
    }
    if let (Some(x), Some(y)) = (a.as_of, b.as_of)
        && (x.last < y.first || y.last < x.first)
    {
        return judgement(
            Verdict::Update,
            format!("“{wa}” and “{wb}” are told as of different days"),
        );
    }
    if let (Some(x), Some(y)) = (a.place, b.place)
        && x != y
    {
        let name = |place: usize| &story.entities[place].name;
        return judgement(
            Verdict::Compatible,
            format!("each figure is told of a place of its own: {} and {}", name(x), name(y)),
        );
    }
    match (a.source, b.source) {
        (Some(x), Some(y)) if x != y => judgement(
            Verdict::Compatible,
            format!(
                "each figure has a source of its own: {} and {}",
                story.entities[x].name, story.entities[y].name
            ),
        ),
        _ => judgement(Verdict::Conflict, exclude(story, a, b)),
    }
}

/// Whether a number stands in several words without a digit, or is a share in words: `a dozen`,
/// `one-third`, and not `twenty-three`.
fn is_in_words(story: &Story, figure: &Figure) -> bool {
    let span = figure.quantity.number;
    let words = story.slice(Passage { article: figure.passage.article, span });
    let share = figure.quantity.dimension == Dimension::Share;
    let several = words.contains(' ') || share && words.contains('-');
    several && !words.contains(|c: char| c.is_ascii_digit())
}

/// The reason of a conflict.
pub fn exclude(story: &Story, a: &Figure, b: &Figure) -> String {
    format!("“{}” and “{}” exclude each other", a.words(story), b.words(story))
}

/// A count that can only grow, larger in the later report. A vague or rounded figure is not
/// older than the exact one that it leaves room for.
fn update(story: &Story, a: &Figure, b: &Figure) -> Option<String> {
    let loose = |figure: &Figure| {
        matches!(
            figure.comparator(),
            Comparator::Vague | Comparator::About | Comparator::Less | Comparator::AtMost
        )
    };
    if a.overlaps(b) && (loose(a) || loose(b) || a.middle() == b.middle()) {
        return None;
    }
    let (early, late) = if a.middle() <= b.middle() { (a, b) } else { (b, a) };
    // The dead of a year past are counted.
    let past = early.anchor.is_some() && early.anchor == late.anchor;
    if early.toll.is_none() || early.toll != late.toll || past {
        return None;
    }
    let published = |figure: &Figure| story.document(figure.passage.article).article.published;
    let (Some(before), Some(after)) = (published(early), published(late)) else {
        return Some("a toll grows as it is counted, and not all reports are dated".to_owned());
    };
    let outlet = |figure: &Figure| story.document(figure.passage.article).article.outlet_or_id();
    let seconds = after.instant().duration_since(before.instant()).as_secs();
    let days = matches!((before, after), (Published::Day(_), _) | (_, Published::Day(_)));
    if seconds >= LATER_SECONDS {
        let (late, early) = (outlet(late), outlet(early));
        Some(format!("the larger figure is from a later report: {late} came out after {early}"))
    } else if days && (before.day() - after.day()).get_days().abs() <= DATE_LINE {
        Some("a toll grows as it is counted, and the reports are of one day".to_owned())
    } else {
        None
    }
}
