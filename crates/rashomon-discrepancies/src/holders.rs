use rashomon_article::{
    ArticleIndex, Discrepancy, DiscrepancyKind, EntityKind, MentionForm, Passage, StoryEntity,
    Verdict,
};
use rashomon_terms::{Unit, fold};

use crate::Desk;
use crate::side::{side, silent};
use crate::spellings::is_respelled;

/// Without a common role, two sentences that name the two must resemble each other this much.
const LEAST_LIKENESS: f32 = 0.4;

/// Persons to whom one report gives this given name and another that, in one role.
pub fn holders(desk: &Desk<'_>) -> Vec<Discrepancy> {
    let entities = &desk.story.entities;
    let mut found = Vec::new();
    for (at, b) in entities.iter().enumerate() {
        for a in &entities[..at] {
            if a.kind == EntityKind::Person && b.kind == EntityKind::Person {
                found.extend(rival(desk, a, b));
            }
        }
    }
    found
}

fn rival(desk: &Desk<'_>, a: &StoryEntity, b: &StoryEntity) -> Option<Discrepancy> {
    let articles = |entity: &StoryEntity| -> Vec<ArticleIndex> {
        entity.members.iter().map(|&(article, _)| article).collect()
    };
    // A report that names both knows two persons.
    if articles(a).iter().any(|article| articles(b).contains(article)) {
        return None;
    }
    let role = shared_role(desk, a, b);
    if role.is_none() && likeness(desk, a, b) < LEAST_LIKENESS {
        return None;
    }
    let about = role.unwrap_or_else(|| a.name.clone());
    let surname = |entity: &StoryEntity| entity.name.split_whitespace().last().map(fold);
    let full = |entity: &StoryEntity| entity.name.split_whitespace().count() > 1;
    // Many bear the role of a judge, of a foreign minister, of a spokesman: alone it makes no
    // rivals. Two with one surname in one role, of whom no report knows both, are one.
    let first = |entity: &StoryEntity| entity.name.split_whitespace().next().map(fold);
    let initial = |one: &StoryEntity, other: &StoryEntity| {
        let (one, other) = (first(one).unwrap_or_default(), first(other).unwrap_or_default());
        let short = one.trim_end_matches('.');
        short.chars().count() < 3 && other.starts_with(short)
    };
    let abbreviated = initial(a, b) || initial(b, a) || first(a) == first(b);
    // `Director Sara Bell` and `Sara Bell` are one name with and without its title.
    let contained = ends_with(&a.name, &b.name) || ends_with(&b.name, &a.name);
    if surname(a) != surname(b) || !full(a) || !full(b) || abbreviated || contained {
        return None;
    }
    let sides = vec![side(desk.story, places(a)), side(desk.story, places(b))];
    if sides.iter().any(|side| side.mentions.is_empty()) {
        return None;
    }
    let given =
        |entity: &StoryEntity| entity.name.split_whitespace().next().map(fold).unwrap_or_default();
    let (verdict, why) = if is_respelled(&given(a), &given(b)) {
        (Verdict::Variant, "another spelling of the same name".to_owned())
    } else {
        (
            Verdict::Conflict,
            format!("the reports give one person different names: “{}” and “{}”", a.name, b.name),
        )
    };
    Some(Discrepancy {
        kind: DiscrepancyKind::Name,
        verdict,
        about,
        silent: silent(desk.story, &sides),
        why,
        sides,
    })
}

/// How alike the most alike sentences are that name the one and the other.
fn likeness(desk: &Desk<'_>, a: &StoryEntity, b: &StoryEntity) -> f32 {
    let units = |entity: &StoryEntity| -> Vec<&Unit> {
        let mentions = entity.aliases.iter().flat_map(|alias| &alias.mentions);
        mentions
            .filter_map(|mention| {
                desk.units.all.iter().find(|unit| {
                    unit.whole
                        && unit.passage.article == mention.article
                        && unit.passage.span.covers(mention.span)
                })
            })
            .collect()
    };
    let others = units(b);
    let pairs =
        units(a).into_iter().flat_map(|one| others.iter().map(move |other| one.similarity(other)));
    pairs.fold(0.0, f32::max)
}

/// Whether the last words of a name are the whole other name.
fn ends_with(name: &str, other: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(fold).collect::<Vec<_>>();
    words(name).ends_with(&words(other))
}

fn places(entity: &StoryEntity) -> Vec<Passage> {
    let full = entity.aliases.iter().find(|alias| alias.text == entity.name);
    full.or(entity.aliases.first()).map(|alias| alias.mentions.clone()).unwrap_or_default()
}

/// A role that reports give to both, in the words of the first.
fn shared_role(desk: &Desk<'_>, a: &StoryEntity, b: &StoryEntity) -> Option<String> {
    let roles = |entity: &StoryEntity| -> Vec<String> {
        let mut roles = Vec::new();
        for &(article, member) in &entity.members {
            let document = desk.story.document(article);
            roles.extend(
                document.entities[member.get()]
                    .roles
                    .iter()
                    .map(|&role| document.slice(role).to_owned()),
            );
            let described = document.mentions.iter().filter(|mention| {
                mention.entity == member && mention.form == MentionForm::Description
            });
            roles.extend(described.map(|mention| document.slice(mention.span).to_owned()));
        }
        roles
    };
    let theirs: Vec<String> = roles(b).iter().map(|role| plain(role)).collect();
    roles(a).into_iter().find(|role| theirs.contains(&plain(role)))
}

/// Without article and case: `The harbour master` is `harbour master`.
fn plain(role: &str) -> String {
    let role = fold(role);
    let words: Vec<&str> =
        role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let skip = usize::from(words.first().is_some_and(|word| matches!(*word, "the" | "a" | "an")));
    words[skip.min(words.len())..].join(" ")
}
