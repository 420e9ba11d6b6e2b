use rashomon_language::Language;
use rashomon_text::{Span, Text};

/// Above this many bytes a stretch is running text: no rule for short lines looks at it.
const FOLDED_BYTES: usize = 700;

/// A stretch between two paragraph ends, and what it looks like.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// Words, as white space has them.
    pub words: usize,
    /// Whether it ends as a sentence does.
    pub ends: bool,
    /// The line in lower case with straight apostrophes, single blanks and no punctuation at its
    /// ends; empty for running text.
    pub folded: String,
}

impl Line {
    pub fn new(text: &Text, span: Span, language: &Language) -> Line {
        let words = text.slice(span);
        Line {
            span,
            words: words.split_whitespace().count(),
            ends: ends_sentence(words, language),
            folded: if words.len() <= FOLDED_BYTES { fold(words) } else { String::new() },
        }
    }

    /// Whether the line reads as running text: a sentence of some length, or more words than any
    /// heading has.
    pub fn is_running(&self) -> bool {
        (self.ends && self.words >= 7) || self.words >= 45
    }
}

/// Marks that may close a sentence after its stop.
fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_') || c.is_whitespace()
}

fn ends_sentence(words: &str, language: &Language) -> bool {
    let open = words.trim_end_matches(is_closer);
    if !open.ends_with(['.', '!', '?', '…', '。']) {
        return false;
    }
    // “Bridge opens in U.S.” is a heading.
    let last = open.split_whitespace().next_back().unwrap_or_default();
    let last = last.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let abbreviated = language.segmentation.ending_abbreviations.contains(&last.as_str());
    !(abbreviated && words.len() <= 100)
}

/// A line as it is compared with the lists of the language pack.
pub(crate) fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let mut chars = word.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '’' | '‘' | '`' => folded.push('\''),
                '©' if chars.peek().is_some() => folded.push_str("copyright "),
                '©' => folded.push_str("copyright"),
                '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => {}
                c => folded.extend(c.to_lowercase()),
            }
        }
    }
    folded.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether `line` begins with `opener` at a word boundary.
pub(crate) fn opens_with(line: &str, opener: &str) -> bool {
    line.strip_prefix(opener)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || !is_word_end(opener))
}

/// Which two bytes open words of a line, or what follows a mark or a blank, as bits of a hash.
struct Openings([u64; 16]);

impl Openings {
    fn of(line: &str) -> Openings {
        let mut openings = Openings([0; 16]);
        let mut inside = false;
        for (at, c) in line.char_indices() {
            if !inside {
                let (word, bit) = Openings::place(&line.as_bytes()[at..]);
                openings.0[word] |= bit;
            }
            inside = c.is_alphanumeric();
        }
        openings
    }

    fn place(bytes: &[u8]) -> (usize, u64) {
        let first = usize::from(bytes.first().copied().unwrap_or(0));
        let second = usize::from(bytes.get(1).copied().unwrap_or(0));
        let sum = first * 37 + second;
        (sum / 64 % 16, 1 << (sum % 64))
    }

    /// Whether a phrase may begin at a word of the line.
    fn may_open(&self, phrase: &str) -> bool {
        let (word, bit) = Openings::place(phrase.as_bytes());
        phrase.len() < 2 || self.0[word] & bit != 0
    }
}

/// Whether `line` holds one of some phrases between word boundaries: as [`holds`] says of each,
/// asked of those only that begin as a word of the line does.
pub(crate) fn holds_any(line: &str, phrases: &[&str]) -> bool {
    let openings = Openings::of(line);
    phrases.iter().any(|phrase| openings.may_open(phrase) && holds(line, phrase))
}

/// Whether `line` holds `phrase` between word boundaries.
pub(crate) fn holds(line: &str, phrase: &str) -> bool {
    line.match_indices(phrase).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn is_word_end(word: &str) -> bool {
    word.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    #[test]
    fn folded_lines() {
        assert_eq!(fold("  Share  it: "), "share it");
        assert_eq!(fold("— DON’T miss!"), "don't miss");
        assert_eq!(fold("© 2026 Herald"), "copyright 2026 herald");
        assert_eq!(fold("…"), "");
    }

    #[test]
    fn sentences_end() {
        let ends = |words| ends_sentence(words, english());
        assert!(ends("She left.") && ends("“She left.”") && ends("Why?"));
        assert!(!ends("She left") && !ends("Bridge opens in U.S.") && !ends("‘A Great Day’"));
    }

    #[test]
    fn phrases_keep_to_words() {
        assert!(opens_with("by ada bell", "by") && !opens_with("bylaws", "by"));
        assert!(holds("from our newsletter", "our newsletter"));
        assert!(!holds("four newsletters", "our newsletter"));
    }

    /// Held against asking for each phrase.
    #[test]
    fn one_of_many_phrases() {
        let lines = [
            "",
            "sign up for our newsletter (free) — it's éclair",
            "four newsletters, a (free) one",
            "x-ray: (free)é",
        ];
        let phrases =
            ["our newsletter", "(free)", "free", "it's", "éclair", "ray", "—", "é", "s", ""];
        for line in lines {
            for phrase in phrases {
                assert_eq!(holds_any(line, &[phrase]), holds(line, phrase), "{line}: {phrase}");
            }
        }
    }
}
