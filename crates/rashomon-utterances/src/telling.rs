use std::collections::BTreeMap;
use std::ops::Range;

use rashomon_article::{ArticleIndex, Document, Passage, Relation, Story};
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
    /// From its first to its last word.
    pub span: Span,
    /// The words in the report; several spans where a cue stands between them.
    pub parts: Vec<Span>,
    /// The words as they compare.
    pub words: Vec<Word>,
    /// Whether they stand in quotation marks.
    pub quoted: bool,
    /// The content span of the quotation that it ends in.
    last_content: usize,
}

impl Telling {
    /// Any words of a report as a telling.
    pub fn of_passage(passage: Passage, words: Vec<Word>, quoted: bool) -> Telling {
        Telling {
            first: 0,
            last: 0,
            article: passage.article,
            span: passage.span,
            parts: vec![passage.span],
            words,
            quoted,
            last_content: 0,
        }
    }

    /// Adds the next piece.
    fn extend(&mut self, piece: &Piece, at: usize) {
        let text_goes_on = self.last_content == piece.first_content();
        self.last = at;
        self.last_content = piece.content;
        self.span = self.span.hull(piece.span);
        let mut parts = piece.parts.iter().copied();
        if text_goes_on && let (Some(last), Some(next)) = (self.parts.last_mut(), parts.next()) {
            *last = last.hull(next);
        }
        self.parts.extend(parts);
        self.words.extend_from_slice(&piece.words);
    }

    /// Whether words stand in both.
    pub fn overlaps(&self, other: &Telling) -> bool {
        self.article == other.article
            && self.parts.iter().any(|a| other.parts.iter().any(|b| a.overlaps(*b)))
    }
}

/// Where two tellings differ: words of the one and words of the other, as ranges.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Site {
    pub a: Range<usize>,
    pub b: Range<usize>,
}

/// Groups of pieces as groups of tellings. Groups whose pieces follow each other are one remark
/// of several sentences, also where a report leaves out the first or the last of them.
pub(crate) fn join_neighbours(pieces: &[Piece], groups: Vec<Vec<usize>>) -> Vec<Vec<Telling>> {
    let mut joined: Vec<Vec<Telling>> = Vec::new();
    // The group of each piece that is the last of its telling so far.
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    for group in groups {
        let before = |&at: &usize| at.checked_sub(1).filter(|&before| follows(pieces, before));
        let target = group
            .iter()
            .find_map(|at| open.get(&before(at)?).copied())
            .filter(|&target| go_on(pieces, &joined[target], &group));
        let target = target.unwrap_or_else(|| {
            joined.push(Vec::new());
            joined.len() - 1
        });
        let tellings = &mut joined[target];
        let lasts: BTreeMap<usize, usize> =
            tellings.iter().enumerate().map(|(index, telling)| (telling.last, index)).collect();
        for &at in &group {
            match before(&at).and_then(|before| lasts.get(&before)) {
                Some(&index) => tellings[index].extend(&pieces[at], at),
                None => tellings.push(telling_of(&pieces[at], at)),
            }
            open.insert(at, target);
        }
    }
    joined
}

/// Whether the piece after this one goes on with the same words of the same speaker.
fn follows(pieces: &[Piece], before: usize) -> bool {
    let (a, Some(b)) = (&pieces[before], pieces.get(before + 1)) else { return false };
    (a.article, a.quotation, a.quoted) == (b.article, b.quotation, b.quoted)
}

/// Whether most of the tellings go on in a group of pieces, and all others end before it or
/// begin with it.
fn go_on(pieces: &[Piece], tellings: &[Telling], group: &[usize]) -> bool {
    let goes_on = |telling: &&Telling| group.contains(&(telling.last + 1));
    let both =
        tellings.iter().filter(|telling| follows(pieces, telling.last)).filter(goes_on).count();
    let ended = tellings.iter().filter(|telling| !follows(pieces, telling.last)).count();
    let begin = group.iter().filter(|&&at| at == 0 || !follows(pieces, at - 1)).count();
    both >= 2 && both + ended == tellings.len() && both + begin == group.len()
}

/// A piece as a telling.
pub(crate) fn telling_of(piece: &Piece, at: usize) -> Telling {
    Telling {
        first: at,
        last: at,
        last_content: piece.content,
        article: piece.article,
        span: piece.span,
        parts: piece.parts.clone(),
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

/// How a telling relates to the longest one. Nothing is translated here: that takes a sign
/// beside the words.
pub(crate) fn relation(longest: &Telling, other: &Telling, sites: &[Site]) -> Relation {
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
    } else {
        Relation::Reworded
    }
}

/// Whether two tellings differ as two renderings of a foreign remark do: words of matter are
/// exchanged in several places.
pub(crate) fn looks_translated(a: &Telling, b: &Telling, sites: &[Site]) -> bool {
    a.quoted && b.quoted && sites.iter().filter(|site| matters(a, b, site)).count() >= 3
}

/// Whether words are exchanged between which translators choose.
pub(crate) fn exchanges_synonyms(a: &Telling, b: &Telling) -> bool {
    evidence(a, b)
        .pairs
        .iter()
        .filter(|pair| {
            let (a, b) = (&a.words[pair.a], &b.words[pair.b]);
            a.content && a.key != b.key && a.sense.is_some() && a.sense == b.sense
        })
        .count()
        >= 2
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
    spans_of(document, telling, words)
        .into_iter()
        .map(|span| fold(document.slice(span)))
        .flat_map(|words| words.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>())
        .collect()
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

/// The spans of some words of a telling, one in each of its parts, widened to whole words:
/// `didn’t`, not `n’t`.
pub(crate) fn spans_of(document: &Document, telling: &Telling, words: &Range<usize>) -> Vec<Span> {
    let words = telling.words.get(words.clone()).unwrap_or_default();
    let text = document.article.text.as_str();
    let sticks = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut spans = Vec::new();
    for part in &telling.parts {
        let mut inside = words.iter().map(|word| word.span).filter(|span| part.covers(*span));
        let Some(first) = inside.next() else { continue };
        let hull = inside.fold(first, Span::hull);
        let start = text[part.start()..hull.start()].trim_end_matches(sticks).len();
        let rest = &text[hull.end()..part.end()];
        let end = hull.end() + rest.len() - rest.trim_start_matches(sticks).len();
        // A closing mark is no part of the word.
        let end = hull.end() + text[hull.end()..end].trim_end_matches(['\'', '’']).len();
        spans.push(Span::new(part.start() + start, end));
    }
    spans
}
