use rashomon_language::Language;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// A word with case, accents, apostrophes and invisible characters folded: `Zelenský’s` is
/// `zelensky's`. Words of other scripts than Latin keep their letters, in lower case.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd() {
        match c {
            '’' | '‘' | 'ʼ' | '＇' | '`' => folded.push('\''),
            '‐' | '‑' | '‒' | '–' => folded.push('-'),
            '\u{300}'..='\u{36f}' | '\u{ad}' => {}
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {}
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' | 'İ' => folded.push('i'),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// The form in which a word compares: folded, possessive and the full stops of abbreviations
/// taken off, an irregular form replaced by its lemma, then stemmed (Porter's second stemmer,
/// Snowball, for English). Numbers lose the commas between their digits.
///
/// To normalise many words, make one [`Normaliser`].
pub fn normal_form(word: &str, language: &Language) -> String {
    Normaliser::new(language).form(word)
}

/// Makes [normal forms](normal_form) of the words of one language.
pub struct Normaliser<'l> {
    language: &'l Language,
    stemmer: Option<Stemmer>,
}

impl<'l> Normaliser<'l> {
    /// A normaliser with the stemmer of a language; without one, words stay unstemmed.
    pub fn new(language: &'l Language) -> Normaliser<'l> {
        Normaliser { language, stemmer: algorithm(language.tag).map(Stemmer::create) }
    }

    /// The normal form of one word.
    pub fn form(&self, word: &str) -> String {
        let mut word = fold(word);
        if word.ends_with("'s") || word.ends_with("s'") {
            word.truncate(word.trim_end_matches("'s").len());
            word.truncate(word.trim_end_matches('\'').len());
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            word.retain(|c| c != ',');
            return word;
        }
        if self.language.words.is_function_word(&word) {
            return self.language.words.irregular_lemma(&word).map_or(word, str::to_owned);
        }
        if word.contains('.') {
            word.retain(|c| c != '.');
            if self.language.words.is_function_word(&word) {
                // `U.S.` must not become the pronoun.
                word.push('.');
            }
            return word;
        }
        if let Some(lemma) = self.language.words.irregular_lemma(&word) {
            word = lemma.to_owned();
        }
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(&word).into_owned(),
            None => word,
        }
    }
}

/// The Snowball stemmer of a language tag.
fn algorithm(tag: &str) -> Option<Algorithm> {
    Some(match tag.split('-').next()? {
        "en" => Algorithm::English,
        "de" => Algorithm::German,
        "fr" => Algorithm::French,
        "es" => Algorithm::Spanish,
        "it" => Algorithm::Italian,
        "pt" => Algorithm::Portuguese,
        "nl" => Algorithm::Dutch,
        "ru" => Algorithm::Russian,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    #[test]
    fn words_that_compare_equal() {
        let same: &[&[&str]] = &[
            &["talks", "talk", "Talks", "TALKED", "talking"],
            &["said", "say", "says"],
            &["Zelenský", "Zelensky’s", "ZELENSKY's"],
            &["1,000", "1000"],
            &["U.S.", "u.s"],
            &["Møller", "Moller"],
            &["ministers’", "minister"],
            &["naïve", "naive"],
        ];
        for words in same {
            let forms: Vec<String> = words.iter().map(|w| normal_form(w, english())).collect();
            assert!(forms.windows(2).all(|pair| pair[0] == pair[1]), "{words:?}: {forms:?}");
        }
        assert_ne!(normal_form("U.S.", english()), normal_form("us", english()));
    }

    proptest::proptest! {
        #[test]
        fn any_word_has_a_form(word in "\\PC{0,12}") {
            normal_form(&word, english());
        }
    }
}
