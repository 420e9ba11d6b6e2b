//! Time expressions, resolved against the date of publication.
use rashomon_article::{Document, TimeExpression};
use rashomon_language::Language;
use rashomon_text::Layer;

/// The time expressions of a report. Reads tokens and sentences.
pub fn times(_document: &Document, _language: &Language) -> Layer<TimeExpression> {
    Layer::default()
}
