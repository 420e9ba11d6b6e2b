//! What a token looks like to the model.

use std::ops::Range;

use rashomon_article::{Document, TokenKind};
use rashomon_language::{Language, word_key};

use super::hash;
use crate::cue::Report;
use crate::marks;
use crate::words::{Words, has};

/// The features of a token beside its word.
pub const FEATURES: usize = 6;

/// The tokens of a block, and how each looks.
#[derive(Clone, Debug)]
pub struct Sequence {
    /// Indices of the document's tokens.
    pub tokens: Range<usize>,
    /// How each token looks.
    pub looks: Vec<Look>,
}

/// How a token looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The key of its form in lower case.
    pub word: u32,
    /// Hashes of: the part of speech as lists and shapes tell it; inside, outside or at the edge of
    /// quotation marks, and what the rules say of those marks; what the rules take it for; how
    /// likely the word is to be a cue; its shape; its last three letters.
    pub features: [u32; FEATURES],
}

/// The sequences of a document. Reads tokens, sentences and mentions.
///
/// `likelihood` tells for the key of a word how likely it is to be a cue.
pub fn sequences(
    document: &Document,
    language: &Language,
    likelihood: impl Fn(u32) -> u8,
) -> Vec<Sequence> {
    let quoted = marks::quoted(document, language);
    let words = Words::new(document, language, &quoted);
    let reports: Vec<Report> = (0..quoted.len()).map(|at| words.report(at)).collect();
    of_words(&words, &reports, likelihood)
}

pub(crate) fn of_words(
    words: &Words<'_>,
    reports: &[Report],
    likelihood: impl Fn(u32) -> u8,
) -> Vec<Sequence> {
    let looks = Looks::new(words, reports, likelihood);
    let blocks = words.document.article.prose();
    blocks
        .map(|block| words.range(block.span))
        .filter(|tokens| !tokens.is_empty())
        .map(|tokens| Sequence { looks: tokens.clone().map(|at| looks.look(at)).collect(), tokens })
        .collect()
}

/// What the rules know of each token.
struct Looks<'w> {
    words: &'w Words<'w>,
    /// The key of the form in lower case.
    key: Vec<u32>,
    /// How likely the token is to be a cue.
    cue: Vec<u8>,
    /// Outside, inside or at the edge of quotation marks, and what the rules say of them.
    state: Vec<&'static str>,
    /// What the rules take it for: a cue, a speaker, a subject of a verb of saying.
    rule: Vec<&'static str>,
}

impl<'w> Looks<'w> {
    fn new(words: &'w Words<'w>, reports: &[Report], likelihood: impl Fn(u32) -> u8) -> Looks<'w> {
        let count = words.document.tokens.len();
        let key: Vec<u32> = (0..count).map(|at| word_key(words.lower(at))).collect();
        let cue =
            (0..count).map(|at| if words.is_word(at) { likelihood(key[at]) } else { 0 }).collect();
        let mut looks = Looks { words, key, cue, state: vec!["o"; count], rule: vec!["-"; count] };
        for sentence in &words.document.sentences {
            looks.mark_subjects(&words.range(sentence.span));
        }
        looks.mark_quoted(reports);
        looks
    }

    fn mark_subjects(&mut self, tokens: &Range<usize>) {
        for at in tokens.clone() {
            let verb = self.words.is_saying(at) || self.words.is_framing(at) && self.cue[at] > 0;
            if !verb {
                continue;
            }
            if let Some(subject) = self.words.subject(at, tokens.start) {
                self.rule[subject.clone()].fill("s");
                self.rule[subject.start] = "S";
                self.rule[at] = "v";
            }
        }
    }

    fn mark_quoted(&mut self, reports: &[Report]) {
        for (quoted, report) in self.words.quoted.iter().zip(reports) {
            let tokens = self.words.range(quoted.outer);
            let (edge, inside) = match report {
                Report::Cued(cue) if cue.after => ("A", "a"),
                Report::Cued(_) => ("B", "b"),
                Report::Uncued => ("U", "u"),
                Report::Named => ("T", "t"),
                Report::NotSaid => ("N", "n"),
            };
            let (first, last) = (tokens.start, tokens.end.saturating_sub(1));
            self.state[tokens].fill(inside);
            self.state[first] = edge;
            if quoted.closed {
                self.state[last] = "c";
            }
            if let Report::Cued(cue) = report {
                self.rule[cue.words.clone()].fill("C");
                if let Some(speaker) = &cue.speaker {
                    self.rule[speaker.clone()].fill("p");
                    self.rule[speaker.start] = "P";
                }
            }
        }
    }

    fn look(&self, at: usize) -> Look {
        let mut buffer = [0; 4];
        let word = self.words.lower(at);
        let parts: [&str; FEATURES] = [
            class(self.words, at).encode_utf8(&mut buffer),
            self.state[at],
            self.rule[at],
            digit(self.cue[at]),
            &shape(self.words.text(at)),
            suffix(word),
        ];
        let mut kind = 0;
        let features = parts.map(|part| {
            kind += 1;
            hash(kind, &[part])
        });
        Look { word: self.key[at], features }
    }
}

fn digit(number: u8) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"][usize::from(number.min(9))]
}

/// The last three letters.
fn suffix(word: &str) -> &str {
    word.char_indices().rev().nth(2).map_or(word, |(at, _)| &word[at..])
}

/// `Xx` for `Bell`, `0` for `1,000`; runs of one kind once.
fn shape(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        let kind = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            '0'
        } else {
            c
        };
        if !out.ends_with(kind) {
            out.push(kind);
        }
    }
    out
}

/// A part of speech in one letter, from the lists of the language.
fn class(words: &Words<'_>, at: usize) -> char {
    let word = words.lower(at);
    let pack = words.pack;
    match words.token(at).kind {
        TokenKind::Number => '0',
        TokenKind::Clitic => 'c',
        TokenKind::QuotationMark => 'q',
        TokenKind::Mark if word == "-" && words.is_glued(at) && words.is_glued(at + 1) => 'h',
        TokenKind::Mark => word.chars().next().unwrap_or('-'),
        TokenKind::Word if has(pack.relatives, word) => 'R',
        TokenKind::Word if has(pack.coordinators, word) => '&',
        TokenKind::Word if has(pack.pronouns, word) => 'P',
        TokenKind::Word if has(pack.conjunctions, word) => 'K',
        TokenKind::Word if has(pack.prepositions, word) => 'I',
        TokenKind::Word if has(pack.determiners, word) => 'D',
        TokenKind::Word if has(pack.skipped, word) => 'S',
        TokenKind::Word if words.is_capital(at) && at > 0 => 'A',
        TokenKind::Word if has(pack.saying, word) => 'V',
        TokenKind::Word if has(pack.framing, word) => 'F',
        TokenKind::Word if has(pack.speaking_nouns, word) => 'N',
        TokenKind::Word if words.is_function_word(at) => 'f',
        TokenKind::Word if words.is_participle(at) => 'G',
        TokenKind::Word if pack.plural_endings.iter().any(|end| word.ends_with(end)) => 's',
        TokenKind::Word if pack.past_endings.iter().any(|end| word.ends_with(end)) => 'd',
        TokenKind::Word => 'w',
    }
}
