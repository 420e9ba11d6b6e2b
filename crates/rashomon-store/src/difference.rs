//! What changed from one text to another: line by line, then word by word.

use std::ops::Range;

use rashomon::text::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What happened to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// They are new.
    Added,
    /// They are gone.
    Removed,
    /// Others stand in their place.
    Replaced,
}

impl ChangeKind {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Replaced => "replaced",
        }
    }
}

/// A change of words between two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The words of the older text; empty, at the place where they are new, for what was added.
    pub older: Span,
    /// The words of the newer text; empty, at the place where they stood, for what was removed.
    pub newer: Span,
}

/// The changes from one text to another, in order. Between them the texts are equal: whoever puts
/// the words of the newer text in place of those of the older has the newer text.
pub fn difference(older: &str, newer: &str) -> Vec<Change> {
    let (old, new) = (Side::lines(older), Side::lines(newer));
    let mut stretches: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (old, new) in differing(&old, &new) {
        let (old, new) = (Side::words(older, old), Side::words(newer, new));
        for (old, new) in differing(&old, &new) {
            match stretches.last_mut() {
                // Words that were replaced one by one are one change.
                Some(last) if is_blank(&older[last.0.end..old.start]) => {
                    *last = (last.0.start..old.end, last.1.start..new.end);
                }
                _ => stretches.push((old, new)),
            }
        }
    }
    stretches.into_iter().map(|(old, new)| change(old, new)).collect()
}

/// A text, or a stretch of one, in pieces that lie one behind the other.
struct Side<'t> {
    text: &'t str,
    pieces: Vec<Range<usize>>,
    end: usize,
}

impl<'t> Side<'t> {
    fn lines(text: &'t str) -> Side<'t> {
        let mut at = 0;
        let pieces = text.split_inclusive('\n').map(|line| {
            let start = at;
            at += line.len();
            start..at
        });
        Side { text, pieces: pieces.collect(), end: text.len() }
    }

    /// Words, runs of blanks, and single marks.
    fn words(text: &'t str, stretch: Range<usize>) -> Side<'t> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut last = None;
        for (at, c) in text[stretch.clone()].char_indices() {
            let is_word = c.is_alphanumeric();
            let kind = (is_word || c.is_whitespace()).then_some(is_word);
            let (start, end) = (stretch.start + at, stretch.start + at + c.len_utf8());
            match pieces.last_mut() {
                Some(piece) if kind.is_some() && kind == last => piece.end = end,
                _ => pieces.push(start..end),
            }
            last = kind;
        }
        Side { text, pieces, end: stretch.end }
    }

    fn slices(&self) -> Vec<&'t str> {
        self.pieces.iter().map(|piece| &self.text[piece.clone()]).collect()
    }

    /// The bytes of some pieces; of none, the place where they would stand.
    fn stretch(&self, from: usize, len: usize) -> Range<usize> {
        let begin = |at: usize| self.pieces.get(at).map_or(self.end, |piece| piece.start);
        begin(from)..begin(from + len)
    }
}

/// The stretches in which two sides differ.
fn differing(old: &Side<'_>, new: &Side<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let operations = capture_diff_slices(Algorithm::Myers, &old.slices(), &new.slices());
    let differing = operations.into_iter().filter_map(|operation| {
        let (old_at, old_len, new_at, new_len) = match operation {
            DiffOp::Equal { .. } => return None,
            DiffOp::Delete { old_index, old_len, new_index } => (old_index, old_len, new_index, 0),
            DiffOp::Insert { old_index, new_index, new_len } => (old_index, 0, new_index, new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (old_index, old_len, new_index, new_len)
            }
        };
        Some((old.stretch(old_at, old_len), new.stretch(new_at, new_len)))
    });
    differing.collect()
}

fn is_blank(words: &str) -> bool {
    words.chars().all(char::is_whitespace)
}

fn change(old: Range<usize>, new: Range<usize>) -> Change {
    let kind = match (old.is_empty(), new.is_empty()) {
        (true, _) => ChangeKind::Added,
        (_, true) => ChangeKind::Removed,
        _ => ChangeKind::Replaced,
    };
    Change { kind, older: old.into(), newer: new.into() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(older: &str, newer: &str) -> String {
        let changes = difference(older, newer);
        let words = changes.iter().map(|change| {
            format!("[{}|{}]", &older[change.older.range()], &newer[change.newer.range()])
        });
        words.collect()
    }

    #[test]
    fn changes_are_those_that_an_editor_would_mark() {
        let table = [
            ("It is shut.", "It is shut.", ""),
            ("At least 15 died.", "At least 20 died.", "[15|20]"),
            ("Bell said no.", "Ada Bell said maybe not.", "[|Ada ][no|maybe not]"),
            ("One.\nTwo.\nThree.\n", "One.\nThree.\n", "[Two.\n|]"),
            ("One.\n", "One.\nTwo 2.\n", "[|Two 2.\n]"),
            ("", "New.", "[|New.]"),
            ("Old.", "", "[Old.|]"),
        ];
        for (older, newer, expected) in table {
            assert_eq!(drawn(older, newer), expected);
        }
        assert_eq!(difference("a b", "a")[0].kind, ChangeKind::Removed);
    }

    proptest! {
        /// With the changes, the newer text is made of the older one.
        #[test]
        fn changes_lead_from_the_older_text_to_the_newer(
            older in "([a-cé“.]{1,2}[ \n]?){0,30}",
            newer in "([a-cé“.]{1,2}[ \n]?){0,30}",
        ) {
            let (mut made, mut at) = (String::new(), 0);
            for change in difference(&older, &newer) {
                prop_assert!(at <= change.older.start());
                made += &older[at..change.older.start()];
                prop_assert_eq!(made.len(), change.newer.start());
                prop_assert!(!change.older.is_empty() || !change.newer.is_empty());
                made += &newer[change.newer.range()];
                at = change.older.end();
            }
            made += &older[at..];
            prop_assert_eq!(made, newer);
        }
    }
}
