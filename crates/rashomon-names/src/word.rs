use std::collections::HashMap;

use rashomon_article::{Document, TokenKind};
use rashomon_language::Language;
use rashomon_text::Span;

/// A token as the search for names sees it.
#[derive(Clone, Debug)]
pub(crate) struct Word<'d> {
    pub span: Span,
    pub kind: TokenKind,
    pub text: &'d str,
    /// In lower case, apostrophes straight, without the full stop of an abbreviation.
    pub lower: String,
    pub sentence: usize,
    /// Stands where any word would be capitalised.
    pub first: bool,
    /// No white space before it.
    pub glued: bool,
    /// In a line whose words are capitalised as in a title.
    pub titled: bool,
}

impl Word<'_> {
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Begins with a capital, or holds one inside as brands do.
    pub fn is_capital(&self) -> bool {
        self.is_word() && self.text.chars().take(3).any(char::is_uppercase)
    }

    /// All its letters are capitals, and there are two or more.
    pub fn is_all_capitals(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        self.is_word()
            && letters.clone().count() >= 2
            && letters.all(|c| c.is_uppercase() || !c.is_lowercase())
    }

    /// A single capital letter.
    pub fn is_initial(&self) -> bool {
        self.is_word() && self.is_capital() && self.lower.chars().count() == 1
    }

    /// Capitals with full stops between: `J.D.`
    pub fn is_dotted(&self) -> bool {
        self.is_word()
            && self.text.contains('.')
            && self
                .text
                .split('.')
                .all(|part| part.chars().count() <= 1 && part.chars().all(char::is_uppercase))
    }

    pub fn is_mark(&self, mark: &str) -> bool {
        self.kind == TokenKind::Mark && self.text == mark
    }
}

/// The words of the prose, sentence by sentence, and how the text capitalises each.
pub(crate) struct Words<'d> {
    pub words: Vec<Word<'d>>,
    pub sentences: Vec<std::ops::Range<usize>>,
    /// The lengths of the known names that start at each word, as bits.
    pub known: Vec<u8>,
    document: &'d Document,
    casing: HashMap<String, Casing>,
}

/// How often a word stands in a text in which form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Casing {
    /// In lower case.
    pub lower: u32,
    /// With a capital where only names have one.
    pub capital: u32,
    /// With a capital, not bound by a hyphen.
    pub alone: u32,
}

impl Casing {
    fn add(&mut self, more: Casing) {
        self.lower += more.lower;
        self.capital += more.capital;
        self.alone += more.alone;
    }
}

