use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rashomon_article::{Entity, EntityIndex, Mention, MentionForm};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::acronym;
use crate::find::Found;
use crate::gender::Gender;
use crate::kind::{self, KINDS, ORGANIZATION, OTHER, PERSON, PLACE, Votes};
use crate::word::Words;

/// Names taken to be of one bearer.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The fullest form.
    pub fullest: Found,
    votes: Votes,
    pub kind: usize,
    gender: Option<Gender>,
    /// Indices of the names found.
    pub names: Vec<usize>,
}

/// The names of a report and their bearers, to which descriptions and pronouns are added.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
    /// Of each entity, where the report tells.
    pub genders: Vec<Option<Gender>>,
}

impl Report {
    /// Drops entities that no mention is left of.
    pub fn compact(&mut self) {
        let mut used = vec![false; self.entities.len()];
        self.mentions.iter().for_each(|mention| used[mention.entity.get()] = true);
        let mut index = vec![0; used.len()];
        for at in 1..used.len() {
            index[at] = index[at - 1] + u32::from(used[at - 1]);
        }
        for mention in &mut self.mentions {
            mention.entity = EntityIndex(index[mention.entity.get()]);
        }
        let mut kept = used.iter();
        self.entities.retain(|_| *kept.next().expect("as many flags as entities"));
        let mut kept = used.iter();
        self.genders.retain(|_| *kept.next().expect("as many flags as entities"));
    }
}

