use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rashomon_article::{
    ArticleIndex, Document, Entity, EntityIndex, EntityKind, Mention, MentionForm, Quotation,
    Story, TokenKind,
};
use rashomon_language::Language;
use rashomon_text::{Layer, Span};

use crate::describe::{head, modified};
use crate::entities::canonical;
use crate::memo::Memo;
use crate::run::known_at;
use crate::word::Words;

/// The most words that an office and what it is of have.
const LONGEST: usize = 10;

/// An office by its noun and what it is of: `minister`, `foreign` and `norway`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Office {
    head: String,
    of: BTreeSet<String>,
}

/// What a report says about an office without saying who holds it.
struct Asked {
    office: Office,
    span: Span,
}

/// The offices that a report speaks of.
pub(crate) struct Offices {
    /// Those that it says who holds, by its entities.
    held: Vec<(EntityIndex, Office)>,
    /// The others, in the order of the text.
    asked: Vec<Asked>,
}

impl Offices {
    fn new(document: &Document, language: &Language) -> Offices {
        let words = Words::new(document, language);
        let mut holders = Vec::new();
        for (at, entity) in document.entities.iter().enumerate() {
            if entity.kind == EntityKind::Person {
                let offices = entity.roles.iter().filter_map(|&role| held(&words, role, language));
                holders.extend(offices.map(|office| (EntityIndex(at as u32), office)));
            }
        }
        Offices { held: holders, asked: unanswered(&words, document, language) }
    }
}

/// Gives each report the descriptions whose holder only another report names: `the Lusan foreign
/// minister`. Only an office that the story has one holder of, by its noun and all that the
/// report says with it; a former holder has another office.
pub(crate) fn with_descriptions(mut story: Story, language: &Language, memo: &mut Memo) -> Story {
    let mut holders: BTreeMap<Office, BTreeSet<usize>> = BTreeMap::new();
    let mut joined: BTreeMap<(ArticleIndex, EntityIndex), usize> = BTreeMap::new();
    for (at, entity) in story.entities.iter().enumerate() {
        joined.extend(entity.members.iter().map(|&member| (member, at)));
    }
    let offices: Vec<Arc<Offices>> = story
        .articles()
        .map(|at| memo.offices.of(at, || Offices::new(story.document(at), language)))
        .collect();
    for (article, offices) in story.articles().zip(&offices) {
        for (entity, office) in &offices.held {
            if let Some(&who) = joined.get(&(article, *entity)) {
                holders.entry(office.clone()).or_default().insert(who);
            }
        }
    }
    let holders: Vec<(Office, BTreeSet<usize>)> = holders.into_iter().collect();
    for (article, offices) in offices.iter().enumerate() {
        let mut added = Vec::new();
        for Asked { office, span } in &offices.asked {
            let fitting: BTreeSet<usize> = holders
                .iter()
                .filter(|(held, _)| answers(held, office, language))
                .flat_map(|(_, who)| who.iter().copied())
                .collect();
            if let Some(&who) = fitting.first().filter(|_| fitting.len() == 1) {
                added.push((*span, who));
            }
        }
        add(&mut story, ArticleIndex(article as u32), &added);
    }
    story
}

/// Adds mentions of entities of the story to a report, and to the quotations that such words are
/// the source of.
fn add(story: &mut Story, article: ArticleIndex, added: &[(Span, usize)]) {
    if added.is_empty() {
        return;
    }
    let document = &mut story.documents[article.get()];
    let mut mentions: Vec<Mention> = document.mentions.iter().copied().collect();
    let mut quotations: Vec<Quotation> = document.quotations.iter().cloned().collect();
    for &(span, who) in added {
        let its = &mut story.entities[who];
        let known = its.members.iter().find(|(at, _)| *at == article).map(|&(_, entity)| entity);
        let entity = known.unwrap_or_else(|| {
            let entity = EntityIndex(document.entities.len() as u32);
            let name = document.slice(span).to_owned();
            document.entities.push(Entity { kind: its.kind, name, roles: vec![span] });
            its.members.push((article, entity));
            its.members.sort_unstable();
            entity
        });
        mentions.push(Mention { span, kind: its.kind, form: MentionForm::Description, entity });
        for quotation in &mut quotations {
            let speaker = quotation.speaker.as_mut().filter(|speaker| {
                speaker.entity.is_none() && speaker.spans.iter().any(|said| said.overlaps(span))
            });
            if let Some(speaker) = speaker {
                speaker.entity = Some(entity);
                speaker.name.clone_from(&its.name);
            }
        }
    }
    document.mentions = Layer::new(mentions);
    document.quotations = Layer::new(quotations);
}

/// Whether the holder of an office may be called by another one: the same noun, and all that is
/// said with it.
fn answers(held: &Office, asked: &Office, language: &Language) -> bool {
    let noun = held.head == asked.head
        || held.head.ends_with(&format!(" {}", asked.head))
        || asked.head == "leader" && language.names.leaders.contains(&held.head);
    let past = |office: &Office| {
        office.of.iter().any(|word| matches!(word.as_str(), "former" | "ex" | "late" | "then"))
    };
    noun && past(held) == past(asked)
        && asked
            .of
            .iter()
            .all(|word| held.of.contains(word) || held.head.split(' ').any(|part| part == word))
}

/// The office that stands with a name, with the nation before it and what it is of.
fn held(words: &Words<'_>, role: Span, language: &Language) -> Option<Office> {
    let start = words.words.partition_point(|word| word.span.start() < role.start());
    let end = words.words.partition_point(|word| word.span.start() < role.end());
    let range = modified(words, start..end.max(start), language);
    office(words, owned(words, range, language), language)
}

