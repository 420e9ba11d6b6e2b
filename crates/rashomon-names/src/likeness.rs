use rashomon_language::Language;

use crate::bearing::{Part, Script};
use crate::fold::is_spelling_of;
use crate::gender::Gender;
use crate::given::may_be_given;

/// Words of fewer letters are another word with another letter: `Bell`, `Ball`.
const LONG: usize = 5;
/// From here on two letters may be wrong.
const VERY_LONG: usize = 10;

/// How alike two words of names are: 1 for the same, 0 for two words.
pub(crate) fn likeness(a: &Part, b: &Part, language: &Language) -> f64 {
    if a.written == b.written {
        return 1.0;
    }
    // Where each letter is a syllable, another letter is another name.
    if a.script == Script::Syllables && b.script == Script::Syllables {
        return 0.0;
    }
    let (x, y) = (a.text.as_str(), b.text.as_str());
    if x == y {
        return 1.0;
    }
    if are_of_two_genders(x, y, language) {
        return 0.0;
    }
    if is_spelling_of(x, y) {
        return 0.95;
    }
    if x.len() == 1 || y.len() == 1 {
        return if may_be_given(x, y, false, language) { 0.85 } else { 0.0 };
    }
    if is_slip(x, y) {
        return 0.9;
    }
    let without_vowels = a.script == Script::Consonants || b.script == Script::Consonants;
    if without_vowels && consonants(x) == consonants(y) && consonants(x).len() >= 2 {
        return 0.9;
    }
    if a.wade != b.wade && syllables(x) == syllables(y) {
        return 0.9;
    }
    if may_be_given(x, y, false, language) { 0.88 } else { 0.0 }
}

/// Whether two words are spellings of one.
pub(crate) fn is_like(a: &Part, b: &Part, language: &Language) -> bool {
    likeness(a, b, language) >= 0.9
}

/// `Mario` and `Maria`, `Daniel` and `Daniela`.
fn are_of_two_genders(a: &str, b: &str, language: &Language) -> bool {
    let gender = |name: &str| language.names.given.get(name).and_then(Gender::of_value);
    let both = gender(a).zip(gender(b)).is_some_and(|(a, b)| a != b);
    let woman = |a: &str, b: &str| {
        a.strip_suffix('a').is_some_and(|stem| b == stem || b.strip_suffix('o') == Some(stem))
    };
    both || woman(a, b) || woman(b, a)
}

/// A letter more, less, wrong or out of its order in a long word; two in a very long one.
fn is_slip(a: &str, b: &str) -> bool {
    let short = a.len().min(b.len());
    let same_start = a.as_bytes().first() == b.as_bytes().first();
    let most = match short {
        // A letter too many, as in `Merz` and `Mertz`.
        4 if same_start && a.len() != b.len() => 1,
        0..LONG => 0,
        LONG if !same_start => 0,
        LONG..VERY_LONG => 1,
        _ => 2,
    };
    most > 0 && a.len().abs_diff(b.len()) <= most && strsim::osa_distance(a, b) <= most
}

/// What the romanisations of Chinese by Wade and Giles and by pinyin have in common: `Hsu`, `Xu`.
fn syllables(word: &str) -> String {
    const CLASSES: [(&str, &str); 14] = [
        ("hs", "x"),
        ("tz", "z"),
        ("ts", "z"),
        ("ch", "q"),
        ("zh", "q"),
        ("ung", "ong"),
        ("ieh", "ie"),
        ("ueh", "ue"),
        ("ih", "i"),
        ("j", "q"),
        ("t", "d"),
        ("p", "b"),
        ("k", "g"),
        ("c", "z"),
    ];
    CLASSES.iter().fold(word.to_owned(), |word, (wade, class)| word.replace(wade, class))
}

/// The letters of a script without vowels; Arabic has neither `p` nor `v`.
fn consonants(word: &str) -> String {
    let mut consonants = String::new();
    for letter in word.chars() {
        let letter = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => continue,
            'p' => 'b',
            'v' => 'f',
            other => other,
        };
        if !consonants.ends_with(letter) {
            consonants.push(letter);
        }
    }
    consonants
}
