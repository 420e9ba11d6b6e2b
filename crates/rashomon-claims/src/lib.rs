//! The same fact across reports, counted by articles, outlets and origins.
use rashomon_article::{Claim, Passage, Story, TimelineEntry};
use rashomon_language::Language;

/// The facts that two or more reports tell. Reads all layers before.
pub fn claims(_story: &Story, _language: &Language) -> Vec<Claim> {
    Vec::new()
}

/// Sentences that one report alone tells. Reads claims and utterances.
pub fn unique(_story: &Story, _language: &Language) -> Vec<Passage> {
    Vec::new()
}

/// What happened when. Reads times and claims.
pub fn timeline(_story: &Story, _language: &Language) -> Vec<TimelineEntry> {
    Vec::new()
}
