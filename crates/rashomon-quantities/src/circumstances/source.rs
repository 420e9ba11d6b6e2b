use rashomon_article::{Document, QuotationKind, Speaker};
use rashomon_language::Language;
use rashomon_text::Span;

use super::Scene;

/// How many lexemes may name a source.
const LONGEST: usize = 14;
/// How far after a figure its source may be named.
const FARTHEST: usize = 40;

/// Who gives a figure: the speaker of the innermost quotation, direct or not, that it stands in.
///
/// Where a word like `while` or `compared` stands between the beginning of reported words and the
/// figure, somebody else may go on: `the ministry said 15 died, while the union counted 20`. Then
/// nobody is named.
pub(crate) fn speaker(document: &Document, number: Span, language: &Language) -> Option<Speaker> {
    let quotation = document
        .quotations
        .overlapping(number)
        .filter(|quotation| quotation.content.iter().any(|content| content.covers(number)))
        .filter(|quotation| quotation.speaker.is_some())
        .min_by_key(|quotation| quotation.span.len())?;
    if quotation.kind == QuotationKind::Indirect
        && turns(document, quotation.span, number, language)
    {
        return None;
    }
    quotation.speaker.clone()
}

/// Whether a word that opens another account stands before a figure in its sentence.
fn turns(document: &Document, said: Span, number: Span, language: &Language) -> bool {
    let sentence = document.sentence_at(number.start());
    let start = sentence.map_or(said.start(), |at| document.sentences[at].span.start());
    let before = Span::new(start.max(said.start()).min(number.start()), number.start());
    document.tokens_in(before).iter().any(|token| {
        let word = document.slice(token.span);
        language.circumstances.turns.binary_search(&word).is_ok()
    })
}

/// The same, or else the source that the sentence names by a phrase: `According to the union,
/// 200 men are out of work`.
pub(super) fn source(scene: &Scene<'_>, at: usize, number: Span) -> Option<Speaker> {
    speaker(scene.document, number, scene.words.language).or_else(|| named(scene, at))
}

fn named(scene: &Scene<'_>, at: usize) -> Option<Speaker> {
    let (words, place) = (scene.words, scene.places[at]);
    let phrases = words.language.quotations.sources;
    let opened =
        scene.phrase_at(0, phrases).filter(|_| at == 0 || !scene.is_parted(0, place.start));
    let reach = (place.after + FARTHEST).min(words.len());
    let closing = || (place.after..reach).find_map(|at| scene.phrase_at(at, phrases));
    let start = match opened {
        Some(start) => start,
        None => closing().filter(|&start| !scene.is_parted(place.after, start))?,
    };
    let stop = |&at: &usize| matches!(words.lower(at), "," | "." | ";" | ")" | "—");
    let end = (start..words.len()).find(stop).unwrap_or(words.len());
    if end <= start || end - start > LONGEST || start < place.end && end > place.start {
        return None;
    }
    let span = words.span(start, end);
    // Of `officials of the Lantern Party` the party is not the source.
    let mention = scene.document.mentions.inside(span).find(|mention| {
        mention.span.end() == span.end() && words.from(mention.span.start()) <= start + 1
    });
    let entity = mention.map(|mention| mention.entity);
    let name = entity.and_then(|entity| scene.document.entities.get(entity.get()));
    let name =
        name.map_or_else(|| scene.document.slice(span).to_owned(), |known| known.name.clone());
    Some(Speaker { spans: vec![span], entity, name })
}
