use std::sync::Arc;

use rashomon_article::ArticleIndex;
use rustc_hash::FxHashMap;

use crate::alignment::Alignment;
use crate::desk::{Desk, Key, Line};
use crate::index::RareFeatures;
use crate::likeness::likeness;
use crate::memo::Memo;

/// Sentences that tell one fact must resemble each other this much.
const LEAST_LIKENESS: f32 = 0.18;
/// And this much where the claims have not brought them together.
const LEAST_LIKENESS_ALONE: f32 = 0.33;
/// Rare words and pairs of words that two sentences share have this share of the lighter one's
/// weight: less than any resemblance asks for, as common words come on top.
const LEAST_SHARE: f32 = 0.15;
/// Sentences of more words than this, multiplied, are lists and no sentences: an alignment takes as
/// much room.
const MOST_CELLS: usize = 1 << 18;
/// Two words that follow each other are worth this much as a feature.
const PAIR_WEIGHT: f32 = 1.0;

/// Two sentences in other words, or in the same but for a few, from different reports, that tell
/// one fact.
pub struct Twin {
    /// The lines with the words of the one, by index; all have the same words. Reports that hold a
    /// line nearer to the other are left out.
    pub a: Vec<usize>,
    /// And of the other.
    pub b: Vec<usize>,
    /// How alike they are, 0 to 1.
    pub likeness: f32,
    /// Whether they are tellings of one claim.
    pub claimed: bool,
    /// The first lines, word by word.
    pub alignment: Arc<Alignment>,
}

/// The pairs of sentences of different reports that tell one fact in different words, in order.
/// Sentences with the same words are taken as one: there may be a hundred copies of it.
pub fn twins(desk: &Desk<'_>, memo: &mut Memo<'_>) -> Vec<Twin> {
    let wordings = wordings(desk);
    let features = wordings.iter().map(|lines| features(desk, lines[0])).collect();
    let line = |wording: usize| &desk.lines[wordings[wording][0]];
    let candidates = RareFeatures::new(features)
        .pairs(|a, b, weight| weight >= LEAST_SHARE * line(a).weight.min(line(b).weight));
    let claims: Vec<Vec<usize>> = wordings.iter().map(|lines| claims(desk, lines)).collect();
    let claimed = |a: usize, b: usize| claims[a].iter().any(|claim| claims[b].contains(claim));
    let mut pairs: Vec<(usize, usize, f32)> = Vec::new();
    for (a, b) in candidates {
        if line(a).words.len() * line(b).words.len() > MOST_CELLS {
            continue;
        }
        let likeness = likeness(line(a), line(b));
        let enough =
            likeness >= LEAST_LIKENESS_ALONE || likeness >= LEAST_LIKENESS && claimed(a, b);
        if enough {
            pairs.push((a, b, likeness));
        }
    }
    let nearest = Nearest::new(desk, &wordings, &pairs);
    let mut twins = Vec::new();
    for (a, b, likeness) in pairs {
        let mut x = nearest.holders(desk, &wordings[a], b, a);
        let mut y = nearest.holders(desk, &wordings[b], a, b);
        // A report that holds both is no witness against itself, though against others.
        let article = |at: usize| desk.lines[at].article;
        let apart = x.iter().any(|&a| y.iter().any(|&b| article(a) != article(b)));
        if !apart {
            continue;
        }
        if article(x[0]) == article(y[0]) {
            if y.len() > 1 { y.rotate_left(1) } else { x.rotate_left(1) }
        }
        let (first, second) = (&desk.lines[x[0]], &desk.lines[y[0]]);
        let align = || Arc::new(Alignment::new(first, second));
        let alignment = memo.alignments.of(first.wording, second.wording, align);
        twins.push(Twin { a: x, b: y, likeness, claimed: claimed(a, b), alignment });
    }
    twins
}

/// The lines by their words, in the order of the first of each.
fn wordings(desk: &Desk<'_>) -> Vec<Vec<usize>> {
    let mut known: FxHashMap<Vec<Key>, usize> = FxHashMap::default();
    let mut wordings: Vec<Vec<usize>> = Vec::new();
    for (at, line) in desk.lines.iter().enumerate() {
        let keys: Vec<Key> = line.words.iter().map(|word| word.key).collect();
        let wording = *known.entry(keys).or_insert(wordings.len());
        if wording == wordings.len() {
            wordings.push(Vec::new());
        }
        wordings[wording].push(at);
    }
    wordings
}

/// The words of matter and the pairs of them that follow each other, each once.
fn features(desk: &Desk<'_>, line: usize) -> Vec<(u64, f32)> {
    let line = &desk.lines[line];
    let mut features: Vec<(u64, f32)> =
        line.matter.iter().map(|&(key, weight)| (u64::from(key), weight)).collect();
    let words = || line.words.iter().filter(|word| !word.function);
    let pairs = words().zip(words().skip(1));
    let pair = |(one, next): (&crate::desk::Word, &crate::desk::Word)| {
        (u64::from(one.key + 1) << 32 | u64::from(next.key), PAIR_WEIGHT)
    };
    features.extend(pairs.map(pair));
    features.sort_by_key(|(feature, _)| *feature);
    features.dedup_by_key(|(feature, _)| *feature);
    features
}

fn claims(desk: &Desk<'_>, lines: &[usize]) -> Vec<usize> {
    let lines = lines.iter().map(|&at| &desk.lines[at]);
    let mut claims: Vec<usize> =
        lines.flat_map(|line| desk.claims(line.article, line.span)).collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// For each wording and each report, the wording there that comes nearest to it.
struct Nearest {
    of: FxHashMap<(usize, ArticleIndex), (f32, usize)>,
}

impl Nearest {
    fn new(desk: &Desk<'_>, wordings: &[Vec<usize>], pairs: &[(usize, usize, f32)]) -> Nearest {
        let mut of: FxHashMap<(usize, ArticleIndex), (f32, usize)> = FxHashMap::default();
        let mut note = |wording: usize, likeness: f32, other: usize| {
            for &line in &wordings[other] {
                let nearest =
                    of.entry((wording, desk.lines[line].article)).or_insert((likeness, other));
                if likeness > nearest.0 {
                    *nearest = (likeness, other);
                }
            }
        };
        for wording in 0..wordings.len() {
            note(wording, f32::INFINITY, wording);
        }
        for &(a, b, likeness) in pairs {
            note(a, likeness, b);
            note(b, likeness, a);
        }
        Nearest { of }
    }

    /// The lines of a wording in whose reports nothing comes nearer to another wording.
    fn holders(&self, desk: &Desk<'_>, lines: &[usize], to: usize, own: usize) -> Vec<usize> {
        let nearest = |line: &&usize| {
            let nearest = self.of.get(&(to, desk.lines[**line].article));
            nearest.is_some_and(|&(_, wording)| wording == own)
        };
        lines.iter().filter(nearest).copied().collect()
    }
}

impl Twin {
    /// The first line of either side.
    pub fn lines<'d>(&self, desk: &'d Desk<'_>) -> (&'d Line, &'d Line) {
        (&desk.lines[self.a[0]], &desk.lines[self.b[0]])
    }
}
