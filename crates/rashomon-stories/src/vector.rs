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
        let (x, y) = (&self.0, &other.0);
        let (mut i, mut j) = (0, 0);
        let mut sum = 0.0;
        // Most terms differ and none is likelier to come first: steps without a branch are twice
        // as fast.
        while i < x.len() && j < y.len() {
            let ((a, weight), (b, other)) = (x[i], y[j]);
            sum += if a == b { weight * other } else { 0.0 };
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        sum
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

/// Leaves the heaviest terms, sorted by term.
fn keep_heaviest(terms: &mut Vec<(u32, f32)>, most: usize) {
    if terms.len() > most {
        terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        terms.truncate(most);
    }
    terms.sort_by_key(|&(term, _)| term);
}
