//! What a token looks like to the model.

use std::collections::HashMap;
use std::ops::Range;

use rashomon_article::{Document, TokenKind};
use rashomon_language::{Language, word_key};

use super::hash;
use crate::cue::Report;
use crate::marks;
use crate::words::{Words, has};

/// Features of the form of a token.
pub const FORM: usize = 2;
/// Features of where it stands.
pub const SETTING: usize = 4;
/// All features of a token beside its word.
pub const FEATURES: usize = SETTING + FORM;

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
    /// likely the word is to be a cue.
    pub setting: [u32; SETTING],
    /// Hashes of its shape and of its last three letters.
    pub form: [u32; FORM],
}

impl Look {
    /// All features, in one order.
    pub fn features(&self) -> [u32; FEATURES] {
        let [a, b, c, d] = self.setting;
        let [e, f] = self.form;
        [a, b, c, d, e, f]
    }
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
    let mut known = HashMap::new();
    let blocks = words.document.article.prose();
    blocks
        .map(|block| words.range(block.span))
        .filter(|tokens| !tokens.is_empty())
        .map(|tokens| {
            let looks = tokens.clone().map(|at| looks.look(at, &mut known)).collect();
            Sequence { looks, tokens }
        })
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

    fn look(&self, at: usize, known: &mut HashMap<u32, Classes>) -> Look {
        let mut buffer = [0; 4];
        let word = self.words.lower(at);
        let class = class(self.words, at, known, self.key[at]);
        Look {
            word: self.key[at],
            setting: [
                hash(1, &[class.encode_utf8(&mut buffer)]),
                hash(2, &[self.state[at]]),
                hash(3, &[self.rule[at]]),
                hash(4, &[digit(self.cue[at])]),
            ],
            form: [hash(5, &[&shape(self.words.text(at))]), hash(6, &[suffix(word)])],
        }
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
fn class(words: &Words<'_>, at: usize, known: &mut HashMap<u32, Classes>, key: u32) -> char {
    let word = words.lower(at);
    match words.token(at).kind {
        TokenKind::Number => '0',
        TokenKind::Clitic => 'c',
        TokenKind::QuotationMark => 'q',
        TokenKind::Mark if word == "-" && words.is_glued(at) && words.is_glued(at + 1) => 'h',
        TokenKind::Mark => word.chars().next().unwrap_or('-'),
        TokenKind::Word => {
            let classes = known.entry(key).or_insert_with(|| Classes::new(words, at));
            let name = words.is_capital(at) && at > 0;
            classes.closed.unwrap_or(if name { 'A' } else { classes.open })
        }
    }
}

/// The letters of a word: one where it belongs to a closed class, and one where it is no name.
#[derive(Clone, Copy)]
struct Classes {
    closed: Option<char>,
    open: char,
}

impl Classes {
    fn new(words: &Words<'_>, at: usize) -> Classes {
        let word = words.lower(at);
        let pack = words.pack;
        let of = |lists: &[(&[&str], char)]| {
            lists.iter().find(|(list, _)| has(list, word)).map(|&(_, letter)| letter)
        };
        let closed = of(&[
            (pack.relatives, 'R'),
            (pack.coordinators, '&'),
            (pack.pronouns, 'P'),
            (pack.conjunctions, 'K'),
            (pack.prepositions, 'I'),
            (pack.determiners, 'D'),
            (pack.skipped, 'S'),
        ]);
        let ends = |endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
        let open = of(&[(pack.saying, 'V'), (pack.framing, 'F'), (pack.speaking_nouns, 'N')]);
        let open = open.unwrap_or_else(|| match () {
            () if words.is_function_word(at) => 'f',
            () if words.is_participle(at) => 'G',
            () if ends(pack.plural_endings) => 's',
            () if ends(pack.past_endings) => 'd',
            () => 'w',
        });
        Classes { closed, open }
    }
}
