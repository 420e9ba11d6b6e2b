use std::collections::HashMap;

use rashomon_article::{Document, Token, TokenKind};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::term::{acronym, clitic, contraction, is_capitals, shouts, term};
use crate::{Normaliser, Term, fold};

/// A word as it compares, apart from where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Lexeme {
    /// The word as it is written, [folded](fold).
    pub written: String,
    /// As in [`Term`].
    pub form: String,
    /// As in [`Term`].
    pub idf: f32,
    /// As in [`Term`].
    pub function_word: bool,
    /// As in [`Term`].
    pub negation: bool,
}

/// A place where a [`Lexeme`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The word in the text.
    pub span: Span,
    /// The number of the lexeme in its [`Lexicon`].
    pub lexeme: u32,
}

/// Reads [`terms`](crate::terms) for somebody who reads much text: each different word is folded,
/// stemmed and weighed once, and is a number from then on.
pub struct Lexicon<'l> {
    language: &'l Language,
    normaliser: Normaliser<'l>,
    lexemes: Vec<Lexeme>,
    numbers: HashMap<(String, String, bool, bool, u32), u32>,
    readings: HashMap<String, Reading>,
}

/// What a word is as it stands in texts, whatever stands beside it.
#[derive(Clone, Copy)]
struct Reading {
    capitals: bool,
    words: Words,
}

#[derive(Clone, Copy)]
enum Words {
    One(u32),
    /// `didn’t`, with the length of its first word.
    Two([u32; 2], usize),
}

impl<'l> Lexicon<'l> {
    /// A lexicon without words yet.
    pub fn new(language: &'l Language) -> Lexicon<'l> {
        Lexicon {
            language,
            normaliser: Normaliser::new(language),
            lexemes: Vec::new(),
            numbers: HashMap::new(),
            readings: HashMap::new(),
        }
    }

    /// How many lexemes there are so far; their numbers are below it.
    pub fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Whether no word was read yet.
    pub fn is_empty(&self) -> bool {
        self.lexemes.is_empty()
    }

    /// The lexeme of a number that this lexicon has given.
    pub fn lexeme(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    /// An occurrence as a term.
    pub fn term(&self, occurrence: Occurrence) -> Term {
        let Lexeme { form, idf, function_word, negation, .. } = self.lexeme(occurrence.lexeme);
        Term {
            span: occurrence.span,
            form: form.clone(),
            idf: *idf,
            function_word: *function_word,
            negation: *negation,
        }
    }

    /// The words and numbers of a span, in order: those of [`terms`](crate::terms). Reads tokens.
    pub fn occurrences(&mut self, document: &Document, span: Span) -> Vec<Occurrence> {
        let tokens = document.tokens_in(span);
        let mut found = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Word | TokenKind::Number => {
                    self.word(document, tokens, at, &mut found);
                }
                TokenKind::Clitic => {
                    let term = clitic(document, tokens, at, self.language);
                    found.push(self.occurrence(document, term));
                }
                TokenKind::QuotationMark | TokenKind::Mark => {}
            }
        }
        found
    }

    fn word(
        &mut self,
        document: &Document,
        tokens: &[Token],
        at: usize,
        found: &mut Vec<Occurrence>,
    ) {
        let span = tokens[at].span;
        let word = document.slice(span);
        let reading = match self.readings.get(word) {
            Some(&reading) => reading,
            None => self.read(word),
        };
        match reading.words {
            Words::Two([first, second], cut) => {
                let middle = span.start() + cut;
                let left = Span::new(span.start(), middle);
                let right = Span::new(middle, span.end());
                found.push(Occurrence { span: left, lexeme: first });
                found.push(Occurrence { span: right, lexeme: second });
            }
            Words::One(_) if reading.capitals && !shouts(document, tokens, at) => {
                let term = acronym(word, span, &self.normaliser, self.language);
                found.push(self.occurrence(document, term));
            }
            Words::One(lexeme) => found.push(Occurrence { span, lexeme }),
        }
    }

    /// Reads a word for the first time.
    fn read(&mut self, word: &str) -> Reading {
        let span = Span::new(0, word.len());
        let words = match contraction(word, span, self.language) {
            Some([first, second]) => {
                let cut = first.span.end();
                let first = self.number(fold(&word[..cut]), first);
                Words::Two([first, self.number(fold(&word[cut..]), second)], cut)
            }
            None => {
                let term = term(self.normaliser.form(word), fold(word), span, self.language);
                Words::One(self.number(fold(word), term))
            }
        };
        let reading = Reading { capitals: is_capitals(word), words };
        self.readings.insert(word.to_owned(), reading);
        reading
    }

    fn occurrence(&mut self, document: &Document, term: Term) -> Occurrence {
        let span = term.span;
        Occurrence { span, lexeme: self.number(fold(document.slice(span)), term) }
    }

    fn number(&mut self, written: String, term: Term) -> u32 {
        let Term { form, idf, function_word, negation, .. } = term;
        let key = (written.clone(), form.clone(), function_word, negation, idf.to_bits());
        let next = self.lexemes.len() as u32;
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.lexemes.push(Lexeme { written, form, idf, function_word, negation });
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_article::{Article, Block, BlockKind};
    use rashomon_language::english;
    use rashomon_text::{Layer, Text};

    use crate::terms;

    /// The terms of a text in pieces of some bytes, read one by one and through a lexicon.
    fn agree(text: &str, length: usize, lexicon: &mut Lexicon<'_>) {
        let text = Text::from(text);
        let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
        let mut document = Document::new(Article { text, blocks, ..Article::default() });
        document.tokens = rashomon_segment::tokens(&document, english());
        let end = document.article.text.span().end();
        for start in (0..end).step_by(length) {
            let span = Span::new(start, (start + length).min(end));
            let found = lexicon.occurrences(&document, span);
            for occurrence in &found {
                let written = &lexicon.lexeme(occurrence.lexeme).written;
                assert_eq!(*written, fold(document.slice(occurrence.span)));
            }
            let read: Vec<Term> = found.into_iter().map(|one| lexicon.term(one)).collect();
            assert_eq!(read, terms(&document, span, english()), "{:?}", document.article.text);
        }
    }

    #[test]
    fn words_in_company_are_read_as_terms_are() {
        let mut lexicon = Lexicon::new(english());
        let text = "They won’t, can't, CANNOT; it's the US envoy's. GIVE US BREAD, the U.S. said \
            it’s 1,000 BELLS. It cannot be IT, nor the WHO's. Don’t US";
        for length in [7, 12, 30, 400] {
            agree(text, length, &mut lexicon);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_as_terms_are(text in "\\PC{0,60}", length in 1usize..40) {
            agree(&text, length, &mut Lexicon::new(english()));
        }

        #[test]
        fn any_words_are_read_as_terms_are(
            words in proptest::collection::vec("(US|us|It|IT|'s|’s|n't|n’t|not|won|did|bell|,|A|’)( )?", 0..20),
            length in 1usize..40,
        ) {
            agree(&words.concat(), length, &mut Lexicon::new(english()));
        }
    }
}
