use std::ops::Range;

use rashomon_language::Language;

use crate::find::Found;
use crate::word::Words;

/// Which pronoun a report uses for a person, as its name and titles tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    He,
    She,
}

impl Gender {
    /// The value of a table.
    pub fn of_value(value: &str) -> Option<Gender> {
        match value {
            "m" => Some(Gender::He),
            "f" => Some(Gender::She),
            _ => None,
        }
    }

    /// What the title or the noun before a name tells.
    pub fn of_title(words: &Words<'_>, name: &Found, language: &Language) -> Option<Gender> {
        let names = &language.names;
        if let Some(title) = &name.title {
            return (title.start..title.end)
                .flat_map(|at| (at + 1..=title.end).map(move |to| at..to))
                .find_map(|part: Range<usize>| {
                    names.titles.get(&words.phrase(part)).and_then(Gender::of_value)
                });
        }
        let before = words.before(name.words.start)?;
        names.person_nouns.get(&before.lower).and_then(Gender::of_value)
    }

    /// What a name with its title tells.
    pub fn of_name(words: &Words<'_>, name: &Found, language: &Language) -> Option<Gender> {
        Gender::of_title(words, name, language).or_else(|| {
            let first = &words.words[name.words.start];
            language.names.given.get(&first.lower).and_then(Gender::of_value)
        })
    }
}
