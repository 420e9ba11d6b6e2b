use rashomon_article::{Entity, EntityIndex, Mention, MentionForm};
use rashomon_language::Language;
use rashomon_text::{Layer, Span};

use crate::find::Found;
use crate::kind::{self, KINDS, OTHER, PERSON, PLACE, Votes};
use crate::word::Words;

/// Names taken to be of one bearer.
#[derive(Clone, Debug)]
struct Group {
    /// The fullest form, in lower case.
    key: String,
    /// The words of the fullest form.
    fullest: Found,
    votes: Votes,
    kind: usize,
    names: Vec<usize>,
}

/// The mentions by name and the entities of a report.
pub(crate) fn entities(
    words: &Words<'_>,
    found: &[Found],
    language: &Language,
) -> (Layer<Mention>, Vec<Entity>) {
    let mut groups = full_names(words, found, language);
    let assigned = assign(words, found, &mut groups, language);
    let mut order: Vec<usize> = Vec::new();
    for &group in &assigned {
        if !order.contains(&group) {
            order.push(group);
        }
    }
    let mut mentions = Vec::new();
    let mut list = Vec::new();
    for (at, name) in found.iter().enumerate() {
        let entity = order
            .iter()
            .position(|&group| group == assigned[at])
            .expect("every group is in the order");
        let kind = KINDS[groups[assigned[at]].kind];
        mentions.push(Mention {
            span: name.span,
            kind,
            form: MentionForm::Name,
            entity: EntityIndex(entity as u32),
        });
    }
    for &group in &order {
        let group = &groups[group];
        let roles: Vec<Span> = group
            .names
            .iter()
            .filter_map(|&name| found[name].title.clone())
            .map(|title| words.span(title))
            .collect();
        let name = words.words[group.fullest.words.start]
            .span
            .hull(words.words[group.fullest.words.end - 1].span);
        list.push(Entity { kind: KINDS[group.kind], name: words.text(name), roles });
    }
    (Layer::new(mentions), list)
}

/// One group for each form of a name.
fn full_names(words: &Words<'_>, found: &[Found], language: &Language) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key = std::collections::HashMap::new();
    for (at, name) in found.iter().enumerate() {
        let key = canonical(&name.key, language);
        let group = *by_key.entry(key.clone()).or_insert_with(|| {
            let votes = kind::by_form(words, name, language);
            groups.push(Group {
                key,
                fullest: name.clone(),
                votes,
                kind: OTHER,
                names: Vec::new(),
            });
            groups.len() - 1
        });
        let place = kind::by_place(words, name, language);
        let group = &mut groups[group];
        for (vote, more) in group.votes.iter_mut().zip(place) {
            *vote += more;
        }
        group.names.push(at);
    }
    for group in &mut groups {
        group.kind = kind::winner(group.votes);
    }
    groups
}

/// The name that variants of one place or people share.
fn canonical(key: &str, language: &Language) -> String {
    let names = &language.names;
    for table in [names.places, names.organisations, names.demonyms] {
        if let Some(shared) = table.get(key).filter(|shared| !shared.is_empty()) {
            let people = names.demonyms.contains(key);
            return if people { format!("people of {shared}") } else { shared.to_owned() };
        }
    }
    key.to_owned()
}

/// The group of each name, single words joined to the full names they stand for.
fn assign(
    words: &Words<'_>,
    found: &[Found],
    groups: &mut [Group],
    language: &Language,
) -> Vec<usize> {
    let mut assigned = vec![0; found.len()];
    for (at, group) in groups.iter().enumerate() {
        for &name in &group.names {
            assigned[name] = at;
        }
    }
    let persons: Vec<usize> = (0..groups.len())
        .filter(|&at| groups[at].kind == PERSON && groups[at].fullest.words.len() > 1)
        .collect();
    for at in 0..groups.len() {
        if groups[at].fullest.words.len() > 1 {
            continue;
        }
        let bearers: Vec<usize> = persons
            .iter()
            .copied()
            .filter(|&person| {
                let range = &groups[person].fullest.words;
                words.words[range.end - 1].lower == groups[at].key
            })
            .collect();
        let place = groups[at].votes[PLACE] > 8 || groups[at].votes[OTHER] >= 20;
        if bearers.is_empty() || place {
            continue;
        }
        for name in groups[at].names.clone() {
            let before = bearers
                .iter()
                .copied()
                .filter(|&person| groups[person].names.iter().any(|&full| full < name));
            let bearer = before
                .max_by_key(|&person| {
                    groups[person].names.iter().copied().filter(|&full| full < name).max()
                })
                .unwrap_or(bearers[0]);
            assigned[name] = bearer;
        }
    }
    for group in groups.iter_mut() {
        group.names.clear();
    }
    for (name, &group) in assigned.iter().enumerate() {
        groups[group].names.push(name);
    }
    let _ = language;
    assigned
}
