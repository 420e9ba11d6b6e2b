use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{
    Discrepancy, DiscrepancyKind, EntityKind, MentionForm, Passage, QuotationKind, Relation, Side,
    Utterance, Variant, Verdict,
};

use crate::Desk;
use crate::side::{side, silent};

/// Remarks that reports give to different speakers, and words in quotation marks that differ.
pub fn speakers(desk: &Desk<'_>) -> Vec<Discrepancy> {
    let utterances = desk.story.utterances.iter();
    utterances
        .flat_map(|utterance| [attribution(desk, utterance), wording(desk, utterance)])
        .flatten()
        .collect()
}

/// The speaker of a variant, by index among the entities of the story: a person whom a cue beside
/// the words names.
fn speaker(desk: &Desk<'_>, variant: &Variant) -> Option<usize> {
    let quotation = desk.story.document(variant.article).quotations.get(variant.quotation)?;
    let speaker = quotation.speaker.as_ref()?;
    let entity = desk.story.entity(variant.article, speaker.entity?)?;
    // A pronoun or a description may have been traced to the wrong person.
    let document = desk.story.document(variant.article);
    let by_name = speaker.spans.iter().any(|&span| {
        document.mentions.overlapping(span).any(|mention| {
            mention.form == MentionForm::Name && Some(mention.entity) == speaker.entity
        })
    });
    let named = !quotation.cue.is_empty() && by_name;
    (named && desk.story.entities[entity].kind == EntityKind::Person).then_some(entity)
}

fn attribution(desk: &Desk<'_>, utterance: &Utterance) -> Option<Discrepancy> {
    let mut by_speaker: BTreeMap<usize, Vec<Passage>> = BTreeMap::new();
    for variant in &utterance.variants {
        if variant.kind == QuotationKind::Indirect {
            continue;
        }
        if let Some(speaker) = speaker(desk, variant) {
            let passage = Passage { article: variant.article, span: variant.span };
            by_speaker.entry(speaker).or_default().push(passage);
        }
    }
    // A report that gives the words to two is one that was read amiss.
    let mut articles: Vec<_> = by_speaker
        .values()
        .flat_map(|mentions| mentions.iter().map(|m| m.article).collect::<BTreeSet<_>>())
        .collect();
    articles.sort_unstable();
    let surname = |speaker: &usize| {
        let name = &desk.story.entities[*speaker].name;
        name.split_whitespace().last().map(rashomon_terms::fold)
    };
    let surnames: BTreeSet<Option<String>> = by_speaker.keys().map(surname).collect();
    if surnames.len() < by_speaker.len()
        || by_speaker.len() < 2
        || articles.windows(2).any(|pair| pair[0] == pair[1])
    {
        return None;
    }
    let sides: Vec<Side> = by_speaker
        .iter()
        .map(|(&speaker, mentions)| Side {
            value: desk.story.entities[speaker].name.clone(),
            ..side(desk.story, mentions.clone())
        })
        .collect();
    let names: Vec<&str> = sides.iter().map(|side| side.value.as_str()).collect();
    let why = format!("the same words are given to {}", names.join(" and to "));
    let about = short(desk, &utterance.variants[0]);
    Some(Discrepancy {
        kind: DiscrepancyKind::Attribution,
        verdict: Verdict::Conflict,
        about,
        silent: silent(desk.story, &sides),
        sides,
        why,
    })
}

fn wording(desk: &Desk<'_>, utterance: &Utterance) -> Option<Discrepancy> {
    let (verdict, why) = match utterance.relation {
        Relation::Reworded => (
            Verdict::Conflict,
            "the words inside quotation marks differ, and nothing suggests a translation",
        ),
        Relation::Translated => (Verdict::Variant, "two renderings of one foreign remark"),
        _ => return None,
    };
    // Variants with the same words stand on one side; a cut is no other wording.
    let quoted =
        || utterance.variants.iter().filter(|variant| variant.kind != QuotationKind::Indirect);
    let differs = |variant: &&Variant| !variant.differing.is_empty();
    let mut sides: Vec<(String, Vec<Passage>)> = Vec::new();
    for variant in quoted().filter(differs).chain(quoted().filter(|variant| !differs(variant))) {
        let passage = Passage { article: variant.article, span: variant.span };
        let words = letters(desk.story.slice(passage));
        let side = sides
            .iter_mut()
            .find(|(known, _)| known.contains(&words) || words.contains(known.as_str()));
        match side {
            Some((_, mentions)) => mentions.push(passage),
            // A piece of the remark in which nothing differs takes no side of its own.
            None if differs(&variant) || utterance.relation == Relation::Translated => {
                sides.push((words, vec![passage]));
            }
            None => {}
        }
    }
    if sides.len() == 1
        && let Some(other) = quoted().find(|variant| !differs(variant))
    {
        // A word that one adds is left out, and so not marked, in the other.
        let passage = Passage { article: other.article, span: other.span };
        if !sides[0].1.contains(&passage) {
            sides.push((letters(desk.story.slice(passage)), vec![passage]));
        }
    }
    if sides.len() < 2 {
        return None;
    }
    let sides: Vec<Side> =
        sides.into_iter().map(|(_, mentions)| side(desk.story, mentions)).collect();
    let why = if utterance.note.is_empty() { why.to_owned() } else { utterance.note.clone() };
    Some(Discrepancy {
        kind: DiscrepancyKind::Wording,
        verdict,
        about: utterance
            .speaker_name
            .clone()
            .unwrap_or_else(|| short(desk, &utterance.variants[0])),
        silent: silent(desk.story, &sides),
        sides,
        why,
    })
}

/// Letters and digits in lower case, with one blank between words.
fn letters(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The first words of a variant.
fn short(desk: &Desk<'_>, variant: &Variant) -> String {
    let words = desk.story.slice(Passage { article: variant.article, span: variant.span });
    let end = words.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).nth(7);
    words[..end.unwrap_or(words.len())].to_owned()
}
