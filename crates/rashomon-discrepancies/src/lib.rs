//! Where reports of one story differ, and why.
use rashomon_article::{Discrepancy, Story};
use rashomon_language::Language;

/// The differences between the reports. Reads all layers before.
pub fn discrepancies(_story: &Story, _language: &Language) -> Vec<Discrepancy> {
    Vec::new()
}
