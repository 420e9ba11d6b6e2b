//! What the rules find in quotation marks and what the model finds, made into one layer.

use std::ops::Range;

use rashomon_article::{Quotation, QuotationKind};
use rashomon_text::Span;

use crate::assemble::Draft;
use crate::attribution::Attribution;
use crate::cue::Report;
use crate::scope::Scope;
use crate::speaker::resolve;
use crate::words::Words;

/// The quotations of a report. The rules say which words in marks are somebody's and whose; the
/// model says how far a quotation reaches beyond its marks, and finds those without.
pub(crate) fn merge(
    words: &Words<'_>,
    drafts: Vec<Draft>,
    attributions: Vec<Attribution>,
    reports: &[Report],
    scope: Scope,
) -> Vec<Quotation> {
    let mut owner = vec![None; words.quoted.len()];
    for (at, draft) in drafts.iter().enumerate() {
        draft.parts.iter().for_each(|&part| owner[part] = Some(at));
    }
    let mut taken = vec![false; drafts.len()];
    let mut found = Vec::new();
    for attribution in &attributions {
        let touched = touched(words, attribution, &owner);
        let fragments: Vec<usize> =
            touched.iter().copied().filter(|&at| !drafts[at].whole && !taken[at]).collect();
        let whole =
            touched.iter().any(|&at| drafts[at].whole && !is_part(words, attribution, &drafts[at]));
        if scope == Scope::Attributed && !whole {
            touched.iter().for_each(|&at| taken[at] = true);
            found.extend(attributed(words, attribution, &drafts, reports));
        } else if touched.is_empty() {
            found.extend(unmarked(words, attribution, &drafts, reports));
        } else if !fragments.is_empty() && !whole {
            fragments.iter().for_each(|&at| taken[at] = true);
            found.extend(mixed(words, attribution, &drafts, &fragments));
        }
    }
    for (draft, _) in drafts.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        found.push(in_marks(words, draft));
    }
    found
}

/// Whether whole words in marks are a part of what the model takes for one content:
/// `that, “For those few …”`.
fn is_part(words: &Words<'_>, attribution: &Attribution, draft: &Draft) -> bool {
    let [part] = draft.parts[..] else { return false };
    let outer = words.range(words.quoted[part].outer);
    attribution.content.iter().any(|content| {
        content.start < outer.start
            && outer.end <= content.end + 1
            && content.clone().all(|at| words.quoted_at(at).is_none_or(|other| other == part))
    })
}

/// The drafts that share words with an attribution, in order.
fn touched(words: &Words<'_>, attribution: &Attribution, owner: &[Option<usize>]) -> Vec<usize> {
    let mut touched = Vec::new();
    for tokens in &attribution.content {
        let span = words.span(tokens);
        let from = words.quoted.partition_point(|quoted| quoted.inner.end() <= span.start());
        let to = words.quoted.partition_point(|quoted| quoted.inner.start() < span.end());
        touched.extend(owner[from..to.max(from)].iter().flatten());
    }
    touched.sort_unstable();
    touched.dedup();
    touched
}

fn in_marks(words: &Words<'_>, draft: &Draft) -> Quotation {
    let content: Vec<Span> = draft.parts.iter().map(|&part| words.quoted[part].inner).collect();
    let kind = if draft.whole { QuotationKind::Direct } else { QuotationKind::Mixed };
    let cue = draft.cue.as_ref().map(|cue| cue.words.clone());
    Quotation {
        span: hull(&content),
        kind,
        content,
        cue: spans(words, cue.as_ref()),
        speaker: draft.speaker.clone(),
        reported_by: None,
    }
}

