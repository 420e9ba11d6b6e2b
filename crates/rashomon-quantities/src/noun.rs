//! What is counted, and what happened to it.

use crate::lexeme::{Kind, Lexemes};

/// How many words a counted thing may have.
const LONGEST: usize = 6;

/// Whether a word may be a plural noun.
pub(crate) fn is_plural(words: &Lexemes<'_>, at: usize) -> bool {
    let numbers = &words.language.numbers;
    let word = words.lower(at);
    if !words.is_word(at) {
        return false;
    }
    if numbers.plurals.binary_search_by_key(&word, |&(plural, _)| plural).is_ok() {
        return true;
    }
    word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("ous")
        && numbers.not_plural.binary_search(&word).is_err()
}

/// The head noun of what is counted after a number: its place in the sentence.
///
/// Without a tagger: the run of words up to one that no noun phrase holds, and of these the first
/// plural, or for a single thing the last word.
pub(crate) fn counted(words: &Lexemes<'_>, at: usize, single: bool) -> Option<usize> {
    let mut start = at;
    if words.lower(start) == "of" {
        start = after_determiners(words, start + 1)?;
    } else {
        while words.language.numbers.noun_openers.contains(&words.lower(start)) {
            start += 1;
        }
    }
    let end = run_end(words, start);
    if end == start {
        return None;
    }
    let plural = (start..end).find(|&at| is_plural(words, at));
    if let Some(mut head) = plural
        && (!single || start > at)
    {
        // "police officers", "women voters": the last of plurals in a row.
        let numbers = &words.language.numbers;
        let known = |at| {
            numbers.plurals.binary_search_by_key(&words.lower(at), |&(plural, _)| plural).is_ok()
        };
        while head + 1 < end && is_plural(words, head + 1) && known(head) {
            head += 1;
        }
        return Some(head);
    }
    (single || start > at && words.lower(at) == "of")
        .then(|| (start..end).rev().find(|&at| words.is_word(at)))
        .flatten()
}

/// The same after `half the`, where a determiner stands instead of `of`.
pub(crate) fn counted_all(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    let start = after_determiners(words, at)?;
    (start > at).then(|| counted(words, start, true)).flatten()
}

/// Skips the article, possessive or demonstrative after `of`.
fn after_determiners(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    let mut next = at;
    while words.is_word(next) && words.language.words.is_function_word(words.lower(next)) {
        next += 1;
        if next > at + 3 {
            return None;
        }
    }
    // "of Johnson’s deputies", "of the country’s mayors"
    if words.get(next + 1).is_some_and(|after| after.kind == Kind::Clitic) {
        next += 2;
    } else if words.get(next + 2).is_some_and(|after| after.kind == Kind::Clitic) {
        next += 3;
    }
    Some(next)
}

fn run_end(words: &Lexemes<'_>, start: usize) -> usize {
    let mut end = start;
    while end < words.len() && end - start < LONGEST {
        let Some(word) = words.get(end) else { break };
        let breaks = match word.kind {
            Kind::Word => {
                let lower = word.lower.as_ref();
                words.language.numbers.noun_breaks.binary_search(&lower).is_ok()
                    || words.language.words.is_function_word(lower)
                    || lower.len() > 4 && lower.ends_with("ly")
                    || end > start && is_participle(words, end) && !word.capital && {
                        // "two wounded men", but "two men wounded"
                        !words.is_word(end + 1)
                            || is_plural(words, end - 1)
                            || words.language.words.is_function_word(words.lower(end + 1))
                    }
            }
            Kind::Mark => !(words.is_hyphen(end) && end > start),
            Kind::Number(_) | Kind::Ordinal(_) | Kind::Clitic => true,
        };
        if breaks {
            break;
        }
        end += 1;
    }
    while end > start && !words.is_word(end - 1) {
        end -= 1;
    }
    end
}

pub(crate) fn is_participle(words: &Lexemes<'_>, at: usize) -> bool {
    let word = words.lower(at);
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")
        || words.language.numbers.role_verbs.binary_search(&word).is_ok()
}

/// The word that tells what happened: after what is counted (`15 people were killed`), or before
/// the figure (`killing 15`).
pub(crate) fn role(words: &Lexemes<'_>, start: usize, end: usize) -> Option<usize> {
    let numbers = &words.language.numbers;
    for next in end..end + 4 {
        if !words.is_word(next) {
            break;
        }
        let word = words.lower(next);
        let state = |at: usize| numbers.role_adjectives.binary_search(&words.lower(at)).is_ok();
        if is_participle(words, next) && state(next + 1) {
            return Some(next + 1); // "feared dead"
        }
        if numbers.role_adjectives.binary_search(&word).is_ok() || is_participle(words, next) {
            return Some(next);
        }
        let skipped = numbers.role_fillers.binary_search(&word).is_ok();
        let adverb = word.len() > 4 && word.ends_with("ly");
        if !(skipped || adverb) {
            break;
        }
    }
    let mut at = start;
    for _ in 0..3 {
        at = at.checked_sub(1)?;
        if !words.is_word(at) {
            return None;
        }
        let word = words.lower(at);
        let gerund = word.len() > 5 && word.ends_with("ing") && !words.capital(at);
        if is_participle(words, at) || gerund {
            return Some(at);
        }
        if numbers.change_fillers.binary_search(&word).is_err() {
            return None;
        }
    }
    None
}
