use std::collections::{BTreeMap, HashMap};

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
    bearers: Option<Bearers>,
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
        vocabulary: &Vocabulary<'_, '_>,
        language: &Language,
        article: ArticleIndex,
        quotation: &Quotation,
    ) -> Option<usize> {
        let speaker = quotation.speaker.as_ref()?;
        let entity = speaker.entity.and_then(|entity| vocabulary.entity(article, entity.0));
        let mut words = Vec::new();
        let entity = match entity {
            Some(entity) => Some(entity),
            None => {
                words = name_words(&speaker.name, language);
                let bearers = self.bearers.get_or_insert_with(|| Bearers::new(story, language));
                bearers.only(words.split_last()?)
            }
        };
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

/// The persons of a story by the last words of their names, each with the words before it.
#[derive(Debug)]
struct Bearers(HashMap<String, Vec<(usize, Vec<String>)>>);

impl Bearers {
    fn new(story: &Story, language: &Language) -> Bearers {
        let mut bearers = Bearers(HashMap::new());
        for (at, entity) in story.entities.iter().enumerate() {
            if entity.kind != EntityKind::Person {
                continue;
            }
            let aliases = entity.aliases.iter().map(|alias| &alias.text);
            for name in std::iter::once(&entity.name).chain(aliases) {
                let mut words = name_words(name, language);
                if let Some(last) = words.pop() {
                    bearers.0.entry(last).or_default().push((at, words));
                }
            }
        }
        bearers
    }

    /// The person one form of whose name ends in these words, if there is only one.
    fn only(&self, (last, before): (&String, &[String])) -> Option<usize> {
        let mut found = self
            .0
            .get(last)?
            .iter()
            .filter(|(_, words)| words.ends_with(before))
            .map(|&(at, _)| at);
        let first = found.next()?;
        found.all(|at| at == first).then_some(first)
    }
}
