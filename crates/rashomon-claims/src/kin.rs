use std::collections::HashMap;

use rashomon_language::{Language, word_key};

use crate::holdings::Holdings;

/// Words of a lower cosine stand for each other in no telling.
const LEAST_LIKENESS: f32 = 0.62;
/// The lanes in which products are summed, always in this order.
const LANES: usize = 8;

/// Which words of a story are used alike. They are no synonyms (`rise` and `fall` are used alike);
/// they only make it less sure that something is left out.
pub(crate) struct Kin<'h> {
    holdings: &'h Holdings,
    dimensions: usize,
    /// The words that have a vector.
    words: Vec<u32>,
    /// Their vectors, one after the other, each of length 1.
    vectors: Vec<f32>,
    known: HashMap<u32, Vec<(u32, f32)>>,
}

impl<'h> Kin<'h> {
    /// Reads the vector of each word of a story.
    pub fn new(holdings: &'h Holdings, language: &Language) -> Kin<'h> {
        let dimensions = language.vectors.dimensions();
        let (mut words, mut vectors) = (Vec::new(), Vec::new());
        for (word, surface) in holdings.surface.iter().enumerate() {
            let Some(vector) = language.vectors.get(word_key(surface)) else { continue };
            let length = product(&vector, &vector).sqrt();
            if length > 0.0 {
                words.push(word as u32);
                vectors.extend(vector.iter().map(|x| x / length));
            }
        }
        Kin { holdings, dimensions, words, vectors, known: HashMap::new() }
    }

    /// The words that are used like one, the nearest first, each with its likeness.
    pub fn of(&mut self, word: u32) -> &[(u32, f32)] {
        if !self.known.contains_key(&word) {
            let found = self.find(word);
            self.known.insert(word, found);
        }
        &self.known[&word]
    }

    fn find(&self, word: u32) -> Vec<(u32, f32)> {
        let Ok(at) = self.words.binary_search(&word) else { return Vec::new() };
        let vector = |at: usize| &self.vectors[at * self.dimensions..(at + 1) * self.dimensions];
        let own = vector(at);
        let mut alike: Vec<(u32, f32)> = self
            .words
            .iter()
            .enumerate()
            .filter(|&(other, _)| other != at)
            .map(|(other, &word)| (word, product(own, vector(other))))
            .filter(|&(word, likeness)| {
                likeness >= LEAST_LIKENESS && !self.holdings.holders[word as usize].is_empty()
            })
            .collect();
        alike.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        alike
    }
}

/// The sum of the products of two lists of one length.
pub(crate) fn product(a: &[f32], b: &[f32]) -> f32 {
    let (x, rest_x) = a.as_chunks::<LANES>();
    let (y, rest_y) = b.as_chunks::<LANES>();
    let mut sums = [0.0f32; LANES];
    for (x, y) in x.iter().zip(y) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    for (sum, (x, y)) in sums.iter_mut().zip(rest_x.iter().zip(rest_y)) {
        *sum += x * y;
    }
    sums.iter().sum()
}
