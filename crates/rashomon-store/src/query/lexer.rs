//! A query cut into its pieces.

use rashomon::text::Span;

use crate::error::{Error, Result};

/// A piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece<'q> {
    pub(super) span: Span,
    pub(super) what: What<'q>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What<'q> {
    Open,
    Close,
    Minus,
    Or,
    And,
    Not,
    /// `field:` before a word or phrase.
    Field(&'q str),
    /// A word or a phrase, and whether a star stands behind it.
    Words {
        words: &'q str,
        quoted: bool,
        star: bool,
    },
}

/// Marks that begin a phrase, and those that end it.
const OPENING: &[char] = &['"', '“', '”', '„', '«', '»'];
const CLOSING: &[char] = &['"', '“', '”', '«', '»'];

pub(super) fn pieces(query: &str) -> Result<Vec<Piece<'_>>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut at = 0;
    while let Some(first) = query[at..].chars().next() {
        let rest = &query[at..];
        let width = first.len_utf8();
        if first.is_whitespace() || first.is_control() {
            at += width;
            continue;
        }
        let (what, len) = match first {
            '(' => (What::Open, width),
            ')' => (What::Close, width),
            // A minus behind a word is a hyphen, and the word has taken it.
            '-' | '−' => (What::Minus, width),
            _ if OPENING.contains(&first) => phrase(query, at)?,
            _ => word(rest),
        };
        pieces.push(Piece { span: Span::new(at, at + len), what });
        at += len;
    }
    Ok(pieces)
}

fn phrase(query: &str, at: usize) -> Result<(What<'_>, usize)> {
    let rest = &query[at..];
    let open = rest.chars().next().map_or(0, char::len_utf8);
    let inner = &rest[open..];
    let Some(end) = inner.find(CLOSING) else {
        let span = Span::new(at, query.len());
        let mend = "this quotation mark is never closed; add one at the end of the phrase";
        return Err(Error::query(query, span, mend));
    };
    let close = inner[end..].chars().next().map_or(0, char::len_utf8);
    let behind = open + end + close;
    let star = rest[behind..].starts_with('*');
    let words = &inner[..end];
    Ok((What::Words { words, quoted: true, star }, behind + usize::from(star)))
}

fn word(rest: &str) -> (What<'_>, usize) {
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '(' | ')') || OPENING.contains(&c)
    };
    let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
    if let Some(colon) = word.find(':')
        && colon > 0
        && word[..colon].bytes().all(|byte| byte.is_ascii_alphabetic())
    {
        return (What::Field(&word[..colon]), colon + 1);
    }
    let what = match word {
        "OR" | "|" => What::Or,
        "AND" | "&" => What::And,
        "NOT" => What::Not,
        _ => {
            let words = word.trim_end_matches('*');
            What::Words { words, quoted: false, star: words.len() < word.len() }
        }
    };
    (what, word.len())
}
