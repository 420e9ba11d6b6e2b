use std::collections::HashMap;
use std::sync::Arc;

use rashomon_article::Document;
use rashomon_terms::fold;
use rashomon_text::Span;

use crate::speech::speech;

/// Numbers words, so that they compare by a number: equal numbers, equal folded words.
#[derive(Default)]
pub struct Vocabulary {
    folded: HashMap<String, u32>,
    /// Words as they are written, so that each spelling is folded once.
    written: HashMap<String, u32>,
    rows: u32,
}

impl Vocabulary {
    fn key(&mut self, word: &str) -> u32 {
        if let Some(&key) = self.written.get(word) {
            return key;
        }
        let next = self.folded.len() as u32;
        let key = *self.folded.entry(fold(word)).or_insert(next);
        self.written.insert(word.to_owned(), key);
        key
    }

    /// The words of the prose blocks of a document.
    pub fn row(&mut self, document: &Document) -> Row {
        let (mut keys, mut spans) = (Vec::new(), Vec::new());
        let text = document.article.text.as_str();
        for block in document.article.prose() {
            for span in words(text, block.span) {
                keys.push(self.key(&text[span.range()]));
                spans.push(span);
            }
        }
        let speech = speech(document, &spans);
        let prose = speech.iter().filter(|&&spoken| !spoken).count();
        self.rows += 1;
        Row { number: self.rows - 1, keys, spans: spans.into(), speech: speech.into(), prose }
    }

    /// Rows with their words numbered as they come in these rows, whatever was read before.
    pub fn numbered(&self, rows: &[Arc<Row>]) -> Vec<WordRow> {
        let mut numbers = vec![None; self.folded.len()];
        let mut next = 0..;
        let mut number = |&key: &u32| {
            *numbers[key as usize].get_or_insert_with(|| next.next().unwrap_or_default())
        };
        let row = |row: &Arc<Row>| WordRow {
            number: row.number,
            keys: row.keys.iter().map(&mut number).collect(),
            spans: Arc::clone(&row.spans),
            speech: Arc::clone(&row.speech),
            prose: row.prose,
        };
        rows.iter().map(row).collect()
    }
}

/// The words of a document in a row, as they were read.
pub struct Row {
    number: u32,
    keys: Vec<u32>,
    spans: Arc<[Span]>,
    speech: Arc<[bool]>,
    prose: usize,
}

/// The words of a document in a row, over the ends of its paragraphs: outlets that share a text
/// still break it into paragraphs of their own.
pub struct WordRow {
    /// The number of what was read of the document.
    pub number: u32,
    /// What each word is, by vocabulary.
    pub keys: Vec<u32>,
    /// Where each word stands.
    pub spans: Arc<[Span]>,
    /// Whether somebody else is speaking the word: it stands inside quotation marks.
    pub speech: Arc<[bool]>,
    /// How many words the outlet tells itself.
    pub prose: usize,
}

impl WordRow {
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
