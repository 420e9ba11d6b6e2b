//! Labelled tokens joined to attributions: a content with its cue and source.

use std::ops::Range;

use crate::sequence::features::Sequence;
use crate::sequence::{Label, Role};
use crate::words::Words;

/// Somebody's words as the model finds them, in ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub content: Vec<Range<usize>>,
    pub cue: Option<Range<usize>>,
    pub source: Option<Range<usize>>,
}

/// A run of tokens of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    role: Role,
    tokens: Range<usize>,
    /// The sentence that it begins in.
    sentence: usize,
}

/// The attributions of the labels of one block.
pub(crate) fn attributions(
    words: &Words<'_>,
    sequence: &Sequence,
    labels: &[Label],
) -> Vec<Attribution> {
    let runs = runs(words, sequence, labels);
    let of = |role: Role| runs.iter().filter(move |run| run.role == role);
    let mut found: Vec<Attribution> = Vec::new();
    for content in of(Role::Content) {
        let cue = nearest(content, of(Role::Cue));
        let shared = found
            .last_mut()
            .filter(|before| cue.is_some_and(|cue| before.cue.as_ref() == Some(&cue.tokens)));
        match shared {
            Some(before) => before.content.push(content.tokens.clone()),
            None => found.push(Attribution {
                content: vec![content.tokens.clone()],
                cue: cue.map(|cue| cue.tokens.clone()),
                source: cue
                    .and_then(|cue| nearest(cue, of(Role::Source)))
                    .map(|source| source.tokens.clone()),
            }),
        }
    }
    found
}

fn runs(words: &Words<'_>, sequence: &Sequence, labels: &[Label]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, label) in sequence.tokens.clone().zip(labels) {
        match label.role() {
            Some((_, false)) if runs.last().is_some_and(|run| run.tokens.end == at) => {
                if let Some(run) = runs.last_mut() {
                    run.tokens.end = at + 1;
                }
            }
            Some((role, _)) => {
                let byte = words.token(at).span.start();
                let sentence = words.document.sentence_at(byte).unwrap_or(usize::MAX);
                runs.push(Run { role, tokens: at..at + 1, sentence });
            }
            None => {}
        }
    }
    runs
}

/// The run with the fewest tokens between, one of the same sentence before all others.
fn nearest<'r>(from: &Run, among: impl Iterator<Item = &'r Run>) -> Option<&'r Run> {
    among.min_by_key(|run| {
        let gap = if run.tokens.start >= from.tokens.end {
            run.tokens.start - from.tokens.end
        } else {
            from.tokens.start.saturating_sub(run.tokens.end)
        };
        (run.sentence != from.sentence, gap)
    })
}