/// The mentions by name and the entities of a report.
pub(crate) fn entities(words: &Words<'_>, found: &[Found], language: &Language) -> Report {
    let mut groups = groups(words, found, language);
    let mut other_forms = acronym::acronyms(words, found, &groups, language);
    other_forms.extend(respelled(words, found, &groups, language));
    for (plain, fuller) in plain_names(words, &groups, language) {
        other_forms.entry(plain).or_insert(fuller);
    }
    let assigned = assign(words, found, &mut groups, &other_forms, language);
    unintroduced(words, found, &mut groups, language);
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

/// A report introduces its persons: one word that speaks without a given name, a title or a
/// calling anywhere may as well be a company or a club, so it stays open what it is.
fn unintroduced(words: &Words<'_>, found: &[Found], groups: &mut [Group], language: &Language) {
    for group in groups.iter_mut() {
        let only = group.fullest.words.len() == 1 && group.kind == PERSON;
        if !only || group.names.is_empty() || group.gender.is_some() {
            continue;
        }
        let known = kind::by_form(words, &group.fullest, language)[PERSON] > 0;
        let titled = group.names.iter().any(|&name| found[name].title.is_some());
        // Two verbs of saying give four votes; a calling or an age gives as many at once.
        let says = group.names.iter().filter(|&&name| kind::says(words, &found[name], language));
        if !known && !titled && group.votes[PERSON] <= 2 * says.count() as i32 {
            group.kind = OTHER;
        }
    }
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
    let last = &words.words[name.words.end - 1].lower;
    let headed = [names.organisation_heads, names.place_heads, names.other_heads]
        .iter()
        .any(|heads| heads.contains(last));
    if !given || headed || name.words.len() < 2 || name.title.is_some() {
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
        _ => department(key, language).unwrap_or_else(|| key.to_owned()),
    }
}

/// `department of justice` for `justice department`, `the` inside left out.
fn department(key: &str, language: &Language) -> Option<String> {
    let departments = &language.names.departments;
    let (of, head) = key.rsplit_once(' ')?;
    if departments.contains(head) && !of.contains(" of ") {
        return Some(format!("{head} of {of}"));
    }
    let (head, of) = key.split_once(" of the ")?;
    departments.contains(head).then(|| format!("{head} of {of}"))
}

/// The group of each name: single words go with the full names they stand for.
fn assign(
    words: &Words<'_>,
    found: &[Found],
    groups: &mut [Group],
    other_forms: &HashMap<usize, usize>,
    language: &Language,
) -> Vec<usize> {
    let mut assigned = vec![0; found.len()];
    for (at, group) in groups.iter().enumerate() {
        let at = other_forms.get(&at).copied().unwrap_or(at);
        group.names.iter().for_each(|&name| assigned[name] = at);
    }
    for from in 0..groups.len() {
        let Some(&to) = other_forms.get(&from) else { continue };
        let more = groups[from].names.clone();
        groups[to].names.extend(more);
        groups[to].names.sort_unstable();
    }
    let bearers = bearers(words, groups, other_forms, language);
    for group in groups.iter() {
        let Some(bearers) = bearers.get(&group.fullest.key) else { continue };
        if group.fullest.words.len() > 1 && group.kind != PERSON {
            continue;
        }
        // A place of that name that stands where places stand.
        if group.votes[PLACE] > 8 || group.votes[OTHER] >= 20 || group.votes[ORGANIZATION] > 8 {
            continue;
        }
        // `Israel` is the country, though an Israel Katz is named: a bare given name is rare.
        let stands_elsewhere =
            group.votes[PLACE] > 0 || group.votes[ORGANIZATION] > 0 || group.votes[OTHER] > 0;
        let bearers: Vec<usize> = bearers
            .iter()
            .copied()
            .filter(|&at| {
                let full = groups[at].fullest.words.clone();
                !(stands_elsewhere
                    && full.len() > 1
                    && words.words[full.start].lower == group.fullest.key)
            })
            .collect();
        for &name in &group.names {
            if let Some(bearer) = bearer(found, name, &bearers, groups, words, language) {
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

/// The persons with a full name by the forms that they are called by after it: the family name,
/// the given name, and with `Jr` the family name with it. Who is called `Bell Jr` is not meant
/// by a bare `Bell`.
fn bearers(
    words: &Words<'_>,
    groups: &[Group],
    other_forms: &HashMap<usize, usize>,
    language: &Language,
) -> HashMap<String, Vec<usize>> {
    let names = &language.names;
    let called: HashSet<&str> = groups.iter().map(|group| group.fullest.key.as_str()).collect();
    let mut bearers: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        let range = &group.fullest.words;
        let full: Vec<&str> = words.words[range.clone()]
            .iter()
            .filter(|word| word.is_word())
            .map(|word| word.lower.as_str())
            .collect();
        let (suffix, full) = match full.split_last() {
            Some((last, rest)) if names.suffixes.contains(last) => (Some(*last), rest),
            _ => (None, &full[..]),
        };
        if group.kind != PERSON || full.len() < 2 {
            continue;
        }
        let last = full[full.len() - 1];
        let mut forms = Vec::new();
        if let Some(suffix) = suffix {
            forms.push(format!("{last} {suffix}"));
            forms.push(format!("{} {last}", full[0]));
        }
        if suffix.is_none() || !called.contains(forms[0].as_str()) {
            forms.push(last.to_owned());
            forms.extend(tail(words, range, language));
            if names.given.contains(full[0]) {
                forms.push(full[0].to_owned());
            }
        }
        if suffix.is_some() {
            // The father has the name without it, where he is named.
            forms.retain(|form| {
                form.contains(' ') && !called.contains(form.as_str())
                    || form.ends_with(suffix.unwrap_or_default())
                    || !form.contains(' ')
            });
        }
        let at = other_forms.get(&at).copied().unwrap_or(at);
        for form in forms {
            let its = bearers.entry(form).or_default();
            if !its.contains(&at) {
                its.push(at);
            }
        }
    }
    bearers
}

/// The family name with what belongs to it: `van der Linde`, `al-Marsa`, `Hale-Moss`.
fn tail(words: &Words<'_>, range: &Range<usize>, language: &Language) -> Option<String> {
    let mut start = range.end - 1;
    while start > range.start + 1 {
        let before = &words.words[start - 1];
        let hyphen = before.is_mark("-") && start > range.start + 2;
        if hyphen {
            start -= 2;
        } else if language.names.particles.contains(&before.lower) {
            start -= 1;
        } else {
            break;
        }
    }
    (start < range.end - 1 && start > range.start).then(|| words.phrase(start..range.end))
}

/// Whose name it is: of several bearers the one whose gender the title tells, then the only one
/// named before who is not brought in as another's wife or son; else it stays open.
fn bearer(
    found: &[Found],
    at: usize,
    bearers: &[usize],
    groups: &[Group],
    words: &Words<'_>,
    language: &Language,
) -> Option<usize> {
    let gender = Gender::of_title(words, &found[at], language);
    let fits = |&&person: &&usize| {
        gender.is_none() || groups[person].gender.is_none() || groups[person].gender == gender
    };
    let fitting: Vec<usize> = bearers.iter().filter(fits).copied().collect();
    let named: Vec<usize> = fitting
        .iter()
        .copied()
        .filter(|&person| groups[person].names.iter().any(|&name| name < at))
        .collect();
    let heads: Vec<usize> = named
        .iter()
        .copied()
        .filter(|&person| !is_relative(words, found, &groups[person], language))
        .collect();
    match (&fitting[..], &named[..], &heads[..]) {
        ([only], ..) | (_, [only], _) | (_, _, [only]) => Some(*only),
        ([first, ..], [], _) => Some(*first),
        _ => None,
    }
}

/// Brought in as somebody's, `her husband Omar Bell`, or a `Jr`: reports do not call those by
/// the family name alone where they name the other.
fn is_relative(words: &Words<'_>, found: &[Found], group: &Group, language: &Language) -> bool {
    let last = &words.words[group.fullest.words.end - 1];
    language.names.suffixes.contains(&last.lower)
        || group.names.first().is_some_and(|&first| {
            let name = &found[first];
            let start = name.title.as_ref().map_or(name.words.start, |title| title.start);
            let before =
                |at: usize| words.before(at).is_some_and(|w| language.names.kin.contains(&w.lower));
            before(start) || start > 0 && words.words[start - 1].is_mark(",") && before(start - 1)
        })
}

/// The first and the last word of a name.
fn ends<'w>(words: &'w Words<'_>, group: &Group) -> (&'w str, &'w str) {
    let range = &group.fullest.words;
    (&words.words[range.start].lower, &words.words[range.end - 1].lower)
}

/// Names without the middle initials that the only fuller one has, `Ada Bell` of `Ada J. Bell`,
/// by group.
fn plain_names(words: &Words<'_>, groups: &[Group], language: &Language) -> Vec<(usize, usize)> {
    let mut fuller: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.kind == PERSON) {
        let range = &group.fullest.words;
        let middle = range.start + 1..range.end.max(range.start + 2) - 1;
        let inner = &words.words[middle];
        let ends = ends(words, group);
        if !inner.is_empty()
            && inner.iter().all(|word| word.is_initial() || word.is_mark("."))
            && !language.names.suffixes.contains(ends.1)
        {
            fuller.entry(ends).or_default().push(at);
        }
    }
    if fuller.is_empty() {
        return Vec::new();
    }
    let plain = groups.iter().enumerate();
    plain
        .filter(|(_, group)| group.kind == PERSON && group.fullest.words.len() == 2)
        .filter_map(|(at, group)| match fuller.get(&ends(words, group)).map(Vec::as_slice) {
            Some(&[one]) => Some((at, one)),
            _ => None,
        })
        .collect()
}

/// Full names that differ by a slip of the transliteration, `Yusuf Bell` and `Youssef Bell`, by
/// group: never in one sentence, as sisters would be.
fn respelled(
    words: &Words<'_>,
    found: &[Found],
    groups: &[Group],
    language: &Language,
) -> HashMap<usize, usize> {
    let mut by_family: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut joined = HashMap::new();
    let sentence = |name: &usize| words.words[found[*name].words.start].sentence;
    for (at, group) in groups.iter().enumerate() {
        let range = &group.fullest.words;
        if group.kind != PERSON || range.len() != 2 {
            continue;
        }
        let same_family = by_family.entry(&words.words[range.end - 1].lower).or_default();
        let given = crate::fold::fold_name(words.words[range.start].text);
        let other = same_family.iter().copied().find(|&other| {
            let other: &Group = &groups[other];
            let its = crate::fold::fold_name(words.words[other.fullest.words.start].text);
            let apart = group
                .names
                .iter()
                .all(|name| other.names.iter().all(|its| sentence(name) != sentence(its)));
            apart && crate::given::is_respelled(&given, &its, language)
        });
        match other {
            Some(other) => {
                joined.insert(at, other);
            }
            None => same_family.push(at),
        }
    }
    joined
}
