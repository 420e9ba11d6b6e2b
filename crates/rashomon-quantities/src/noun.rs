//! What is counted, and what happened to it.

use crate::figure::figure;
use crate::lexeme::{Kind, Lexemes};
use crate::measure;

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
        && (word.ends_with('s') || word.ends_with("men"))
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
    // "45 out of its 65 turbines"
    let out = words.is_phrase(start, &["out", "of"]);
    let of = out || words.lower(start) == "of";
    if of {
        start = after_determiners(words, start + if out { 2 } else { 1 })?;
        // "half of the 300 workers", "two-thirds of the combined 4.3 million sales"
        if let Some(after) = past_figure(words, start).or_else(|| past_figure(words, start + 1)) {
            start = after;
        }
        let numbers = &words.language.numbers;
        let state = numbers.role_adjectives.binary_search(&words.lower(start)).is_ok();
        if start > at + 1 && state && !is_plural(words, start + 1) {
            return Some(start); // "half of the dead"
        }
    } else {
        while words.language.numbers.noun_openers.contains(&words.lower(start)) {
            start += 1;
        }
        // "six 50 kg bags"
        if let Some(measured) = past_measure(words, start) {
            start = measured;
        }
    }
    let mut end = run_end(words, start);
    if end == start {
        return None;
    }
    if let Some(further) = coordinated(words, start, end, of).filter(|_| !single || of) {
        end = further;
    }
    let numbers = &words.language.numbers;
    let all = (start..end).filter(|&at| is_plural(words, at));
    // "10 Hamas fighters": a name that ends like a plural stands before the real one.
    let lower = all.clone().find(|&at| !words.capital(at));
    let plural = lower.filter(|&at| !is_verb(words, start, at)).or_else(|| all.clone().next());
    if let Some(mut head) = plural
        && (!single || start > at)
        && !is_verb(words, start, head)
    {
        // "police officers", "women voters": the last of plurals in a row.
        let known = |at| {
            numbers.plurals.binary_search_by_key(&words.lower(at), |&(plural, _)| plural).is_ok()
        };
        // "19 fouls proves it": what takes an object is a verb.
        let verb = |at: usize| {
            words.language.words.is_function_word(words.lower(at + 1))
                && !matches!(
                    words.lower(at + 1),
                    "of" | "in" | "at" | "on" | "from" | "were" | "are"
                )
                && numbers.verbs_like_plurals.binary_search(&words.lower(at)).is_ok()
        };
        // "rights groups", "sports teams"
        let attributive = |at| numbers.attributive_plurals.binary_search(&words.lower(at)).is_ok();
        while head + 1 < end
            && is_plural(words, head + 1)
            && (known(head) || attributive(head))
            && !verb(head + 1)
        {
            head += 1;
        }
        return Some(head);
    }
    // "83% of the war dead"
    if of && numbers.role_adjectives.binary_search(&words.lower(end)).is_ok() {
        return Some(end);
    }
    let verb = (start + 1..end).find(|&at| is_verb(words, start, at));
    let end = verb.unwrap_or(end);
    (single || start > at && of).then(|| (start..end).rev().find(|&at| words.is_word(at))).flatten()
}

/// `the population lives in`: a verb that looks like a plural, between a singular and its adverb.
fn is_verb(words: &Lexemes<'_>, start: usize, at: usize) -> bool {
    let numbers = &words.language.numbers;
    at > start
        && numbers.verbs_like_plurals.binary_search(&words.lower(at)).is_ok()
        && !is_plural(words, at - 1)
        && numbers.after_verbs.contains(&words.lower(at + 1))
}

/// Past a number within a noun phrase.
fn past_figure(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    words.number_at(at).and_then(|_| figure(words, at, false)).map(|figure| figure.end)
}

/// Past a measure within a noun phrase: `50kg` in `six 50kg bags`.
fn past_measure(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    let end = past_figure(words, at)?;
    measure::after(words, end, false).map(|found| found.end).filter(|&end| !words.is_hyphen(end))
}

/// Where the phrase ends that goes on after `and`: `digital and physical sales`. Only where no
/// plural came before.
fn coordinated(words: &Lexemes<'_>, start: usize, end: usize, of: bool) -> Option<usize> {
    let joint = matches!(words.lower(end), "and" | "or" | "&");
    let whole = (start..end).any(|at| is_plural(words, at) && !words.capital(at));
    let verb = !of && end == start + 1 && is_participle(words, start) && !words.capital(start);
    let number = words.language.numbers.cardinal(words.lower(end + 1)).is_some();
    if !joint || whole || verb || number {
        return None;
    }
    let further = run_end(words, end + 1);
    let plural = (end + 1..further).any(|at| is_plural(words, at) && !words.capital(at));
    plural.then_some(further)
}

