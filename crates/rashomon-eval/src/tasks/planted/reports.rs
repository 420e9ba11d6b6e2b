use std::collections::BTreeMap;

use rashomon::article::{Document, TokenKind};
use rashomon::text::Span;

/// A report as the generator sees it: its text cut into sentences and words. It reads the layers
/// of tokens and sentences and nothing that the program finds in them.
pub struct Report {
    /// The id of the article.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence with its words.
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its words and numbers.
    pub words: Vec<Word>,
    /// Their numbers in the story, sorted.
    bag: Vec<u32>,
}

/// A word or number.
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Whether it begins with a digit.
    pub number: bool,
    /// The number of its lower-case form in the story.
    key: u32,
}

impl Report {
    /// The words of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The word of an index in a sentence, or nothing beyond its ends.
    pub fn word(&self, sentence: &Sentence, at: Option<usize>) -> &str {
        at.and_then(|at| sentence.words.get(at)).map_or("", |word| self.slice(word.span))
    }

    /// What stands between two words that follow each other.
    pub fn gap(&self, sentence: &Sentence, before: usize) -> &str {
        let pair = (sentence.words.get(before), sentence.words.get(before + 1));
        let (Some(one), Some(next)) = pair else { return "" };
        self.text.get(one.span.end()..next.span.start()).unwrap_or("")
    }
}

impl Sentence {
    /// Dice's coefficient of the words of two sentences, each as often as it stands there.
    pub fn overlap(&self, other: &Sentence) -> f64 {
        let (a, b) = (&self.bag, &other.bag);
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        2.0 * f64::from(shared) / (a.len() + b.len()).max(1) as f64
    }

    /// Where a word stands here that stands there too, with the word before or after it.
    pub fn same_place(&self, at: usize, other: &Sentence) -> Option<usize> {
        let key = |sentence: &Sentence, at: Option<usize>| {
            at.and_then(|at| sentence.words.get(at)).map(|word| word.key)
        };
        let around = (key(self, at.checked_sub(1)), key(self, Some(at + 1)));
        (0..other.words.len()).find(|&there| {
            let before = key(other, there.checked_sub(1));
            let after = key(other, Some(there + 1));
            other.words[there].key == self.words[at].key
                && (before.is_some() && before == around.0 || after.is_some() && after == around.1)
        })
    }
}

/// The reports of a story. Words have one number in all of them.
pub fn reports(documents: &[Document]) -> Vec<Report> {
    let mut keys: BTreeMap<String, u32> = BTreeMap::new();
    documents.iter().map(|document| report(document, &mut keys)).collect()
}

fn report(document: &Document, keys: &mut BTreeMap<String, u32>) -> Report {
    let sentences = document
        .sentences
        .iter()
        .map(|sentence| {
            let tokens = document.sentence_tokens(sentence).iter();
            let words: Vec<Word> = tokens
                .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
                .map(|token| {
                    let next = keys.len() as u32;
                    let form = document.slice(token.span).to_lowercase();
                    let key = *keys.entry(form).or_insert(next);
                    Word { span: token.span, number: token.kind == TokenKind::Number, key }
                })
                .collect();
            let mut bag: Vec<u32> = words.iter().map(|word| word.key).collect();
            bag.sort_unstable();
            Sentence { span: sentence.span, words, bag }
        })
        .collect();
    Report {
        id: document.article.id.clone(),
        text: document.article.text.as_str().to_owned(),
        sentences,
    }
}
