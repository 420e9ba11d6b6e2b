use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use rashomon_article::{
    Alias, ArticleIndex, Document, EntityIndex, EntityKind, MentionForm, Passage, Story,
    StoryEntity,
};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::fold::fold_name;
use crate::memo::Memo;
use crate::union::Union;
use crate::{organisation, person};

/// An entity of one report, as joining sees it.
pub(crate) struct Member {
    article: ArticleIndex,
    entity: usize,
    all: Arc<Vec<Own>>,
}

/// What an entity of one report is, whatever the other reports are.
pub(crate) struct Own {
    pub kind: EntityKind,
    pub name: String,
    /// The name that its variants share, folded.
    pub canonical: String,
    /// The folded words of the name, suffixes apart.
    pub words: Vec<String>,
    pub suffix: Option<String>,
    /// A ship or a prize that bears the name of a person.
    is_thing: bool,
    /// Folded forms by name, canonical.
    pub forms: BTreeSet<String>,
    /// The offices that the report gives its bearer, folded.
    pub offices: BTreeSet<String>,
    roles: Vec<(String, Span)>,
    mentions: Vec<(String, Span)>,
    /// Mentions of any form: who is spoken of more is shown first.
    weight: usize,
}

impl Deref for Member {
    type Target = Own;

    fn deref(&self) -> &Own {
        &self.all[self.entity]
    }
}

impl Member {
    fn at(&self) -> (ArticleIndex, EntityIndex) {
        (self.article, EntityIndex(self.entity as u32))
    }

    /// Words of its report with their places.
    fn placed<'m>(
        &'m self,
        words: &'m [(String, Span)],
    ) -> impl Iterator<Item = (&'m str, Passage)> + 'm {
        let place = |&span: &Span| Passage { article: self.article, span };
        words.iter().map(move |(words, span)| (words.as_str(), place(span)))
    }
}

/// Joins the entities of the reports of a story.
pub(crate) fn join(story: &Story, language: &Language, memo: &mut Memo) -> Vec<StoryEntity> {
    let members = members(story, language, memo);
    let mut union = Union::new(members.iter().map(|member| member.article).collect());
    same_names(&members, &mut union);
    person::persons(&members, &mut union, language);
    person::titled(&members, &mut union, language);
    person::family_names(&members, &mut union, language);
    organisation::organisations(&members, &mut union, language);
    let mut joined: Vec<(usize, usize, Passage, StoryEntity)> =
        union.sets().into_iter().map(|set| entity(&members, &set)).collect();
    joined.sort_by_key(|(articles, weight, first, _)| {
        (std::cmp::Reverse(*articles), std::cmp::Reverse(*weight), first.article, first.span)
    });
    joined.into_iter().map(|(.., entity)| entity).collect()
}

fn members(story: &Story, language: &Language, memo: &mut Memo) -> Vec<Member> {
    let mut members = Vec::new();
    for article in story.articles() {
        let all = memo.members.of(article, || own(story.document(article), language));
        let of = |entity| Member { article, entity, all: Arc::clone(&all) };
        members.extend((0..all.len()).map(of));
    }
    members
}

/// The entities of a report.
fn own(document: &Document, language: &Language) -> Vec<Own> {
    let mut members = Vec::with_capacity(document.entities.len());
    for entity in &document.entities {
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
        let canonical = canonical(&entity.name, language);
        let role = |&span: &Span| (document.slice(span).to_owned(), span);
        members.push(Own {
            kind: entity.kind,
            name: entity.name.clone(),
            forms: BTreeSet::from([canonical.clone()]),
            canonical,
            words,
            suffix,
            is_thing: false,
            offices: entity.roles.iter().map(|role| fold_name(document.slice(*role))).collect(),
            roles: entity.roles.iter().map(role).collect(),
            mentions: Vec::new(),
            weight: 0,
        });
    }
    for mention in &document.mentions {
        let Some(member) = members.get_mut(mention.entity.get()) else { continue };
        member.weight += 1;
        if mention.form == MentionForm::Name {
            let text = document.slice(mention.span).to_owned();
            member.is_thing |= is_thing(member, document, mention.span, language);
            member.forms.insert(self::canonical(&text, language));
            member.mentions.push((text, mention.span));
        }
    }
    members
}

/// The form that variants of a name share: `united states` for `U.S.` and `America`.
pub(crate) fn canonical(name: &str, language: &Language) -> String {
    fold_name(&crate::entities::canonical(&crate::word::lower(name), language))
}

/// Whether what has a person's full name is a ship, a hall or a prize: `the ferry Ada Bell`.
fn is_thing(member: &Own, document: &Document, span: Span, language: &Language) -> bool {
    let names = &language.names;
    if member.kind == EntityKind::Person
        || member.words.len() < 2
        || !names.given.contains(&member.words[0])
    {
        return false;
    }
    let before = document.article.text.as_str()[..span.start()].trim_end();
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let word = crate::word::lower(&before[start..]);
    names.vessels.contains(&word) || word == "the"
}

/// The same words, and no person taken for a ship.
fn same_names(members: &[Member], union: &mut Union) {
    let mut by_name: BTreeMap<(&str, bool), Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        by_name.entry((&member.canonical, member.is_thing)).or_default().push(at);
    }
    for ((name, _), same) in by_name {
        // Of a full name one report or the other has misjudged the kind; a single word may be
        // a person here and a city there.
        let sets = if name.contains(' ') { vec![same] } else { by_kind(members, &same) };
        for set in sets {
            for pair in set.windows(2) {
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

pub(crate) fn is_acronym(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// The joined entity, with what orders it: articles, mentions, first place.
fn entity(members: &[Member], set: &[usize]) -> (usize, usize, Passage, StoryEntity) {
    let mut articles: Vec<ArticleIndex> = set.iter().map(|&at| members[at].article).collect();
    articles.sort_unstable();
    articles.dedup();
    let weight = set.iter().map(|&at| members[at].weight).sum();
    let forms = set.iter().flat_map(|&at| members[at].placed(&members[at].mentions));
    let aliases = aliases(forms);
    let roles = self::aliases(set.iter().flat_map(|&at| members[at].placed(&members[at].roles)));
    let kind = kind(members, set);
    let place = aliases
        .iter()
        .filter_map(|alias| alias.mentions.first())
        .min_by_key(|p| (p.article, p.span));
    let place = place
        .copied()
        .unwrap_or(Passage { article: articles[0], span: rashomon_text::Span::new(0, 0) });
    let mut at: Vec<(ArticleIndex, EntityIndex)> = set.iter().map(|&at| members[at].at()).collect();
    at.sort_unstable();
    let name = name(members, set, kind);
    (articles.len(), weight, place, StoryEntity { kind, name, aliases, roles, members: at })
}

/// Wordings with their places, the most frequent first, of equals the one that stands first.
fn aliases<'m>(found: impl Iterator<Item = (&'m str, Passage)>) -> Vec<Alias> {
    let mut forms: BTreeMap<&str, Vec<Passage>> = BTreeMap::new();
    for (form, passage) in found {
        forms.entry(form).or_default().push(passage);
    }
    let mut aliases: Vec<Alias> = forms
        .into_iter()
        .map(|(text, mut mentions)| {
            mentions.sort_unstable_by_key(|passage| (passage.article, passage.span));
            Alias { text: text.to_owned(), mentions }
        })
        .collect();
    aliases.sort_by_key(|alias| (std::cmp::Reverse(alias.mentions.len()), first(&alias.mentions)));
    aliases
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
