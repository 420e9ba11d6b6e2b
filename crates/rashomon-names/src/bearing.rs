use rashomon_language::Language;

use crate::fold::fold_name;
use crate::likeness::is_like;

/// A name by itself, taken to its words, as [`similarity`](crate::similarity) compares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bearing {
    pub parts: Vec<Part>,
    /// `jr`, `ii`: what sets a son apart.
    pub suffixes: Vec<String>,
    /// `44` and `xii` as numbers.
    pub numbers: Vec<u32>,
    /// Legal forms, `ltd` for `Limited`.
    pub forms: Vec<&'static str>,
    /// Has a legal form or a generic word of companies.
    pub is_organisation: bool,
    /// The part that `bin` or `ibn` makes the first father.
    pub son_of: Option<usize>,
}

/// A word of a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// Folded.
    pub text: String,
    /// In lower case as it is written.
    pub written: String,
    pub script: Script,
    pub weight: Weight,
    /// Of a name that is put into Latin letters as Wade and Giles did.
    pub wade: bool,
    /// `JC`, `J.C.`: may be the initials of several words.
    initials: bool,
}

/// What a letter stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Alphabet,
    /// Vowels are left out: Arabic, Hebrew.
    Consonants,
    /// Han and Hangul.
    Syllables,
}

/// What it means that the other name lacks a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Nothing: titles and particles.
    Light,
    /// Little: `Group`, `Holdings`.
    Generic,
    Full,
}

impl Part {
    fn new(word: &str, weight: Weight) -> Part {
        let written: String = word.to_lowercase();
        let script = match word.chars().find(|c| !c.is_ascii()) {
            Some('\u{590}'..='\u{8ff}') => Script::Consonants,
            Some('\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}') => Script::Syllables,
            _ => Script::Alphabet,
        };
        Part {
            text: letters(&fold_name(word)),
            written,
            script,
            weight,
            wade: false,
            initials: false,
        }
    }

    /// How much the word is of a name.
    pub fn share(&self) -> f64 {
        let share = (self.text.len() as f64).clamp(1.0, 8.0).sqrt();
        if self.weight == Weight::Generic { share * 0.3 } else { share }
    }
}

impl Bearing {
    pub fn new(name: &str, language: &Language) -> Bearing {
        let names = &language.names;
        let words = words(&in_order(name, language));
        let folded: Vec<String> = words.iter().map(|word| fold_name(word)).collect();
        let shouted = !name.chars().any(char::is_lowercase);
        let mut bearing = Bearing::default();
        let mut leading = true;
        let mut at = 0;
        while at < words.len() {
            let form = legal_form(&folded[at..], language).filter(|&(_, length)| {
                let first = at == 0 && folded[..length].concat().len() > 2 && length < words.len();
                let closing = are_forms(&folded[at..], language);
                let small = words[at].chars().skip(1).any(char::is_lowercase);
                first
                    || at > 0 && closing && (length > 1 || folded[at].len() > 2 || !small)
                    || at > 0 && closing && folded[at] == "co"
            });
            if let Some((form, length)) = form {
                bearing.forms.push(form);
                bearing.is_organisation = true;
                at += length;
                continue;
            }
            let word = folded[at].as_str();
            let last = at + 1 == words.len();
            if let Some(number) = number(word, at > 0) {
                bearing.numbers.push(number);
            } else if at > 0 && names.suffixes.contains(word) {
                bearing.suffixes.extend(suffix(word).map(str::to_owned));
            } else {
                let title = leading && !last && names.titles.contains(word);
                leading &= title;
                let particle = at > 0 && names.particles.contains(word)
                    || names.joiners.contains(word)
                    || names.definite.contains(word);
                let generic = names.company_words.contains(word);
                bearing.is_organisation |= generic;
                let weight = match () {
                    () if title || particle => Weight::Light,
                    () if generic => Weight::Generic,
                    () => Weight::Full,
                };
                if at > 0 && matches!(word, "bin" | "ibn" | "ben") && !bearing.parts.is_empty() {
                    bearing.son_of.get_or_insert(bearing.parts.len());
                }
                let mut part = Part::new(&words[at], weight);
                part.initials = (2..=3).contains(&word.len())
                    && (words[at].contains('.') || !shouted)
                    && !words[at].chars().any(char::is_lowercase);
                bearing.parts.push(part);
            }
            at += 1;
        }
        if bearing.parts.iter().any(|part| is_wade(&part.text)) {
            bearing.parts.iter_mut().for_each(|part| part.wade = true);
        }
        bearing.forms.sort_unstable();
        bearing.forms.dedup();
        bearing.numbers.sort_unstable();
        bearing.settle();
        bearing
    }

