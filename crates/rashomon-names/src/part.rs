use std::ops::Range;

use rashomon_language::Language;

use crate::run::{is_written_as_name, known_at};
use crate::word::Words;

/// A stretch of a run: a name, or a title that goes before one.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The words of the name; empty where the title stands alone.
    pub name: Range<usize>,
    /// The words of the title before it.
    pub title: Option<Range<usize>>,
}

/// The names in a run, titles and nationalities split off.
pub(crate) fn parts(words: &Words<'_>, run: Range<usize>, language: &Language) -> Vec<Part> {
    let Some(run) = trim(words, run, language) else { return Vec::new() };
    let mut parts = Vec::new();
    if let Some(at) = named_after_office(words, &run, language) {
        parts.push(Part { name: at..run.end, title: Some(run.start..at) });
        return parts;
    }
    if let Some(title) = last_title(words, run.clone(), language) {
        if title.start > run.start {
            parts.extend(self::parts(words, run.start..title.start, language));
        }
        parts.push(Part { name: title.end..run.end, title: Some(title) });
        return parts;
    }
    match split(words, run.clone(), language) {
        Some(at) => {
            parts.push(Part { name: run.start..at, title: None });
            parts.extend(self::parts(words, at..run.end, language));
        }
        None => parts.push(Part { name: run, title: None }),
    }
    parts
}

