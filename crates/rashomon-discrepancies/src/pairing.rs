use rashomon_article::{Document, Passage};
use rashomon_terms::{Term, Unit, terms};
use rashomon_text::Span;

use crate::Desk;

/// Two tellings of one claim in different articles.
pub struct Pair<'d> {
    pub a: &'d Unit,
    pub b: &'d Unit,
}

/// All pairs of tellings of one claim, claim by claim, that resemble each other at least so much.
pub fn pairs<'d>(desk: &'d Desk<'_>, least: f32) -> Vec<Pair<'d>> {
    let mut pairs = Vec::new();
    for claim in &desk.story.claims {
        let units: Vec<&Unit> =
            claim.mentions.iter().filter_map(|&passage| unit(desk, passage)).collect();
        for (at, b) in units.iter().enumerate() {
            for a in &units[..at] {
                if a.passage.article != b.passage.article && a.similarity(b) >= least {
                    pairs.push(Pair { a, b });
                }
            }
        }
    }
    pairs
}

/// Pairs of sentences of different articles of which one announces what the other may tell as
/// done. They are two facts, and so in no claim together.
pub fn announcements<'d>(desk: &'d Desk<'_>, least: f32) -> Vec<Pair<'d>> {
    let tellings = || desk.units.all.iter().filter(|unit| unit.whole && unit.is_telling());
    let mut pairs = Vec::new();
    for a in tellings().filter(|unit| unit.planned) {
        for b in tellings().filter(|unit| !unit.planned) {
            if a.passage.article != b.passage.article && a.similarity(b) >= least {
                pairs.push(Pair { a, b });
            }
        }
    }
    pairs
}

fn unit<'d>(desk: &'d Desk<'_>, passage: Passage) -> Option<&'d Unit> {
    let from = desk.units.all.partition_point(|unit| unit.passage.article < passage.article);
    desk.units.all[from..]
        .iter()
        .take_while(|unit| unit.passage.article == passage.article)
        .find(|unit| unit.passage == passage)
}

/// What a word counts as: its sense, else its form.
pub fn key(desk: &Desk<'_>, term: &Term) -> String {
    match desk.senses.sense(&term.form) {
        Some(sense) => format!("={sense}"),
        None => term.form.clone(),
    }
}

/// The words of a passage that carry matter, in order.
pub fn matter(desk: &Desk<'_>, passage: Passage) -> Vec<Term> {
    let document = desk.story.document(passage.article);
    let mut words = terms(document, passage.span, desk.language);
    words.retain(|term| !term.function_word || term.negation);
    words
}

/// The word in a span that a [key] stands for, as the report writes it.
pub fn word_of(desk: &Desk<'_>, document: &Document, span: Span, wanted: &str) -> Option<String> {
    let words = terms(document, span, desk.language);
    let term = words.iter().find(|term| !term.function_word && key(desk, term) == wanted)?;
    Some(document.slice(term.span).to_owned())
}
