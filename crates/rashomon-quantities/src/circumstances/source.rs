use rashomon_article::{Document, Speaker};
use rashomon_text::Span;

use super::Scene;

/// How many lexemes may name a source.
const LONGEST: usize = 14;

/// Who gives a figure: the speaker of the innermost quotation, direct or not, that it stands in.
pub(crate) fn speaker(document: &Document, number: Span) -> Option<Speaker> {
    document
        .quotations
        .overlapping(number)
        .filter(|quotation| quotation.content.iter().any(|content| content.covers(number)))
        .filter(|quotation| quotation.speaker.is_some())
        .min_by_key(|quotation| quotation.span.len())
        .and_then(|quotation| quotation.speaker.clone())
}

/// The same, or else the source that the sentence names by a phrase: `According to the union,
/// 200 men are out of work`.
pub(super) fn source(scene: &Scene<'_>, at: usize, number: Span) -> Option<Speaker> {
    speaker(scene.document, number).or_else(|| named(scene, at))
}

fn named(scene: &Scene<'_>, at: usize) -> Option<Speaker> {
    let (words, place) = (scene.words, scene.places[at]);
    let phrases = words.language.quotations.sources;
    let opened =
        scene.phrase_at(0, phrases).filter(|_| at == 0 || !scene.is_parted(0, place.start));
    let closing = || (place.after..words.len()).find_map(|at| scene.phrase_at(at, phrases));
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
