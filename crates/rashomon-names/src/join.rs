use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{
    Alias, ArticleIndex, EntityIndex, EntityKind, MentionForm, Passage, Story, StoryEntity,
};
use rashomon_language::Language;

use crate::fold::{fold_name, is_spelling_of, skeletons};
use crate::given::may_be_given;
use crate::union::Union;

/// An entity of one report, as joining sees it.
struct Member {
    at: (ArticleIndex, EntityIndex),
    kind: EntityKind,
    name: String,
    /// The folded words of the name, suffixes apart.
    words: Vec<String>,
    suffix: Option<String>,
    /// Folded forms by name, canonical.
    forms: BTreeSet<String>,
    /// The offices that the report gives its bearer, folded.
    offices: BTreeSet<String>,
    mentions: Vec<(String, Passage)>,
    /// Mentions of any form: who is spoken of more is shown first.
    weight: usize,
}

/// Joins the entities of the reports of a story.
pub(crate) fn join(story: &Story, language: &Language) -> Vec<StoryEntity> {
    let members = members(story, language);
    let mut union = Union::new(members.iter().map(|member| member.at.0).collect());
    same_names(&members, &mut union, language);
    persons(&members, &mut union, language);
    family_names(&members, &mut union);
    acronyms(&members, &mut union, language);
    let mut joined: Vec<(usize, usize, Passage, StoryEntity)> =
        union.sets().into_iter().map(|set| entity(&members, &set)).collect();
    joined.sort_by_key(|(articles, weight, first, _)| {
        (std::cmp::Reverse(*articles), std::cmp::Reverse(*weight), first.article, first.span)
    });
    joined.into_iter().map(|(.., entity)| entity).collect()
}

fn members(story: &Story, language: &Language) -> Vec<Member> {
    let mut members = Vec::new();
    for article in story.articles() {
        let document = story.document(article);
        let start = members.len();
        for (at, entity) in document.entities.iter().enumerate() {
            let mut words: Vec<String> = fold_name(&entity.name)
                .split(' ')
                .filter(|w| !w.is_empty())
                .map(str::to_owned)
                .collect();
            let suffix = words
                .last()
                .filter(|last| words.len() > 1 && language.names.suffixes.contains(last))
                .cloned();
            if suffix.is_some() {
                words.pop();
            }
            members.push(Member {
                at: (article, EntityIndex(at as u32)),
                kind: entity.kind,
                name: entity.name.clone(),
                words,
                suffix,
                forms: BTreeSet::from([canonical(&entity.name, language)]),
                offices: entity.roles.iter().map(|role| fold_name(document.slice(*role))).collect(),
                mentions: Vec::new(),
                weight: 0,
            });
        }
        for mention in &document.mentions {
            let Some(member) = members.get_mut(start + mention.entity.get()) else { continue };
            member.weight += 1;
            if mention.form == MentionForm::Name {
                let text = document.slice(mention.span).to_owned();
                member.forms.insert(canonical(&text, language));
                member.mentions.push((text, Passage { article, span: mention.span }));
            }
        }
    }
    members
}

/// The form that variants of a name share: `united states` for `U.S.` and `America`.
pub(crate) fn canonical(name: &str, language: &Language) -> String {
    let lower = crate::word::lower(name);
    let names = &language.names;
    let table = [names.places, names.organisations]
        .iter()
        .find_map(|table| table.get(&lower).filter(|shared| !shared.is_empty()));
    fold_name(table.unwrap_or(&lower))
}

/// The same words, and no person taken for a ship.
fn same_names(members: &[Member], union: &mut Union, language: &Language) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        by_name.entry(canonical(&member.name, language)).or_default().push(at);
    }
    for same in by_name.values() {
        // A single word without a kind goes with the kind that most reports give it.
        for kind_set in by_kind(members, same) {
            for pair in kind_set.windows(2) {
                union.join(pair[0], pair[1]);
            }
        }
    }
}

