use std::collections::HashMap;

use rashomon_article::EntityKind;
use rashomon_language::Language;

use crate::entities::Group;
use crate::find::Found;
use crate::kind::{KINDS, PERSON};
use crate::word::Words;

/// Acronyms and the names they stand for, by group: `National Dockers’ Union (NDU)`, or the only
/// name of the report with these initials.
pub(crate) fn acronyms(
    words: &Words<'_>,
    found: &[Found],
    groups: &[Group],
    language: &Language,
) -> HashMap<usize, usize> {
    if !groups.iter().any(|group| letters(words, group).is_some()) {
        return HashMap::new();
    }
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        let range = group.fullest.words.clone();
        if range.len() > 1 && group.kind != PERSON {
            let parts: Vec<String> = range
                .map(|at| &words.words[at])
                .filter(|w| w.is_word())
                .map(|w| w.lower.clone())
                .collect();
            for initials in initials(&parts, language) {
                by_initials.entry(initials).or_default().push(at);
            }
        }
    }
    let mut joined = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        let Some(letters) = letters(words, group) else { continue };
        let expansion = by_initials.get(&letters).and_then(|fitting| match fitting[..] {
            [one] => Some(one),
            _ => None,
        });
        let bracketed = || bracketed(words, found, groups, group, language);
        if let Some(expansion) = expansion.or_else(bracketed) {
            joined.insert(at, expansion);
        }
    }
    joined
}

/// The letters of a name that is one word in capitals.
fn letters(words: &Words<'_>, group: &Group) -> Option<String> {
    let only = &words.words[group.fullest.words.start];
    let acronym = group.fullest.words.len() == 1 && only.is_all_capitals();
    acronym.then(|| only.lower.chars().filter(|c| c.is_alphanumeric()).collect())
}

/// The name right before an acronym in brackets. Letters that do not fit are of its name in
/// another language, `National Weather Institute (INM)`, unless they name a place: `(UK)`.
fn bracketed(
    words: &Words<'_>,
    found: &[Found],
    groups: &[Group],
    acronym: &Group,
    language: &Language,
) -> Option<usize> {
    let names = &language.names;
    let named = |at: usize| {
        let start = found[at].words.start;
        let opens = words.before(start).is_some_and(|before| before.is_mark("("));
        let closes = words.get(found[at].words.end).is_some_and(|after| after.is_mark(")"));
        let before = found.get(at.checked_sub(1)?)?;
        let adjacent = before.words.end + 1 == start && before.words.len() > 1;
        if !(opens && closes && adjacent) {
            return None;
        }
        let initial = |at: usize| words.words[at].lower.chars().next();
        let fits = initial(start) == initial(before.words.start);
        let group = groups.iter().position(|g| g.kind != PERSON && g.names.contains(&(at - 1)))?;
        let known = names.places.contains(&found[at].key) || names.others.contains(&found[at].key);
        let organisation = KINDS[groups[group].kind] == EntityKind::Organization;
        (fits || organisation && !known).then_some(group)
    };
    acronym.names.iter().find_map(|&at| named(at))
}

/// The acronyms that a name of two words and more may have: of its initials with and without
/// small words, without the head of a department (`HHS`), without what `and` adds (`CDC`). Those
/// of two letters fit too much.
pub(crate) fn initials(words: &[String], language: &Language) -> Vec<String> {
    let small = |word: &str| language.words.is_function_word(word);
    let of = |words: &[String], all: bool| -> String {
        let kept = words.iter().filter(|word| all || !small(word));
        kept.filter_map(|word| word.chars().next()).collect()
    };
    let mut acronyms = vec![of(words, false), of(words, true)];
    if let [head, joiner, rest @ ..] = words
        && language.names.departments.contains(head)
        && small(joiner)
    {
        acronyms.push(of(rest, false));
    }
    if let [start @ .., and, _] = words
        && small(and)
        && start.len() > 2
    {
        acronyms.push(of(start, false));
    }
    acronyms.retain(|letters| letters.len() >= 3);
    acronyms.sort_unstable();
    acronyms.dedup();
    acronyms
}
