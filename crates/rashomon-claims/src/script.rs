use std::collections::HashMap;

use rashomon_article::{Document, EntityIndex, EntityKind, MentionForm, TokenKind};
use rashomon_language::Language;
use rashomon_terms::{Kept, Normaliser, SenseIndex, fold};
use rashomon_text::Span;

/// A number counts little: reports of one fact may round it.
const NUMBER_WEIGHT: f32 = 3.0;
/// No single word weighs more: a rare name is not the whole of what is told.
const MOST_WEIGHT: f32 = 6.0;

/// What is kept of a story between one search for what reports leave out and the next: the words of
/// its documents.
pub struct OmissionMemo<'l> {
    pub(crate) reader: Reader<'l>,
    pub(crate) scripts: Kept<Script>,
}

impl<'l> OmissionMemo<'l> {
    /// Nothing is kept yet.
    pub fn new(language: &'l Language) -> OmissionMemo<'l> {
        OmissionMemo { reader: Reader::new(language), scripts: Kept::default() }
    }
}

/// A document as it was read.
pub(crate) struct Script {
    pub sentences: Vec<Sentence>,
    /// The words of the headline that stands beside the text.
    pub title: Vec<u32>,
    /// How many words it has and how many of them carry grammar only.
    pub length: (usize, usize),
}

/// A sentence as it was read.
pub(crate) struct Sentence {
    pub span: Span,
    pub words: Vec<Word>,
    /// Who and what is mentioned in it.
    pub mentioned: Vec<EntityIndex>,
}

/// A word as it was read.
pub(crate) struct Word {
    pub span: Span,
    /// As it is written, by its number.
    pub written: u32,
    /// How much of its weight counts: the words of a name together count as one.
    pub part: f32,
    /// A person is named with it.
    pub person: bool,
}

/// A word as it is written.
pub(crate) struct Written {
    /// The number of what it counts as: its sense, else its form.
    pub key: u32,
    /// How much it tells in news at large.
    pub weight: f32,
    /// In lower case.
    pub surface: String,
}

/// Reads each form of a word once; after that it is looked up.
pub(crate) struct Reader<'l> {
    language: &'l Language,
    normaliser: Normaliser<'l>,
    senses: SenseIndex,
    /// The number of a word as it is written; `None` for a word of grammar.
    known: HashMap<String, Option<u32>>,
    figures: HashMap<String, u32>,
    keys: HashMap<String, u32>,
    written: Vec<Written>,
}

impl<'l> Reader<'l> {
    fn new(language: &'l Language) -> Reader<'l> {
        Reader {
            language,
            normaliser: Normaliser::new(language),
            senses: SenseIndex::new(language),
            known: HashMap::new(),
            figures: HashMap::new(),
            keys: HashMap::new(),
            written: Vec::new(),
        }
    }

    /// How many keys there are so far.
    pub fn keys(&self) -> usize {
        self.keys.len()
    }

    /// A word by its number.
    pub fn written(&self, number: u32) -> &Written {
        &self.written[number as usize]
    }

    /// The words of what is no part of an article's prose.
    pub fn loose(&mut self, text: &str) -> Vec<u32> {
        let words = text.split_whitespace();
        let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        bare.filter(|word| !word.is_empty()).filter_map(|word| self.word(word)).collect()
    }

    pub fn script(&mut self, document: &Document) -> Script {
        let mut length = (0, 0);
        let mut sentences = Vec::with_capacity(document.sentences.len());
        for sentence in &document.sentences {
            sentences.push(self.sentence(document, sentence.span, &mut length));
        }
        let title = self.loose(document.article.title.as_deref().unwrap_or_default());
        Script { sentences, title, length }
    }

    fn sentence(
        &mut self,
        document: &Document,
        span: Span,
        length: &mut (usize, usize),
    ) -> Sentence {
        let mut words = Vec::new();
        let word = |span, written| Word { span, written, part: 1.0, person: false };
        for quantity in document.quantities.inside(span) {
            let figure = self.figure(format!("#{}..{}", quantity.min, quantity.max));
            words.push(word(quantity.number, figure));
        }
        let counted = words.len();
        for token in document.tokens_in(span) {
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                continue;
            }
            length.0 += 1;
            if words[..counted].iter().any(|figure| figure.span.overlaps(token.span)) {
                continue;
            }
            match self.word(document.slice(token.span)) {
                Some(written) => words.push(word(token.span, written)),
                None => length.1 += 1,
            }
        }
        let mut mentioned = Vec::new();
        for mention in document.mentions.inside(span) {
            mentioned.push(mention.entity);
            if mention.form != MentionForm::Name {
                continue;
            }
            let of_name = |word: &Word| mention.span.covers(word.span);
            let count = words.iter().filter(|word| of_name(word)).count().max(1);
            for word in words.iter_mut().filter(|word| of_name(word)) {
                word.part = 1.0 / count as f32;
                word.person |= mention.kind == EntityKind::Person;
            }
        }
        Sentence { span, words, mentioned }
    }

    fn word(&mut self, written: &str) -> Option<u32> {
        if let Some(&known) = self.known.get(written) {
            return known;
        }
        let folded = fold(written);
        let mut form = self.normaliser.form(written);
        // `US` is no pronoun.
        let acronym = written.chars().count() > 1 && written.chars().all(char::is_uppercase);
        let grammar = self.language.words.is_function_word(&folded);
        if grammar && acronym {
            form.push('.');
        }
        let word = (!grammar || acronym).then(|| {
            let number = form.starts_with(|c: char| c.is_ascii_digit());
            let weight = if number {
                NUMBER_WEIGHT
            } else {
                self.language.words.idf(&form).min(MOST_WEIGHT)
            };
            let key = self.senses.sense(&form).map_or(form, |sense| format!("={sense}"));
            self.add(key, weight, folded)
        });
        self.known.insert(written.to_owned(), word);
        word
    }

    fn figure(&mut self, key: String) -> u32 {
        if let Some(&known) = self.figures.get(&key) {
            return known;
        }
        let number = self.add(key.clone(), NUMBER_WEIGHT, String::new());
        self.figures.insert(key, number);
        number
    }

    fn add(&mut self, key: String, weight: f32, surface: String) -> u32 {
        let next = self.keys.len() as u32;
        let key = *self.keys.entry(key).or_insert(next);
        self.written.push(Written { key, weight, surface });
        self.written.len() as u32 - 1
    }
}
