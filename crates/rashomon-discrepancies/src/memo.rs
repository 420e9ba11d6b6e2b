use std::collections::HashMap;
use std::sync::Arc;

use rashomon_article::Document;
use rashomon_language::Language;
use rashomon_terms::{Kept, Lexicon, Pairs, SenseIndex, Stamp, normal_form};
use rashomon_text::Span;
use rustc_hash::FxHashMap;

use crate::alignment::Alignment;

/// What is kept of a story between one search for its differences and the next: the sentences of
/// its documents, word by word, and what comes of holding two of them against each other.
pub struct Memo<'l> {
    pub(crate) reader: Reader<'l>,
    pub(crate) kept: Kept<Vec<Read>>,
    pub(crate) alignments: Pairs<Arc<Alignment>>,
    /// Whether one of two sentences may deny what the other tells, or announce it.
    pub(crate) denials: Pairs<bool>,
    pub(crate) plans: Pairs<bool>,
}

impl<'l> Memo<'l> {
    /// Nothing is kept yet.
    pub fn new(language: &'l Language) -> Memo<'l> {
        Memo {
            reader: Reader::new(language),
            kept: Kept::default(),
            alignments: Pairs::default(),
            denials: Pairs::default(),
            plans: Pairs::default(),
        }
    }

    /// Turns to a story with documents of these stamps.
    pub(crate) fn turn_to(&mut self, stamps: &[Stamp]) {
        self.kept.turn_to(stamps);
        let keeps = !stamps.is_empty();
        self.alignments.turn(keeps);
        self.denials.turn(keeps);
        self.plans.turn(keeps);
    }
}

/// A sentence as it was read.
pub(crate) struct Read {
    /// Of this very sentence of this document.
    pub number: u32,
    /// The same for sentences with the same words, however they are written.
    pub wording: u32,
    pub span: Span,
    pub words: Vec<Term>,
}

/// A word or number as it was read.
#[derive(Clone, Copy)]
pub(crate) struct Term {
    pub span: Span,
    /// The number of its form.
    pub form: u32,
    pub idf: f32,
    pub function: bool,
    pub negation: bool,
    pub digits: bool,
}

/// Reads sentences, each word once, and numbers their forms.
pub(crate) struct Reader<'l> {
    lexicon: Lexicon<'l>,
    index: SenseIndex,
    numbers: HashMap<String, u32>,
    /// The sense of each form.
    senses: Vec<Option<u32>>,
    /// The form of each lexeme, once it was looked up.
    forms: Vec<Option<u32>>,
    wordings: FxHashMap<Box<[u32]>, u32>,
    sentences: u32,
    pub pack: Pack,
}

/// The words of the language pack that finders ask for, by the number of their form.
#[derive(Default)]
pub(crate) struct Pack {
    pub antonyms: Vec<[u32; 2]>,
    pub cumulative: Vec<u32>,
    pub persons: Vec<u32>,
    pub lasting: Vec<u32>,
    pub planned: Vec<u32>,
    pub denials: Vec<u32>,
}

impl<'l> Reader<'l> {
    fn new(language: &'l Language) -> Reader<'l> {
        let mut reader = Reader {
            lexicon: Lexicon::new(language),
            index: SenseIndex::new(language),
            numbers: HashMap::new(),
            senses: Vec::new(),
            forms: Vec::new(),
            wordings: FxHashMap::default(),
            sentences: 0,
            pack: Pack::default(),
        };
        let pack = &language.senses;
        let mut form = |word: &str| reader.form(&normal_form(word, language));
        let antonyms = pack.antonyms.iter().map(|(one, other)| [form(one), form(other)]).collect();
        let mut forms = |words: &[&str]| words.iter().map(|word| form(word)).collect();
        reader.pack = Pack {
            antonyms,
            cumulative: forms(pack.cumulative),
            persons: forms(pack.persons),
            lasting: forms(pack.lasting),
            planned: forms(pack.planned),
            denials: forms(pack.denials),
        };
        reader
    }

    /// How many forms there are so far; their numbers are below it.
    pub fn forms(&self) -> usize {
        self.senses.len()
    }

    /// The sense of a form.
    pub fn sense(&self, form: u32) -> Option<u32> {
        self.senses[form as usize]
    }

    fn form(&mut self, form: &str) -> u32 {
        if let Some(&known) = self.numbers.get(form) {
            return known;
        }
        let next = self.senses.len() as u32;
        self.senses.push(self.index.sense(form).map(|sense| sense as u32));
        self.numbers.insert(form.to_owned(), next);
        next
    }

    /// The sentences of a document, in order.
    pub fn read(&mut self, document: &Document) -> Vec<Read> {
        document.sentences.iter().map(|sentence| self.sentence(document, sentence.span)).collect()
    }

    fn sentence(&mut self, document: &Document, span: Span) -> Read {
        let occurrences = self.lexicon.occurrences(document, span);
        let mut words = Vec::with_capacity(occurrences.len());
        for occurrence in &occurrences {
            let at = occurrence.lexeme as usize;
            if self.forms.len() <= at {
                self.forms.resize(self.lexicon.len(), None);
            }
            let form = self.forms[at].unwrap_or_else(|| {
                let form = self.lexicon.lexeme(occurrence.lexeme).form.clone();
                self.form(&form)
            });
            self.forms[at] = Some(form);
            let lexeme = self.lexicon.lexeme(occurrence.lexeme);
            words.push(Term {
                span: occurrence.span,
                form,
                idf: lexeme.idf,
                function: lexeme.function_word,
                negation: lexeme.negation,
                digits: lexeme.form.starts_with(|c: char| c.is_ascii_digit()),
            });
        }
        let lexemes: Box<[u32]> = occurrences.iter().map(|one| one.lexeme).collect();
        let next = self.wordings.len() as u32;
        let wording = *self.wordings.entry(lexemes).or_insert(next);
        let number = self.sentences;
        self.sentences += 1;
        Read { number, wording, span, words }
    }
}
