//! Where a text comes nearest to some words.

use rashomon::text::Span;

use super::words::Word;

/// What became of some words between what is asked and what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// The same words, but for capitals and signs.
    Same,
    /// Only in what is asked.
    Asked,
    /// Only in the text.
    There,
}

/// A piece of a difference in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of the words.
    pub kind: PieceKind,
    /// The words as they are written: in the text, or in what is asked where they are only there.
    pub words: String,
}

/// The passage of a text that comes nearest, and how.
#[derive(Clone, Debug)]
pub(super) struct Nearest {
    /// From the first word that both have to the last.
    pub span: Span,
    /// How many words of what is asked stand there in the same order.
    pub shared: usize,
    pub difference: Vec<Piece>,
}

/// What a word in common counts for, and what one that is not costs.
const SAME: i32 = 2;
const OTHER: i32 = -1;

/// The passage that has most words in the same order and fewest others: a local alignment in the
/// manner of Smith and Waterman.
pub(super) fn nearest(
    asked: &str,
    asked_words: &[Word],
    text: &str,
    words: &[Word],
) -> Option<Nearest> {
    let wide = words.len() + 1;
    let mut scores = vec![0i32; (asked_words.len() + 1) * wide];
    let mut best = (0, 0, 0);
    for (i, (own, _)) in asked_words.iter().enumerate() {
        for (j, (other, _)) in words.iter().enumerate() {
            let diagonal = scores[i * wide + j];
            let step = if own == other { diagonal + SAME } else { 0 };
            let up = scores[i * wide + j + 1] + OTHER;
            let left = scores[(i + 1) * wide + j] + OTHER;
            let score = step.max(up).max(left).max(0);
            scores[(i + 1) * wide + j + 1] = score;
            if score > best.0 {
                best = (score, i + 1, j + 1);
            }
        }
    }
    let (_, mut i, mut j) = best;
    let mut pairs = Vec::new();
    while i > 0 && j > 0 && scores[i * wide + j] > 0 {
        let score = scores[i * wide + j];
        if asked_words[i - 1].0 == words[j - 1].0 && score == scores[(i - 1) * wide + j - 1] + SAME
        {
            pairs.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if score == scores[(i - 1) * wide + j] + OTHER {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    let (first, last) = (pairs.first()?.1, pairs.last()?.1);
    let span = words[first].1.hull(words[last].1);
    let difference = difference(asked, asked_words, text, words, &pairs);
    Some(Nearest { span, shared: pairs.len(), difference })
}

fn difference(
    asked: &str,
    asked_words: &[Word],
    text: &str,
    words: &[Word],
    pairs: &[(usize, usize)],
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut put = |kind, of: &str, words: &[Word]| {
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let words = of[first.1.hull(last.1).range()].to_owned();
            pieces.push(Piece { kind, words });
        }
    };
    let mut behind = (0, pairs.first().map_or(0, |pair| pair.1));
    let mut at = 0;
    while at < pairs.len() {
        let (i, j) = pairs[at];
        let run = (at..pairs.len()).take_while(|k| pairs[*k] == (i + k - at, j + k - at)).count();
        put(PieceKind::Asked, asked, &asked_words[behind.0..i]);
        put(PieceKind::There, text, &words[behind.1..j]);
        put(PieceKind::Same, text, &words[j..j + run]);
        behind = (i + run, j + run);
        at += run;
    }
    put(PieceKind::Asked, asked, &asked_words[behind.0..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn drawn(asked: &str, text: &str) -> String {
        let near = nearest(asked, &words(asked), text, &words(text)).expect("something near");
        let pieces = near.difference.iter().map(|piece| match piece.kind {
            PieceKind::Same => piece.words.clone(),
            PieceKind::Asked => format!("-[{}]", piece.words),
            PieceKind::There => format!("+[{}]", piece.words),
        });
        let drawn: Vec<String> = pieces.collect();
        format!("{} | {}", &text[near.span.range()], drawn.join(" "))
    }

    #[test]
    fn the_nearest_passage_and_the_difference_in_words() {
        let text = "She spoke. “We will never wait for them,” she said. We left.";
        assert_eq!(
            drawn("we will not wait for them", text),
            "We will never wait for them | We will -[not] +[never] wait for them"
        );
        assert_eq!(drawn("tomorrow she left", "x she left y"), "she left | -[tomorrow] she left");
        assert!(nearest("a b", &words("a b"), "c d", &words("c d")).is_none());
    }
}
