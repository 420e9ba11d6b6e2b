/// Words as points: words used alike lie near to each other. Made by `rashomon-train vectors`;
/// `docs/models/vectors.md` tells from what.
///
/// The bytes: `RV01`, the number of words and of dimensions, for each dimension the size of a step
/// (`f32`), the keys of the words in order (`u32`), and for each word its place in steps (`i8`); all
/// numbers little end first. A key is a hash: two words in some billions may fall together.
#[derive(Clone, Copy, Debug)]
pub struct Vectors {
    bytes: &'static [u8],
}

const MAGIC: &[u8; 4] = b"RV01";
const HEAD: usize = 12;

impl Vectors {
    /// Vectors over bytes in the form above; none at all where they have another form.
    pub const fn new(bytes: &'static [u8]) -> Vectors {
        Vectors { bytes }
    }

    /// How many numbers a vector has; 0 where there are none.
    pub fn dimensions(&self) -> usize {
        self.head().map_or(0, |(_, dimensions)| dimensions)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.head().map_or(0, |(count, _)| count)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The vector of the word with a key (see [`word_key`]).
    pub fn get(&self, key: u32) -> Option<Vec<f32>> {
        let (count, dimensions) = self.head()?;
        let keys = HEAD + 4 * dimensions;
        let (mut from, mut to) = (0, count);
        while from < to {
            let middle = from + (to - from) / 2;
            match self.number(keys + 4 * middle).cmp(&key) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => {
                    let row = keys + 4 * count + middle * dimensions;
                    let steps = &self.bytes[row..row + dimensions];
                    let scales =
                        (0..dimensions).map(|at| f32::from_bits(self.number(HEAD + 4 * at)));
                    let values = steps.iter().zip(scales);
                    return Some(
                        values.map(|(&step, scale)| f32::from(step as i8) * scale).collect(),
                    );
                }
            }
        }
        None
    }

    fn head(&self) -> Option<(usize, usize)> {
        if !self.bytes.starts_with(MAGIC) || self.bytes.len() < HEAD {
            return None;
        }
        let (count, dimensions) = (self.number(4) as usize, self.number(8) as usize);
        let length = HEAD + 4 * dimensions + count * (4 + dimensions);
        (self.bytes.len() == length).then_some((count, dimensions))
    }

    fn number(&self, at: usize) -> u32 {
        let four = &self.bytes[at..at + 4];
        u32::from_le_bytes([four[0], four[1], four[2], four[3]])
    }
}

/// The key of a word in lower case: a 32-bit hash (FNV-1a with a final mix), never 0. Apostrophes
/// and quotation marks count as straight ones.
pub fn word_key(word: &str) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    for c in word.chars() {
        let c = match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            other => other,
        };
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    state ^= state >> 29;
    state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((state >> 32) as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_pack_have_vectors() {
        let vectors = crate::english().vectors;
        let near = |a: &str, b: &str| -> f32 {
            let (a, b) = (vectors.get(word_key(a)), vectors.get(word_key(b)));
            let (a, b) = (a.expect("known"), b.expect("known"));
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
        };
        assert!(near("harbour", "port") > near("harbour", "spokesman") + 0.2);
        assert!(near("said", "told") > 0.5);
        assert_eq!(vectors.get(word_key("qqzx")), None);
    }

    #[test]
    fn other_bytes_hold_no_words() {
        assert!(Vectors::new(b"").is_empty());
        assert!(Vectors::new(b"RV01\x05\0\0\0\x05\0\0\0").is_empty());
    }

    #[test]
    fn a_key_takes_no_notice_of_the_shape_of_an_apostrophe() {
        assert_eq!(word_key("don’t"), word_key("don't"));
        assert_ne!(word_key("port"), word_key("ports"));
    }
}
