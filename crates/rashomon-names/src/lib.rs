/*!
Names of persons, organisations and places, joined to entities within and across reports.
*/

mod acronym;
mod bearing;
mod describe;
mod entities;
mod find;
mod fold;
mod gender;
mod given;
mod join;
mod kind;
mod likeness;
mod memo;
mod office;
mod organisation;
mod part;
mod person;
mod pronoun;
mod run;
mod similarity;
mod union;
mod word;

pub use fold::fold_name;
pub use memo::Memo;
pub use similarity::{SAME_BEARER, similarity};

use rashomon_article::{Document, Entity, Mention, Story, StoryEntity};
use rashomon_language::Language;
use rashomon_terms::Stamp;
use rashomon_text::Layer;

/// The names of a report and who or what they name. Reads tokens and sentences.
pub fn mentions(document: &Document, language: &Language) -> (Layer<Mention>, Vec<Entity>) {
    let words = word::Words::new(document, language);
    let found = find::find(&words, language);
    let mut report = entities::entities(&words, &found, language);
    describe::descriptions(&words, &found, &mut report, language);
    pronoun::pronouns(&words, &mut report, language);
    report.compact();
    (Layer::new(report.mentions), report.entities)
}

/// The entities of the single reports joined across the story. Reads mentions and entities.
pub fn join(story: &Story, language: &Language) -> Vec<StoryEntity> {
    join_with(story, language, &[], &mut Memo::new())
}

/// As [`join`]: what an earlier call with the same memo has read of documents with the same stamps
/// is not read again.
pub fn join_with(
    story: &Story,
    language: &Language,
    stamps: &[Stamp],
    memo: &mut Memo,
) -> Vec<StoryEntity> {
    memo.turn_to(stamps);
    join::join(story, language, memo)
}

/// A story with the descriptions whose holder another report names: `the Lusan foreign minister`.
/// Reads joined entities with their roles; adds mentions, and entities of the reports where they
/// had none, and gives them to the quotations that have such words as their source.
pub fn with_descriptions(story: Story, language: &Language) -> Story {
    office::with_descriptions(story, language, &mut Memo::new())
}

/// As [`with_descriptions`], of a story with the entities that [`join_with`] has just joined with
/// the same memo.
pub fn with_descriptions_with(story: Story, language: &Language, memo: &mut Memo) -> Story {
    office::with_descriptions(story, language, memo)
}
