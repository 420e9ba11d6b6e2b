//! Words of a text in the form in which they are counted.

use rashomon::language::english;
use rashomon::text::Span;

/// A word in small letters with its place.
pub(super) type Word = (String, Span);

/// The words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((text[from..at].to_lowercase(), Span::new(from, at)));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Each word that says something by itself once, the longest first, which are rare mostly; all
/// words where none does.
pub(super) fn telling(words: &[Word]) -> Vec<&str> {
    let english = english();
    let all = words.iter().map(|(word, _)| word.as_str());
    let mut telling: Vec<&str> = all
        .clone()
        .filter(|word| !english.words.is_function_word(word) && word.len() > 1)
        .collect();
    if telling.is_empty() {
        telling = all.collect();
    }
    telling.sort_unstable();
    telling.dedup();
    telling.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    telling
}

/// Words as a phrase of the language of queries, in which nothing but them is meant.
pub(super) fn phrase(words: &str) -> String {
    let words: String = words
        .chars()
        .map(|c| if super::even::is_quotation_mark(c) || c.is_control() { ' ' } else { c })
        .collect();
    format!("\"{words}\"")
}