    /// A name of titles, particles or generic words alone has nothing else to be known by.
    fn settle(&mut self) {
        if !self.parts.iter().any(|part| part.weight == Weight::Full) {
            self.parts.iter_mut().for_each(|part| part.weight = Weight::Full);
        }
    }

    /// Whether all is the same as written, but for case and marks.
    pub fn is_written_as(&self, other: &Bearing) -> bool {
        let words = |of: &Bearing| -> Vec<String> {
            of.parts.iter().map(|part| part.written.clone()).collect()
        };
        self.agrees_with(other) && self.forms == other.forms && words(self) == words(other)
    }

    /// Whether the name has neither words nor numbers.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
            && self.suffixes.is_empty()
            && self.numbers.is_empty()
            && self.forms.is_empty()
    }

    /// The full words as one, none where there are only a few letters.
    pub fn glued(&self) -> Vec<String> {
        let full = self.parts.iter().filter(|part| part.weight != Weight::Light);
        if full.clone().any(|part| part.script == Script::Syllables) {
            return full.map(|part| part.written.clone()).collect();
        }
        vec![full.map(|part| part.text.as_str()).collect()]
    }

    /// Suffixes and numbers are the same.
    pub fn agrees_with(&self, other: &Bearing) -> bool {
        self.suffixes == other.suffixes && self.numbers == other.numbers
    }

    /// Parts or joins words as the other name has them: `Abd al-Rahman` and `Abdulrahman`,
    /// `RamiBell` and `Rami Bell`, `J. D.` and `JD`.
    pub fn fit(&mut self, other: &Bearing, language: &Language) {
        let mut at = 0;
        while at < self.parts.len() {
            self.spell_out(at, other);
            for length in [3, 2] {
                let Some(few) = self.parts.get(at..at + length) else { continue };
                if few.iter().all(|part| other.parts.iter().any(|word| word.text == part.text)) {
                    continue;
                }
                let text: String = few.iter().map(|part| part.text.as_str()).collect();
                let mut joined = few[0].clone();
                joined.written = few.iter().map(|part| part.written.as_str()).collect();
                joined.text = text;
                joined.weight = Weight::Full;
                // `K. Harrow` is not `Kharrow`, a slip of `Harrow`.
                let new = |word: &Part| !few.iter().any(|part| is_like(word, part, language));
                let fits = joined.text.len() >= 5
                    && other.parts.iter().any(|word| is_like(word, &joined, language) && new(word));
                if fits && joined.script != Script::Syllables {
                    if self.son_of.is_some_and(|of| of > at) {
                        self.son_of = self.son_of.map(|of| of.saturating_sub(length - 1).max(at));
                    }
                    self.parts.splice(at..at + length, [joined]);
                    break;
                }
            }
            at += 1;
        }
    }

    /// Makes words of initials, where the other name has words that begin so in a row.
    fn spell_out(&mut self, at: usize, other: &Bearing) {
        let part = &self.parts[at];
        if !part.initials {
            return;
        }
        let letters: Vec<char> = part.text.chars().collect();
        let row = other.parts.windows(letters.len()).any(|row| {
            row.iter().zip(&letters).all(|(word, &letter)| word.text.starts_with(letter))
        });
        if row && other.parts.len() > letters.len() {
            let parts = letters.iter().map(|letter| Part::new(&letter.to_string(), Weight::Full));
            let parts: Vec<Part> = parts.collect();
            self.parts.splice(at..=at, parts);
        }
    }
}