/// Fragments in marks with the words of the report round them, where they are one reported
/// clause; else the fragments alone.
fn mixed(
    words: &Words<'_>,
    attribution: &Attribution,
    drafts: &[Draft],
    fragments: &[usize],
) -> Vec<Quotation> {
    let first = &drafts[fragments[0]];
    let ruled = first.cue.as_ref().map(|cue| cue.words.clone()).filter(|cue| !cue.is_empty());
    // A verb that the model takes for a part of the content reports something else.
    let inside = |cue: &Range<usize>| attribution.content.iter().any(|c| c.contains(&cue.start));
    let overruled = attribution.cue.is_some() && ruled.as_ref().is_none_or(inside);
    let cue = if overruled { attribution.cue.clone() } else { ruled };
    let parts = fragments.iter().flat_map(|&at| drafts[at].parts.iter());
    let marked: Vec<Range<usize>> =
        parts.map(|&part| words.range(words.quoted[part].outer)).collect();
    let mut tokens: Vec<Range<usize>> =
        attribution.content.iter().flat_map(|range| clipped(words, range, cue.as_ref())).collect();
    tokens.extend(marked);
    let tokens = without(joined(tokens), cue.as_ref());
    let reported = cue.as_ref().is_some_and(|cue| words.is_reported(&tokens, cue));
    let mut content: Vec<Span> = tokens.iter().flat_map(|range| pieces(words, range)).collect();
    content.dedup();
    if !reported || content.is_empty() {
        return fragments.iter().map(|&at| in_marks(words, &drafts[at])).collect();
    }
    let source = || attribution.source.as_ref().map(|source| resolve(words, source, drafts));
    let speaker = if overruled {
        source().or_else(|| first.speaker.clone())
    } else {
        first.speaker.clone().or_else(source)
    };
    vec![Quotation {
        span: hull(&content),
        kind: QuotationKind::Mixed,
        content,
        cue: spans(words, cue.as_ref()),
        speaker,
        reported_by: None,
    }]
}

/// What the model finds where the rules find nobody's words in marks: a reported clause.
fn unmarked(
    words: &Words<'_>,
    attribution: &Attribution,
    drafts: &[Draft],
    reports: &[Report],
) -> Option<Quotation> {
    let cue = attribution.cue.as_ref()?;
    let clipped = attribution.content.iter().flat_map(|range| clipped(words, range, Some(cue)));
    let ranges = without(joined(clipped.collect()), Some(cue));
    let ranges: Vec<Range<usize>> =
        ranges.into_iter().filter_map(|range| trimmed(words, range)).collect();
    let quoted = |range: &Range<usize>| -> Option<usize> {
        let at = words.quoted_at(range.start)?;
        (words.quoted_at(range.end - 1) == Some(at)).then_some(at)
    };
    let all: Option<Vec<usize>> = ranges.iter().map(quoted).collect();
    let (kind, content): (_, Vec<Span>) = match all {
        // Nothing but words in marks: they are somebody's, unless they are a name.
        Some(all) if all.iter().any(|&at| reports[at] == Report::Named) => return None,
        Some(mut all) => {
            all.dedup();
            (QuotationKind::Mixed, all.into_iter().map(|at| words.quoted[at].inner).collect())
        }
        None => {
            let kept = ranges.iter().filter(|range| words.is_proposition(range, cue));
            (QuotationKind::Indirect, kept.map(|range| words.span(range)).collect())
        }
    };
    if content.is_empty() || !words.is_reporting(cue) || words.is_unuttered(cue) {
        return None;
    }
    Some(Quotation {
        span: hull(&content),
        kind,
        content,
        cue: spans(words, attribution.cue.as_ref()),
        speaker: attribution.source.as_ref().map(|source| resolve(words, source, drafts)),
        reported_by: None,
    })
}

/// What the model finds, as it stands: one span for each run of words, with the marks inside it.
fn attributed(
    words: &Words<'_>,
    attribution: &Attribution,
    drafts: &[Draft],
    reports: &[Report],
) -> Option<Quotation> {
    let cue = attribution.cue.as_ref()?;
    let clipped = attribution.content.iter().flat_map(|range| clipped(words, range, Some(cue)));
    let ranges: Vec<Range<usize>> =
        clipped.filter_map(|range| without_loose_ends(words, range)).collect();
    let quoted = |at: usize| words.quoted_at(at);
    let marked = ranges.iter().any(|range| range.clone().any(|at| quoted(at).is_some()));
    let named = ranges.iter().all(|range| {
        let at = quoted(range.start).filter(|_| quoted(range.start) == quoted(range.end - 1));
        at.is_some_and(|at| reports[at] == Report::Named)
    });
    if ranges.is_empty() || named || !marked && !words.is_reporting(cue) {
        return None;
    }
    let content: Vec<Span> = ranges.iter().map(|range| words.span(range)).collect();
    Some(Quotation {
        span: hull(&content),
        kind: if marked { QuotationKind::Mixed } else { QuotationKind::Indirect },
        content,
        cue: spans(words, Some(cue)),
        speaker: attribution.source.as_ref().map(|source| resolve(words, source, drafts)),
        reported_by: None,
    })
}