/// Persons by themselves; all else together, since an organisation and a place often share a
/// name (the White House) and which is meant is a matter of taste.
fn by_kind(members: &[Member], same: &[usize]) -> Vec<Vec<usize>> {
    let persons = same.iter().filter(|&&at| members[at].kind == EntityKind::Person).count();
    let other = same.len() - persons;
    // One report alone that judges otherwise has misjudged.
    if persons > 2 * other || other > 2 * persons {
        return vec![same.to_vec()];
    }
    let (persons, other) = same.iter().partition(|&&at| members[at].kind == EntityKind::Person);
    vec![persons, other]
}

/// Full names of persons in other spellings, with short given names or initials.
fn persons(members: &[Member], union: &mut Union, language: &Language) {
    let mut by_family: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind == EntityKind::Person && member.words.len() > 1 {
            // Under the last word and under the first: some languages put the family name first.
            for word in [member.words.last(), member.words.first()].into_iter().flatten() {
                for skeleton in skeletons(word) {
                    by_family.entry(skeleton).or_default().push(at);
                }
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for bucket in by_family.values() {
        // One of each spelling stands for the rest.
        let mut seen: Vec<usize> = Vec::new();
        for &at in bucket {
            if seen.iter().any(|&other| {
                members[other].words == members[at].words
                    && members[other].suffix == members[at].suffix
            }) {
                continue;
            }
            for &other in &seen {
                if is_same_person(&members[other], &members[at], language) {
                    pairs.push((other, at));
                }
            }
            seen.push(at);
        }
    }
    for (a, b) in pairs {
        union.join_variants(a, b);
    }
}

fn is_same_person(a: &Member, b: &Member, language: &Language) -> bool {
    if a.suffix != b.suffix {
        return false;
    }
    let (x, y) = (&a.words, &b.words);
    let (family_x, family_y) = (&x[x.len() - 1], &y[y.len() - 1]);
    let in_office = || a.offices.intersection(&b.offices).next().is_some();
    if is_spelling_of(family_x, family_y) && may_be_given(&x[0], &y[0], in_office(), language) {
        return middles_agree(x, y);
    }
    // The other order: `Kim Jong Un`, `Jong Un Kim`.
    let (mut sorted_x, mut sorted_y) = (x.clone(), y.clone());
    sorted_x.sort_unstable();
    sorted_y.sort_unstable();
    sorted_x == sorted_y
}

/// Middle names and initials of both do not exclude each other.
fn middles_agree(x: &[String], y: &[String]) -> bool {
    let (x, y) = (&x[1..x.len() - 1], &y[1..y.len() - 1]);
    x.is_empty()
        || y.is_empty()
        || x.iter().any(|a| {
            y.iter().any(|b| {
                is_spelling_of(a, b)
                    || a.as_bytes().first() == b.as_bytes().first()
                        && (a.len() == 1 || b.len() == 1)
            })
        })
}

/// A family name alone belongs to the only full name of the story that has it.
fn family_names(members: &[Member], union: &mut Union) {
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind == EntityKind::Person && member.words.len() > 1 {
            let last = member.words.last().expect("a full name has words");
            for skeleton in skeletons(last) {
                full.entry(skeleton).or_default().push(at);
            }
        }
    }
    for (at, member) in members.iter().enumerate() {
        if member.words.len() != 1 || !matches!(member.kind, EntityKind::Person | EntityKind::Other)
        {
            continue;
        }
        let mut bearers: Vec<usize> = skeletons(&member.words[0])
            .filter_map(|skeleton| full.get(&skeleton))
            .flatten()
            .copied()
            .collect();
        bearers.sort_unstable();
        bearers.dedup();
        let spelt = |&bearer: &usize| {
            let last = members[bearer].words.last().expect("a full name has words");
            if member.kind == EntityKind::Person {
                is_spelling_of(last, &member.words[0])
            } else {
                *last == member.words[0]
            }
        };
        let mut sets: Vec<usize> =
            bearers.iter().copied().filter(spelt).map(|at| union.find(at)).collect();
        sets.sort_unstable();
        sets.dedup();
        if let [only] = sets[..] {
            union.join(only, at);
        }
    }
}

/// `NDU` and `National Dockers’ Union`, where a report spells it out or only one name fits.
fn acronyms(members: &[Member], union: &mut Union, language: &Language) {
    let mut by_form: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind != EntityKind::Person {
            for form in &member.forms {
                by_form.entry(form).or_default().push(at);
            }
            if let Some(initials) = initials(&member.words, language) {
                let fitting = members.iter().position(|other| {
                    other.words.len() == 1
                        && other.words[0] == initials
                        && other.kind != EntityKind::Person
                        && is_acronym(&other.name)
                });
                if let Some(acronym) = fitting {
                    let rivals = members.iter().any(|other| {
                        other.kind != EntityKind::Person
                            && self::initials(&other.words, language).as_deref() == Some(&initials)
                            && other.words != member.words
                    });
                    if !rivals {
                        union.join_variants(at, acronym);
                    }
                }
            }
        }
    }
    for same in by_form.values() {
        for pair in same.windows(2) {
            union.join_variants(pair[0], pair[1]);
        }
    }
}

