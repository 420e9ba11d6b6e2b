use std::cmp::Ordering;
use std::sync::Arc;

/// The last term of the lower half.
const HALF: u32 = u32::MAX / 2;

/// Terms with their weights, by term.
type Terms = [(u32, f32)];

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
        let (low, high) = self.halves();
        let (other_low, other_high) = other.halves();
        let mut low = Walk { x: low, y: other_low, i: 0, j: 0, sum: 0.0 };
        let mut high = Walk { x: high, y: other_high, i: 0, j: 0, sum: 0.0 };
        // Two walks side by side keep the processor busy while either waits for its next term.
        while low.goes_on() && high.goes_on() {
            low.step();
            high.step();
        }
        low.finish() + high.finish()
    }

    /// The scalar product with itself.
    pub fn square(&self) -> f32 {
        let (low, high) = self.halves();
        let sum = |half: &[(u32, f32)]| half.iter().fold(0.0, |sum, (_, w)| sum + w * w);
        sum(low) + sum(high)
    }

    /// Terms are hashes, so that either half holds about as many.
    fn halves(&self) -> (&Terms, &Terms) {
        self.0.split_at(self.0.partition_point(|&(term, _)| term <= HALF))
    }

    /// The sum of two; of more than `most` terms the heaviest stay.
    pub fn plus(&self, other: &Vector, most: usize) -> Vector {
        let mut sum: Vec<(u32, f32)> = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut x, mut y) = (&self.0[..], &other.0[..]);
        while let ([(a, weight), x_rest @ ..], [(b, other), y_rest @ ..]) = (x, y) {
            sum.push(match a.cmp(b) {
                Ordering::Less => (*a, *weight),
                Ordering::Equal => (*a, weight + other),
                Ordering::Greater => (*b, *other),
            });
            x = if a <= b { x_rest } else { x };
            y = if b <= a { y_rest } else { y };
        }
        sum.extend(x.iter().chain(y));
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

/// Places for the terms of a vector that is laid out, several times as many as any vector has.
const PLACES: usize = 1024;

/// A vector laid out to be held against many others.
pub struct Probe<'v> {
    vector: &'v Vector,
    /// Open addressing by the low bits of the term: one and where it stands in the vector, nought
    /// where nothing is. A place is a byte, so that all that is asked stays near the processor.
    places: Box<[u8; PLACES]>,
}

impl<'v> Probe<'v> {
    /// Lays a vector out.
    pub fn new(vector: &'v Vector) -> Probe<'v> {
        let mut places = Box::new([0; PLACES]);
        if Probe::holds(vector) {
            for (at, &(term, _)) in (1..=u8::MAX).zip(vector.0.iter()) {
                let mut place = term as usize % PLACES;
                while places[place] != 0 {
                    place = (place + 1) % PLACES;
                }
                places[place] = at;
            }
        }
        Probe { vector, places }
    }

    /// Whether bytes can tell the terms of a vector apart; those of articles and stories are so
    /// short, and any other is walked along.
    fn holds(vector: &Vector) -> bool {
        vector.0.len() <= usize::from(u8::MAX)
    }

    /// The scalar product, summed from the first term to the last.
    pub fn dot(&self, other: &Vector) -> f32 {
        if !Probe::holds(self.vector) || !Probe::holds(other) {
            return self.vector.dot(other);
        }
        let mut sum = 0.0;
        self.shared(other, |_, product| sum += product);
        sum
    }

    /// The scalar product, to the bit as [`Vector::dot`] sums it.
    pub fn dot_by_halves(&self, other: &Vector) -> f32 {
        if !Probe::holds(self.vector) || !Probe::holds(other) {
            return self.vector.dot(other);
        }
        let (mut low, mut high) = (0.0, 0.0);
        self.shared(other, |term, product| {
            let half = if term <= HALF { &mut low } else { &mut high };
            *half += product;
        });
        low + high
    }

    /// The terms in both, in order, with the products of their weights. Most terms of the other
    /// are not in this one: they are sorted out first, without a branch.
    fn shared(&self, other: &Vector, mut each: impl FnMut(u32, f32)) {
        let mut maybe = [0_u8; 256];
        let mut count = 0_u8;
        for (at, &(term, _)) in other.0.iter().enumerate() {
            maybe[usize::from(count)] = at as u8;
            count += u8::from(self.places[term as usize % PLACES] != 0);
        }
        for &at in &maybe[..usize::from(count)] {
            let (term, weight) = other.0[usize::from(at)];
            let mut place = term as usize % PLACES;
            while let Some(at) = self.places[place].checked_sub(1) {
                let (known, own) = self.vector.0[usize::from(at)];
                if known == term {
                    each(term, own * weight);
                    break;
                }
                place = (place + 1) % PLACES;
            }
        }
    }
}

/// Leaves the heaviest terms, sorted by term.
fn keep_heaviest(terms: &mut Vec<(u32, f32)>, most: usize) {
    if terms.len() > most {
        let heavier = |x: &(u32, f32), y: &(u32, f32)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
        let mut copy = terms.clone();
        let (_, &mut next, _) = copy.select_nth_unstable_by(most, heavier);
        terms.retain(|term| heavier(term, &next).is_lt());
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
            prop_assert_eq!(Probe::new(&x).dot_by_halves(&y).to_bits(), x.dot(&y).to_bits());
            prop_assert_eq!(Probe::new(&y).dot_by_halves(&x).to_bits(), x.dot(&y).to_bits());
            prop_assert_eq!(Probe::new(&y).dot(&x).to_bits(), Probe::new(&x).dot(&y).to_bits());
            prop_assert_eq!(x.square().to_bits(), x.dot(&x).to_bits());
        }
    }
}
