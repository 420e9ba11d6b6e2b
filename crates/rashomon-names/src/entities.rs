use std::collections::HashMap;

use rashomon_article::{Entity, EntityIndex, Mention, MentionForm};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::find::Found;
use crate::gender::Gender;
use crate::kind::{self, KINDS, ORGANIZATION, OTHER, PERSON, PLACE, Votes};
use crate::word::Words;

/// Names taken to be of one bearer.
#[derive(Clone, Debug)]
struct Group {
    /// The fullest form.
    fullest: Found,
    votes: Votes,
    kind: usize,
    gender: Option<Gender>,
    /// Indices of the names found.
    names: Vec<usize>,
}

/// The names of a report and their bearers, to which descriptions and pronouns are added.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
    /// Of each entity, where the report tells.
    pub genders: Vec<Option<Gender>>,
}

/// The mentions by name and the entities of a report.
pub(crate) fn entities(words: &Words<'_>, found: &[Found], language: &Language) -> Report {
    let mut groups = groups(words, found, language);
    let acronyms = acronyms(words, found, &groups, language);
    let assigned = assign(words, found, &mut groups, &acronyms, language);
    let mut report = Report::default();
    let mut index: HashMap<usize, u32> = HashMap::new();
    for (name, &group) in found.iter().zip(&assigned) {
        let entity = *index.entry(group).or_insert_with(|| {
            report.entities.push(entity(words, found, &groups[group]));
            report.genders.push(groups[group].gender);
            report.entities.len() as u32 - 1
        });
        let kind = KINDS[groups[group].kind];
        report.mentions.push(Mention {
            span: name.span,
            kind,
            form: MentionForm::Name,
            entity: EntityIndex(entity),
        });
    }
    report
}

fn entity(words: &Words<'_>, found: &[Found], group: &Group) -> Entity {
    let titles = group.names.iter().filter_map(|&name| found[name].title.clone());
    let roles: Vec<Span> = titles.map(|title| words.span(title)).collect();
    Entity { kind: KINDS[group.kind], name: words.text(group.fullest.span), roles }
}

/// One group for each form of a name. A person's name after `the` or `ferry` is a thing's.
fn groups(words: &Words<'_>, found: &[Found], language: &Language) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: HashMap<(String, bool), usize> = HashMap::new();
    for (at, name) in found.iter().enumerate() {
        let key = (canonical(&name.key, language), is_thing(words, name, language));
        let thing = key.1;
        let group = *by_key.entry(key).or_insert_with(|| {
            groups.push(Group {
                fullest: name.clone(),
                votes: kind::by_form(words, name, language),
                kind: OTHER,
                gender: None,
                names: Vec::new(),
            });
            groups.len() - 1
        });
        let group = &mut groups[group];
        if thing {
            group.votes[OTHER] += 20;
        }
        let around = kind::by_place(words, name, language);
        group.votes.iter_mut().zip(around).for_each(|(vote, more)| *vote += more);
        group.gender = group.gender.or_else(|| Gender::of_name(words, name, language));
        group.names.push(at);
    }
    for group in &mut groups {
        group.kind = kind::winner(group.votes);
    }
    groups
}

/// A ship, a hall or a prize with a person's full name.
fn is_thing(words: &Words<'_>, name: &Found, language: &Language) -> bool {
    let names = &language.names;
    let given = names.given.contains(&words.words[name.words.start].lower);
    if !given || name.words.len() < 2 || name.title.is_some() {
        return false;
    }
    words.before(name.words.start).is_some_and(|before| {
        names.vessels.contains(&before.lower) || before.lower == "the" && !is_leading(words, name)
    })
}

/// Whether the name leads another noun: `the Ada Bell prize`.
fn is_leading(words: &Words<'_>, name: &Found) -> bool {
    words.get(name.words.end).is_some_and(|next| next.is_word() && !next.is_capital() && next.glued)
}

/// The name that variants of one place, organisation or people share.
pub(crate) fn canonical(key: &str, language: &Language) -> String {
    let names = &language.names;
    for table in [names.places, names.organisations] {
        if let Some(shared) = table.get(key).filter(|shared| !shared.is_empty()) {
            return shared.to_owned();
        }
    }
    match names.demonyms.get(key) {
        Some(shared) if !shared.is_empty() => format!("people of {shared}"),
        _ => key.to_owned(),
    }
}

