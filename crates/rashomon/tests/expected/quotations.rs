//! Who said what, and words in marks that nobody says.

use rashomon::article::{Document, Quotation, QuotationKind};
use rashomon::text::Span;

use super::desk::{Desk, meet, show};
use super::line::{Line, Place};
use super::names;
use super::tally::Tally;

pub fn check(desk: &Desk, line: &Line, tally: &mut Tally) {
    match line {
        Line::Quote { place, speaker, in_marks } => {
            let (content, who) = if *in_marks {
                ("quote", "quote-speaker")
            } else {
                ("indirect", "indirect-speaker")
            };
            let found = quotation(desk, place, *in_marks);
            tally.expect(content, found.is_some(), || show(std::slice::from_ref(place)));
            let met = found.is_some_and(|found| is_speaker(desk, &place.key, found, speaker));
            tally.expect(who, met, || {
                let name = found.and_then(|found| found.speaker.as_ref()).map(|s| s.name.as_str());
                format!("{} | {} | {speaker}: {name:?}", place.key, place.words)
            });
        }
        Line::NotQuote(place) => {
            let met = quoted(desk, place).is_none_or(|(document, quotations)| {
                !quotations.iter().any(|quotation| {
                    let same =
                        |span: &Span| trimmed(document.slice(*span)) == trimmed(&place.words);
                    quotation.kind != QuotationKind::Indirect && quotation.content.iter().any(same)
                })
            });
            tally.expect("not-quote", met, || show(std::slice::from_ref(place)));
        }
        _ => {}
    }
}

/// What stands before words in marks. A mixed quotation has other words beside them.
const MARKS: &str = "\"'“‘«";

/// Words in marks that the program gives to a speaker, or to nobody, and that are not in the list,
/// which is complete.
pub fn find_false(desk: &Desk, tally: &mut Tally) {
    for document in desk.stories.iter().flat_map(|story| &story.documents) {
        let key = &document.article.id;
        let listed: Vec<Span> = desk
            .lines
            .iter()
            .filter_map(|line| match line {
                Line::Quote { place, .. } if place.key == *key => Some(desk.spans(place)),
                _ => None,
            })
            .flatten()
            .collect();
        for quotation in document.quotations.iter().filter(|q| q.kind != QuotationKind::Indirect) {
            for &span in &quotation.content {
                let before = document.article.text.as_str()[..span.start()].chars().next_back();
                let in_marks = before.is_some_and(|c| MARKS.contains(c));
                if in_marks && !listed.iter().any(|&known| meet(known, span)) {
                    tally.wrong("quote", format!("{key} | {}", document.slice(span)));
                }
            }
        }
    }
}

/// The document of a place with those of its quotations that touch the words.
fn quoted<'d>(desk: &'d Desk, place: &Place) -> Option<(&'d Document, Vec<&'d Quotation>)> {
    let document = desk.document(&place.key)?;
    let spans = desk.spans(place);
    let touching = document.quotations.iter().filter(|quotation| {
        quotation.content.iter().any(|&part| spans.iter().any(|&span| part.overlaps(span)))
    });
    Some((document, touching.collect()))
}

/// The quotation whose content is the words. In marks, a part of the content must be exactly they,
/// but for marks at its ends, or a mixed quotation must hold them; without marks, content and
/// words share seven tenths.
fn quotation<'d>(desk: &'d Desk, place: &Place, in_marks: bool) -> Option<&'d Quotation> {
    let (document, quotations) = quoted(desk, place)?;
    let spans = desk.spans(place);
    quotations.into_iter().find(|quotation| {
        quotation.content.iter().any(|&part| {
            if in_marks {
                let exact = trimmed(document.slice(part)) == trimmed(&place.words);
                let mixed = quotation.kind == QuotationKind::Mixed;
                exact || mixed && spans.iter().any(|&span| part.covers(span))
            } else {
                spans.iter().any(|&span| overlap(part, span) >= 0.7)
            }
        })
    })
}

/// Bytes shared of the bytes that either has.
fn overlap(a: Span, b: Span) -> f64 {
    a.intersection(b).map_or(0.0, |shared| shared.len() as f64 / a.hull(b).len() as f64)
}

fn trimmed(words: &str) -> String {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the speaker is the person of this name, by any form of the name in the story, or the
/// one so described (`? a company spokesman`).
fn is_speaker(desk: &Desk, key: &str, quotation: &Quotation, expected: &str) -> bool {
    let Some(speaker) = &quotation.speaker else {
        return false;
    };
    let Some((story, at)) = desk.article(key) else {
        return false;
    };
    if let Some(description) = expected.strip_prefix("? ") {
        let words = speaker.spans.iter().map(|&span| story.document(at).slice(span));
        return words.chain([speaker.name.as_str()]).any(|words| {
            let (a, b) = (words.to_lowercase(), description.to_lowercase());
            !a.is_empty() && (a.contains(&b) || b.contains(&a))
        });
    }
    let joined = speaker.entity.and_then(|entity| story.entity(at, entity));
    let entity = joined.map(|joined| &story.entities[joined]);
    speaker.name == expected || entity.is_some_and(|entity| names::bears(entity, expected))
}
