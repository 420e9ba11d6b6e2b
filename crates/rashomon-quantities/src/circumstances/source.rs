use rashomon_article::{Document, Speaker};
use rashomon_text::Span;

/// Who gives a figure: the speaker of the innermost quotation, direct or not, that it stands in.
pub(crate) fn source(document: &Document, number: Span) -> Option<Speaker> {
    document
        .quotations
        .overlapping(number)
        .filter(|quotation| quotation.content.iter().any(|content| content.covers(number)))
        .filter(|quotation| quotation.speaker.is_some())
        .min_by_key(|quotation| quotation.span.len())
        .and_then(|quotation| quotation.speaker.clone())
}
