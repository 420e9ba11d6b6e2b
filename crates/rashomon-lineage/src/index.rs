use std::sync::Arc;

use rashomon_article::{ArticleIndex, Document, Evidence, Passage, Story};
use rashomon_terms::Pairs;

use crate::chain::{Chain, chains};
use crate::fingerprint::{CERTAIN, fingerprints};
use crate::memo::{Memo, Shared};
use crate::run::{Seed, runs};
use crate::words::{Row, Vocabulary, WordRow};

/// A fingerprint that stands at no more places than this pairs all of them with each other.
const ALL_PAIRS: usize = 64;

/// A fingerprint that stands at more places pairs each with this many first ones and with the
/// one before it: a text that hundreds print would else cost the square of them.
pub(crate) const FIRST: usize = 16;

/// How often a fingerprint counts in one document.
const REPEATS: usize = 8;

/// What two documents share.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The one, always before the other in the order of the input.
    pub a: ArticleIndex,
    /// The other.
    pub b: ArticleIndex,
    /// The passages, in the order of `a`, each with the exact words in both. At least one.
    pub passages: Vec<Evidence>,
    /// Which share of the eight-word shingles of `a` stands in `b`, and of `b` in `a`.
    pub containment: (f64, f64),
    /// How many words of the passages are equal.
    pub equal_words: usize,
    /// How many of these both outlets tell themselves, outside quotation marks.
    pub equal_prose: usize,
}

impl Overlap {
    /// The share of shingles of the document with fewer words that stand in the other, by which
    /// a short copy of a long report is still a copy.
    pub fn containment_of_shorter(&self, index: &PassageIndex) -> f64 {
        let shorter_is_a = index.words(self.a) <= index.words(self.b);
        if shorter_is_a { self.containment.0 } else { self.containment.1 }
    }
}

/// The passages that documents share: every run of [eight](PassageIndex::CERTAIN) equal words or
/// more in any two of them, and around these the lightly edited stretches.
///
/// Words compare in lower case without accents; marks, blanks and paragraphs do not count. The
/// index holds winnowed fingerprints of five words; runs that share one are extended word by
/// word, chained where they follow each other, and the words between them aligned. The certainty
/// ends at a fingerprint that stands at more than 64 places (each is then paired with the first
/// sixteen and the one before it) or more than eight times in one document. Time is near linear
/// in the number of words and of passages found.
pub struct PassageIndex {
    rows: Vec<WordRow>,
    /// From how many words on every shared run is found.
    certain: usize,
    /// Fingerprint, document, place; sorted.
    places: Vec<(u64, u32, u32)>,
}

impl PassageIndex {
    /// The number of equal words in a row from which on a shared run is certain to be found.
    pub const CERTAIN: usize = CERTAIN;

    /// Indexes the prose of documents; they count as [`ArticleIndex`] 0, 1, 2… in their order.
    /// Reads quotations where they are there.
    pub fn new(documents: &[&Document]) -> PassageIndex {
        PassageIndex::with_certain(documents, CERTAIN)
    }

    /// An index that is certain to find shared runs of another length, of five words at least:
    /// the shorter they are, the more the index holds, and the more passages are but a name.
    pub fn with_certain(documents: &[&Document], certain: usize) -> PassageIndex {
        let mut vocabulary = Vocabulary::default();
        let rows: Vec<Arc<Row>> =
            documents.iter().map(|document| Arc::new(vocabulary.row(document))).collect();
        PassageIndex::of(vocabulary.numbered(&rows), certain)
    }

    /// The index of a story, of which a memo may know documents.
    pub(crate) fn kept(story: &Story, memo: &mut Memo<'_>) -> PassageIndex {
        let Memo { vocabulary, rows, .. } = memo;
        let rows: Vec<Arc<Row>> =
            story.articles().map(|at| rows.of(at, || vocabulary.row(story.document(at)))).collect();
        PassageIndex::of(vocabulary.numbered(&rows), CERTAIN)
    }

    fn of(rows: Vec<WordRow>, certain: usize) -> PassageIndex {
        let mut places = Vec::new();
        for (document, row) in rows.iter().enumerate() {
            let found = fingerprints(&row.keys, certain);
            places.extend(found.into_iter().map(|f| (f.hash, document as u32, f.at)));
        }
        places.sort_unstable();
        PassageIndex { rows, certain, places }
    }

    /// How many words of a document the index holds.
    pub fn words(&self, article: ArticleIndex) -> usize {
        self.rows[article.get()].len()
    }

    /// How many of them stand outside quotation marks.
    pub fn prose_words(&self, article: ArticleIndex) -> usize {
        self.rows[article.get()].prose
    }

    /// What each two documents share, by document; pairs that share nothing are left out.
    pub fn overlaps(&self) -> Vec<Overlap> {
        let seeds = self.seeds();
        seeds
            .chunk_by(|x, y| x.pair() == y.pair())
            .filter_map(|seeds| self.overlap(seeds))
            .collect()
    }

    /// As [`overlaps`](PassageIndex::overlaps): what is kept of two documents is not looked for again.
    pub(crate) fn overlaps_with(&self, kept: &mut Pairs<Arc<Shared>>) -> Vec<Overlap> {
        if !kept.keeps() {
            return self.overlaps();
        }
        let seeds = self.seeds();
        let pairs = seeds.chunk_by(|x, y| x.pair() == y.pair());
        pairs.filter_map(|seeds| self.kept_overlap(seeds, kept)).collect()
    }

