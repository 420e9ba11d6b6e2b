use crate::{Frequencies, Index};

/// What comparing words and sentences needs to know.
#[derive(Debug)]
pub struct Words {
    /// Words that carry grammar rather than matter: `the`, `of`, `is`.
    pub function_words: &'static [&'static str],
    /// Where these stand in their list.
    pub function_index: Index,
    /// Words that deny: `not`, `never`, `without`.
    pub negations: &'static [&'static str],
    /// Contracted forms and what they stand for, word by word: `won’t`, `will not`.
    /// Apostrophes are straight here.
    pub contractions: &'static [(&'static str, &'static str)],
    /// Irregular forms and their lemma, which a stemmer cannot find: `said`, `say`.
    pub irregular: &'static [(&'static str, &'static str)],
    /// How rare words are in news at large, by normal form.
    pub frequencies: Frequencies,
}

impl Words {
    /// Whether a word in lower case carries grammar rather than matter.
    pub fn is_function_word(&self, word: &str) -> bool {
        self.function_index.holds(self.function_words, word)
    }

    /// Whether a word in lower case denies.
    pub fn is_negation(&self, word: &str) -> bool {
        self.negations.binary_search(&word).is_ok()
    }

    /// The lemma of an irregular form in lower case.
    pub fn irregular_lemma(&self, word: &str) -> Option<&'static str> {
        let at = self.irregular.binary_search_by_key(&word, |&(form, _)| form).ok()?;
        Some(self.irregular[at].1)
    }

    /// What a contraction in lower case stands for, word by word: `will not` for `won't`.
    pub fn expansion(&self, word: &str) -> Option<&'static str> {
        let at = self.contractions.binary_search_by_key(&word, |&(form, _)| form).ok()?;
        Some(self.contractions[at].1)
    }

    /// The inverse document frequency of a normal form (see `rashomon-terms`) in news at large.
    pub fn idf(&self, form: &str) -> f32 {
        self.frequencies.idf(form)
    }
}
