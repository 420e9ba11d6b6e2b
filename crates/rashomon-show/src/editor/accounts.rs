use rashomon_article::{Discrepancy, DiscrepancyKind, Passage, Side, Story};
use rashomon_text::Span;

use super::one_line;

/// What one side of a difference says, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Account {
    /// Words of a source, those in which the other sides differ marked.
    Words {
        /// What is shown.
        passage: Passage,
        /// Spans inside of the passage.
        differing: Vec<Span>,
        /// Whether words before it are left out.
        cut_before: bool,
        /// Whether words after it are left out.
        cut_after: bool,
    },
    /// A value that a source has in exactly these words.
    Exact(String),
    /// A value in other words than those of the sources.
    Value(String),
}

/// Wordings longer than this many bytes are cut around what differs.
const LONG: usize = 240;
/// As many bytes stay before and after what differs.
const AROUND: usize = 80;

/// The account of a side. Where wordings differ, it is a telling in which the differing words
/// stand: a side may begin with a cut that has none of them.
pub(crate) fn account(story: &Story, difference: &Discrepancy, side: &Side) -> Account {
    if difference.kind == DiscrepancyKind::Wording {
        let differing = side.mentions.iter().find_map(|&mention| {
            let differing = differing(story, mention)?;
            Some((mention, differing))
        });
        if let Some((passage, differing)) = differing {
            return around(story, passage, differing);
        }
    }
    let value = one_line(&side.value);
    let exact =
        side.mentions.first().is_some_and(|&first| one_line(story.slice(first)).contains(&value));
    if exact { Account::Exact(value) } else { Account::Value(value) }
}

/// The words of a telling in which others differ; `None` where there are none.
fn differing(story: &Story, telling: Passage) -> Option<Vec<Span>> {
    let mut variants = story.utterances.iter().flat_map(|utterance| &utterance.variants);
    let variant = variants.find(|variant| {
        (variant.article, variant.span) == (telling.article, telling.span)
            && !variant.differing.is_empty()
    })?;
    Some(variant.differing.clone())
}

/// A telling, cut around what differs where it is long.
fn around(story: &Story, telling: Passage, differing: Vec<Span>) -> Account {
    let text = story.document(telling.article).article.text.as_str();
    let whole = telling.span;
    let hull = differing.iter().skip(1).fold(differing[0], |hull, span| hull.hull(*span));
    let (mut start, mut end) = (whole.start(), whole.end());
    if whole.len() > LONG {
        let from = hull.start().saturating_sub(AROUND).max(start);
        let to = (hull.end() + AROUND).min(end);
        if from > start {
            start = after_blank(text, from, hull.start());
        }
        if to < end {
            end = before_blank(text, to, hull.end());
        }
    }
    Account::Words {
        passage: Passage { article: telling.article, span: Span::new(start, end) },
        differing,
        cut_before: start > whole.start(),
        cut_after: end < whole.end(),
    }
}

/// Where the first word begins after a place, at the latest at a limit.
fn after_blank(text: &str, from: usize, limit: usize) -> usize {
    let from = (from..=limit).find(|&at| text.is_char_boundary(at)).unwrap_or(limit);
    match text[from..limit].find(' ') {
        Some(blank) => from + blank + 1,
        None => limit,
    }
}

/// Where the last word ends before a place, at the earliest at a limit.
fn before_blank(text: &str, to: usize, limit: usize) -> usize {
    let to = (limit..=to).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(limit);
    text[limit..to].rfind(' ').map_or(limit, |blank| limit + blank)
}