    fn kept_overlap(&self, seeds: &[Seed], kept: &mut Pairs<Arc<Shared>>) -> Option<Overlap> {
        let (a, b) = seeds.first()?.pair();
        let (x, y) = (&self.rows[a as usize], &self.rows[b as usize]);
        let find = || Arc::new(Shared { seeds: seeds.to_vec(), overlap: self.overlap(seeds) });
        let shared = kept.of(x.number, y.number, find);
        let same = shared.seeds.len() == seeds.len()
            && shared.seeds.iter().zip(seeds).all(|(known, seed)| known.is_at(*seed));
        if !same {
            return self.overlap(seeds);
        }
        let mut overlap = shared.overlap.clone()?;
        (overlap.a, overlap.b) = (ArticleIndex(a), ArticleIndex(b));
        for passage in &mut overlap.passages {
            (passage.a.article, passage.b.article) = (overlap.a, overlap.b);
        }
        Some(overlap)
    }

    /// The places of equal fingerprints in two documents, sorted.
    fn seeds(&self) -> Vec<Seed> {
        let mut seeds = Vec::new();
        for same in self.places.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() > 1) {
            let same = without_repeats(same);
            for (at, &(document, place)) in same.iter().enumerate() {
                let first = if same.len() > ALL_PAIRS { at.min(FIRST) } else { at };
                let before = at.saturating_sub(1).max(first)..at;
                let earlier = same[..first].iter().chain(&same[before]);
                seeds.extend(
                    earlier
                        .filter(|earlier| earlier.0 != document)
                        .map(|&(earlier, at)| Seed::new((earlier, document), (at, place))),
                );
            }
        }
        seeds.sort_unstable();
        seeds
    }

    /// The runs of two documents.
    #[cfg(test)]
    pub(crate) fn runs_of(&self, a: usize, b: usize) -> Vec<crate::run::Run> {
        let mut seeds = self.seeds();
        seeds.retain(|seed| seed.pair() == (a as u32, b as u32));
        runs(&self.rows[a].keys, &self.rows[b].keys, &seeds)
    }

    /// The words of a document.
    #[cfg(test)]
    pub(crate) fn row(&self, document: usize) -> &WordRow {
        &self.rows[document]
    }

    /// What the two documents of some seeds share.
    fn overlap(&self, seeds: &[Seed]) -> Option<Overlap> {
        let (a, b) = seeds.first()?.pair();
        let (a, b) = (ArticleIndex(a), ArticleIndex(b));
        let (row_a, row_b) = (&self.rows[a.get()], &self.rows[b.get()]);
        let runs = runs(&row_a.keys, &row_b.keys, seeds);
        let chains = chains(&row_a.keys, &row_b.keys, &runs, self.certain);
        if chains.is_empty() {
            return None;
        }
        let passages = chains.iter().map(|chain| Evidence {
            a: Passage { article: a, span: row_a.span(chain.a.clone()) },
            b: Passage { article: b, span: row_b.span(chain.b.clone()) },
            similarity: chain.similarity(),
        });
        let (equal_words, equal_prose) = count_equal(&chains, row_a, row_b);
        let containment = (
            contained(row_a.len(), runs.iter().map(|run| (run.a, run.len))),
            contained(row_b.len(), runs.iter().map(|run| (run.b, run.len))),
        );
        Some(Overlap { a, b, passages: passages.collect(), containment, equal_words, equal_prose })
    }
}

/// The passages that any two of some documents share; the short form of [`PassageIndex`].
pub fn shared_passages(documents: &[&Document]) -> Vec<Evidence> {
    let overlaps = PassageIndex::new(documents).overlaps();
    overlaps.into_iter().flat_map(|overlap| overlap.passages).collect()
}

/// The places of one fingerprint without its many repetitions in one document.
fn without_repeats(places: &[(u64, u32, u32)]) -> Vec<(u32, u32)> {
    places
        .chunk_by(|x, y| x.1 == y.1)
        .flat_map(|document| document.iter().take(REPEATS))
        .map(|&(_, document, place)| (document, place))
        .collect()
}

/// How many different words of `a` are equal to words of `b` in the passages, and how many of
/// them stand outside quotation marks in both. A word or two by themselves are chance. The smaller count of the two documents, so that a
/// sentence that one repeats does not count twice.
fn count_equal(chains: &[Chain], a: &WordRow, b: &WordRow) -> (usize, usize) {
    let equal: Vec<(usize, usize)> = chains.iter().flat_map(Chain::in_a_row).collect();
    let told = |&&(x, y): &&(usize, usize)| !a.speech[x] && !b.speech[y];
    if equal.is_sorted_by(|x, y| x.0 < y.0 && x.1 < y.1) {
        return (equal.len(), equal.iter().filter(told).count());
    }
    let smaller = |pairs: &[(usize, usize)]| {
        distinct(pairs.iter().map(|pair| pair.0)).min(distinct(pairs.iter().map(|pair| pair.1)))
    };
    let prose: Vec<(usize, usize)> = equal.iter().filter(told).copied().collect();
    (smaller(&equal), smaller(&prose))
}

fn distinct(places: impl Iterator<Item = usize>) -> usize {
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places.dedup();
    places.len()
}

/// The share of the shingles of a document that lie in runs.
fn contained(words: usize, runs: impl Iterator<Item = (usize, usize)>) -> f64 {
    let Some(shingles) = (words + 1).checked_sub(CERTAIN).filter(|&shingles| shingles > 0) else {
        return 0.0;
    };
    let mut stretches: Vec<(usize, usize)> = runs
        .filter(|&(_, len)| len >= CERTAIN)
        .map(|(start, len)| (start, start + len + 1 - CERTAIN))
        .collect();
    stretches.sort_unstable();
    let (mut found, mut reached) = (0, 0);
    for (start, end) in stretches {
        found += end.saturating_sub(start.max(reached));
        reached = reached.max(end);
    }
    found as f64 / shingles as f64
}
