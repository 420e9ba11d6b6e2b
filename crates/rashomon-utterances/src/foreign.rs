use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{ArticleIndex, Document, Quotation, QuotationKind, Story};
use rashomon_language::Language;
use rashomon_terms::fold;
use rashomon_text::Span;

use crate::piece::Piece;

/// Speakers of whom a report says that they speak another language or through an interpreter:
/// their words may come in different renderings.
pub(crate) fn translated_speakers(
    story: &Story,
    pieces: &[Piece],
    language: &Language,
) -> BTreeSet<usize> {
    let mut speakers = BTreeSet::new();
    let mut seen = None;
    let mut known: BTreeMap<(ArticleIndex, Span), bool> = BTreeMap::new();
    for piece in pieces {
        let place = (piece.article, piece.quotation);
        let Some(speaker) = piece.speaker.filter(|_| seen != Some(place)) else { continue };
        seen = Some(place);
        let document = story.document(piece.article);
        let quotation = &document.quotations[piece.quotation];
        let tells = |span: Span| {
            let place = (piece.article, span);
            *known.entry(place).or_insert_with(|| tells_of_translation(document, span, language))
        };
        if around(document, quotation).any(tells) {
            speakers.insert(speaker);
        }
    }
    speakers
}

/// The words of the outlet's own around a quotation: its sentences and the ones beside them in
/// the paragraph, content left out.
fn around<'d>(document: &'d Document, quotation: &'d Quotation) -> impl Iterator<Item = Span> + 'd {
    let block = document.article.block_at(quotation.span.start()).map(|block| block.span);
    let first = document.sentence_at(quotation.span.start()).unwrap_or(0);
    let last = document.sentence_at(quotation.span.end().saturating_sub(1)).unwrap_or(first);
    let first = first.saturating_sub(1);
    (first..=last + 1)
        .filter_map(|at| document.sentences.get(at))
        .map(|sentence| sentence.span)
        .filter(move |span| block.is_some_and(|block| block.covers(*span)))
}

/// `through an interpreter`, `said in Spanish`, outside of anybody's quoted words.
fn tells_of_translation(document: &Document, sentence: Span, language: &Language) -> bool {
    let pack = &language.renderings;
    let mut said: Vec<Span> = document
        .quotations
        .overlapping(sentence)
        .filter(|quotation| quotation.kind != QuotationKind::Indirect)
        .flat_map(|quotation| quotation.content.iter().copied())
        .collect();
    said.sort_unstable();
    let longest = said.iter().map(|span| span.len()).max().unwrap_or(0);
    let is_said = |token: Span| {
        let to = said.partition_point(|span| span.start() <= token.start());
        let near = said[..to].iter().rev().take_while(|s| s.start() + longest >= token.end());
        near.into_iter().any(|span| span.covers(token))
    };
    let mut before = String::new();
    for token in document.tokens_in(sentence) {
        if is_said(token.span) {
            before.clear();
            continue;
        }
        let word = fold(document.slice(token.span));
        let interprets = pack.interpreting.binary_search(&word.as_str()).is_ok();
        let foreign = before == pack.in_language
            && word != pack.own_language
            && pack.languages.binary_search(&word.as_str()).is_ok();
        if interprets || foreign {
            return true;
        }
        before = word;
    }
    false
}
