use std::hash::Hash;

use rustc_hash::FxHashMap;

/// A feature that more items hold than this finds none of them: it would bring together half of
/// the story, and what is alike shares rarer ones too.
const MOST_HOLDERS: usize = 64;

/// Which items share rare features: an inverted index, so that the work grows with the number of
/// items and not with that of their pairs.
pub struct RareFeatures<K> {
    holders: FxHashMap<K, Vec<u32>>,
    items: Vec<Vec<(K, f32)>>,
}

impl<K: Eq + Hash + Clone> RareFeatures<K> {
    /// Items with their weighted features, each once.
    pub fn new(items: Vec<Vec<(K, f32)>>) -> RareFeatures<K> {
        let mut holders: FxHashMap<K, Vec<u32>> = FxHashMap::default();
        for (at, features) in items.iter().enumerate() {
            for (feature, _) in features {
                holders.entry(feature.clone()).or_default().push(at as u32);
            }
        }
        RareFeatures { holders, items }
    }

    /// The pairs of items that share rare features of so much weight, given by a function of the
    /// two; the smaller first, in order.
    pub fn pairs(&self, enough: impl Fn(usize, usize, f32) -> bool) -> Vec<(usize, usize)> {
        let mut weight = vec![0.0_f32; self.items.len()];
        let mut touched: Vec<usize> = Vec::new();
        let mut pairs = Vec::new();
        for (at, features) in self.items.iter().enumerate() {
            for (feature, own) in features {
                let holders = &self.holders[feature];
                if holders.len() > MOST_HOLDERS {
                    continue;
                }
                for &other in holders.iter().take_while(|&&other| (other as usize) < at) {
                    let other = other as usize;
                    if weight[other] == 0.0 {
                        touched.push(other);
                    }
                    weight[other] += own;
                }
            }
            touched.sort_unstable();
            for other in touched.drain(..) {
                if enough(other, at, weight[other]) {
                    pairs.push((other, at));
                }
                weight[other] = 0.0;
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_share_rare_features_and_no_common_ones() {
        let items = (0..100_u32).map(|at| vec![(0, 1.0), (1 + at / 2, 1.0)]).collect();
        let pairs = RareFeatures::new(items).pairs(|_, _, weight| weight >= 1.0);
        let wanted: Vec<(usize, usize)> = (0..50).map(|at| (2 * at, 2 * at + 1)).collect();
        assert_eq!(pairs, wanted);
    }
}
