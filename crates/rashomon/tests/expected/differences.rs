//! Where the articles differ, and what is no difference.

use rashomon::article::{Discrepancy, Passage, Side, Story, Verdict};

use super::desk::{Desk, same_words, show};
use super::line::{Line, Place};
use super::tally::Tally;

pub fn check(desk: &Desk, line: &Line, tally: &mut Tally) {
    match line {
        Line::Conflict { kind, places } => {
            let found = between(desk, places, |found| found.verdict == Verdict::Conflict);
            let same = found.iter().any(|found| found.kind.name() == kind);
            tally.expect("conflict", !found.is_empty(), || {
                let other: Vec<&str> =
                    between(desk, places, |_| true).iter().map(|d| d.verdict.name()).collect();
                format!("{kind} | {} {other:?}", show(places))
            });
            tally.expect("conflict-kind", same, || {
                let kinds: Vec<&str> = found.iter().map(|found| found.kind.name()).collect();
                format!("{kind} | {} {kinds:?}", show(places))
            });
        }
        Line::Update(places) => {
            let found = between(desk, places, |found| found.verdict == Verdict::Update);
            tally.expect("update", !found.is_empty(), || {
                let other: Vec<&str> =
                    between(desk, places, |_| true).iter().map(|d| d.verdict.name()).collect();
                format!("{} {other:?}", show(places))
            });
        }
        Line::Variant(places) => {
            tally.expect("variant", is_variant(desk, places), || show(places));
        }
        Line::Compatible(places) => {
            let found = between(desk, places, |found| found.verdict == Verdict::Conflict);
            tally.expect("compatible", found.is_empty(), || show(places));
        }
        _ => {}
    }
}

/// Conflicts that the program reports and the list does not have. Copies of a listed conflict, in
/// the same words in another article, are allowed.
pub fn find_false(desk: &Desk, tally: &mut Tally) {
    for story in &desk.stories {
        for found in story.discrepancies.iter().filter(|d| d.verdict == Verdict::Conflict) {
            let listed = desk.lines.iter().any(|line| match line {
                Line::Conflict { places, .. } => is_between(desk, story, found, places, true),
                _ => false,
            });
            if !listed {
                tally.wrong("conflict", words(story, found));
            }
        }
    }
}

/// The differences between places that satisfy a condition.
fn between<'d>(
    desk: &'d Desk,
    places: &[Place],
    is: impl Fn(&Discrepancy) -> bool,
) -> Vec<&'d Discrepancy> {
    let Some((story, _)) = desk.article(&places[0].key) else {
        return Vec::new();
    };
    let found = story.discrepancies.iter();
    found.filter(|found| is(found) && is_between(desk, story, found, places, false)).collect()
}

/// Whether a difference holds the words of all places, not all of them on one side.
fn is_between(
    desk: &Desk,
    story: &Story,
    found: &Discrepancy,
    places: &[Place],
    copies: bool,
) -> bool {
    let Some((_, members)) = desk.passages(places) else {
        return false;
    };
    let sides: Vec<Vec<usize>> = places
        .iter()
        .zip(&members)
        .map(|(place, passages)| {
            let has = |side: &Side| side_has(story, side, place, passages, copies);
            found.sides.iter().enumerate().filter(|(_, side)| has(side)).map(|(at, _)| at).collect()
        })
        .collect();
    let all_met = sides.iter().all(|sides| !sides.is_empty());
    all_met && sides.iter().flatten().any(|side| sides.iter().flatten().any(|other| side != other))
}

fn side_has(story: &Story, side: &Side, place: &Place, at: &[Passage], copies: bool) -> bool {
    side.mentions.iter().any(|&mention| {
        at.iter().any(|&at| same_words(mention, at))
            || copies && {
                let words = story.slice(mention).to_lowercase();
                let known = place.words.to_lowercase();
                words.contains(&known) || words.contains(' ') && known.contains(&words)
            }
    })
}

/// Whether the places are told to be the same under other names: by a difference that is no
/// conflict, or by an entity that has them all.
fn is_variant(desk: &Desk, places: &[Place]) -> bool {
    if !between(desk, places, |found| found.verdict == Verdict::Variant).is_empty() {
        return true;
    }
    let Some((story, members)) = desk.passages(places) else {
        return false;
    };
    story.entities.iter().any(|entity| {
        let mentions: Vec<Passage> =
            entity.aliases.iter().flat_map(|alias| alias.mentions.iter().copied()).collect();
        let named = |at: &Passage| mentions.iter().any(|&mention| same_words(mention, *at));
        members.iter().all(|passages| passages.iter().any(named))
    })
}

fn words(story: &Story, found: &Discrepancy) -> String {
    let sides: Vec<String> = found
        .sides
        .iter()
        .map(|side| {
            let ids: Vec<&str> = side
                .mentions
                .iter()
                .map(|mention| story.document(mention.article).article.id.as_str())
                .collect();
            let words = side.mentions.first().map_or("", |&mention| story.slice(mention));
            format!("{} ({})", words, ids.join(", "))
        })
        .collect();
    format!("{} | {} | {}", found.kind.name(), found.about, sides.join(" || "))
}