fn is_acronym(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// The initials of a name of three words and more, small words left out.
pub(crate) fn initials(words: &[String], language: &Language) -> Option<String> {
    let initials: String = words
        .iter()
        .filter(|word| !language.words.is_function_word(word))
        .filter_map(|word| word.chars().next())
        .collect();
    (initials.len() >= 3).then_some(initials)
}

/// The joined entity, with what orders it: articles, mentions, first place.
fn entity(members: &[Member], set: &[usize]) -> (usize, usize, Passage, StoryEntity) {
    let mut articles: Vec<ArticleIndex> = set.iter().map(|&at| members[at].at.0).collect();
    articles.sort_unstable();
    articles.dedup();
    let weight = set.iter().map(|&at| members[at].weight).sum();
    let mut forms: BTreeMap<&str, Vec<Passage>> = BTreeMap::new();
    for &at in set {
        for (form, passage) in &members[at].mentions {
            forms.entry(form).or_default().push(*passage);
        }
    }
    let mut aliases: Vec<Alias> = forms
        .into_iter()
        .map(|(text, mut mentions)| {
            mentions.sort_unstable_by_key(|passage| (passage.article, passage.span));
            Alias { text: text.to_owned(), mentions }
        })
        .collect();
    aliases.sort_by_key(|alias| (std::cmp::Reverse(alias.mentions.len()), first(&alias.mentions)));
    let kind = kind(members, set);
    let place = aliases
        .iter()
        .filter_map(|alias| alias.mentions.first())
        .min_by_key(|p| (p.article, p.span));
    let place = place
        .copied()
        .unwrap_or(Passage { article: articles[0], span: rashomon_text::Span::new(0, 0) });
    let mut at: Vec<(ArticleIndex, EntityIndex)> = set.iter().map(|&at| members[at].at).collect();
    at.sort_unstable();
    let name = name(members, set, kind);
    (articles.len(), weight, place, StoryEntity { kind, name, aliases, members: at })
}

fn first(passages: &[Passage]) -> (ArticleIndex, usize) {
    passages.first().map_or((ArticleIndex(u32::MAX), 0), |p| (p.article, p.span.start()))
}

/// The kind that most reports give; of equals the more telling, person first.
fn kind(members: &[Member], set: &[usize]) -> EntityKind {
    let count = |kind: EntityKind| set.iter().filter(|&&at| members[at].kind == kind).count();
    [EntityKind::Other, EntityKind::Place, EntityKind::Organization, EntityKind::Person]
        .into_iter()
        .max_by_key(|&kind| count(kind))
        .unwrap_or(EntityKind::Other)
}

/// The form that most reports use among the full ones.
fn name(members: &[Member], set: &[usize], kind: EntityKind) -> String {
    let mut forms: Vec<(&str, usize)> = Vec::new();
    let full = |name: &str| name.contains([' ', '-']);
    let any_full = set.iter().any(|&at| full(&members[at].name));
    for &at in set {
        let name = members[at].name.as_str();
        if kind != EntityKind::Place && any_full && !full(name) {
            continue;
        }
        match forms.iter_mut().find(|(form, _)| *form == name) {
            Some((_, count)) => *count += 1,
            None => forms.push((name, 1)),
        }
    }
    // Of equals the one that stands first.
    forms
        .into_iter()
        .rev()
        .max_by_key(|&(name, count)| (count, !is_acronym(name)))
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default()
}
