use crate::fields::{FIELDS, Fields};
use crate::vector::Vector;

/// Weights are counted in parts of this size, so that sums are exact: whatever is added and taken
/// away again in whatever order, the sum is that of its members.
const PARTS: f32 = 65_536.0;

/// The exact sum of vectors, by term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sum(Vec<(u32, u32)>);

/// A sum for each part of an article.
pub type Sums = [Sum; FIELDS];

/// The sums of one article alone.
pub fn sums(fields: &Fields) -> Sums {
    fields.vectors.each_ref().map(Sum::of)
}

impl Sum {
    /// The sum of one vector.
    pub fn of(vector: &Vector) -> Sum {
        let parts = |&(term, weight): &(u32, f32)| (term, (weight * PARTS).round() as u32);
        Sum(vector.terms().iter().map(parts).filter(|&(_, parts)| parts > 0).collect())
    }

    /// Adds another.
    pub fn add(&mut self, other: &Sum) {
        self.combine(other, |x, y| x + y);
    }

    /// Takes away what was added.
    pub fn subtract(&mut self, other: &Sum) {
        self.combine(other, |x, y| x.saturating_sub(y));
    }

    fn combine(&mut self, other: &Sum, how: impl Fn(u32, u32) -> u32) {
        let mut sum = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut x, mut y) = (self.0.as_slice(), other.0.as_slice());
        loop {
            let (term, parts) = match (x.first(), y.first()) {
                (Some(&a), Some(&b)) if a.0 == b.0 => {
                    (x, y) = (&x[1..], &y[1..]);
                    (a.0, how(a.1, b.1))
                }
                (Some(&a), b) if b.is_none_or(|b| a.0 < b.0) => {
                    x = &x[1..];
                    a
                }
                (_, Some(&b)) => {
                    y = &y[1..];
                    (b.0, how(0, b.1))
                }
                (Some(_), None) | (None, None) => break,
            };
            if parts > 0 {
                sum.push((term, parts));
            }
        }
        sum.shrink_to_fit();
        self.0 = sum;
    }

    /// The sum as a vector of its heaviest terms.
    pub fn vector(&self, most: usize) -> Vector {
        let weight = |&(term, parts): &(u32, u32)| (term, parts as f32 / PARTS);
        if self.0.len() <= most {
            return Vector::sorted(self.0.iter().map(weight).collect());
        }
        let heavier = |x: &(u32, u32), y: &(u32, u32)| y.1.cmp(&x.1).then(x.0.cmp(&y.0));
        let mut terms = self.0.clone();
        let (_, &mut next, _) = terms.select_nth_unstable_by(most, heavier);
        let heaviest = self.0.iter().filter(|term| heavier(term, &next).is_lt());
        Vector::sorted(heaviest.map(weight).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_taken_away_leaves_no_trace(
            vectors in proptest::collection::vec(
                proptest::collection::btree_map(0u32..30, 0.001f32..1.0, 0..12), 1..6),
        ) {
            let vectors: Vec<Sum> =
                vectors.into_iter().map(|v| Sum::of(&Vector::sorted(v.into_iter().collect()))).collect();
            let mut all = Sum::default();
            vectors.iter().for_each(|vector| all.add(vector));
            for vector in &vectors[1..] {
                all.subtract(vector);
            }
            prop_assert_eq!(&all, &vectors[0]);
        }
    }
}
