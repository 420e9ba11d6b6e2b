//! Names of persons, organisations and places, joined to entities within and across reports.
use rashomon_article::{Document, Entity, Mention, Story, StoryEntity};
use rashomon_language::Language;
use rashomon_text::Layer;

/// The names of a report and who or what they name. Reads tokens and sentences.
pub fn mentions(_document: &Document, _language: &Language) -> (Layer<Mention>, Vec<Entity>) {
    (Layer::default(), Vec::new())
}

/// The entities of the single reports joined across the story. Reads mentions and entities.
pub fn join(_story: &Story, _language: &Language) -> Vec<StoryEntity> {
    Vec::new()
}
