use std::collections::BTreeMap;

use rashomon_store::Digest;

/// The ids that a container gave to its articles, so that one that stands for two articles is
/// seen: the second would be taken for a revision of the first, again with each reading.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    container: String,
    /// By a hash of the key, what its words were, in order.
    met: BTreeMap<u128, Vec<Digest>>,
}

impl Repeats {
    /// Which article of this key it is in its container, counted from 1, and whether nobody met it
    /// before.
    pub fn meet(&mut self, container: &str, key: &str, digest: Digest) -> (usize, bool) {
        if self.container != container {
            container.clone_into(&mut self.container);
            self.met.clear();
        }
        let digests = self.met.entry(xxhash_rust::xxh3::xxh3_128(key.as_bytes())).or_default();
        match digests.iter().position(|known| *known == digest) {
            Some(at) => (at + 1, false),
            None => {
                digests.push(digest);
                (digests.len(), true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_under_one_id_are_another_article() {
        let mut repeats = Repeats::default();
        assert_eq!(repeats.meet("a.csv", "1", [0; 16]), (1, true));
        assert_eq!(repeats.meet("a.csv", "1", [7; 16]), (2, true));
        assert_eq!(repeats.meet("a.csv", "1", [0; 16]), (1, false));
        assert_eq!(repeats.meet("a.csv", "1", [7; 16]), (2, false));
        assert_eq!(repeats.meet("b.csv", "1", [7; 16]), (1, true), "a file of its own");
    }
}
