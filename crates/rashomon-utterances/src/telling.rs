use std::collections::BTreeMap;
use std::ops::Range;

use rashomon_article::{ArticleIndex, Document, Relation, Story};
use rashomon_terms::fold;
use rashomon_text::Span;

use crate::align::Pair;
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
    /// In which report.
    pub article: ArticleIndex,
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
    pub a: Range<usize>,
    pub b: Range<usize>,
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
        article: piece.article,
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
    } else if sites.is_empty() {
        let found = evidence(longest, other);
        let all = found.cover.min(found.cover_longer) > 0.95;
        if all { Relation::Identical } else { Relation::Cut }
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

/// Where the words of two tellings differ. What either has before or after the words that both
/// have is cut, not different, unless about as many words stand there on both sides. A word that
/// only moved is no difference.
pub(crate) fn sites(story: &Story, longest: &Telling, other: &Telling) -> Vec<Site> {
    let (a, b) = (&longest.words, &other.words);
    // Another form of the same name is no other wording.
    let same = |pair: &&Pair| {
        let (a, b) = (&a[pair.a], &b[pair.b]);
        a.exact == b.exact || a.name && b.name && a.key == b.key
    };
    let pairs = evidence(longest, other).pairs;
    let (moved, equal): (Vec<Pair>, Vec<Pair>) =
        pairs.iter().filter(same).copied().partition(|pair| pair.moved);
    let mut equal: Vec<(usize, usize)> = equal.iter().map(|pair| (pair.a, pair.b)).collect();
    equal.sort_unstable();
    let Some((&(first_a, first_b), &(last_a, last_b))) = equal.first().zip(equal.last()) else {
        return vec![Site { a: 0..a.len(), b: 0..b.len() }];
    };
    let alike = |a: usize, b: usize| a > 0 && b > 0 && a.abs_diff(b) <= 1;
    let mut found = Vec::new();
    if alike(first_a, first_b) {
        found.push(Site { a: 0..first_a, b: 0..first_b });
    }
    for two in equal.windows(2) {
        found.push(Site { a: two[0].0 + 1..two[1].0, b: two[0].1 + 1..two[1].1 });
    }
    if alike(a.len() - 1 - last_a, b.len() - 1 - last_b) {
        found.push(Site { a: last_a + 1..a.len(), b: last_b + 1..b.len() });
    }
    let in_a = |at: usize| moved.iter().any(|pair| pair.a == at);
    let in_b = |at: usize| moved.iter().any(|pair| pair.b == at);
    let at_end = |site: &Site| site.a.end <= first_a || site.a.start > last_a;
    found
        .into_iter()
        .map(|site| Site { a: without(site.a, in_a), b: without(site.b, in_b) })
        .filter(|site| match (site.a.is_empty(), site.b.is_empty()) {
            (false, false) => true,
            (true, true) => false,
            _ => !at_end(site),
        })
        .filter(|site| letters(story, longest, &site.a) != letters(story, other, &site.b))
        .collect()
}

/// The letters of some words, case, blanks and hyphens aside: `health care`, `healthcare`.
fn letters(story: &Story, telling: &Telling, words: &Range<usize>) -> String {
    let document = story.document(telling.article);
    span_of(document, telling, words).map_or(String::new(), |span| {
        fold(document.slice(span)).chars().filter(|c| c.is_alphanumeric()).collect()
    })
}

/// Whether only the ending of a word differs.
pub(crate) fn is_inflection(a: &Telling, b: &Telling, site: &Site) -> bool {
    let (a, b) = (&a.words[site.a.clone()], &b.words[site.b.clone()]);
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key)
}

/// A range without the words at its ends that are left out.
fn without(range: Range<usize>, left_out: impl Fn(usize) -> bool) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    while start < end && left_out(start) {
        start += 1;
    }
    while start < end && left_out(end - 1) {
        end -= 1;
    }
    start..end
}

/// The span of some words of a telling, widened to whole words: `didn’t`, not `n’t`.
pub(crate) fn span_of(
    document: &Document,
    telling: &Telling,
    words: &Range<usize>,
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