/// Digits that a scan has put for letters, inside of a word: `Be11`.
fn letters(word: &str) -> String {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters < 3 || letters == word.len() || !word.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return word.to_owned();
    }
    word.replace('0', "o").replace('1', "i").replace('3', "e").replace('5', "s")
}

/// `Bell, Ada` as `Ada Bell`; `Velkor, Inc.` stays.
fn in_order(name: &str, language: &Language) -> String {
    let Some((family, given)) = name.split_once([',', '،']) else { return name.to_owned() };
    let folded: Vec<String> = words(given).iter().map(|word| fold_name(word)).collect();
    let first = folded.first().map_or("", String::as_str);
    let apart = language.names.suffixes.contains(first)
        || folded.iter().enumerate().any(|(at, _)| legal_form(&folded[at..], language).is_some());
    if apart || given.contains(',') || given.trim().is_empty() {
        return name.to_owned();
    }
    format!("{given} {family}")
}

/// The words of a name: apart at blanks and hyphens, and inside of one where a capital follows a
/// small letter, unless it is but a prefix: `RamiBell`, `McBell`.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let alone = !name.trim().contains(char::is_whitespace);
    for token in
        name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/' | '·' | '・' | '‌'))
    {
        let mut word = String::new();
        let mut small = 0;
        for letter in token.chars() {
            if alone && letter.is_uppercase() && small >= 3 {
                words.push(std::mem::take(&mut word));
                small = 0;
            }
            small = if letter.is_lowercase() { small + 1 } else { 0 };
            word.push(letter);
        }
        words.push(word);
    }
    words.iter_mut().for_each(|word| {
        let kept = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '&');
        *word = kept.trim_start_matches('.').to_owned();
    });
    words.retain(|word| word.contains(char::is_alphanumeric));
    words
}

/// A syllable that pinyin spells in another way.
fn is_wade(word: &str) -> bool {
    word.len() < 7
        && (word.starts_with("hs") || word.starts_with("ts") || word.starts_with("tz"))
        && word.len() > 2
}

/// The longest legal form that the words begin with, and its length in words.
fn legal_form(words: &[String], language: &Language) -> Option<(&'static str, usize)> {
    (1..=words.len().min(5)).rev().find_map(|length| {
        let form = language.names.legal_forms.get(&words[..length].join(" "))?;
        Some((form, length))
    })
}

/// Whether nothing but legal forms stands here.
fn are_forms(words: &[String], language: &Language) -> bool {
    words.is_empty()
        || legal_form(words, language)
            .is_some_and(|(_, length)| are_forms(&words[length..], language))
}

/// What tells a son from his father; `PhD` and `Esq` tell nothing.
fn suffix(word: &str) -> Option<&'static str> {
    match word {
        "jr" | "junior" => Some("jr"),
        "sr" | "senior" => Some("sr"),
        _ => None,
    }
}

/// A number in digits or, after the first word, of two and more Roman letters.
fn number(word: &str, roman: bool) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return digits.parse().ok();
    }
    let value = |letter: u8| match letter {
        b'i' => 1,
        b'v' => 5,
        b'x' => 10,
        _ => 0,
    };
    if !roman || word.len() < 2 || word.len() > 6 || word.bytes().any(|letter| value(letter) == 0) {
        return None;
    }
    let values: Vec<i32> = word.bytes().map(value).collect();
    let total: i32 = (0..values.len())
        .map(|at| {
            let less = values.get(at + 1).is_some_and(|&next| next > values[at]);
            if less { -values[at] } else { values[at] }
        })
        .sum();
    u32::try_from(total).ok().filter(|&total| word != "xi" && total > 0)
}
