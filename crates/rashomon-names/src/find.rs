use std::collections::HashSet;
use std::ops::Range;

use rashomon_article::TokenKind;
use rashomon_language::Language;
use rashomon_text::Span;

use crate::part::{Part, parts};
use crate::run::{is_written_as_name, known_at, runs};
use crate::word::Words;

/// A name where it stands, not yet known whose.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub words: Range<usize>,
    pub span: Span,
    /// The words in lower case, as the tables have them.
    pub key: String,
    /// The title before it.
    pub title: Option<Range<usize>>,
}

/// All names of the text, in order, and the titles that stand without a name.
pub(crate) fn find(words: &Words<'_>, language: &Language) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in &words.sentences {
        if !words.words[sentence.clone()].iter().any(|word| word.titled) {
            for run in runs(words, sentence.clone(), language) {
                found.extend(
                    parts(words, run, language)
                        .into_iter()
                        .filter(|part| is_name(words, part, language))
                        .map(|part| make(words, part)),
                );
            }
        }
    }
    let known: HashSet<String> = found.iter().flat_map(|name| forms(words, name)).collect();
    for sentence in &words.sentences {
        if words.words[sentence.clone()].iter().any(|word| word.titled) {
            found.extend(in_headline(words, sentence.clone(), &known, language));
        }
    }
    found.sort_by_key(|name| name.span);
    found
}

fn make(words: &Words<'_>, part: Part) -> Found {
    Found {
        span: words.span(part.name.clone()),
        key: words.phrase(part.name.clone()),
        words: part.name,
        title: part.title,
    }
}

/// The forms in which a headline may use a name of the body: all of it, or its last word.
fn forms(words: &Words<'_>, name: &Found) -> Vec<String> {
    let last = &words.words[name.words.end - 1];
    let mut forms = vec![name.key.clone()];
    if name.words.len() > 1 && last.is_capital() && words.casing(&last.lower).lower == 0 {
        forms.push(last.lower.clone());
    }
    forms
}

/// Whether a stretch of capitals names anything.
fn is_name(words: &Words<'_>, part: &Part, language: &Language) -> bool {
    let names = &language.names;
    if part.name.is_empty() {
        return false;
    }
    let first = &words.words[part.name.start];
    let known = known_at(words, part.name.start, part.name.end, language)
        .is_some_and(|known| known == part.name);
    if known {
        return true;
    }
    if part.name.len() > 1 {
        return words.words[part.name.clone()].iter().any(|word| {
            word.is_capital() && !word.is_initial() && !language.words.is_function_word(&word.lower)
        });
    }
    if first.is_initial()
        || names.not_names.contains(&first.lower)
        || names.titles.contains(&first.lower)
    {
        return false;
    }
    if first.lower.chars().count() < 2 || language.words.is_function_word(&first.lower) {
        return false;
    }
    if part.title.is_some() {
        return words.casing(&first.lower).lower == 0;
    }
    let casing = words.casing(&first.lower);
    if names.common.contains(&first.lower) {
        return !first.first && casing.lower == 0 && casing.capital > 0 && first.is_all_capitals();
    }
    if first.first {
        let owns = words
            .get(part.name.end)
            .is_some_and(|next| next.kind == TokenKind::Clitic && next.lower.ends_with('s'));
        return casing.lower == 0
            && (casing.capital > 0
                || names.given.contains(&first.lower)
                || is_acronym(words, part)
                || owns
                || is_organisation_here(words, part, language));
    }
    casing.lower <= casing.capital
}

/// Three to five capitals that no sentence's start explains, before words that are not shouted.
fn is_acronym(words: &Words<'_>, part: &Part) -> bool {
    let word = &words.words[part.name.start];
    let small = |next: &crate::word::Word<'_>| {
        next.sentence == word.sentence && next.is_word() && !next.is_capital()
    };
    word.is_all_capitals()
        && (3..=5).contains(&word.lower.chars().count())
        && words.get(part.name.end).is_some_and(small)
}

/// `Hidromanso, which runs the dam,`: a word that opens its sentence and is no noun of the tables.
fn is_organisation_here(words: &Words<'_>, part: &Part, language: &Language) -> bool {
    let names = &language.names;
    let first = &words.words[part.name.start];
    let noun = names.organisation_nouns.contains(&first.lower)
        || names.organisation_heads.contains(&first.lower)
        || names.place_heads.contains(&first.lower)
        || names.person_nouns.contains(&first.lower)
        || first.lower.ends_with('s');
    !noun
        && words.get(part.name.end).is_some_and(|next| next.is_mark(","))
        && crate::kind::organisation_after_comma(words, part.name.end + 1, language) > 0
}

/// Names in a line where every word has a capital: only what the body or the tables name.
fn in_headline(
    words: &Words<'_>,
    sentence: Range<usize>,
    known: &HashSet<String>,
    language: &Language,
) -> Vec<Found> {
    let names = &language.names;
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if !words.words[at].is_capital() {
            at += 1;
            continue;
        }
        let longest = (at + 1..=sentence.end.min(at + 8)).rev().map(|to| at..to).find(|range| {
            let last = &words.words[range.end - 1];
            (last.is_word() || last.kind == TokenKind::Number)
                && (known.contains(&words.phrase(range.clone()))
                    && is_written_as_name(words, range.clone(), language)
                    || known_at(words, at, range.end, language) == Some(range.clone()))
        });
        let given = names.given.contains(&words.words[at].lower)
            && known_at(words, at, at + 1, language).is_none()
            && words.get(at + 1).is_some_and(|next| {
                next.sentence == words.words[at].sentence
                    && next.is_capital()
                    && words.casing(&next.lower).lower == 0
                    && !names.common.contains(&next.lower)
                    && !names.not_names.contains(&next.lower)
                    && !language.words.is_function_word(&next.lower)
                    && !next.lower.ends_with("ing")
                    && !names.saying.contains(&next.lower)
            });
        let range = match longest {
            Some(range) if range.len() > 1 || !given => range,
            _ if given => at..at + 2,
            _ => {
                at += 1;
                continue;
            }
        };
        let title = (sentence.start.max(at.saturating_sub(4))..at)
            .map(|from| from..at)
            .find(|title| names.titles.contains(&words.phrase(title.clone())));
        at = range.end;
        found.push(make(words, Part { name: range, title }));
    }
    found
}
