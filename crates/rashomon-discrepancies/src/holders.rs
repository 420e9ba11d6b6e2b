use std::collections::BTreeMap;

use rashomon_article::{
    ArticleIndex, Discrepancy, DiscrepancyKind, EntityKind, MentionForm, Passage, StoryEntity,
    Verdict,
};
use rashomon_terms::fold;

use crate::desk::{Desk, Line};
use crate::likeness;
use crate::side::{side, silent};
use crate::spellings::{are_spellings, is_respelled};

/// Without a common role, two sentences that name the two must resemble each other this much.
const LEAST_LIKENESS: f32 = 0.5;

/// Persons to whom one report gives this given name and another that, in one role. Two with one
/// family name are looked at.
pub fn holders(desk: &Desk<'_>) -> Vec<Discrepancy> {
    let mut families: BTreeMap<String, Vec<&StoryEntity>> = BTreeMap::new();
    for entity in &desk.story.entities {
        let mut names = entity.name.split_whitespace();
        if entity.kind == EntityKind::Person
            && let (Some(family), true) = (names.next_back(), names.next_back().is_some())
        {
            families.entry(fold(family)).or_default().push(entity);
        }
    }
    let mut found = Vec::new();
    for family in families.values() {
        for (at, b) in family.iter().enumerate() {
            found.extend(family[..at].iter().filter_map(|a| rival(desk, a, b)));
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
    if role.is_none() && closeness(desk, a, b) < LEAST_LIKENESS {
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
    // `Jean-Martin Bell` and `Martin Bell`, too, and of longer names most is enough.
    let (x, y) = (words(&a.name), words(&b.name));
    let within = |x: &[String], y: &[String]| x.iter().all(|word| y.contains(word));
    let common = x.iter().filter(|word| y.contains(word)).count();
    let contained = within(&x, &y) || within(&y, &x) || common > 1;
    if surname(a) != surname(b) || !full(a) || !full(b) || abbreviated || contained {
        return None;
    }
    let sides = vec![side(desk.story, places(a)), side(desk.story, places(b))];
    if sides.iter().any(|side| side.mentions.is_empty()) {
        return None;
    }
    let given =
        |entity: &StoryEntity| entity.name.split_whitespace().next().map(fold).unwrap_or_default();
    let (verdict, why) = if is_respelled(&given(a), &given(b)) || are_spellings(&x, &y) {
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
fn closeness(desk: &Desk<'_>, a: &StoryEntity, b: &StoryEntity) -> f32 {
    let lines = |entity: &StoryEntity| -> Vec<&Line> {
        let mentions = entity.aliases.iter().flat_map(|alias| &alias.mentions);
        mentions.filter_map(|place| desk.line_at(place.article, place.span.start())).collect()
    };
    let others = lines(b);
    let pairs = lines(a)
        .into_iter()
        .flat_map(|one| others.iter().map(|other| likeness::likeness(one, other)));
    pairs.fold(0.0, f32::max)
}

/// The words of a name, folded, those joined by a hyphen one by one.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| c.is_whitespace() || c == '-');
    words.filter(|word| !word.is_empty()).map(fold).collect()
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
