use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use crate::signature::{Counted, Signature};

/// How many articles the background counts for when its frequencies are blended with those of the
/// articles at hand: two thousand of these have as much to say as the background.
const BACKGROUND: f64 = 2000.0;

/// How many articles are counted together.
const SLICE: usize = 1000;

/// In how many of the articles at hand each term stands.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    articles: f64,
    counts: Counts,
    /// What terms weigh that stand in one article at hand or none, as nearly all do, by what they
    /// weigh at large; computed when it is first asked for.
    rare: OnceLock<Box<[f64; 256]>>,
}

type Counts = TermMap<u32>;

/// Something for each term.
pub type TermMap<T> = HashMap<u32, T, BuildHasherDefault<TermHasher>>;

/// Terms are hashes already.
#[derive(Clone, Debug, Default)]
pub struct TermHasher(u64);

impl Hasher for TermHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, term: u32) {
        self.write_u64(u64::from(term));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(32) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, _length: usize) {}
}

impl Frequencies {
    /// Those of some articles, in order of time. Of more than a slice each term has the count of
    /// the slice that has it most: a name that stands in every third report of some days tells
    /// these apart as little as if there were no others, however rare it is in all other years.
    pub fn of<S: Borrow<Signature>>(signatures: impl IntoIterator<Item = S>) -> Frequencies {
        let mut frequencies = Frequencies::default();
        let mut slice = Counts::default();
        let mut size = 0;
        for signature in signatures {
            if size == SLICE {
                frequencies.take(&mut slice, size);
                size = 0;
            }
            size += 1;
            let Signature { words, pairs, .. } = signature.borrow();
            for counted in words.iter().chain(pairs) {
                *slice.entry(counted.term).or_default() += 1;
            }
        }
        frequencies.take(&mut slice, size);
        frequencies
    }

    /// Takes in the counts of a slice. The terms of single articles weigh as much without being
    /// counted.
    fn take(&mut self, slice: &mut Counts, size: usize) {
        self.rare = OnceLock::new();
        for (term, count) in slice.drain().filter(|&(_, count)| count > 1) {
            let known = self.counts.entry(term).or_default();
            *known = count.max(*known);
        }
        self.articles = self.articles.max(size as f64);
    }

    /// How many articles were counted, and the counts by term.
    pub fn sorted(&self) -> (u64, Vec<(u32, u32)>) {
        let mut counts: Vec<(u32, u32)> =
            self.counts.iter().map(|(&term, &count)| (term, count)).collect();
        counts.sort_unstable();
        (self.articles as u64, counts)
    }

    /// Frequencies of which the counts are known.
    pub fn from_counts(articles: u64, counts: Vec<(u32, u32)>) -> Frequencies {
        let counts = counts.into_iter().collect();
        Frequencies { articles: articles as f64, counts, rare: OnceLock::new() }
    }

    /// The inverse document frequency of a term, background and articles at hand taken together.
    pub fn idf(&self, counted: &Counted) -> f64 {
        let here = self.counts.get(&counted.term).copied().unwrap_or(0);
        if here > 1 {
            return self.weight(counted.background, here);
        }
        let rare = self.rare.get_or_init(|| {
            let mut rare = Box::new([0.0; 256]);
            (0..=u8::MAX).zip(rare.iter_mut()).for_each(|(at, idf)| *idf = self.weight(at, 1));
            rare
        });
        rare[usize::from(counted.background)]
    }

    fn weight(&self, background: u8, here: u32) -> f64 {
        let background = BACKGROUND * (-f64::from(background) / 10.0).exp();
        ((BACKGROUND + self.articles) / (background + f64::from(here))).ln().max(0.0)
    }
}
