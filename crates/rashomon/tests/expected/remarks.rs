//! The same remark in several articles.

use rashomon::article::{Passage, Relation, Story, Utterance};

use super::desk::{Desk, same_words, show};
use super::line::{Line, Place};
use super::tally::Tally;

pub fn check(desk: &Desk, line: &Line, tally: &mut Tally) {
    let Line::SameRemark { places, .. } = line else {
        return;
    };
    let found = desk.passages(places).and_then(|(story, members)| {
        story.utterances.iter().find(|utterance| {
            members.iter().all(|passages| passages.iter().any(|&at| holds(utterance, at)))
        })
    });
    tally.expect("same-remark", found.is_some(), || show(places));
    let expected = relation(desk, places);
    let met = found.is_some_and(|utterance| utterance.relation.name() == expected);
    tally.expect("relation", met, || {
        let found = found.map(|utterance| utterance.relation.name());
        format!("{expected}: {found:?}: {}", show(places))
    });
}

/// Utterances that join what the list keeps apart. Not every remark that is printed twice is
/// listed, so that the same words, whole or cut, are no mistake.
pub fn find_false(desk: &Desk, tally: &mut Tally) {
    for story in &desk.stories {
        for utterance in story.utterances.iter().filter(|utterance| is_joined(utterance)) {
            let listed = desk.lines.iter().any(|line| match line {
                Line::SameRemark { places, .. } => {
                    let members = desk.passages(places).map_or_else(Vec::new, |(_, all)| all);
                    let meets =
                        members.iter().filter(|at| at.iter().any(|&at| holds(utterance, at)));
                    meets.count() >= 2
                }
                _ => false,
            });
            if !listed && !is_copied(story, utterance) {
                tally.wrong("same-remark", words(story, utterance));
            }
        }
    }
}

fn is_joined(utterance: &Utterance) -> bool {
    let first = utterance.variants.first().map(|variant| variant.article);
    utterance.variants.iter().any(|variant| Some(variant.article) != first)
}

fn is_copied(story: &Story, utterance: &Utterance) -> bool {
    let said = utterance.variants.iter().map(|variant| {
        let words = story.document(variant.article).slice(variant.span).to_lowercase();
        words.split_whitespace().map(trimmed).collect::<Vec<_>>().join(" ")
    });
    let said: Vec<String> = said.collect();
    let longest = said.iter().max_by_key(|words| words.len());
    longest.is_some_and(|longest| said.iter().all(|words| longest.contains(words.as_str())))
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn holds(utterance: &Utterance, at: Passage) -> bool {
    utterance
        .variants
        .iter()
        .any(|variant| same_words(Passage { article: variant.article, span: variant.span }, at))
}

fn words(story: &Story, utterance: &Utterance) -> String {
    let shown: Vec<String> = utterance
        .variants
        .iter()
        .map(|variant| {
            let document = story.document(variant.article);
            format!("{} | {}", document.article.id, document.slice(variant.span))
        })
        .collect();
    shown.join(" || ")
}

/// The relation of the whole utterance: lines that share words speak of one remark, and where
/// several relations hold, the one further down is the utterance's.
fn relation(desk: &Desk, places: &[Place]) -> &'static str {
    let lines: Vec<(&Vec<Place>, &String)> = desk
        .lines
        .iter()
        .filter_map(|line| match line {
            Line::SameRemark { places, relation } => Some((places, relation)),
            _ => None,
        })
        .collect();
    let mut joined: Vec<&Place> = places.iter().collect();
    let mut before = 0;
    while before < joined.len() {
        before = joined.len();
        for (places, _) in &lines {
            if places.iter().any(|place| joined.contains(&place)) {
                joined.extend(places.iter());
                joined.sort_by_key(|place| (&place.key, &place.words));
                joined.dedup();
            }
        }
    }
    // Other words in quotation marks are graver than indirect words.
    let all = [
        Relation::Identical,
        Relation::Cut,
        Relation::Paraphrased,
        Relation::Reworded,
        Relation::Translated,
    ];
    let named = |relation: &Relation| {
        lines.iter().any(|(places, name)| {
            *name == relation.name() && places.iter().any(|place| joined.contains(&place))
        })
    };
    all.into_iter().rfind(named).expect("a remark has a relation").name()
}
