use std::collections::BTreeMap;

use crate::desk::{Desk, Line, Word};
use crate::side::{outlets, side, silent};
use crate::twins::Twin;
use jiff::civil::Date;
use rashomon_article::{
    Discrepancy, DiscrepancyKind, Passage, Quantity, TimeBasis, TimeExpression, TimeKind, Verdict,
};

/// Two tellings that give different days for one fact must resemble each other this much.
const LEAST_SIMILARITY: f32 = 0.5;
/// Days further apart than this are of two events.
const MOST_DAYS: i32 = 45;
/// So many words of matter before and after the day must hold one that both tellings have.
const REACH: usize = 3;
/// Days that are only guessed, as no report is dated, are held against each other where the tellings
/// are more alike and a word beside the days is the same.
const LEAST_SIMILARITY_OF_GUESS: f32 = 0.55;
const REACH_OF_GUESS: usize = 1;

/// Days of one fact that differ.
pub fn days(desk: &Desk<'_>, twins: &[Twin]) -> Vec<Discrepancy> {
    let mut found: BTreeMap<(String, String), Discrepancy> = BTreeMap::new();
    let alike = |twin: &&Twin| twin.claimed && twin.likeness >= LEAST_SIMILARITY;
    for twin in twins.iter().filter(alike) {
        let (a, b) = twin.lines(desk);
        let (Some((x, day_x)), Some((y, day_y))) = (only_day(desk, a), only_day(desk, b)) else {
            continue;
        };
        let words = |line: &Line, time: &TimeExpression| {
            desk.story.document(line.article).slice(time.span).to_lowercase()
        };
        let guessed = [x, y].iter().any(|time| time.basis == TimeBasis::Guessed);
        if may_be_one(&day_x, &day_y)
            || is_guess(desk, (a, x), (b, y))
            || words(a, x) == words(b, y)
            || !same_neighbours((a, x), (b, y), if guessed { REACH_OF_GUESS } else { REACH })
            || guessed && twin.likeness < LEAST_SIMILARITY_OF_GUESS
            || dates_two_figures(desk, (a, x), (b, y))
        {
            continue;
        }
        if tells(desk, a, &day_y) || tells(desk, b, &day_x) {
            continue;
        }
        let place =
            |line: &Line, time: &TimeExpression| Passage { article: line.article, span: time.span };
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
fn only_day<'d>(desk: &'d Desk<'_>, line: &Line) -> Option<(&'d TimeExpression, String)> {
    let document = desk.story.document(line.article);
    let mut days = document.times.inside(line.span).filter_map(|time| Some((time, day(time)?)));
    let first = days.next()?;
    days.all(|(_, day)| day == first.1).then_some(first)
}

/// Whether one of two days is only guessed, and not as the other one: where no report is dated,
/// `Tuesday` and `Thursday` are still two days, while `Tuesday` and `26 August` may be one.
fn is_guess(
    desk: &Desk<'_>,
    (a, x): (&Line, &TimeExpression),
    (b, y): (&Line, &TimeExpression),
) -> bool {
    let words = |line: &Line, time: &TimeExpression| desk.slice(line, time.span);
    let digits = |words: &str| words.contains(|c: char| c.is_ascii_digit());
    let named = |words: &str| digits(words) || words.contains(char::is_uppercase);
    let (p, q) = (words(a, x), words(b, y));
    let guessed = [x, y].iter().any(|time| time.basis == TimeBasis::Guessed);
    guessed && !(named(p) && named(q) && digits(p) == digits(q))
}

/// The single day of the calendar that an expression means. A day that is not resolved is no day
/// that could differ from another.
fn day(time: &TimeExpression) -> Option<String> {
    let told = matches!(time.kind, TimeKind::Date | TimeKind::Time);
    let days = time.days.filter(|_| told)?;
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
fn tells(desk: &Desk<'_>, line: &Line, other: &str) -> bool {
    let document = desk.story.document(line.article);
    document.times.inside(line.span).any(|time| day(time).as_deref() == Some(other))
}

/// Whether the days are those of two figures: what was counted on Tuesday and again on Thursday.
fn dates_two_figures(
    desk: &Desk<'_>,
    (a, x): (&Line, &TimeExpression),
    (b, y): (&Line, &TimeExpression),
) -> bool {
    let dated = |line: &Line, time: &TimeExpression| -> Vec<&Quantity> {
        let quantities = desk.story.document(line.article).quantities.inside(line.span);
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
    (a, x): (&Line, &TimeExpression),
    (b, y): (&Line, &TimeExpression),
    reach: usize,
) -> bool {
    let near = |line: &Line, time: &TimeExpression| -> Vec<u32> {
        let words: Vec<&Word> = line.words.iter().filter(|word| !word.function).collect();
        let from = words.partition_point(|word| word.span.start() < time.span.start());
        let to = words.partition_point(|word| word.span.start() < time.span.end());
        let before = &words[from.saturating_sub(reach)..from];
        let after = &words[to..(to + reach).min(words.len())];
        before.iter().chain(after).map(|word| word.key).collect()
    };
    let (x, y) = (near(a, x), near(b, y));
    x.iter().any(|word| y.contains(word))
}

/// The weightiest words that both tellings have, in the order of the first.
pub fn common_words(desk: &Desk<'_>, a: &Line, b: &Line) -> String {
    let holds = |word: &&Word| b.words.iter().any(|other| other.key == word.key);
    let mut shared: Vec<&Word> =
        a.words.iter().filter(|word| !word.function && !word.negation).filter(holds).collect();
    shared.sort_by(|p, q| q.idf.total_cmp(&p.idf).then(p.span.cmp(&q.span)));
    shared.dedup_by_key(|word| word.key);
    shared.truncate(3);
    shared.sort_by_key(|word| word.span);
    let words: Vec<&str> = shared.iter().map(|word| desk.slice(a, word.span)).collect();
    words.join(" … ")
}