/// Without marks and commas at the ends, but for the ends of words in quotation marks.
fn without_loose_ends(words: &Words<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let trimmed = trimmed(words, tokens.clone())?;
    let marked = |at: usize| !words.is_outside(at);
    let start = if marked(tokens.start) { tokens.start } else { trimmed.start };
    let end = if marked(tokens.end - 1) { tokens.end } else { trimmed.end };
    Some(start..end)
}

/// The parts of some tokens inside and outside of quotation marks, without the marks.
fn pieces(words: &Words<'_>, tokens: &Range<usize>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let quoted = words.quoted_at(at);
        let end = (at..tokens.end).find(|&next| words.quoted_at(next) != quoted);
        let end = end.unwrap_or(tokens.end);
        match quoted {
            Some(quoted) => found.push(words.quoted[quoted].inner),
            None => found.extend(trimmed(words, at..end).map(|range| words.span(&range))),
        }
        at = end;
    }
    found
}

/// Without marks and commas at the ends; `None` where no word is left.
fn trimmed(words: &Words<'_>, mut tokens: Range<usize>) -> Option<Range<usize>> {
    let loose = |at: usize| {
        let token = words.token(at);
        !matches!(words.lower(at), "$" | "£" | "€" | "%" | "(" | ")" | "#" | "@")
            && matches!(
                token.kind,
                rashomon_article::TokenKind::Mark | rashomon_article::TokenKind::QuotationMark
            )
    };
    while tokens.start < tokens.end && loose(tokens.start) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && loose(tokens.end - 1) {
        tokens.end -= 1;
    }
    let has_word = tokens
        .clone()
        .any(|at| words.document.slice(words.token(at).span).chars().any(char::is_alphanumeric));
    has_word.then_some(tokens)
}

/// Ranges in order, those that touch or overlap made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}

/// The part of a range in the sentence of the cue; all of it where it has none there.
fn clipped(
    words: &Words<'_>,
    range: &Range<usize>,
    cue: Option<&Range<usize>>,
) -> Option<Range<usize>> {
    let sentence = cue.and_then(|cue| words.sentence(words.token(cue.start).span.start()));
    let Some(sentence) = sentence else { return Some(range.clone()) };
    // Words in marks that begin in the sentence may go on in the next.
    let last = words.quoted_at(sentence.end - 1).map(|at| words.range(words.quoted[at].outer).end);
    let end = last.unwrap_or(sentence.end).max(sentence.end);
    let clipped = range.start.max(sentence.start)..range.end.min(end);
    (clipped.start < clipped.end).then_some(clipped)
}

/// The ranges without the tokens of a cue.
fn without(ranges: Vec<Range<usize>>, cue: Option<&Range<usize>>) -> Vec<Range<usize>> {
    let Some(cue) = cue else { return ranges };
    let cut = ranges.into_iter().flat_map(|range| {
        [
            range.start..range.end.min(cue.start.max(range.start)),
            range.start.max(cue.end.min(range.end))..range.end,
        ]
    });
    let mut kept: Vec<Range<usize>> = cut.filter(|range| range.start < range.end).collect();
    kept.dedup();
    kept
}

fn spans(words: &Words<'_>, tokens: Option<&Range<usize>>) -> Vec<Span> {
    tokens
        .filter(|tokens| !tokens.is_empty())
        .map(|tokens| words.span(tokens))
        .into_iter()
        .collect()
}

fn hull(content: &[Span]) -> Span {
    content.iter().skip(1).fold(content[0], |all, &span| all.hull(span))
}
