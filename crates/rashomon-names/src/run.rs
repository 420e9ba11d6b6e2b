use std::ops::Range;

use rashomon_article::TokenKind;
use rashomon_language::Language;

use crate::word::Words;

/// The longest entry of the tables of names that starts at a word.
pub(crate) fn known_at(
    words: &Words<'_>,
    at: usize,
    end: usize,
    language: &Language,
) -> Option<Range<usize>> {
    let lengths = words.known.get(at).copied().unwrap_or_default();
    (1..=LONGEST.min(end.saturating_sub(at)))
        .rev()
        .filter(|length| lengths & (1 << length) != 0)
        .map(|length| at..at + length)
        .find(|range| is_written_as_name(words, range.clone(), language))
}

/// The most words that an entry of the tables has.
const LONGEST: usize = 7;

/// For each word the lengths of the entries of the tables that start there, as bits. Looked up
/// once, as every judgement on a name asks for it.
pub(crate) fn known_lengths(words: &Words<'_>, language: &Language) -> Vec<u8> {
    let names = &language.names;
    let tables = [names.places, names.organisations, names.others, names.demonyms];
    let mut known = vec![0; words.words.len()];
    for sentence in &words.sentences {
        for at in sentence.clone() {
            let word = &words.words[at];
            let starts = word.is_capital()
                || word.kind == TokenKind::Number
                || word.is_word() && names.particles.contains(&word.lower);
            if !starts {
                continue;
            }
            let found = |phrase: &str| tables.iter().any(|table| table.contains(phrase));
            if (word.is_word() || word.kind == TokenKind::Number) && found(&word.lower) {
                known[at] |= 1 << 1;
            }
            if !tables.iter().any(|table| table.goes_on_after(&word.lower)) {
                continue;
            }
            for end in at + 2..=sentence.end.min(at + LONGEST) {
                let last = &words.words[end - 1];
                let ends = last.is_word() || last.kind == TokenKind::Number;
                if ends && found(&words.phrase(at..end)) {
                    known[at] |= 1 << (end - at);
                }
            }
        }
    }
    known
}

/// `US`, `WHO` and `LA` name something only in capitals; so do other short or common words.
pub(crate) fn is_written_as_name(
    words: &Words<'_>,
    range: Range<usize>,
    language: &Language,
) -> bool {
    if range.len() > 1 {
        return words.words[range].iter().any(|word| word.is_capital());
    }
    let word = &words.words[range.start];
    let short = word.lower.len() <= 3 && !word.lower.contains('.') && !word.titled;
    let common = language.words.is_function_word(&word.lower);
    if short || common {
        word.is_all_capitals() && !shouted(words, word)
    } else {
        word.is_capital()
    }
}

/// Whether the whole sentence is in capitals.
fn shouted(words: &Words<'_>, word: &crate::word::Word<'_>) -> bool {
    word.titled
        && words.words[words.sentences[word.sentence].clone()]
            .iter()
            .filter(|word| word.is_word() && word.lower.len() > 3)
            .all(|word| word.is_all_capitals())
}

/// Capitalised stretches of a sentence that may hold names.
pub(crate) fn runs(
    words: &Words<'_>,
    sentence: Range<usize>,
    language: &Language,
) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let known = known_at(words, at, sentence.end, language);
        let starts = known.is_some() || starts_run(words, at, &sentence, language);
        if !starts {
            at += 1;
            continue;
        }
        let mut end = known.map_or(at + 1, |known| known.end);
        while let Some(further) = extend(words, at..end, sentence.end, language) {
            end = further;
        }
        runs.push(at..end);
        at = end;
    }
    runs
}

fn starts_run(words: &Words<'_>, at: usize, sentence: &Range<usize>, language: &Language) -> bool {
    let word = &words.words[at];
    if word.is_capital() {
        return is_name_word(words, at, sentence.end, language);
    }
    // `bin Laden`, `al-Assad`, `de Blasio`.
    let particle = word.is_word() && language.names.particles.contains(&word.lower);
    let next = at + 1;
    if !particle || next >= sentence.end {
        return false;
    }
    let after = if words.words[next].is_mark("-") { next + 1 } else { next };
    let article = words.before(at).is_some_and(|before| {
        language.words.is_function_word(&before.lower) && before.lower.len() < 4
    });
    !article
        && words.get(after).is_some_and(|next| next.is_capital() && next.sentence == word.sentence)
}

/// Whether a capitalised word can be part of a name: no month, unless a person bears its name.
fn is_name_word(words: &Words<'_>, at: usize, end: usize, language: &Language) -> bool {
    let word = &words.words[at];
    if word.text == "I" {
        return false;
    }
    let person = || {
        language.names.given.contains(&word.lower)
            && words.get(at + 1).is_some_and(|next| {
                at + 1 < end && next.is_capital() && !language.names.not_names.contains(&next.lower)
            })
    };
    !language.names.not_names.contains(&word.lower) || person()
}

