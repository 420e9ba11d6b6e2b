//! Labelled tokens joined to attributions: a content with its cue and source.

use std::ops::Range;

use crate::sequence::features::Sequence;
use crate::sequence::{self, Lattice, Role, take};
use crate::words::Words;

/// Somebody's words as the model finds them, in ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub content: Vec<Range<usize>>,
    pub cue: Option<Range<usize>>,
    pub source: Option<Range<usize>>,
}

/// A run of tokens of one role in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    tokens: Range<usize>,
    /// The sentence that it begins in.
    sentence: usize,
}

/// What a run costs, beside the 1 that it is worth if it is right: chosen on the dev part of the
/// corpus, see `docs/models/quotations.md`.
const PRICES: [(Role, f64); 3] = [(Role::Source, 0.4), (Role::Cue, 0.4), (Role::Content, 0.3)];
/// What a source or a cue costs where its sentence has no other: there must be one.
const LAST_RESORT: f64 = 0.1;

/// The attributions of one block.
pub(crate) fn attributions(
    words: &Words<'_>,
    sequence: &Sequence,
    lattice: &Lattice,
) -> Vec<Attribution> {
    let [sources, cues, contents] = PRICES.map(|(role, price)| {
        let candidates = lattice.candidates(role);
        [price, LAST_RESORT].map(|price| runs(words, sequence, take(&candidates, price)))
    });
    let mut found: Vec<Attribution> = Vec::new();
    for content in &contents[0] {
        let cue = nearest(content, &cues);
        let shared = found
            .last_mut()
            .filter(|before| cue.is_some_and(|cue| before.cue.as_ref() == Some(&cue.tokens)));
        match shared {
            Some(before) => before.content.push(content.tokens.clone()),
            None => found.push(Attribution {
                content: vec![content.tokens.clone()],
                cue: cue.map(|cue| cue.tokens.clone()),
                source: cue
                    .and_then(|cue| nearest(cue, &sources))
                    .map(|source| source.tokens.clone()),
            }),
        }
    }
    found
}

fn runs(words: &Words<'_>, sequence: &Sequence, runs: Vec<sequence::Run>) -> Vec<Run> {
    let from = sequence.tokens.start;
    let placed = runs.into_iter().map(|run| from + run.tokens.start..from + run.tokens.end);
    placed
        .map(|tokens| {
            let byte = words.token(tokens.start).span.start();
            let sentence = words.document.sentence_at(byte).unwrap_or(usize::MAX);
            Run { tokens, sentence }
        })
        .collect()
}

/// The run with the fewest tokens between: a likely one of the same sentence, or else a less likely
/// one of it, or else a likely one of the block.
fn nearest<'r>(from: &Run, [likely, less_likely]: &'r [Vec<Run>; 2]) -> Option<&'r Run> {
    let gap = |run: &&Run| {
        if run.tokens.start >= from.tokens.end {
            run.tokens.start - from.tokens.end
        } else {
            from.tokens.start.saturating_sub(run.tokens.end)
        }
    };
    let here = |run: &&Run| run.sentence == from.sentence;
    let apart =
        |run: &&Run| run.tokens.end <= from.tokens.start || from.tokens.end <= run.tokens.start;
    likely
        .iter()
        .filter(here)
        .min_by_key(gap)
        .or_else(|| less_likely.iter().filter(here).filter(apart).min_by_key(gap))
        .or_else(|| likely.iter().min_by_key(gap))
}
