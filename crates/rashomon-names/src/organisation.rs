use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::EntityKind;
use rashomon_language::Language;

use crate::acronym::initials;
use crate::fold::{is_spelling_of, skeletons};
use crate::join::{Member, is_acronym};
use crate::union::Union;

/// How many times more reports must spell an acronym out in one way than in all others.
const CLEARLY: usize = 2;

/// Joins what is no person: by a form that they share, as departments, by acronyms, and places by
/// their spelling.
pub(crate) fn organisations(members: &[Member], union: &mut Union, language: &Language) {
    let mut by_form: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind != EntityKind::Person {
            for form in &member.forms {
                by_form.entry(form).or_default().push(at);
            }
        }
    }
    for same in by_form.values() {
        for pair in same.windows(2) {
            union.join_variants(pair[0], pair[1]);
        }
    }
    departments(members, union, language);
    acronyms(members, union, language);
    spellings(members, union, language);
}

/// A country or state in front of a name, and the name without it: `U.S. Justice Department`.
fn qualified(member: &Member, language: &Language) -> Option<(String, String)> {
    let names = &language.names;
    let lower = crate::word::lower(&member.name);
    let words: Vec<&str> = lower.split(' ').collect();
    (1..words.len().min(4)).rev().find_map(|length| {
        let place = words[..length].join(" ");
        let place = place.trim_end_matches('.');
        // `Norwegian Ministry of Trade`, `Norway’s`.
        let shared = names
            .places
            .get(place)
            .or_else(|| names.demonyms.get(place).filter(|country| !country.is_empty()))?;
        let place = if shared.is_empty() { place } else { shared };
        let rest = words[length..].join(" ");
        Some((place.to_owned(), crate::join::canonical(&rest, language)))
    })
}

/// `Department of Justice`, `U.S. Justice Department` and `Justice Department` are one where the
/// story has the department of one country only; so is the `Treasury`.
fn departments(members: &[Member], union: &mut Union, language: &Language) {
    let names = &language.names;
    let mut by_name: BTreeMap<String, Vec<(Option<String>, usize)>> = BTreeMap::new();
    let is_department = |name: &str| {
        name.split_once(" of ").is_some_and(|(head, _)| names.departments.contains(head))
    };
    for (at, member) in members.iter().enumerate() {
        if matches!(member.kind, EntityKind::Person | EntityKind::Place) {
            continue;
        }
        let (place, name) = match qualified(member, language) {
            Some((place, name)) => (Some(place), name),
            None => (None, member.canonical.clone()),
        };
        if is_department(&name) {
            by_name.entry(name).or_default().push((place, at));
        } else if !name.contains(' ') && names.organisations.contains(&name) {
            let head = names.departments.entries().next().map_or("", |(head, _)| head);
            by_name.entry(format!("{head} of {name}")).or_default().push((place, at));
        }
    }
    for same in by_name.values() {
        let places: BTreeSet<&String> =
            same.iter().filter_map(|(place, _)| place.as_ref()).collect();
        let mut firsts: BTreeMap<Option<&String>, usize> = BTreeMap::new();
        for (place, at) in same {
            // Of several countries the one that is meant without its name stays open.
            let key = if places.len() > 1 { place.as_ref() } else { None };
            let first = *firsts.entry(key).or_insert(*at);
            union.join(first, *at);
        }
    }
}

/// `NDU` and `National Dockers’ Union`, where a report spells it out or only one name fits.
fn acronyms(members: &[Member], union: &mut Union, language: &Language) {
    let mut wanted: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if let Some(letters) = acronym(member, language) {
            wanted.entry(letters).or_default().push(at);
        }
    }
    let mut explained: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut fitting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind == EntityKind::Person || member.words.len() < 2 {
            continue;
        }
        for form in &member.forms {
            if let Some((&letters, _)) = wanted.get_key_value(form.as_str()) {
                explained.entry(letters).or_default().push(at);
            }
        }
        let rest = qualified(member, language).map(|(_, rest)| rest);
        let rest: Vec<String> =
            rest.iter().flat_map(|rest| rest.split(' ')).map(str::to_owned).collect();
        for name in [&member.words, &rest] {
            for letters in initials(name, language) {
                if let Some((&letters, _)) = wanted.get_key_value(letters.as_str()) {
                    fitting.entry(letters).or_default().push(at);
                }
            }
        }
    }
    let none = Vec::new();
    for (letters, acronyms) in wanted {
        // What reports spell out counts before what only fits.
        let (found, certain) = match explained.get(letters) {
            Some(found) => (found, true),
            None => (fitting.get(letters).unwrap_or(&none), false),
        };
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        found.iter().for_each(|&at| *counts.entry(union.find(at)).or_default() += 1);
        let most = counts.iter().max_by_key(|&(&set, &count)| (count, std::cmp::Reverse(set)));
        let Some((&set, &count)) = most else { continue };
        let others: usize = counts.values().sum::<usize>() - count;
        if others == 0 || certain && count >= CLEARLY * others {
            acronyms.iter().for_each(|&at| union.join(set, at));
        }
    }
}

/// The letters of a member that is known by an acronym alone.
fn acronym<'m>(member: &'m Member, language: &Language) -> Option<&'m str> {
    let [letters] = &member.words[..] else { return None };
    let names = &language.names;
    let known = names.places.contains(letters) || names.others.contains(letters);
    let short = (2..=7).contains(&letters.len());
    (short && !known && member.kind != EntityKind::Person && is_acronym(&member.name))
        .then_some(letters)
}

/// Places that are spelt in two ways, `Deir al-Marsa` and `Deir el-Marsa`: long names, of which
/// the tables know one at most. So are organisations of several words: `Food Programme`.
fn spellings(members: &[Member], union: &mut Union, language: &Language) {
    let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        // Of one word a company may be anything: `Velkor`, `Velker`.
        let long = member.kind != EntityKind::Organization || member.words.len() > 2;
        if member.kind != EntityKind::Person && long {
            let core = core(member, language);
            for skeleton in skeletons(&core.concat()) {
                buckets.entry(skeleton).or_default().push(at);
            }
        }
    }
    for bucket in buckets.values() {
        let mut seen: Vec<usize> = Vec::new();
        for &at in bucket {
            if seen.iter().any(|&other| members[other].canonical == members[at].canonical) {
                continue;
            }
            for &other in &seen {
                let (a, b) = (&members[other], &members[at]);
                if a.suffix != b.suffix {
                    continue; // `Star II`, `Star III`
                }
                if core(a, language) == core(b, language) {
                    union.join(other, at);
                } else if is_spelt(a, b, language) {
                    union.join_variants(other, at);
                }
            }
            seen.push(at);
        }
    }
}

/// The words without articles and particles.
fn core<'m>(member: &'m Member, language: &Language) -> Vec<&'m str> {
    let words = member.words.iter().map(String::as_str);
    words.filter(|word| !language.names.particles.contains(word)).collect()
}

fn is_spelt(a: &Member, b: &Member, language: &Language) -> bool {
    let known = |member: &Member| language.names.places.contains(&member.canonical);
    let (x, y) = (core(a, language), core(b, language));
    !(known(a) && known(b))
        && x.len() == y.len()
        && x.concat().len().min(y.concat().len()) >= 6
        && x.iter().zip(&y).all(|(x, y)| is_spelling_of(x, y))
        && strsim::osa_distance(&x.concat(), &y.concat()) <= 2
}
