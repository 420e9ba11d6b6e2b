use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{
    Discrepancy, DiscrepancyKind, EntityKind, MentionForm, Passage, QuotationKind, Relation, Side,
    Utterance, Variant, Verdict,
};

use crate::abroad::may_speak_another_language;
use crate::desk::Desk;
use crate::side::{side, silent};
use crate::spellings::{are_spellings, is_respelled};

/// Words in quotation marks that differ in more places than these are renderings.
const MOST_PLACES: usize = 2;
/// Fewer words than these many people say.
const LEAST_WORDS: usize = 4;

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
    let entity = desk.entity(variant.article, speaker.entity?)?;
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
    if by_speaker.len() < 2
        || articles.windows(2).any(|pair| pair[0] == pair[1])
        || may_be_one(desk, &by_speaker)
        || is_misread(desk, &by_speaker)
        || !are_one_wording(desk, &by_speaker)
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

/// Whether two of the speakers may be one under two names: they share a word, or the one name is
/// the other in another spelling.
fn may_be_one(desk: &Desk<'_>, by_speaker: &BTreeMap<usize, Vec<Passage>>) -> bool {
    let names: Vec<Vec<String>> = by_speaker
        .keys()
        .map(|&speaker| {
            let name = desk.story.entities[speaker].name.split_whitespace();
            name.map(rashomon_terms::fold).collect()
        })
        .collect();
    names.iter().enumerate().any(|(at, b)| {
        names[..at].iter().any(|a| a.iter().any(|word| b.contains(word)) || are_spellings(a, b))
    })
}

/// Whether the sentence of one telling also names another one's speaker: then it may be read amiss.
fn is_misread(desk: &Desk<'_>, by_speaker: &BTreeMap<usize, Vec<Passage>>) -> bool {
    by_speaker.iter().any(|(speaker, mentions)| {
        mentions.iter().any(|mention| {
            let line = desk.line_at(mention.article, mention.span.start());
            let span = line.map_or(mention.span, |line| line.span.hull(mention.span));
            let mut named = desk.named(mention.article, span);
            named.any(|entity| entity != *speaker && by_speaker.contains_key(&entity))
        })
    })
}

