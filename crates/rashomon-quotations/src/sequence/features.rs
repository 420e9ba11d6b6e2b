//! What a token looks like to the model.

use std::ops::Range;

use rashomon_article::{Document, TokenKind};
use rashomon_language::Language;

use super::hash;
use crate::cue::Report;
use crate::marks;
use crate::words::{Words, has};

/// A word is likely to be a cue from this step of [`Model::cue_likelihood`] on.
///
/// [`Model::cue_likelihood`]: super::Model::cue_likelihood
const LIKELY: u8 = 3;

/// The tokens of a block, and the hashed features of each.
#[derive(Clone, Debug)]
pub struct Sequence {
    /// Indices of the document's tokens.
    pub tokens: Range<usize>,
    /// The features of each token.
    pub features: Vec<Vec<u32>>,
}

/// The sequences of a document. Reads tokens, sentences and mentions.
///
/// `likelihood` tells for the hash of a word (see [`word_key`]) how likely it is to be a cue.
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

/// The key of a word in lower case in the model's table of cues.
pub fn word_key(word: &str) -> u32 {
    hash(0, &[word])
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
        .map(|tokens| Sequence {
            features: tokens.clone().map(|at| looks.features(at, &tokens)).collect(),
            tokens,
        })
        .collect()
}

/// What is known of each token before its features are put together.
struct Looks<'w> {
    words: &'w Words<'w>,
    /// How likely the token is to be a cue.
    cue: Vec<u8>,
    /// The part of speech, as far as lists and shapes tell it.
    class: Vec<char>,
    /// Outside, inside or at the edge of quotation marks, and what the rules say of them.
    state: Vec<&'static str>,
    /// What the rules take it for: a cue, a speaker, a subject of a verb of saying.
    rule: Vec<&'static str>,
    sentence: Vec<Range<usize>>,
    /// The nearest likely cues of the sentence on the left and on the right.
    near: Vec<[Option<usize>; 2]>,
}

