/// How many words a fingerprint covers.
pub const GRAM: usize = 5;

/// The length from which on a shared run of words is certain to be found, where nothing else is
/// asked for.
pub const CERTAIN: usize = 8;

/// A run of [`GRAM`] words at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// What the words are.
    pub hash: u64,
    /// The first of them.
    pub at: u32,
}

/// Some of the runs of [`GRAM`] words, chosen so that any `certain` words in a row hold a chosen
/// one, and equal words the same: of each window of runs that fit into so many words the least
/// hash, the last of equal ones. (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003.)
pub fn fingerprints(keys: &[u32], certain: usize) -> Vec<Fingerprint> {
    let wide = (certain + 1).saturating_sub(GRAM).max(1);
    let hashes: Vec<u64> = keys.windows(GRAM).map(hash).collect();
    let mut chosen: Vec<Fingerprint> = Vec::with_capacity(hashes.len() / 2);
    for (start, window) in hashes.windows(wide.min(hashes.len()).max(1)).enumerate() {
        let mut least = 0;
        for (offset, hash) in window.iter().enumerate() {
            if *hash <= window[least] {
                least = offset;
            }
        }
        let fingerprint = Fingerprint { hash: window[least], at: (start + least) as u32 };
        if chosen.last() != Some(&fingerprint) {
            chosen.push(fingerprint);
        }
    }
    chosen
}

/// A polynomial of the words, then well mixed, so that the least hash favours no words.
fn hash(words: &[u32]) -> u64 {
    let polynomial = words.iter().fold(0_u64, |hash, &word| {
        hash.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(word) + 1)
    });
    let mixed = (polynomial ^ (polynomial >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
