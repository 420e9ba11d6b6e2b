//! The same remark across reports, in all its variants.
use rashomon_article::{Story, Utterance};
use rashomon_language::Language;

/// The remarks that are told more than once. Reads quotations, entities and lineages.
pub fn utterances(_story: &Story, _language: &Language) -> Vec<Utterance> {
    Vec::new()
}