/// A pronoun that stands for what is counted after `of`: `of them`, `of those who left`.
pub(crate) fn is_pronoun(words: &Lexemes<'_>, at: usize) -> bool {
    let numbers = &words.language.numbers;
    let word = words.lower(at);
    let next = words.lower(at + 1);
    let alone = !words.is_word(at + 1)
        || words.language.words.is_function_word(next)
        || numbers.noun_breaks.binary_search(&next).is_ok()
        || is_participle(words, at + 1)
        || next.ends_with("ing");
    // "of US voters", "of IT leaders"
    let name = words.upper(at);
    !name && numbers.counted_pronouns.contains(&word)
        || numbers.counted_demonstratives.contains(&word) && alone
}

/// The same after `half the`, where a determiner stands instead of `of`.
pub(crate) fn counted_all(words: &Lexemes<'_>, at: usize) -> Option<usize> {
    let start = after_determiners(words, at)?;
    if start == at {
        return None;
    }
    counted(words, start, false).or_else(|| counted(words, start, true))
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
    // "of Johnson’s deputies", "of the country’s mayors", but not "of the reasons we’re here"
    let owner = |at: usize| {
        words.get(at).is_some_and(|after| after.kind == Kind::Clitic)
            && matches!(words.lower(at), "'s" | "’s" | "'" | "’")
    };
    if owner(next + 1) {
        next += 2;
    } else if owner(next + 2) && words.is_word(next + 1) {
        next += 3;
    } else {
        // "of Mr. Quist’s lawyers"
        let named = |at: usize| {
            words.capital(at) || words.is_hyphen(at) || words.lower(at) == "." && words.glued(at)
        };
        let end = (next..next + LONGEST).find(|&at| !named(at)).unwrap_or(next);
        if owner(end) {
            next = end + 1;
        }
    }
    Some(next)
}

fn run_end(words: &Lexemes<'_>, start: usize) -> usize {
    let mut end = start;
    while end < words.len() && end - start < LONGEST {
        let Some(word) = words.get(end) else { break };
        let breaks = match word.kind {
            // "call-up orders", "long-serving guards", "ten missing children"
            Kind::Word if end > start && words.is_hyphen(end - 1) => false,
            Kind::Word if words.is_hyphen(end + 1) => false,
            Kind::Word if end == start && is_attribute(words, end) => false,
            Kind::Word => {
                let lower = word.lower.as_ref();
                words.language.numbers.noun_breaks.binary_search(&lower).is_ok()
                    || words.language.words.is_function_word(lower)
                    || lower.len() > 4 && lower.ends_with("ly")
                    || is_gerund(words, end)
                    || end > start && is_participle(words, end) && !word.capital && {
                        // "two wounded men", but "two men wounded"
                        !words.is_word(end + 1)
                            || is_plural(words, end - 1)
                            || words.language.words.is_function_word(words.lower(end + 1))
                    }
            }
            Kind::Mark => !((words.is_hyphen(end) || is_slash(words, end)) && end > start),
            // "COVID-19 deaths"
            Kind::Number(_) => !(end > start && words.is_hyphen(end - 1)),
            Kind::Ordinal(_) | Kind::Clitic => true,
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

/// `Ada/Bell pollsters`: names of one thing.
fn is_slash(words: &Lexemes<'_>, at: usize) -> bool {
    words.lower(at) == "/" && words.glued(at) && words.glued(at + 1) && words.capital(at + 1)
}

/// `one man carrying a flag`: a verb with its object rather than a noun.
fn is_gerund(words: &Lexemes<'_>, at: usize) -> bool {
    let word = words.lower(at);
    word.len() > 4
        && word.ends_with("ing")
        && words.language.words.is_function_word(words.lower(at + 1))
        && words.language.numbers.nouns_like_gerunds.binary_search(&word).is_err()
}

/// A participle or state right before a plural: `ten living children`, `five dead whales`.
fn is_attribute(words: &Lexemes<'_>, at: usize) -> bool {
    let numbers = &words.language.numbers;
    let word = words.lower(at);
    let state = word.ends_with("ing")
        || is_participle(words, at)
        || numbers.role_adjectives.binary_search(&word).is_ok();
    state && is_plural(words, at + 1) && !words.capital(at + 1)
}

pub(crate) fn is_participle(words: &Lexemes<'_>, at: usize) -> bool {
    let word = words.lower(at);
    word.len() > 3 && word.ends_with("ed") && !word.ends_with("eed")
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
        let state = |at: usize| {
            numbers.role_adjectives.binary_search(&words.lower(at)).is_ok()
                || is_participle(words, at)
        };
        if is_participle(words, next) && state(next + 1) {
            return Some(next + 1); // "feared dead", "confirmed killed"
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
        let gerund = word.len() > 5
            && word.ends_with("ing")
            && !words.capital(at)
            && !numbers.prepositions_like_gerunds.contains(&word);
        let present = numbers.role_presents.binary_search(&word).is_ok();
        // "a whopping $3 million"
        let attribute = at > 0 && matches!(words.before(at), "a" | "an" | "the");
        if (is_participle(words, at) || gerund || present) && !attribute {
            return Some(at);
        }
        if numbers.change_fillers.binary_search(&word).is_err() {
            return None;
        }
    }
    None
}
