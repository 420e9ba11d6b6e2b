/// A sieve that lets every word of some tables through and few others. It is made when the program
/// is compiled, and asking it costs less than a search.
#[derive(Debug)]
pub struct Sieve([u64; 128]);

impl Sieve {
    pub(crate) const fn new() -> Sieve {
        Sieve([0; 128])
    }

    /// Where a word is noted: a bit that all of its bytes decide.
    const fn place(word: &[u8]) -> (usize, u64) {
        let (mut at, mut sum) = (0, 0_u32);
        while at < word.len() {
            sum = (sum ^ word[at] as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        let sum = sum ^ (sum >> 13);
        ((sum >> 6) as usize & 127, 1 << (sum & 63))
    }

    const fn add(&mut self, word: &str) {
        let (at, bit) = Sieve::place(word.as_bytes());
        self.0[at] |= bit;
    }

    pub(crate) const fn words(mut self, words: &[&str]) -> Sieve {
        let mut at = 0;
        while at < words.len() {
            self.add(words[at]);
            at += 1;
        }
        self
    }

    pub(crate) const fn keys<T: Copy>(mut self, table: &[(&str, T)]) -> Sieve {
        let mut at = 0;
        while at < table.len() {
            self.add(table[at].0);
            at += 1;
        }
        self
    }

    /// The first words of phrases.
    pub(crate) const fn phrases<T: Copy>(mut self, table: &[(&[&str], T)]) -> Sieve {
        let mut at = 0;
        while at < table.len() {
            self.add(table[at].0[0]);
            at += 1;
        }
        self
    }

    /// Whether the word may be one of the tables’: where it may not, it is not.
    pub fn passes(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        if bytes.is_empty() {
            return false;
        }
        let (at, bit) = Sieve::place(bytes);
        self.0[at] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::Sieve;

    #[test]
    fn words_of_the_tables_pass_and_others_hardly() {
        const SIEVE: Sieve = Sieve::new()
            .words(&["half", "€"])
            .keys(&[("seven", 7.0), ("twenty", 20.0)])
            .phrases(&[(&["more", "than"], 1)]);
        for word in ["half", "€", "seven", "twenty", "more"] {
            assert!(SIEVE.passes(word), "{word}");
        }
        for word in ["", "than", "harbour", "strike", "seventy"] {
            assert!(!SIEVE.passes(word), "{word}");
        }
    }
}