impl<'d> Words<'d> {
    pub fn new(document: &'d Document, language: &Language) -> Words<'d> {
        let text = document.article.text.as_str();
        let mut all = Words {
            words: Vec::new(),
            sentences: Vec::new(),
            known: Vec::new(),
            document,
            casing: HashMap::new(),
        };
        for (at, sentence) in document.sentences.iter().enumerate() {
            let start = all.words.len();
            let mut first = true;
            for token in document.sentence_tokens(sentence) {
                let words = document.slice(token.span);
                let before = text[..token.span.start()].chars().next_back();
                let glued = before.is_some_and(|c| !c.is_whitespace());
                let is_word = matches!(token.kind, TokenKind::Word | TokenKind::Number);
                all.words.push(Word {
                    span: token.span,
                    kind: token.kind,
                    text: words,
                    lower: lower(words),
                    sentence: at,
                    first: first && is_word,
                    glued,
                    titled: false,
                });
                first = match token.kind {
                    TokenKind::Word | TokenKind::Number | TokenKind::Clitic => false,
                    TokenKind::QuotationMark => true,
                    TokenKind::Mark => {
                        first || matches!(words, ":" | "•" | "*" | "?" | "!" | "..." | "…")
                    }
                };
            }
            let range = start..all.words.len();
            if is_titled(&all.words[range.clone()], language) {
                all.words[range.clone()].iter_mut().for_each(|word| word.titled = true);
            }
            all.sentences.push(range);
        }
        all.count();
        all.known = crate::run::known_lengths(&all, language);
        all
    }

    fn count(&mut self) {
        for at in 0..self.words.len() {
            let word = &self.words[at];
            if !word.is_word() || word.titled {
                continue;
            }
            let hyphened = (word.glued && at > 0 && self.words[at - 1].is_mark("-"))
                || self.words.get(at + 1).is_some_and(|next| next.glued && next.is_mark("-"));
            let is_capital = word.is_capital();
            let more = Casing {
                lower: u32::from(!is_capital),
                capital: u32::from(is_capital && !word.first),
                alone: u32::from(is_capital && !hyphened),
            };
            match self.casing.get_mut(&word.lower) {
                Some(casing) => casing.add(more),
                None => {
                    self.casing.insert(word.lower.clone(), more);
                }
            }
        }
    }

    /// The exact words of a span.
    pub fn text(&self, span: Span) -> String {
        self.document.slice(span).to_owned()
    }

    /// Whether a sentence is the first of its paragraph.
    pub fn begins_paragraph(&self, sentence: usize) -> bool {
        let start = |sentence: usize| {
            self.sentences.get(sentence).and_then(|range| self.words.get(range.start))
        };
        let (Some(here), Some(before)) = (
            start(sentence),
            sentence.checked_sub(1).and_then(|before| {
                self.sentences[before].clone().last().and_then(|last| self.words.get(last))
            }),
        ) else {
            return true;
        };
        self.document.article.text.as_str()[before.span.end()..here.span.start()].contains('\n')
    }

    pub fn casing(&self, lower: &str) -> Casing {
        self.casing.get(lower).copied().unwrap_or_default()
    }

    pub fn get(&self, at: usize) -> Option<&Word<'d>> {
        self.words.get(at)
    }

    /// The word before, in the same sentence.
    pub fn before(&self, at: usize) -> Option<&Word<'d>> {
        let before = self.words.get(at.checked_sub(1)?)?;
        (before.sentence == self.words.get(at)?.sentence).then_some(before)
    }

    /// The words of a range in lower case with blanks between, as the tables have them.
    pub fn phrase(&self, range: std::ops::Range<usize>) -> String {
        let mut phrase = String::new();
        for at in range.clone() {
            let word = &self.words[at];
            if word.is_mark(".") {
                continue;
            }
            let glue = word.kind == TokenKind::Clitic
                || (word.glued && (word.is_mark("-") || word.is_mark("&")))
                || (word.glued && at > range.start && matches!(self.words[at - 1].text, "-" | "&"));
            if at > range.start && !glue {
                phrase.push(' ');
            }
            phrase.push_str(&word.lower);
        }
        phrase
    }

    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        self.words[range.start].span.hull(self.words[range.end - 1].span)
    }
}

/// Lower case, straight apostrophes, no full stop at the end.
pub(crate) fn lower(text: &str) -> String {
    let mut lower = if text.is_ascii() { text.to_ascii_lowercase() } else { straight(text) };
    if lower.ends_with('.') && lower.len() > 1 {
        lower.pop();
    }
    lower
}

fn straight(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}'))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | '‘') { '\'' } else { c })
        .collect()
}

/// Whether the words are capitalised as in a headline: all of them but the small ones. A line
/// without a single lower-case word is no evidence, unless it is long or all in capitals.
fn is_titled(words: &[Word<'_>], language: &Language) -> bool {
    let mut capitals = 0;
    let mut smalls = 0;
    let mut matter = 0;
    let mut shouted = 0;
    for word in words.iter().filter(|word| word.is_word()) {
        let small = language.words.is_function_word(&word.lower);
        if word.is_capital() {
            capitals += 1;
            shouted += usize::from(word.is_all_capitals() && word.lower.len() > 3);
            matter += usize::from(!small);
        } else if !small {
            smalls += 1;
        }
    }
    let ends = words.last().is_some_and(|word| word.is_mark("."));
    if shouted >= 3 && smalls == 0 {
        return true;
    }
    !ends && capitals >= 2 && matter >= 2 && smalls * 10 <= capitals
        || (capitals >= 8 && smalls == 0)
}
