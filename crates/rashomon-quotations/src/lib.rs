//! Who said what: direct, mixed and indirect quotations with cue and speaker.
use rashomon_article::{Document, Quotation};
use rashomon_language::Language;
use rashomon_text::Layer;

/// The quotations of a report. Reads tokens, sentences, mentions and entities.
pub fn quotations(_document: &Document, _language: &Language) -> Layer<Quotation> {
    Layer::default()
}
