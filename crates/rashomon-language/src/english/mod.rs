//! English.

mod changes;
mod circumstances;
mod names;
mod numbers;
mod quotations;
mod reading;
mod renderings;
mod segmentation;
mod senses;
mod times;
mod words;

use crate::{Language, Thesaurus, Vectors};

/// The English of newspapers, of any country.
pub static ENGLISH: Language = Language {
    tag: "en",
    segmentation: segmentation::SEGMENTATION,
    reading: reading::READING,
    names: names::NAMES,
    numbers: numbers::NUMBERS,
    circumstances: circumstances::CIRCUMSTANCES,
    times: times::TIMES,
    quotations: quotations::QUOTATIONS,
    words: words::WORDS,
    senses: senses::SENSES,
    renderings: renderings::RENDERINGS,
    changes: changes::CHANGES,
    vectors: Vectors::new(include_bytes!("models/vectors.bin")),
    thesaurus: Thesaurus::new(
        include_bytes!("models/thesaurus.bin"),
        words::ENDINGS,
        words::WORDS.irregular,
    ),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_lower_case() {
        let lists = [
            ENGLISH.segmentation.abbreviations,
            ENGLISH.segmentation.starters,
            ENGLISH.segmentation.ending_abbreviations,
            ENGLISH.segmentation.clitics,
            ENGLISH.changes.verb_openers,
            ENGLISH.changes.noun_openers,
            ENGLISH.changes.object_denials,
            ENGLISH.changes.opposing,
            ENGLISH.changes.modal,
            ENGLISH.circumstances.locatives,
            ENGLISH.circumstances.over,
            ENGLISH.circumstances.clause_openers,
            ENGLISH.circumstances.copulas,
            ENGLISH.circumstances.turns,
            ENGLISH.numbers.no_age_before,
            ENGLISH.circumstances.modals,
            ENGLISH.circumstances.figure_verbs,
            ENGLISH.circumstances.figure_fillers,
            ENGLISH.circumstances.subject_stops,
            ENGLISH.circumstances.empty_nouns,
            ENGLISH.words.function_words,
            ENGLISH.words.negations,
            ENGLISH.renderings.languages,
            ENGLISH.renderings.interpreting,
            ENGLISH.renderings.conditions,
        ];
        for list in lists {
            assert_sorted(list);
        }
        assert!(ENGLISH.words.irregular.is_sorted_by(|a, b| a.0 < b.0));
        assert!(ENGLISH.words.contractions.is_sorted_by(|a, b| a.0 < b.0));
    }

    /// Strictly: a word that stands twice in a list is a slip.
    fn assert_sorted(list: &[&str]) {
        for pair in list.windows(2) {
            assert!(pair[0] < pair[1], "{} before {}", pair[0], pair[1]);
        }
        assert!(list.iter().all(|word| *word == word.to_lowercase()));
    }
}
