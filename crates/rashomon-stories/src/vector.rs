use std::sync::Arc;

/// Weighted terms, sorted by term. Copies share them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector(Arc<[(u32, f32)]>);

impl Vector {
    /// Sorts terms into a vector of length one; of more than `most` terms the heaviest stay.
    pub fn unit(mut terms: Vec<(u32, f32)>, most: usize) -> Vector {
        keep_heaviest(&mut terms, most);
        let length = terms.iter().map(|&(_, weight)| weight * weight).sum::<f32>().sqrt();
        for (_, weight) in &mut terms {
            *weight /= length.max(f32::MIN_POSITIVE);
        }
        Vector(terms.into())
    }

    /// Terms that are sorted already.
    pub fn sorted(terms: Vec<(u32, f32)>) -> Vector {
        Vector(terms.into())
    }

    /// The heaviest terms, the heaviest first.
    pub fn heaviest(&self, most: usize) -> Vec<(u32, f32)> {
        let heavier = |x: &(u32, f32), y: &(u32, f32)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
        let mut terms = self.0.to_vec();
        if terms.len() > most {
            terms.select_nth_unstable_by(most, heavier);
            terms.truncate(most);
        }
        terms.sort_unstable_by(heavier);
        terms
    }

    /// The terms with their weights, by term.
    pub fn terms(&self) -> &[(u32, f32)] {
        &self.0
    }

    /// The weight of a term.
    pub fn weight(&self, term: u32) -> f32 {
        self.0.binary_search_by_key(&term, |&(term, _)| term).map_or(0.0, |at| self.0[at].1)
    }

    /// The scalar product.
    pub fn dot(&self, other: &Vector) -> f32 {
        // Terms are hashes, so that either half holds about as many.
        let halves =
            |vector: &'_ Vector| vector.0.partition_point(|&(term, _)| term <= u32::MAX / 2);
        let (low, high) = self.0.split_at(halves(self));
        let (other_low, other_high) = other.0.split_at(halves(other));
        let mut low = Walk { x: low, y: other_low, i: 0, j: 0, sum: 0.0 };
        let mut high = Walk { x: high, y: other_high, i: 0, j: 0, sum: 0.0 };
        // Two walks side by side keep the processor busy while either waits for its next term.
        while low.goes_on() && high.goes_on() {
            low.step();
            high.step();
        }
        low.finish() + high.finish()
    }

    /// The sum of two; of more than `most` terms the heaviest stay.
    pub fn plus(&self, other: &Vector, most: usize) -> Vector {
        let mut sum: Vec<(u32, f32)> = Vec::with_capacity(self.0.len() + other.0.len());
        sum.extend(self.0.iter());
        sum.extend(other.0.iter());
        sum.sort_by_key(|&(term, _)| term);
        sum.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        keep_heaviest(&mut sum, most);
        Vector(sum.into())
    }
}

/// Walks along two lists of terms and sums the products of those in both.
struct Walk<'v> {
    x: &'v [(u32, f32)],
    y: &'v [(u32, f32)],
    i: usize,
    j: usize,
    sum: f32,
}

impl Walk<'_> {
    fn goes_on(&self) -> bool {
        self.i < self.x.len() && self.j < self.y.len()
    }

    /// Most terms differ and none is likelier to come first: a step without a branch is faster.
    fn step(&mut self) {
        let ((a, weight), (b, other)) = (self.x[self.i], self.y[self.j]);
        self.sum += if a == b { weight * other } else { 0.0 };
        self.i += usize::from(a <= b);
        self.j += usize::from(b <= a);
    }

    fn finish(mut self) -> f32 {
        while self.goes_on() {
            self.step();
        }
        self.sum
    }
}

/// A vector laid out to be held against many others.
pub struct Probe {
    /// Open addressing by the low bits of the term; a weight of nought is an empty place.
    places: Vec<(u32, f32)>,
}

impl Probe {
    /// Lays a vector out.
    pub fn new(vector: &Vector) -> Probe {
        let size = (vector.0.len() * 4).next_power_of_two().max(8);
        let mut places = vec![(0, 0.0); size];
        for &(term, weight) in vector.0.iter().filter(|&&(_, weight)| weight != 0.0) {
            let mut at = term as usize & (size - 1);
            while places[at].1 != 0.0 {
                at = (at + 1) & (size - 1);
            }
            places[at] = (term, weight);
        }
        Probe { places }
    }

    /// The scalar product.
    pub fn dot(&self, other: &Vector) -> f32 {
        let mask = self.places.len() - 1;
        let mut sum = 0.0;
        for &(term, weight) in other.0.iter() {
            let mut at = term as usize & mask;
            while self.places[at].1 != 0.0 {
                if self.places[at].0 == term {
                    sum += self.places[at].1 * weight;
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        sum
    }
}

/// Leaves the heaviest terms, sorted by term.
fn keep_heaviest(terms: &mut Vec<(u32, f32)>, most: usize) {
    if terms.len() > most {
        terms.select_nth_unstable_by(most, |x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        terms.truncate(most);
    }
    if !terms.is_sorted_by_key(|&(term, _)| term) {
        terms.sort_unstable_by_key(|&(term, _)| term);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_products_are_what_adding_up_gives(
            x in proptest::collection::btree_map(any::<u32>().prop_map(|t| t / 64 * 64), 0f32..1.0, 0..60),
            y in proptest::collection::btree_map(any::<u32>().prop_map(|t| t / 64 * 64), 0f32..1.0, 0..60),
            shared in proptest::collection::vec((any::<u32>(), 0f32..1.0, 0f32..1.0), 0..30),
        ) {
            let (mut x, mut y) = (x, y);
            for (term, weight, other) in shared {
                x.insert(term, weight);
                y.insert(term, other);
            }
            let naive: f32 = x.iter().filter_map(|(term, a)| y.get(term).map(|b| a * b)).sum();
            let [x, y] = [x, y].map(|terms| Vector::sorted(terms.into_iter().collect()));
            prop_assert!((x.dot(&y) - naive).abs() < 1e-4);
            prop_assert!((Probe::new(&x).dot(&y) - naive).abs() < 1e-4);
        }
    }
}
