use std::collections::HashMap;

use rashomon_article::Document;
use rashomon_terms::fold;
use rashomon_text::Span;

use crate::speech::speech;

/// Numbers words, so that they compare by a number: equal numbers, equal folded words.
#[derive(Default)]
pub struct Vocabulary<'t> {
    folded: HashMap<String, u32>,
    /// Words as they are written, so that each spelling is folded once.
    written: HashMap<&'t str, u32>,
}

impl<'t> Vocabulary<'t> {
    fn key(&mut self, word: &'t str) -> u32 {
        if let Some(&key) = self.written.get(word) {
            return key;
        }
        let next = self.folded.len() as u32;
        let key = *self.folded.entry(fold(word)).or_insert(next);
        self.written.insert(word, key);
        key
    }
}

/// The words of a document in a row, over the ends of its paragraphs: outlets that share a text
/// still break it into paragraphs of their own.
#[derive(Default)]
pub struct WordRow {
    /// What each word is, by vocabulary.
    pub keys: Vec<u32>,
    /// Where each word stands.
    pub spans: Vec<Span>,
    /// Whether somebody else is speaking the word: it stands inside quotation marks.
    pub speech: Vec<bool>,
    /// How many words the outlet tells itself.
    pub prose: usize,
}

impl WordRow {
    /// The words of the prose blocks.
    pub fn new<'t>(document: &'t Document, vocabulary: &mut Vocabulary<'t>) -> WordRow {
        let mut row = WordRow::default();
        let text = document.article.text.as_str();
        for block in document.article.prose() {
            for span in words(text, block.span) {
                row.keys.push(vocabulary.key(&text[span.range()]));
                row.spans.push(span);
            }
        }
        row.speech = speech(document, &row.spans);
        row.prose = row.speech.iter().filter(|&&spoken| !spoken).count();
        row
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The text from the first to the last word of a range.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        self.spans[range.start].hull(self.spans[range.end - 1])
    }
}

/// Maximal runs of letters and digits. Apostrophes, hyphens and full stops part words, as outlets
/// differ in them; scripts that set no blanks give a word for each character.
fn words(text: &str, block: Span) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text[block.range()].char_indices() {
        let (start, end) = (block.start() + at, block.start() + at + c.len_utf8());
        if is_unspaced(c) {
            if let Some(from) = open.take() {
                spans.push(Span::new(from, start));
            }
            spans.push(Span::new(start, end));
        } else if is_part_of_word(c) {
            open.get_or_insert(start);
        } else if let Some(from) = open.take() {
            spans.push(Span::new(from, start));
        }
    }
    spans.extend(open.map(|from| Span::new(from, block.end())));
    spans
}

fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Han, Kana, Thai, Lao, Khmer and Burmese letters.
fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(
            c,
            '\u{e00}'..='\u{eff}'
                | '\u{1000}'..='\u{109f}'
                | '\u{1780}'..='\u{17ff}'
                | '\u{3040}'..='\u{30ff}'
                | '\u{3400}'..='\u{9fff}'
                | '\u{20000}'..='\u{3134f}'
        )
        && c.is_alphanumeric()
}
