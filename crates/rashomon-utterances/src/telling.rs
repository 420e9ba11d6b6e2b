use std::collections::BTreeMap;

use rashomon_article::{Document, Relation};
use rashomon_text::Span;

use crate::evidence::{Evidence, compare, weight};
use crate::piece::Piece;
use crate::word::Word;

/// One telling of a remark: a piece, or pieces in a row that all tellings have in the same row.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    /// The first piece; says where, who and how.
    pub first: usize,
    /// The last piece.
    pub last: usize,
    /// The words in the report.
    pub span: Span,
    /// The words as they compare.
    pub words: Vec<Word>,
    /// Whether they stand in quotation marks.
    pub quoted: bool,
}

/// Where two tellings differ: words of the one and words of the other, as ranges.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Site {
    pub a: std::ops::Range<usize>,
    pub b: std::ops::Range<usize>,
}

/// Groups of pieces as groups of tellings. Groups whose pieces follow each other in all reports
/// are one remark of several sentences.
pub(crate) fn join_neighbours(pieces: &[Piece], groups: Vec<Vec<usize>>) -> Vec<Vec<Telling>> {
    let mut open: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut joined: Vec<Vec<Telling>> = Vec::new();
    for group in groups {
        let goes_on = |&at: &usize| {
            at.checked_sub(1).is_some_and(|before| {
                let (a, b) = (&pieces[before], &pieces[at]);
                (a.article, a.quotation, a.content, a.quoted)
                    == (b.article, b.quotation, b.content, b.quoted)
            })
        };
        let before: Option<Vec<usize>> =
            group.iter().all(goes_on).then(|| group.iter().map(|at| at - 1).collect());
        let target = before.and_then(|before| open.remove(&before));
        let target = match target {
            Some(target) => {
                for (telling, &at) in joined[target].iter_mut().zip(&group) {
                    telling.last = at;
                    telling.span = telling.span.hull(pieces[at].span);
                    telling.words.extend_from_slice(&pieces[at].words);
                }
                target
            }
            None => {
                joined.push(group.iter().map(|&at| telling(pieces, at)).collect());
                joined.len() - 1
            }
        };
        open.insert(group, target);
    }
    joined
}

fn telling(pieces: &[Piece], at: usize) -> Telling {
    let piece = &pieces[at];
    Telling {
        first: at,
        last: at,
        span: piece.span,
        words: piece.words.clone(),
        quoted: piece.quoted,
    }
}

/// The evidence between two tellings with the index of the lighter one's side: `pairs` are
/// turned so that their `a` is the first telling.
pub(crate) fn evidence(first: &Telling, second: &Telling) -> Evidence {
    if weight(&first.words) <= weight(&second.words) {
        return compare(&first.words, &second.words);
    }
    let mut evidence = compare(&second.words, &first.words);
    for pair in &mut evidence.pairs {
        std::mem::swap(&mut pair.a, &mut pair.b);
    }
    evidence
}

/// How a telling relates to the longest one.
pub(crate) fn relation(
    longest: &Telling,
    other: &Telling,
    translated: bool,
    sites: &[Site],
) -> Relation {
    let exact = |telling: &Telling| telling.words.iter().map(|w| w.exact).collect::<Vec<_>>();
    let (whole, part) = (exact(longest), exact(other));
    if whole == part {
        Relation::Identical
    } else if part.is_empty() || whole.windows(part.len()).any(|window| window == part) {
        Relation::Cut
    } else if !longest.quoted || !other.quoted {
        Relation::Paraphrased
    } else if translated || sites.iter().filter(|site| matters(longest, other, site)).count() >= 3 {
        Relation::Translated
    } else {
        Relation::Reworded
    }
}

/// Whether words of matter are exchanged for words of matter.
fn matters(a: &Telling, b: &Telling, site: &Site) -> bool {
    a.words[site.a.clone()].iter().any(|word| word.content)
        && b.words[site.b.clone()].iter().any(|word| word.content)
}

/// Where the words of two tellings differ. What the longer has before or after the words of the
/// shorter is cut, not different.
pub(crate) fn sites(longest: &Telling, other: &Telling) -> Vec<Site> {
    let (a, b) = (&longest.words, &other.words);
    let mut equal: Vec<(usize, usize)> = evidence(longest, other)
        .pairs
        .iter()
        .filter(|pair| !pair.moved && a[pair.a].exact == b[pair.b].exact)
        .map(|pair| (pair.a, pair.b))
        .collect();
    equal.sort_unstable();
    let mut sites = Vec::new();
    let (mut in_a, mut in_b) = match equal.first() {
        // Before the first equal word as many words of the longer as the other has.
        Some(&(first, before)) => (first.saturating_sub(before), 0),
        None => return vec![Site { a: 0..a.len(), b: 0..b.len() }],
    };
    for (i, j) in equal {
        if i > in_a && j > in_b || i > in_a && in_b > 0 || j > in_b {
            sites.push(Site { a: in_a..i, b: in_b..j });
        }
        (in_a, in_b) = (i + 1, j + 1);
    }
    if in_b < b.len() {
        let end = (in_a + b.len() - in_b).min(a.len());
        sites.push(Site { a: in_a..end, b: in_b..b.len() });
    }
    sites
}

/// The span of some words of a telling, widened to whole words: `didn’t`, not `n’t`.
pub(crate) fn span_of(
    document: &Document,
    telling: &Telling,
    words: &std::ops::Range<usize>,
) -> Option<Span> {
    let words = telling.words.get(words.clone()).filter(|words| !words.is_empty())?;
    let hull = words.iter().skip(1).fold(words[0].span, |hull, word| hull.hull(word.span));
    let text = document.article.text.as_str();
    let sticks = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let start = text[telling.span.start()..hull.start()].trim_end_matches(sticks).len();
    let rest = &text[hull.end()..telling.span.end()];
    let end = hull.end() + rest.len() - rest.trim_start_matches(sticks).len();
    // A closing mark is no part of the word.
    let end = hull.end() + text[hull.end()..end].trim_end_matches(['\'', '’']).len();
    Some(Span::new(telling.span.start() + start, end))
}
