use std::collections::HashMap;

use rashomon_article::{Document, TokenKind};
use rashomon_language::Language;
use rashomon_terms::{Normaliser, fold};
use rashomon_text::Span;

use crate::speech::speech;

/// Reads the words that carry matter and numbers them, whatever their inflection.
pub struct Reader<'l> {
    language: &'l Language,
    normaliser: Normaliser<'l>,
    forms: HashMap<String, u32>,
    /// Words as they are written, so that each spelling is normalised once. Words of grammar have
    /// no number.
    written: HashMap<String, Option<u32>>,
    /// The form of each number.
    names: Vec<String>,
}

/// A sentence with its words of matter in order, as it was read.
pub struct Read {
    span: Span,
    words: Vec<u32>,
}

impl<'l> Reader<'l> {
    /// No words yet.
    pub fn new(language: &'l Language) -> Reader<'l> {
        Reader {
            language,
            normaliser: Normaliser::new(language),
            forms: HashMap::new(),
            written: HashMap::new(),
            names: Vec::new(),
        }
    }

    /// What a report tells. Reads tokens, sentences and quotations.
    pub fn read(&mut self, document: &Document) -> Vec<Read> {
        let spans: Vec<Span> = document.tokens.iter().map(|token| token.span).collect();
        let spoken = speech(document, &spans);
        let mut sentences = Vec::with_capacity(document.sentences.len());
        for sentence in document.sentences.iter() {
            let range = document.tokens.starting_in(sentence.span);
            let tokens = document.tokens[range.clone()].iter().zip(&spoken[range]);
            let is_word = |kind| matches!(kind, TokenKind::Word | TokenKind::Number);
            let (quoted, own): (Vec<_>, Vec<_>) =
                tokens.filter(|(token, _)| is_word(token.kind)).partition(|&(_, &spoken)| spoken);
            let mut words = Vec::new();
            if quoted.len() <= own.len() {
                let own = own.iter().map(|(token, _)| document.slice(token.span));
                words.extend(own.filter_map(|word| self.number(word)));
            }
            sentences.push(Read { span: sentence.span, words });
        }
        sentences
    }

    fn number(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.written.get(word) {
            return known;
        }
        let grammar = self.language.words.is_function_word(&fold(word));
        let number = (!grammar).then(|| {
            let form = self.normaliser.form(word);
            if let Some(&known) = self.forms.get(&form) {
                return known;
            }
            let next = self.names.len() as u32;
            self.names.push(form.clone());
            self.forms.insert(form, next);
            next
        });
        self.written.insert(word.to_owned(), number);
        number
    }
}

/// Numbers the words of some tellings as they come in these, whatever was read before.
pub struct Matter<'r, 'l> {
    reader: &'r Reader<'l>,
    /// The number of each word of the reader.
    numbers: Vec<Option<u32>>,
    /// The word of the reader for each number.
    words: Vec<u32>,
}

impl<'r, 'l> Matter<'r, 'l> {
    /// No words yet.
    pub fn new(reader: &'r Reader<'l>) -> Matter<'r, 'l> {
        Matter { reader, numbers: vec![None; reader.names.len()], words: Vec::new() }
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// How rare a word is in news at large.
    pub fn idf(&self, word: usize) -> f64 {
        let name = &self.reader.names[self.words[word] as usize];
        f64::from(self.reader.language.words.idf(name))
    }

    fn number(&mut self, word: u32) -> u32 {
        let next = self.words.len() as u32;
        let number = *self.numbers[word as usize].get_or_insert(next);
        if number == next {
            self.words.push(word);
        }
        number
    }
}

/// What a report tells, sentence by sentence, in words of its own: the words of matter, and not
/// what it quotes. A sentence that quotes more than it tells has no words.
pub struct Telling {
    /// Each sentence with its different words, sorted.
    pub sentences: Vec<(Span, Vec<u32>)>,
    /// Each word with the sentences that it stands in, sorted.
    pub places: Vec<(u32, u32)>,
}

impl Telling {
    /// What a report tells, as it was read.
    pub fn new(read: &[Read], matter: &mut Matter<'_, '_>) -> Telling {
        let mut sentences = Vec::with_capacity(read.len());
        let mut places = Vec::new();
        for sentence in read {
            let mut words: Vec<u32> =
                sentence.words.iter().map(|&word| matter.number(word)).collect();
            words.sort_unstable();
            words.dedup();
            places.extend(words.iter().map(|&word| (word, sentences.len() as u32)));
            sentences.push((sentence.span, words));
        }
        places.sort_unstable();
        Telling { sentences, places }
    }

    /// All its different words, sorted.
    pub fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.places.chunk_by(|x, y| x.0 == y.0).map(|same| same[0].0)
    }
}