/// The range with the owner before it: `Lusa’s finance minister`.
fn owned(words: &Words<'_>, range: Range<usize>, language: &Language) -> Range<usize> {
    let Some(clitic) = range.start.checked_sub(1) else { return range };
    if words.words[clitic].kind != TokenKind::Clitic || !words.words[clitic].lower.ends_with('s') {
        return range;
    }
    let sentence = words.words[clitic].sentence;
    let from = (1..=4).filter_map(|back| clitic.checked_sub(back)).find(|&from| {
        words.words[from].sentence == sentence
            && known_at(words, from, clitic, language).is_some_and(|known| known.end == clitic)
    });
    let capitals = (clitic.saturating_sub(6)..clitic)
        .rev()
        .take_while(|&at| words.words[at].sentence == sentence && words.words[at].is_capital());
    match from.or(capitals.last()) {
        Some(from) => from..range.end,
        None => range,
    }
}

fn office(words: &Words<'_>, range: Range<usize>, language: &Language) -> Option<Office> {
    let (head, before) = head(words, range.clone(), EntityKind::Person, language)?;
    // A calling is shared by many: only titles are offices.
    if !language.names.titles.contains(&head) {
        return None;
    }
    let after = before.end + head.split(' ').count().min(range.end - before.end);
    let mut of = BTreeSet::new();
    for part in [before, after..range.end] {
        let mut at = part.start;
        while at < part.end {
            // A name is one thing that the office is of.
            let capitals = (at..part.end).take_while(|&at| words.words[at].is_capital());
            let end = known_at(words, at, part.end, language)
                .map(|known| known.end)
                .or(capitals.last().map(|last| last + 1))
                .unwrap_or(at + 1);
            let word = &words.words[at];
            let small = language.words.is_function_word(&word.lower);
            if word.is_word() && !small || end > at + 1 {
                let shared = canonical(&words.phrase(at..end), language);
                of.insert(shared.trim_start_matches("people of ").to_owned());
            }
            at = end;
        }
    }
    Some(Office { head, of })
}

/// `the harbour minister`, `the minister of harbours` and `Lusa’s minister`, not yet anybody's.
fn unanswered(words: &Words<'_>, document: &Document, language: &Language) -> Vec<Asked> {
    let names = &language.names;
    let mut asked = Vec::new();
    for sentence in &words.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            let word = &words.words[at];
            let led = names.definite.contains(&word.lower)
                || word.kind == TokenKind::Clitic && word.lower.ends_with('s');
            let phrase =
                if led && !word.titled { phrase(words, at, sentence.end, language) } else { None };
            let Some((noun, end)) = phrase else {
                at += 1;
                continue;
            };
            let range = owned(words, at + 1..end, language);
            let office = office(words, range, language);
            // Mentions do not overlap: the words after the last name inside.
            let names =
                |at: usize| document.mentions.overlapping(words.words[at].span).next().is_some();
            let first = (at + 1..noun.end).rev().take_while(|&at| !names(at)).last();
            let specific = office.as_ref().is_some_and(|office| !office.of.is_empty());
            if let (Some(office), Some(mut first), true) = (office, first, specific) {
                if first == at + 1 && word.kind != TokenKind::Clitic && !names(at) {
                    first = at;
                }
                asked.push(Asked { office, span: words.span(first..noun.end) });
            }
            at = end;
        }
    }
    asked
}

/// The noun phrase after its first word: up to its noun, and up to the end of what it is of.
fn phrase(
    words: &Words<'_>,
    lead: usize,
    end: usize,
    language: &Language,
) -> Option<(Range<usize>, usize)> {
    let names = &language.names;
    let inner = |at: &usize| {
        let word = &words.words[*at];
        (word.is_word() || word.is_mark("-")) && !language.words.is_function_word(&word.lower)
    };
    let last = (lead + 1..end.min(lead + LONGEST))
        .take_while(inner)
        .filter(|&at| names.titles.contains(&words.words[at].lower))
        .last()?;
    let next = words.get(last + 1).filter(|_| last + 1 < end);
    let goes_on = |next: &crate::word::Word<'_>| {
        next.is_capital()
            || next.is_mark("-") && next.glued
            || matches!(next.lower.as_str(), "and" | "or" | "elect" | "designate")
            || inner(&(last + 1)) && next.is_word() && names.person_nouns.contains(&next.lower)
    };
    if next.is_some_and(goes_on) {
        return None;
    }
    let of = next.is_some_and(|next| matches!(next.lower.as_str(), "of" | "for"));
    let mut to = last + 1;
    if of {
        let article = words.get(to + 1).is_some_and(|word| names.definite.contains(&word.lower));
        let from = to + 1 + usize::from(article);
        let known = known_at(words, from, end, language).map(|known| known.end);
        let capitals = (from..end.min(from + 6)).take_while(|&at| words.words[at].is_capital());
        let plain = Some(from).filter(|at| *at < end && inner(at));
        to = known.or_else(|| capitals.last().or(plain).map(|at| at + 1))?;
    }
    // `the director, Ada Bell,`: a name follows, and it is no other's.
    let named = words.get(to).is_some_and(|mark| to < end && mark.is_mark(","))
        && words.get(to + 1).is_some_and(|word| to + 1 < end && word.is_capital());
    (!named).then_some((lead + 1..last + 1, to))
}
