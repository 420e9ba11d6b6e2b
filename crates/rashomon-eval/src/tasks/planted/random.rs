use sha2::{Digest, Sha256};

/// A small generator of pseudo-random numbers (SplitMix64, Steele et al. 2014): the same seed gives
/// the same numbers on every machine.
pub struct Random(u64);

impl Random {
    /// Seeded by a number and by words, so that each story has numbers of its own.
    pub fn new(seed: u64, words: &str) -> Random {
        let digest = Sha256::digest(words);
        let own = digest.iter().take(8).fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
        Random(own ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// One of some items, if there are any.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        (!items.is_empty()).then(|| &items[self.below(items.len())])
    }

    /// Brings items into an order of chance (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// The part that a story belongs to, by the first byte of the SHA-256 of its id.
pub fn part(story: &str) -> &'static str {
    if Sha256::digest(story)[0].is_multiple_of(2) { "tune" } else { "report" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order() {
        let order = |seed| {
            let mut items: Vec<usize> = (0..20).collect();
            Random::new(seed, "story").shuffle(&mut items);
            items
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
        let mut sorted = order(3);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..20).collect::<Vec<_>>());
    }
}
