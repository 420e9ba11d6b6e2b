use std::collections::BTreeMap;

use rashomon_article::Document;
use rashomon_language::{Class, Entry, Language};

use crate::bearing::{Bearing, Bearings};
use crate::word::{Sort, Word, usage, words};

/// One of the two texts, ready to be compared.
#[derive(Debug)]
pub struct Side {
    /// All its words, in order.
    pub words: Vec<Word>,
    /// The different words among them, each once for each class.
    pub vocabulary: Vec<Lexeme>,
    /// For each word, its place in the vocabulary.
    pub lexeme_of: Vec<u32>,
    /// The places of each form.
    places: BTreeMap<String, Vec<u32>>,
}

/// A word of one class with all that is known of it.
#[derive(Debug)]
pub struct Lexeme {
    /// The first word that is one.
    pub written: String,
    pub form: String,
    pub sort: Sort,
    pub bearing: Bearing,
    pub entry: Entry,
    pub usage: Option<Vec<f32>>,
    /// Where it stands.
    pub places: Vec<u32>,
}

impl Side {
    pub fn new(document: &Document, language: &Language, bearings: &Bearings<'_>) -> Side {
        let words = words(document, language);
        let mut places: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut numbers: BTreeMap<(&str, Sort), u32> = BTreeMap::new();
        let mut vocabulary: Vec<Lexeme> = Vec::new();
        let mut lexeme_of = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            places.entry(word.form.clone()).or_default().push(at as u32);
            let next = vocabulary.len() as u32;
            let number = *numbers.entry((word.written.as_str(), word.sort)).or_insert(next);
            if number == next {
                vocabulary.push(lexeme(word, language, bearings));
            }
            vocabulary[number as usize].places.push(at as u32);
            lexeme_of.push(number);
        }
        Side { vocabulary, lexeme_of, places, words }
    }

    /// Where a form stands.
    pub fn places_of(&self, form: &str) -> &[u32] {
        self.places.get(form).map_or(&[], Vec::as_slice)
    }

    pub fn lexeme(&self, at: usize) -> &Lexeme {
        &self.vocabulary[self.lexeme_of[at] as usize]
    }
}

fn lexeme(word: &Word, language: &Language, bearings: &Bearings<'_>) -> Lexeme {
    let class = match word.sort {
        Sort::Noun => Some(Class::Noun),
        Sort::Verb => Some(Class::Verb),
        Sort::Adjective => Some(Class::Adjective),
        Sort::Adverb => Some(Class::Adverb),
        _ => None,
    };
    let mut entry = language.thesaurus.entry(&word.written, class);
    if !entry.has_senses() {
        entry = language.thesaurus.entry(&word.written, None);
    }
    Lexeme {
        written: word.written.clone(),
        form: word.form.clone(),
        sort: word.sort,
        bearing: bearings.bearing(&word.form),
        entry,
        usage: usage(&word.written, language),
        places: Vec::new(),
    }
}

/// The cosine of the uses of two words; 0 where one is not known.
pub fn nearness(a: &Lexeme, b: &Lexeme) -> f32 {
    let (Some(a), Some(b)) = (&a.usage, &b.usage) else { return 0.0 };
    a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>().max(0.0)
}
