use std::collections::BTreeMap;

use jiff::civil::Date;
use rashomon_article::{
    Discrepancy, DiscrepancyKind, Passage, Quantity, TimeBasis, TimeExpression, TimeKind, Verdict,
};
use rashomon_terms::Unit;

use crate::Desk;
use crate::pairing::{Pair, key, matter, pairs};
use crate::side::{outlets, side, silent};

/// Two tellings that give different days for one fact must resemble each other this much.
const LEAST_SIMILARITY: f32 = 0.5;
/// Days further apart than this are of two events.
const MOST_DAYS: i32 = 45;
/// So many words of matter before and after the day must hold one that both tellings have.
const REACH: usize = 3;

/// Days of one fact that differ.
pub fn days(desk: &Desk<'_>) -> Vec<Discrepancy> {
    let mut found: BTreeMap<(String, String), Discrepancy> = BTreeMap::new();
    for Pair { a, b } in pairs(desk, LEAST_SIMILARITY) {
        let (Some((x, day_x)), Some((y, day_y))) = (only_day(desk, a), only_day(desk, b)) else {
            continue;
        };
        let words = |unit: &Unit, time: &TimeExpression| {
            desk.story.document(unit.passage.article).slice(time.span).to_lowercase()
        };
        if may_be_one(&day_x, &day_y)
            || words(a, x) == words(b, y)
            || !same_neighbours(desk, (a, x), (b, y))
            || dates_two_figures(desk, (a, x), (b, y))
        {
            continue;
        }
        if tells(desk, a, &day_y) || tells(desk, b, &day_x) {
            continue;
        }
        let place = |unit: &Unit, time: &TimeExpression| Passage {
            article: unit.passage.article,
            span: time.span,
        };
        let (one, other) = (place(a, x), place(b, y));
        let pair = if day_x <= day_y { (day_x, day_y) } else { (day_y, day_x) };
        found
            .entry(pair)
            .and_modify(|known| {
                for side in &mut known.sides {
                    for mention in [one, other] {
                        if desk.story.slice(mention) == side.value
                            && !side.mentions.contains(&mention)
                        {
                            side.mentions.push(mention);
                        }
                    }
                }
            })
            .or_insert_with(|| {
                let sides = vec![side(desk.story, vec![one]), side(desk.story, vec![other])];
                Discrepancy {
                    kind: DiscrepancyKind::Date,
                    verdict: Verdict::Conflict,
                    about: common_words(desk, a, b),
                    silent: silent(desk.story, &sides),
                    why: format!(
                        "{} and {} give different days for the same event",
                        outlets(desk.story, [one.article]),
                        outlets(desk.story, [other.article])
                    ),
                    sides,
                }
            });
    }
    found.into_values().collect()
}

/// The one day that a telling names, with its value.
fn only_day<'d>(desk: &'d Desk<'_>, unit: &Unit) -> Option<(&'d TimeExpression, String)> {
    let document = desk.story.document(unit.passage.article);
    let mut days =
        document.times.inside(unit.passage.span).filter_map(|time| Some((time, day(time)?)));
    let first = days.next()?;
    days.all(|(_, day)| day == first.1).then_some(first)
}

/// The single day of the calendar that an expression means. A day that is not resolved, or only
/// guessed, is no day that could differ from another.
fn day(time: &TimeExpression) -> Option<String> {
    let told = matches!(time.kind, TimeKind::Date | TimeKind::Time);
    let days = time.days.filter(|_| told && time.basis != TimeBasis::Guessed)?;
    (days.first == days.last).then(|| days.first.to_string())
}

/// Whether two days may be one that was resolved amiss: the same, the same day of the week, the
/// same day of another year, or so far apart that they are of two events.
fn may_be_one(a: &str, b: &str) -> bool {
    let (Ok(a), Ok(b)) = (a.parse::<Date>(), b.parse::<Date>()) else { return true };
    let apart = (a - b).get_days().abs();
    a.weekday() == b.weekday() || (a.month(), a.day()) == (b.month(), b.day()) || apart > MOST_DAYS
}

/// Whether the sentence of a telling also names another day.
fn tells(desk: &Desk<'_>, unit: &Unit, other: &str) -> bool {
    let document = desk.story.document(unit.passage.article);
    let sentence = document.sentences[unit.sentence].span;
    document.times.inside(sentence).any(|time| day(time).as_deref() == Some(other))
}

/// Whether the days are those of two figures: what was counted on Tuesday and again on Thursday.
fn dates_two_figures(
    desk: &Desk<'_>,
    (a, x): (&Unit, &TimeExpression),
    (b, y): (&Unit, &TimeExpression),
) -> bool {
    let dated = |unit: &Unit, time: &TimeExpression| -> Vec<&Quantity> {
        let quantities =
            desk.story.document(unit.passage.article).quantities.inside(unit.passage.span);
        let dated = |quantity: &&Quantity| quantity.circumstances.as_of == Some(time.span);
        quantities.filter(dated).collect()
    };
    let (x, y) = (dated(a, x), dated(b, y));
    let alike = |p: &Quantity, q: &Quantity| p.dimension == q.dimension;
    let equal = |p: &Quantity, q: &Quantity| alike(p, q) && p.interval() == q.interval();
    let pairs = || x.iter().flat_map(|p| y.iter().map(move |q| (*p, *q)));
    pairs().any(|(p, q)| alike(p, q)) && !pairs().any(|(p, q)| equal(p, q))
}

/// Whether a word that stands near the day is the same in both tellings.
fn same_neighbours(
    desk: &Desk<'_>,
    (a, x): (&Unit, &TimeExpression),
    (b, y): (&Unit, &TimeExpression),
) -> bool {
    let near = |unit: &Unit, time: &TimeExpression| -> Vec<String> {
        let words = matter(desk, unit.passage);
        let from = words.partition_point(|term| term.span.start() < time.span.start());
        let to = words.partition_point(|term| term.span.start() < time.span.end());
        let before = &words[from.saturating_sub(REACH)..from];
        let after = &words[to..(to + REACH).min(words.len())];
        before.iter().chain(after).map(|term| key(desk, term)).collect()
    };
    let (x, y) = (near(a, x), near(b, y));
    x.iter().any(|word| y.contains(word))
}

/// The weightiest words that both tellings have, in the order of the first.
pub fn common_words(desk: &Desk<'_>, a: &Unit, b: &Unit) -> String {
    let (x, y) = (matter(desk, a.passage), matter(desk, b.passage));
    let mut shared: Vec<_> = x
        .iter()
        .filter(|term| !term.negation && y.iter().any(|other| key(desk, other) == key(desk, term)))
        .collect();
    shared.sort_by(|p, q| q.idf.total_cmp(&p.idf).then(p.span.cmp(&q.span)));
    shared.dedup_by(|p, q| p.form == q.form);
    shared.truncate(3);
    shared.sort_by_key(|term| term.span);
    let document = desk.story.document(a.passage.article);
    let words: Vec<&str> = shared.iter().map(|term| document.slice(term.span)).collect();
    words.join(" … ")
}
