use std::collections::BTreeSet;

use rashomon_article::{ArticleIndex, EntityIndex};
use rashomon_terms::fold;
use rashomon_text::Span;

use crate::desk::Desk;

/// The country of somebody stands within so many words of the name: `Israeli finance minister
/// Bezalel Smotrich`, `Correos, the Spanish post`.
const REACH: usize = 5;

/// Whether some report gives a speaker to a country where another language is spoken: words of that
/// speaker may be printed in several renderings. A country where the language of the pack is spoken
/// speaks against it.
pub fn may_speak_another_language(desk: &Desk<'_>, speaker: usize) -> bool {
    let mut foreign = 0_usize;
    let mut own = 0_usize;
    for &(article, member) in &desk.story.entities[speaker].members {
        for country in countries(desk, article, member) {
            match desk.language.renderings.own_countries.binary_search(&country.as_str()) {
                Ok(_) => own += 1,
                Err(_) => foreign += 1,
            }
        }
    }
    foreign > own
}

/// The countries whose adjective or name stands in or beside the mentions of an entity, once for each
/// mention.
fn countries(desk: &Desk<'_>, article: ArticleIndex, member: EntityIndex) -> Vec<String> {
    let document = desk.document(article);
    let mut found = Vec::new();
    for mention in document.mentions.iter().filter(|mention| mention.entity == member) {
        let first = document.tokens.partition_point(|t| t.span.start() < mention.span.start());
        let after = document.tokens.partition_point(|t| t.span.start() < mention.span.end());
        let from = first.saturating_sub(REACH);
        let to = (after + REACH).min(document.tokens.len());
        let sentence = document.sentence_at(mention.span.start());
        let around = sentence.map_or(mention.span, |at| document.sentences[at].span);
        let beside: BTreeSet<String> = document.tokens[from..to]
            .iter()
            .filter(|token| around.covers(token.span))
            .filter_map(|token| country(desk, article, token.span))
            .collect();
        found.extend(beside);
    }
    found
}

/// The country that a word is the name or the adjective of.
fn country(desk: &Desk<'_>, article: ArticleIndex, word: Span) -> Option<String> {
    let written = desk.document(article).slice(word);
    if !written.starts_with(char::is_uppercase) {
        return None;
    }
    let word = fold(written);
    let country = desk.language.names.demonyms.get(&word).unwrap_or(&word);
    let mut known = desk.language.senses.seats.iter().map(|(_, country)| *country);
    known.find(|known| *known == country).map(str::to_owned)
}