/// Drops what a sentence's start or a modifier puts before the name.
fn trim(words: &Words<'_>, run: Range<usize>, language: &Language) -> Option<Range<usize>> {
    let names = &language.names;
    let mut start = run.start;
    let mut end = run.end;
    while start < end {
        let word = &words.words[start];
        let known = known_at(words, start, end, language).is_some();
        let small =
            language.words.is_function_word(&word.lower) || names.common.contains(&word.lower);
        let given = !word.first && names.given.contains(&word.lower) && word.is_capital();
        let modifier = names.title_modifiers.contains(&word.lower);
        let seen_small = words.casing(&word.lower).lower > 0;
        let drop = !word.is_word()
            || (!known
                && language.words.is_function_word(&word.lower)
                && !word.is_initial()
                && !given)
            || (!known
                && word.first
                && (small
                    || modifier
                    || (seen_small
                        && !names.given.contains(&word.lower)
                        && !names.titles.contains(&word.lower))));
        let drop = drop || !known && is_calling(words, start..end, language);
        let particle = names.particles.contains(&word.lower) && !word.is_capital();
        if !drop || particle {
            break;
        }
        start += 1;
    }
    while end > start
        && !words.words[end - 1].is_word()
        && words.words[end - 1].kind != rashomon_article::TokenKind::Number
    {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// `Baker Ada Bell`, `Operator Hidromanso`: a calling that opens the sentence, in front of a name.
fn is_calling(words: &Words<'_>, run: Range<usize>, language: &Language) -> bool {
    let names = &language.names;
    let (first, last) = (&words.words[run.start], &words.words[run.end - 1]);
    let person = run.len() >= 3 && names.person_nouns.contains(&first.lower);
    let organisation = run.len() == 2 && names.organisation_nouns.contains(&first.lower);
    let headed = names.organisation_heads.contains(&last.lower)
        || names.place_heads.contains(&last.lower)
        || names.other_heads.contains(&last.lower);
    let plain = words.words[run.start + 1..run.end].iter().all(|word| word.is_capital());
    first.first
        && (person || organisation)
        && !headed
        && plain
        && !names.given.contains(&first.lower)
}

/// Where the name begins in `Secretary of the Harbour Ada Bell`.
fn named_after_office(words: &Words<'_>, run: &Range<usize>, language: &Language) -> Option<usize> {
    let names = &language.names;
    let of =
        (run.start + 1..run.end.min(run.start + 4)).find(|&at| words.words[at].lower == "of")?;
    if !is_title(&words.phrase(run.start..of), language) {
        return None;
    }
    let from = of + 1 + usize::from(words.get(of + 1).is_some_and(|word| word.lower == "the"));
    let from = known_at(words, from, run.end, language).map_or(from + 1, |known| known.end);
    (from..run.end.saturating_sub(1)).find(|&at| {
        let word = &words.words[at];
        let given = names.given.contains(&word.lower) || names.nicknames.contains(&word.lower);
        given && word.is_capital() && words.words[at + 1].is_capital()
    })
}

/// The last title of the run that a name or nothing follows.
fn last_title(words: &Words<'_>, run: Range<usize>, language: &Language) -> Option<Range<usize>> {
    if run.len() > 1 && known_at(words, run.start, run.end, language) == Some(run.clone()) {
        return None;
    }
    let mut found: Option<Range<usize>> = None;
    let mut at = run.start;
    while at < run.end {
        let title = (at + 1..=run.end.min(at + 6)).rev().map(|to| at..to).find(|range| {
            words.words[range.end - 1].is_word() && is_title(&words.phrase(range.clone()), language)
        });
        let Some(mut title) = title else {
            at += 1;
            continue;
        };
        if words.get(title.end).is_some_and(|word| word.is_mark(".")) && title.end < run.end {
            title.end += 1;
        }
        if is_title_here(words, run.clone(), title.clone(), language) {
            found = Some(match found {
                Some(before) if before.end == title.start => before.start..title.end,
                _ => title.clone(),
            });
        }
        at = title.end;
    }
    found
}

/// A title, or several holders of it before the first of their names: `Judges`.
fn is_title(phrase: &str, language: &Language) -> bool {
    let titles = &language.names.titles;
    let one = |title: &str| title.len() > 3 && titles.contains(title);
    titles.contains(phrase) || phrase.strip_suffix('s').is_some_and(one)
}

fn is_title_here(
    words: &Words<'_>,
    run: Range<usize>,
    title: Range<usize>,
    language: &Language,
) -> bool {
    let names = &language.names;
    let single = words.phrase(title.clone());
    let ambiguous = names.ambiguous_titles.contains(&single);
    let before = run.start..title.start;
    let rest = title.end..run.end;
    if let Some(last) = rest.clone().last() {
        let last = &words.words[last].lower;
        let first = &words.words[rest.start];
        let headed = names.organisation_heads.contains(last)
            || names.place_heads.contains(last)
            || names.other_heads.contains(last);
        if headed && !names.given.contains(&first.lower) {
            return false;
        }
        if !first.is_word() || names.joiners.contains(&first.lower) {
            return false;
        }
    }
    if before.is_empty() {
        return true;
    }
    let last = &words.words[before.end - 1];
    let explained = names.title_modifiers.contains(&last.lower)
        || names.organisation_heads.contains(&last.lower)
        || names.titles.contains(&last.lower)
        || (before.start..before.end).any(|at| {
            known_at(words, at, before.end, language).is_some_and(|known| known.end == before.end)
        })
        || last.is_all_capitals();
    if explained {
        return true;
    }
    // `Apple CEO Tim Cook`, but not `Martin Luther King`.
    !ambiguous && !rest.is_empty() && !names.given.contains(&words.words[before.start].lower)
}

/// Where a nationality or a place ends and a name begins: `German | Angela Merkel`.
fn split(words: &Words<'_>, run: Range<usize>, language: &Language) -> Option<usize> {
    let names = &language.names;
    if let Some(at) = office_end(words, &run, language) {
        return Some(at);
    }
    let known = known_at(words, run.start, run.end, language)?;
    if known.end >= run.end {
        return None;
    }
    let last = &words.words[run.end - 1].lower;
    let headed = names.organisation_heads.contains(last)
        || names.place_heads.contains(last)
        || names.other_heads.contains(last)
        || names.heads_with_of.contains(&words.words[run.start].lower)
        || (known.end..run.end).any(|at| names.heads_with_of.contains(&words.words[at].lower));
    let rest = &words.words[known.end];
    if rest.is_mark("-") {
        return None;
    }
    let person = names.given.contains(&rest.lower) && run.end - known.end >= 2;
    let phrase = words.phrase(known.clone());
    let demonym =
        names.demonyms.contains(&phrase) && is_written_as_name(words, known.clone(), language);
    let other_known =
        known_at(words, known.end, run.end, language).is_some_and(|next| next.end == run.end);
    let given = names.given.contains(&phrase) && !names.demonyms.contains(&phrase);
    let numbered = words.words[run.end - 1].text.chars().any(|c| c.is_ascii_digit());
    ((demonym && !headed) || (person && !given && !headed) || (demonym && other_known) || numbered)
        .then_some(known.end)
}

/// `minister of Transport | Ada Bell`: what an office is of ends where a given name begins.
fn office_end(words: &Words<'_>, run: &Range<usize>, language: &Language) -> Option<usize> {
    let names = &language.names;
    let given = |at: usize| names.given.contains(&words.words[at].lower);
    let of = words.before(run.start).filter(|before| before.lower == "of")?;
    let office = words.before(run.start - 1).filter(|office| {
        let noun = office.lower.rsplit('-').next().unwrap_or_default();
        office.sentence == of.sentence
            && (names.titles.contains(noun) || names.person_nouns.contains(noun))
    });
    office?;
    let start = (run.start + 1..run.end.saturating_sub(1)).find(|&at| given(at))?;
    (!given(run.start) && words.words[run.start..run.end].iter().all(|word| word.is_capital()))
        .then_some(start)
}
