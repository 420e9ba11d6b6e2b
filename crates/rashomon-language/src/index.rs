use crate::table::hash;

/// Slots of an index: a list of up to half as many words.
const SLOTS: usize = 1024;

/// Where the words of a short list stand in it, by hash with open addressing; made when the
/// program is compiled. What is asked for at every word of every report is worth one.
#[derive(Debug)]
pub struct Index([u16; SLOTS]);

impl Index {
    /// The index of a list.
    pub(crate) const fn of(words: &[&str]) -> Index {
        assert!(words.len() <= SLOTS / 2, "the index is not crowded");
        let mut slots = [0; SLOTS];
        let mut at = 0;
        while at < words.len() {
            let bytes = words[at].as_bytes();
            let mut slot = hash(bytes, 0, bytes.len()) as usize % SLOTS;
            while slots[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            at += 1;
            slots[slot] = at as u16;
        }
        Index(slots)
    }

    /// Whether the list holds a word; it must be the one that the index was made of.
    pub(crate) fn holds(&self, list: &[&str], word: &str) -> bool {
        let mut slot = hash(word.as_bytes(), 0, word.len()) as usize % SLOTS;
        while self.0[slot] != 0 {
            if list.get(usize::from(self.0[slot]) - 1).is_some_and(|known| *known == word) {
                return true;
            }
            slot = (slot + 1) % SLOTS;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::english;

    /// Held against searching the list.
    #[test]
    fn holds_the_words_of_its_list_and_no_others() {
        let words = &english().words;
        let others = words.irregular.iter().map(|(form, _)| *form);
        let odd = ["", "harbour", "The", "the ", "’", "it's", "aaaaaaaaaaaaaaaaaaaaaaaaa"];
        for word in words.function_words.iter().copied().chain(others).chain(odd) {
            let listed = words.function_words.binary_search(&word).is_ok();
            assert_eq!(words.is_function_word(word), listed, "{word}");
        }
    }
}
