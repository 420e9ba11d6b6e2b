//! Numbers, money, measures and durations with their comparator and range.
use rashomon_article::{Document, Quantity};
use rashomon_language::Language;
use rashomon_text::Layer;

/// The quantities of a report. Reads tokens, sentences and times.
pub fn quantities(_document: &Document, _language: &Language) -> Layer<Quantity> {
    Layer::default()
}