impl<'w> Looks<'w> {
    fn new(words: &'w Words<'w>, reports: &[Report], likelihood: impl Fn(u32) -> u8) -> Looks<'w> {
        let count = words.document.tokens.len();
        let cue: Vec<u8> = (0..count)
            .map(|at| if words.is_word(at) { likelihood(word_key(words.lower(at))) } else { 0 })
            .collect();
        let mut looks = Looks {
            words,
            cue,
            class: (0..count).map(|at| class(words, at)).collect(),
            state: vec!["o"; count],
            rule: vec!["-"; count],
            sentence: vec![0..0; count],
            near: vec![[None, None]; count],
        };
        for sentence in &words.document.sentences {
            let tokens = words.range(sentence.span);
            looks.sentence[tokens.clone()].fill(tokens.clone());
            looks.find_near(&tokens);
            looks.mark_subjects(&tokens);
        }
        looks.mark_quoted(reports);
        looks
    }

    fn find_near(&mut self, tokens: &Range<usize>) {
        let likely = |at: usize| self.cue[at] >= LIKELY && self.words.is_outside(at);
        let mut last = None;
        for at in tokens.clone() {
            self.near[at][0] = last;
            last = if likely(at) { Some(at) } else { last };
        }
        last = None;
        for at in tokens.clone().rev() {
            self.near[at][1] = last;
            last = if likely(at) { Some(at) } else { last };
        }
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

    fn features(&self, at: usize, block: &Range<usize>) -> Vec<u32> {
        let mut out = Vec::with_capacity(80);
        let place =
            |offset: isize| at.checked_add_signed(offset).filter(|other| block.contains(other));
        let word = |offset: isize| place(offset).map_or("", |at| self.form(at));
        let mut add = |template: u32, parts: &[&str]| out.push(hash(template, parts));
        add(1, &[]);
        for offset in -3isize..=3 {
            add(10 + (offset + 3) as u32, &[word(offset)]);
            let cue = place(offset).map_or(9, |at| self.cue[at]);
            add(20 + (offset + 3) as u32, &[digit(cue)]);
        }
        add(30, &[word(-1), word(0)]);
        add(31, &[word(0), word(1)]);
        for offset in -2isize..=2 {
            let Some(other) = place(offset) else { continue };
            let template = (offset + 2) as u32;
            add(40 + template, &[suffix(self.words.lower(other))]);
            add(50 + template, &[&shape(self.words.text(other))]);
            add(60 + template, &[self.state[other]]);
            add(70 + template, &[self.rule[other]]);
        }
        self.add_classes(at, block, &mut out);
        self.add_neighbours(at, &mut out);
        self.add_place(at, block, &mut out);
        out
    }

    /// The form in lower case; a hyphen inside a compound is told from a dash.
    fn form(&self, at: usize) -> &str {
        if self.class[at] == 'h' { "‐" } else { self.words.lower(at) }
    }

    fn add_classes(&self, at: usize, block: &Range<usize>, out: &mut Vec<u32>) {
        let class = |offset: isize| -> char {
            let other = at.checked_add_signed(offset).filter(|other| block.contains(other));
            other.map_or('#', |at| self.class[at])
        };
        let grams: [&[isize]; 9] = [
            &[0],
            &[-1],
            &[1],
            &[-1, 0],
            &[0, 1],
            &[-2, -1, 0],
            &[0, 1, 2],
            &[-1, 0, 1],
            &[-2, -1, 0, 1, 2],
        ];
        for (at, gram) in grams.iter().enumerate() {
            let classes: String = gram.iter().map(|&offset| class(offset)).collect();
            out.push(hash(80 + at as u32, &[&classes]));
        }
    }

    /// The nearest likely cue on either side, how far it is and what stands between.
    fn add_neighbours(&self, at: usize, out: &mut Vec<u32>) {
        for (side, near) in self.near[at].iter().enumerate() {
            let template = 100 + 20 * side as u32;
            let Some(cue) = *near else {
                out.push(hash(template, &["none"]));
                continue;
            };
            let between = if side == 0 { cue + 1..at } else { at + 1..cue };
            let far = distance(at.abs_diff(cue));
            let word = self.words.lower(cue);
            let mut flags = String::new();
            let commas = between.clone().filter(|&at| self.words.lower(at) == ",").count();
            flags.push_str(digit(commas.min(3) as u8));
            let next = self.words.lower((cue + 1).min(self.words.document.tokens.len() - 1));
            if between.clone().any(|at| self.class[at] == 'R') {
                flags.push('r');
            }
            if between.clone().any(|at| self.class[at] == 'K') {
                flags.push('k');
            }
            if between.clone().any(|at| self.words.token(at).kind == TokenKind::QuotationMark) {
                flags.push('q');
            }
            let state = self.state[at];
            out.push(hash(template + 1, &[far]));
            out.push(hash(template + 2, &[far, digit(self.cue[cue])]));
            out.push(hash(template + 3, &[&flags]));
            out.push(hash(template + 4, &[&flags, far]));
            out.push(hash(template + 5, &[word]));
            out.push(hash(template + 6, &[word, next]));
            out.push(hash(template + 7, &[word, far]));
            out.push(hash(template + 8, &[&flags, state]));
            out.push(hash(template + 9, &[self.form(at), &flags]));
        }
    }

    fn add_place(&self, at: usize, block: &Range<usize>, out: &mut Vec<u32>) {
        let sentence = &self.sentence[at];
        let first = if at == sentence.start { "first" } else { "-" };
        let last =
            if at + 2 >= sentence.end { digit((sentence.end - at).min(3) as u8) } else { "-" };
        let cues = match self.near[at] {
            [None, None] if self.cue[at] < LIKELY => "none",
            [None, None] => "self",
            [Some(_), None] => "left",
            [None, Some(_)] => "right",
            _ => "both",
        };
        let opening = if sentence.start == block.start { "lead" } else { "-" };
        let quoted = if sentence.clone().any(|at| !self.words.is_outside(at)) { "q" } else { "-" };
        out.push(hash(140, &[first, last, cues]));
        out.push(hash(141, &[opening, first]));
        out.push(hash(142, &[quoted, cues, self.state[at]]));
        out.push(hash(143, &[self.words.lower(sentence.start.min(at)), cues]));
        let only = if block.len() < 12 { "short" } else { "-" };
        out.push(hash(144, &[only, first]));
    }
}

fn digit(number: u8) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"][usize::from(number.min(9))]
}

fn distance(tokens: usize) -> &'static str {
    match tokens {
        0..=1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        5..=6 => "6",
        7..=9 => "9",
        10..=15 => "15",
        16..=25 => "25",
        _ => "far",
    }
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
