use std::collections::HashMap;

use rashomon_language::Language;

use crate::Normaliser;

/// Which [normal forms](crate::normal_form) tell about the same thing in a report, by the
/// synonyms of the language pack: `talks`, `summit` and `met` have one sense.
pub struct SenseIndex {
    sets: HashMap<String, usize>,
    antonyms: Vec<(String, String)>,
}

impl SenseIndex {
    /// Reads the language pack once.
    pub fn new(language: &Language) -> SenseIndex {
        let normaliser = Normaliser::new(language);
        let mut sets = HashMap::new();
        for (number, set) in language.senses.synonyms.iter().enumerate() {
            for word in *set {
                sets.entry(normaliser.form(word)).or_insert(number);
            }
        }
        let antonyms = language.senses.antonyms.iter();
        let antonyms = antonyms.map(|(a, b)| (normaliser.form(a), normaliser.form(b))).collect();
        SenseIndex { sets, antonyms }
    }

    /// The number of the sense of a normal form.
    pub fn sense(&self, form: &str) -> Option<usize> {
        self.sets.get(form).copied()
    }

    /// Whether two normal forms are the same or have one sense.
    pub fn same(&self, a: &str, b: &str) -> bool {
        a == b || self.sense(a).is_some_and(|sense| self.sense(b) == Some(sense))
    }

    /// Whether two normal forms cannot both be true of one event: `agree` and `refuse`.
    pub fn opposite(&self, a: &str, b: &str) -> bool {
        let means = |word: &str, pole: &str| self.same(word, pole);
        self.antonyms.iter().any(|(one, other)| {
            means(a, one) && means(b, other) || means(a, other) && means(b, one)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal_form;
    use rashomon_language::english;

    #[test]
    fn synonyms_and_antonyms() {
        let index = SenseIndex::new(english());
        let form = |word| normal_form(word, english());
        assert!(index.same(&form("talks"), &form("met")));
        assert!(index.same(&form("killed"), &form("deaths")));
        assert!(!index.same(&form("killed"), &form("talks")));
        assert!(index.opposite(&form("agreed"), &form("refused")));
        assert!(index.opposite(&form("rejects"), &form("accepted")));
        assert!(!index.opposite(&form("agreed"), &form("accepted")));
    }
}