/// The group of each name: single words go with the full names they stand for.
fn assign(
    words: &Words<'_>,
    found: &[Found],
    groups: &mut [Group],
    acronyms: &HashMap<usize, usize>,
    language: &Language,
) -> Vec<usize> {
    let mut assigned = vec![0; found.len()];
    for (at, group) in groups.iter().enumerate() {
        let at = acronyms.get(&at).copied().unwrap_or(at);
        group.names.iter().for_each(|&name| assigned[name] = at);
    }
    let mut bearers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        let range = &group.fullest.words;
        if group.kind == PERSON && range.len() > 1 {
            for form in short_forms(words, range.clone(), language) {
                bearers.entry(form).or_default().push(at);
            }
        }
    }
    for group in groups.iter() {
        let Some(bearers) = bearers.get(group.fullest.key.as_str()) else { continue };
        // A place of that name that stands where places stand.
        if group.votes[PLACE] > 8 || group.votes[OTHER] >= 20 || group.votes[ORGANIZATION] > 8 {
            continue;
        }
        for &name in &group.names {
            if let Some(bearer) = bearer(&found[name], name, bearers, groups, words, language) {
                assigned[name] = bearer;
            }
        }
    }
    groups.iter_mut().for_each(|group| group.names.clear());
    for (name, &group) in assigned.iter().enumerate() {
        groups[group].names.push(name);
        let gender = Gender::of_title(words, &found[name], language);
        groups[group].gender = groups[group].gender.or(gender);
    }
    assigned
}

/// The forms by which a person is called after the full name: the family name with and without
/// its particle, and the given name.
fn short_forms<'w>(words: &'w Words<'_>, range: std::ops::Range<usize>, language: &Language) -> Vec<&'w str> {
    let names = &language.names;
    let mut last = range.end - 1;
    while last > range.start
        && (names.suffixes.contains(&words.words[last].lower) || !words.words[last].is_word())
    {
        last -= 1;
    }
    let mut forms = vec![words.words[last].lower.as_str()];
    let first = &words.words[range.start];
    if last > range.start && names.given.contains(&first.lower) {
        forms.push(first.lower.as_str());
    }
    forms
}

/// Whose name it is: of several bearers the one whose gender the title tells, then the one
/// whose full name stood last.
fn bearer(
    found: &Found,
    at: usize,
    bearers: &[usize],
    groups: &[Group],
    words: &Words<'_>,
    language: &Language,
) -> Option<usize> {
    let gender = Gender::of_title(words, found, language);
    let fits = |&&person: &&usize| {
        gender.is_none() || groups[person].gender.is_none() || groups[person].gender == gender
    };
    let fitting: Vec<usize> = bearers.iter().filter(fits).copied().collect();
    let last_before = |person: usize| groups[person].names.iter().copied().filter(|&name| name < at).max();
    fitting
        .iter()
        .copied()
        .filter(|&person| last_before(person).is_some())
        .max_by_key(|&person| last_before(person))
        .or_else(|| fitting.first().copied())
}

/// Acronyms and the names they stand for, by group: `National Dockers’ Union (NDU)`, or the only
/// name of the report with these initials.
fn acronyms(
    words: &Words<'_>,
    found: &[Found],
    groups: &[Group],
    language: &Language,
) -> HashMap<usize, usize> {
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        let range = group.fullest.words.clone();
        if range.len() > 1 && group.kind != PERSON {
            let parts: Vec<String> =
                range.map(|at| &words.words[at]).filter(|w| w.is_word()).map(|w| w.lower.clone()).collect();
            if let Some(initials) = crate::join::initials(&parts, language) {
                by_initials.entry(initials).or_default().push(at);
            }
        }
    }
    let mut joined = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        let only = &words.words[group.fullest.words.start];
        if group.fullest.words.len() != 1 || !only.is_all_capitals() {
            continue;
        }
        let letters: String = only.lower.chars().filter(|c| c.is_alphanumeric()).collect();
        let expansion = by_initials.get(&letters).and_then(|fitting| match fitting[..] {
            [one] => Some(one),
            _ => None,
        });
        let bracketed = || bracketed(words, found, groups, group);
        if let Some(expansion) = expansion.or_else(bracketed) {
            joined.insert(at, expansion);
        }
    }
    joined
}

/// The name right before an acronym in brackets, where it begins with the same letter.
fn bracketed(words: &Words<'_>, found: &[Found], groups: &[Group], acronym: &Group) -> Option<usize> {
    let at = *acronym.names.first()?;
    let start = found[at].words.start;
    let opens = words.before(start).is_some_and(|before| before.is_mark("("));
    let closes = words.get(found[at].words.end).is_some_and(|after| after.is_mark(")"));
    let before = found.get(at.checked_sub(1)?)?;
    let adjacent = before.words.end + 1 == start && before.words.len() > 1;
    let initial = |at: usize| words.words[at].lower.chars().next();
    if !(opens && closes && adjacent && initial(start) == initial(before.words.start)) {
        return None;
    }
    groups.iter().position(|group| group.kind != PERSON && group.names.contains(&(at - 1)))
}