/// Whether the words are the same for all speakers, but for a cut: two say similar things.
fn are_one_wording(desk: &Desk<'_>, by_speaker: &BTreeMap<usize, Vec<Passage>>) -> bool {
    let longest = |mentions: &Vec<Passage>| {
        let longest = mentions.iter().max_by_key(|mention| mention.span.len());
        longest.map(|&mention| letters(desk.story.slice(mention))).unwrap_or_default()
    };
    let texts: Vec<String> = by_speaker.values().map(longest).collect();
    texts.windows(2).all(|pair| {
        let x: Vec<&str> = pair[0].split(' ').collect();
        let y: Vec<&str> = pair[1].split(' ').collect();
        let shorter = x.len().min(y.len());
        shorter >= LEAST_WORDS && 5 * common(&x, &y).len() >= 4 * shorter
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
    // Pieces of a remark that have hardly a word in common are no two accounts of it.
    let first = sides[0].0.clone();
    sides.retain(|(words, _)| *words == first || share_most(desk, &first, words));
    if sides.len() < 2 {
        return None;
    }
    // What differs slightly stands with the first, unless there is nothing else.
    let slight = |(words, _): &(String, Vec<Passage>)| differ_slightly(desk, &first, words);
    let all_slight = sides[1..].iter().all(slight);
    if !all_slight {
        let (near, other): (Vec<_>, Vec<_>) = sides.drain(1..).partition(slight);
        sides[0].1.extend(near.into_iter().flat_map(|(_, mentions)| mentions));
        sides.extend(other);
    }
    let rendered = sides[1..].iter().all(|(words, _)| differ_often(&first, words));
    let cut = sides[1..].iter().all(|(words, _)| is_cut(&first, words));
    let abroad = verdict == Verdict::Conflict && speaks_another_language(desk, utterance);
    let innocent = all_slight || rendered || cut || abroad;
    let verdict = if innocent { Verdict::Variant } else { verdict };
    let sides: Vec<Side> =
        sides.into_iter().map(|(_, mentions)| side(desk.story, mentions)).collect();
    let mut why = if utterance.note.is_empty() { why.to_owned() } else { utterance.note.clone() };
    if abroad {
        why = format!("{} The speaker may have said it in another language", why.trim_end());
    }
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

/// Whether the speaker of a remark may have made it in another language.
fn speaks_another_language(desk: &Desk<'_>, utterance: &Utterance) -> bool {
    utterance.variants.iter().any(|variant| {
        let quotation = desk.document(variant.article).quotations.get(variant.quotation);
        let speaker = quotation.and_then(|quotation| quotation.speaker.as_ref()?.entity);
        let speaker = speaker.and_then(|member| desk.entity(variant.article, member));
        speaker.is_some_and(|speaker| may_speak_another_language(desk, speaker))
    })
}

/// Of a remark and a piece of it that is shorter than this share, the piece is cut.
const LEAST_OF_REMARK: f32 = 0.6;

/// Whether one of two tellings gives much less of the remark than the other: who cuts it may well
/// put together what is left.
fn is_cut(a: &str, b: &str) -> bool {
    let (x, y) = (a.split(' ').count() as f32, b.split(' ').count() as f32);
    x.min(y) < LEAST_OF_REMARK * x.max(y)
}

/// Whether two tellings have most words of matter of the shorter in common.
fn share_most(desk: &Desk<'_>, a: &str, b: &str) -> bool {
    fn matter<'w>(desk: &Desk<'_>, words: &'w str) -> Vec<&'w str> {
        let grammar = |word: &&str| desk.language.words.is_function_word(word);
        words.split(' ').filter(|word| !grammar(word)).collect()
    }
    let (x, y) = (matter(desk, a), matter(desk, b));
    5 * common(&x, &y).len() >= 3 * x.len().min(y.len())
}

/// Whether two tellings differ, between their first and last common words, in no more than words
/// of grammar and in spellings: `organizations` and `organisations`.
fn differ_slightly(desk: &Desk<'_>, a: &str, b: &str) -> bool {
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let pairs = common(&x, &y);
    pairs.windows(2).all(|pair| {
        let (one, other) = (&x[pair[0].0 + 1..pair[1].0], &y[pair[0].1 + 1..pair[1].1]);
        let matter = |words: &[&str]| -> Vec<String> {
            let words = words.iter().filter(|word| !desk.language.words.is_function_word(word));
            words.map(|word| (*word).to_owned()).collect()
        };
        let denies =
            |words: &[&str]| words.iter().any(|word| desk.language.words.is_negation(word));
        let (p, q) = (matter(one), matter(other));
        let spelled = p.len() == q.len() && p.iter().zip(&q).all(|(p, q)| is_respelled(p, q));
        denies(one) == denies(other) && spelled
    })
}

/// Whether two tellings differ in more places than a slip, a cut and an editor's hand together
/// leave: then they are two renderings of one foreign remark, or of one that was not written down.
fn differ_often(a: &str, b: &str) -> bool {
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let pairs = common(&x, &y);
    let follows =
        |pair: &&[(usize, usize)]| pair[0].0 + 1 == pair[1].0 && pair[0].1 + 1 == pair[1].1;
    pairs.windows(2).filter(|pair| !follows(pair)).count() > MOST_PLACES
}

/// The words that two lists have in common, in order: the longest common subsequence.
fn common(x: &[&str], y: &[&str]) -> Vec<(usize, usize)> {
    let width = y.len() + 1;
    let mut best = vec![0_u32; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            best[i * width + j] = match x[i] == y[j] {
                true => 1 + best[(i + 1) * width + j + 1],
                false => best[(i + 1) * width + j].max(best[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < x.len() && j < y.len() {
        if x[i] == y[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
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