/// Where the run goes on to, if it does.
fn extend(words: &Words<'_>, run: Range<usize>, end: usize, language: &Language) -> Option<usize> {
    let names = &language.names;
    let next = run.end;
    let capital = |at: usize| {
        at < end && words.words[at].is_capital() && is_name_word(words, at, end, language)
    };
    let known = |at: usize| known_at(words, at, end, language).map(|known| known.end);
    if next >= end {
        return None;
    }
    let last = &words.words[run.end - 1];
    let word = &words.words[next];
    if capital(next) && (!word.first || words.words[run.start].first) {
        return Some(known(next).unwrap_or(next + 1));
    }
    if word.is_mark(".") && word.glued {
        let abbreviation = last.is_initial()
            || language.segmentation.abbreviations.binary_search(&last.lower.as_str()).is_ok();
        return (abbreviation && capital(next + 1)).then_some(next + 2);
    }
    if word.is_mark("-") && word.glued {
        return hyphen(words, run, end, language);
    }
    if word.is_mark("&") || word.text == "'n'" {
        return capital(next + 1).then_some(next + 2);
    }
    let suffix = |at: usize| at < end && names.suffixes.contains(&words.words[at].lower);
    if word.is_mark(",") && suffix(next + 1) {
        return Some(next + 2);
    }
    if word.is_word() && names.particles.contains(&word.lower) {
        let mut at = next + 1;
        while at < end
            && (words.words[at].is_mark("-") || names.particles.contains(&words.words[at].lower))
            && at < next + 4
        {
            at += 1;
        }
        return capital(at).then_some(at + 1);
    }
    if names.joiners.contains(&word.lower) && !word.is_capital() {
        return join(words, run, end, language);
    }
    if word.kind == TokenKind::Clitic && last.is_word() {
        return possessive(words, run, end, language);
    }
    None
}

/// `Elmendorf-Richardson` is one name, `U.S.-Russia` are two.
fn hyphen(words: &Words<'_>, run: Range<usize>, end: usize, language: &Language) -> Option<usize> {
    let after = run.end + 1;
    let next = words.get(after).filter(|next| after < end && next.glued)?;
    let last = &words.words[run.end - 1];
    if next.text.starts_with(|c: char| c.is_ascii_digit()) && last.is_all_capitals()
        || last.is_initial() && next.kind == TokenKind::Number
    {
        return Some(after + 1);
    }
    if language.names.particles.contains(&next.lower)
        && words.get(after + 1).is_some_and(|w| w.is_mark("-"))
    {
        return Some(after + 3).filter(|&to| to <= end && words.words[to - 1].is_capital());
    }
    if !next.is_capital() {
        return is_second_half(words, &run, after, language).then_some(after + 1);
    }
    let stands_alone = |at: usize| {
        let word = &words.words[at];
        known_at(words, at, at + 1, language).is_some() || words.casing(&word.lower).alone > 0
    };
    if stands_alone(run.end - 1) && stands_alone(after) {
        return None;
    }
    Some(after + 1)
}

/// The second half of a given name, small after its hyphen: `Kim Sol-ho`, `Jean-pierre`.
fn is_second_half(
    words: &Words<'_>,
    run: &Range<usize>,
    after: usize,
    language: &Language,
) -> bool {
    let names = &language.names;
    let (last, next) = (&words.words[run.end - 1], &words.words[after]);
    let person = run.len() == 2 && next.lower.len() <= 5 || names.given.contains(&last.lower);
    let known = known_at(words, run.start, run.end, language).is_some();
    let goes_on = words.get(after + 1).is_some_and(|more| more.is_mark("-"));
    person
        && next.is_word()
        && !known
        && !goes_on
        && !last.is_all_capitals()
        && !names.compound_ends.contains(&next.lower)
}

/// `Ministry of Defence`, `Centers for Disease Control and Prevention`.
fn join(words: &Words<'_>, run: Range<usize>, end: usize, language: &Language) -> Option<usize> {
    let names = &language.names;
    let joiner = &words.words[run.end];
    let last = &words.words[run.end - 1];
    let mut after = run.end + 1;
    if words.get(after).is_some_and(|word| word.lower == "the" && !word.is_capital()) {
        after += 1;
    }
    let next = words.get(after).filter(|next| after < end && next.is_capital() && !next.first)?;
    if names.not_names.contains(&next.lower) {
        return None;
    }
    if joiner.lower == "and" {
        let joined = words.words[run.clone()].iter().any(|word| {
            names.joiners.contains(&word.lower) && !word.is_capital() && word.lower != "and"
        });
        let single = known_at(words, after, end, language).is_none()
            && !names.titles.contains(&next.lower)
            && !names.given.contains(&next.lower)
            && !next.is_all_capitals()
            && after == run.end + 1;
        return (joined && single || is_double_head(words, run, after, end, language))
            .then_some(after + 1);
    }
    names.heads_with_of.contains(&last.lower).then_some(after + 1)
}

/// `the Food and Drug Administration`: one name, as the head of an organisation ends both halves.
fn is_double_head(
    words: &Words<'_>,
    run: Range<usize>,
    after: usize,
    end: usize,
    language: &Language,
) -> bool {
    let names = &language.names;
    let led = words.before(run.start).is_some_and(|before| before.lower == "the");
    let owner = |at: usize| {
        words.words[at].kind == TokenKind::Clitic
            && names.groups.contains(&words.words[at - 1].lower)
    };
    let last = (after..end).take_while(|&at| words.words[at].is_capital() || owner(at)).last();
    let headed = last.is_some_and(|last| {
        last > after && names.organisation_heads.contains(&words.words[last].lower)
    });
    let unknown = |at: usize| known_at(words, at, end, language).is_none();
    let first = &words.words[run.end - 1].lower;
    let open = run.len() <= 2
        && !names.organisation_heads.contains(first)
        && !names.titles.contains(first);
    led && headed && open && unknown(run.start) && !names.given.contains(&words.words[after].lower)
}

/// `National Dockers’ Union`, `People’s Republic`: the owner is part of the name.
fn possessive(
    words: &Words<'_>,
    run: Range<usize>,
    end: usize,
    language: &Language,
) -> Option<usize> {
    let owner = &words.words[run.end - 1];
    if !language.names.groups.contains(&owner.lower) || !owner.is_capital() {
        return None;
    }
    let after = run.end + 1;
    (after < end && words.words[after].is_capital()).then_some(after + 1)
}
