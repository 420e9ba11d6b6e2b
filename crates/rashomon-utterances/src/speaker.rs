use std::collections::BTreeMap;

use rashomon_article::{ArticleIndex, EntityKind, Quotation, Story};
use rashomon_language::Language;
use rashomon_terms::fold;

use crate::word::Vocabulary;

/// Somebody who speaks in a story.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// The index into the entities of the story.
    pub entity: Option<usize>,
    /// The name to show.
    pub name: String,
    /// Whether it is certainly a single human being with a name.
    named_person: bool,
}

/// All who speak in a story, numbered.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    people: Vec<Person>,
    numbers: BTreeMap<String, usize>,
}

/// Whether two quotations have one speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// The same speaker.
    Same,
    /// One of them is not known well enough to tell.
    Unknown,
    /// Two people with names.
    Different,
}

impl Speakers {
    /// The number of the speaker of a quotation, or `None` where the report does not tell.
    pub fn of(
        &mut self,
        story: &Story,
        vocabulary: &Vocabulary<'_>,
        language: &Language,
        article: ArticleIndex,
        quotation: &Quotation,
    ) -> Option<usize> {
        let speaker = quotation.speaker.as_ref()?;
        let entity = speaker.entity.and_then(|entity| vocabulary.entity(article, entity.0));
        let words = name_words(&speaker.name, language);
        if entity.is_none() && words.is_empty() {
            return None;
        }
        let entity = entity.or_else(|| the_only_bearer(story, &words, language));
        let key = match entity {
            Some(entity) => format!("#{entity}"),
            None => words.join(" "),
        };
        let people = &mut self.people;
        let number = *self.numbers.entry(key).or_insert_with(|| {
            let known = entity.map(|entity| &story.entities[entity]);
            people.push(Person {
                entity,
                name: known.map_or_else(|| speaker.name.clone(), |known| known.name.clone()),
                named_person: known.is_some_and(|known| known.kind == EntityKind::Person),
            });
            people.len() - 1
        });
        Some(number)
    }

    /// Who a number is.
    pub fn person(&self, number: usize) -> &Person {
        &self.people[number]
    }

    /// Whether two speakers are one.
    pub fn agreement(&self, a: Option<usize>, b: Option<usize>) -> Agreement {
        match (a, b) {
            (Some(a), Some(b)) if a == b => Agreement::Same,
            (Some(a), Some(b)) if self.people[a].named_person && self.people[b].named_person => {
                Agreement::Different
            }
            _ => Agreement::Unknown,
        }
    }
}

/// The words of a name, without articles, pronouns and other grammar.
fn name_words(name: &str, language: &Language) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|word| !word.is_empty() && !language.words.is_function_word(word))
        .collect()
}

/// The person of the story one form of whose name ends in these words, if there is only one.
fn the_only_bearer(story: &Story, words: &[String], language: &Language) -> Option<usize> {
    let bears = |name: &str| name_words(name, language).ends_with(words);
    let mut bearers = story
        .entities
        .iter()
        .enumerate()
        .filter(|(_, entity)| entity.kind == EntityKind::Person)
        .filter(|(_, entity)| {
            bears(&entity.name) || entity.aliases.iter().any(|alias| bears(&alias.text))
        })
        .map(|(at, _)| at);
    let first = bearers.next()?;
    bearers.next().is_none().then_some(first)
}
