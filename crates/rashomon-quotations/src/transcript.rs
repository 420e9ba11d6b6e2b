//! Talk that is printed with the name of each speaker before his words: `BELL: We won.`

use std::collections::BTreeMap;

use rashomon_article::Document;
use rashomon_language::Language;
use rashomon_text::Span;

use crate::words::has;

/// How many bytes a label may have.
const LONGEST: usize = 40;
/// How many words a label may have.
const MOST_WORDS: usize = 4;
/// How often each of two speakers must speak before labels are believed.
const FEWEST_TURNS: usize = 2;

/// The label that a turn begins with, and where the words begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub label: Span,
    pub words: usize,
}

/// Whether a report prints a talk: two speakers with two turns each.
pub(crate) fn is_transcript(document: &Document, language: &Language) -> bool {
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    for block in document.article.prose() {
        let text = document.slice(block.span);
        let bare = text.trim_start_matches(is_opening);
        let start = block.span.start() + text.len() - bare.len();
        if let Some(turn) = turn(document, Span::new(start, block.span.end()), language) {
            *turns.entry(document.slice(turn.label)).or_default() += 1;
        }
    }
    turns.values().filter(|&&count| count >= FEWEST_TURNS).count() >= 2
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '\'' | '‘' | '«' | '„' | ' ')
}

/// The turn that a span begins with: a label in capitals and a colon.
pub(crate) fn turn(document: &Document, span: Span, language: &Language) -> Option<Turn> {
    let text = document.slice(span);
    let colon = text.char_indices().take_while(|&(at, _)| at <= LONGEST);
    let (colon, _) = colon.into_iter().find(|&(_, c)| c == ':')?;
    let label = &text[..colon];
    let rest = &text[colon + 1..];
    let plain = |c: char| c.is_uppercase() || matches!(c, ' ' | '.' | '\'' | '’' | '-');
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let questions = has(language.quotations.turn_letters, label);
    let believed = label.chars().all(plain)
        && (letters >= 2 || questions)
        && label.split_whitespace().count() <= MOST_WORDS
        && label.trim() == label
        && !has(language.quotations.no_labels, &label.to_lowercase());
    let words = rest.len() - rest.trim_start().len();
    let follows = words > 0 && rest.chars().any(char::is_alphanumeric);
    (believed && follows).then(|| Turn {
        label: Span::new(span.start(), span.start() + colon),
        words: span.start() + colon + 1 + words,
    })
}
