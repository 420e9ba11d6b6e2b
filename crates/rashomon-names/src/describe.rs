use std::ops::Range;

use rashomon_article::{EntityIndex, EntityKind, Mention, MentionForm, TokenKind};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::entities::{Report, canonical};
use crate::find::Found;
use crate::run::known_at;
use crate::word::Words;

/// An office or calling that the report gives somebody.
#[derive(Clone, Debug, PartialEq)]
struct Role {
    entity: EntityIndex,
    /// The noun: `president`, `master`.
    head: String,
    /// The other words of the role in lower case, nations in the form that their names share.
    modifiers: Vec<String>,
}

/// The roles that stand with names: before them, and after them between commas.
pub(crate) fn descriptions(
    words: &Words<'_>,
    found: &[Found],
    report: &mut Report,
    language: &Language,
) {
    let (roles, mut described) = roles(words, found, report, language);
    let introduced: Vec<Span> = described.iter().map(|mention| mention.span).collect();
    for sentence in &words.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(noun) = noun_phrase(words, at, sentence.end, language) else {
                at += 1;
                continue;
            };
            let span = words.span(noun.clone());
            let known = introduced.iter().any(|known| known.overlaps(span));
            let entity = if known { None } else { who(words, &noun, &roles, report, language) };
            if let Some(entity) = entity {
                let kind = report.entities[entity.get()].kind;
                described.push(Mention { span, kind, form: MentionForm::Description, entity });
            }
            at = noun.end;
        }
    }
    // A description swallows the nation inside it, as mentions do not overlap.
    report.mentions.retain(|name| !described.iter().any(|m: &Mention| m.span.overlaps(name.span)));
    report.mentions.extend(described);
    report.mentions.sort_by_key(|mention| mention.span);
}

/// The offices that the report gives with names, and the descriptions that stand before one.
fn roles(
    words: &Words<'_>,
    found: &[Found],
    report: &mut Report,
    language: &Language,
) -> (Vec<Role>, Vec<Mention>) {
    let mut roles: Vec<Role> = Vec::new();
    let mut introduced = Vec::new();
    for (at, name) in found.iter().enumerate() {
        let mention = report.mentions[at];
        let kind = mention.kind;
        if !matches!(kind, EntityKind::Person | EntityKind::Organization) {
            continue;
        }
        let mut add = |range: Range<usize>, is_title: bool| {
            let span = words.span(range.clone());
            let known = &mut report.entities[mention.entity.get()].roles;
            if !is_title && !known.contains(&span) {
                known.push(span);
            }
            let role = role(words, range, kind, mention.entity, language);
            if let Some(role) = role.filter(|role| !roles.contains(role)) {
                roles.push(role);
            }
        };
        let start = name.title.as_ref().map_or(name.words.start, |title| title.start);
        if let Some(title) = &name.title {
            add(modified(words, title.clone(), language), true);
        }
        if let Some(noun) = noun_before(words, start, kind, language) {
            add(noun, false);
        }
        if let Some(apposition) = apposition(words, name.words.end, kind, language) {
            add(apposition, false);
        }
        if let Some(phrase) = introduction(words, start, name.words.end, kind, language) {
            let definite = language.names.definite.contains(&words.words[phrase.start].lower);
            let noun = phrase.start + usize::from(definite)..phrase.end;
            let span = words.span(phrase);
            add(noun, false);
            let form = MentionForm::Description;
            introduced.push(Mention { span, kind, form, entity: mention.entity });
        }
    }
    (roles, introduced)
}

/// `the president of the union` in `the president of the union, Ada Bell,`, and the `director`
/// of `its director, Ada Bell,`.
pub(crate) fn introduction(
    words: &Words<'_>,
    start: usize,
    end: usize,
    kind: EntityKind,
    language: &Language,
) -> Option<Range<usize>> {
    let names = &language.names;
    let comma = start.checked_sub(1)?;
    let sentence = words.get(start)?.sentence;
    let closed = words.get(end).is_none_or(|after| {
        after.sentence != sentence
            || after.kind == TokenKind::QuotationMark
            || matches!(after.text, "," | "." | ";" | ":" | ")" | "?" | "!")
    });
    if !words.words[comma].is_mark(",") || words.words[comma].sentence != sentence || !closed {
        return None;
    }
    let led = |at: usize| {
        let word = &words.words[at];
        names.definite.contains(&word.lower)
            || names.possessives.contains(&word.lower)
            || word.kind == TokenKind::Clitic && word.lower.ends_with('s')
    };
    let inner = |&at: &usize| {
        let word = &words.words[at];
        word.sentence == sentence
            && (word.is_word() || word.is_mark("-") || word.kind == TokenKind::Clitic)
            && !names.saying.contains(&word.lower)
            && !matches!(word.lower.as_str(), "and" | "or" | "who" | "that" | "with" | "after")
    };
    // The first article of the phrase: `the head of the union`.
    let first = (comma.saturating_sub(10)..comma).rev().take_while(inner).filter(|&at| led(at));
    let lead = first.last()?;
    let from = if names.definite.contains(&words.words[lead].lower) { lead } else { lead + 1 };
    let (noun, before) = head(words, lead + 1..comma, kind, language)?;
    let of = before.end + noun.split(' ').count();
    let organisation = kind == EntityKind::Organization;
    // `at the Ministry of Trade in the capital, Lusa`: a name, and no noun for Lusa.
    if organisation
        && (words.words[before.end].is_capital() && !words.words[before.end].first
            || words.words.get(of).is_some_and(|after| of < comma && after.lower != "of"))
    {
        return None;
    }
    // A second article before the noun would begin another phrase: `told the crowd the mayor`.
    let whole = !before.clone().any(led)
        && !before.into_iter().any(|at| language.words.is_function_word(&words.words[at].lower));
    (whole && from < comma).then_some(from..comma)
}

fn role(
    words: &Words<'_>,
    range: Range<usize>,
    kind: EntityKind,
    entity: EntityIndex,
    language: &Language,
) -> Option<Role> {
    let (head, rest) = head(words, range, kind, language)?;
    let mut modifiers = Vec::new();
    let mut at = rest.start;
    while at < rest.end {
        let end = known_at(words, at, rest.end, language).map_or(at + 1, |known| known.end);
        if words.words[at].is_word() && !language.words.is_function_word(&words.words[at].lower)
            || end > at + 1
        {
            let phrase = words.phrase(at..end);
            let shared = canonical(&phrase, language);
            modifiers.push(shared.trim_start_matches("people of ").to_owned());
        }
        at = end;
    }
    Some(Role { entity, head, modifiers })
}

/// The noun that names the office and the words before it: of `minister of trade` the first
/// words, else the last ones.
pub(crate) fn head(
    words: &Words<'_>,
    range: Range<usize>,
    kind: EntityKind,
    language: &Language,
) -> Option<(String, Range<usize>)> {
    let stop = range.clone().find(|&at| {
        matches!(words.words[at].lower.as_str(), "of" | "for" | "at" | "in" | "from" | "on" | "to")
    });
    let end = stop.unwrap_or(range.end);
    let longest = (range.start..end)
        .map(|from| from..end)
        .find(|part| is_noun(&words.phrase(part.clone()), kind, language))?;
    Some((words.phrase(longest.clone()), range.start..longest.start))
}

/// Whether a noun stands for somebody of this kind.
fn is_noun(noun: &str, kind: EntityKind, language: &Language) -> bool {
    let names = &language.names;
    match kind {
        EntityKind::Organization => names.organisation_nouns.contains(noun),
        _ => names.titles.contains(noun) || names.person_nouns.contains(noun),
    }
}

/// A title with the nation and the adjectives before it: `Russian President`.
pub(crate) fn modified(
    words: &Words<'_>,
    title: Range<usize>,
    language: &Language,
) -> Range<usize> {
    let mut start = title.start;
    while start > 0 && title.start - start < 4 {
        let word = &words.words[start - 1];
        let modifier = language.names.title_modifiers.contains(&word.lower);
        let known = words.words[start - 1].sentence == words.words[start].sentence
            && (1..=3usize).filter_map(|back| start.checked_sub(back)).any(|from| {
                known_at(words, from, start, language).is_some_and(|known| known.end == start)
            });
        if word.sentence != words.words[start].sentence || !word.is_word() || !(modifier || known) {
            break;
        }
        start -= 1;
    }
    start..title.end
}

/// `opposition lawmaker` before a name, with at most two words and a nation before the noun.
fn noun_before(
    words: &Words<'_>,
    at: usize,
    kind: EntityKind,
    language: &Language,
) -> Option<Range<usize>> {
    let noun = at.checked_sub(1)?;
    let word = words.before(at)?;
    let names = &language.names;
    let table = match kind {
        EntityKind::Organization => names.organisation_nouns,
        _ => names.person_nouns,
    };
    if !table.contains(&word.lower) {
        return None;
    }
    let mut start = noun;
    while start > 0 && noun - start < 4 {
        let word = &words.words[start - 1];
        let small = language.words.is_function_word(&word.lower)
            || language.names.saying.contains(&word.lower);
        if word.sentence != words.words[at].sentence || !word.is_word() || small {
            break;
        }
        start -= 1;
    }
    Some(start..at)
}

/// `, the harbour master,` after a name: up to the next mark, where its noun is a calling.
fn apposition(
    words: &Words<'_>,
    at: usize,
    kind: EntityKind,
    language: &Language,
) -> Option<Range<usize>> {
    let comma = words.get(at)?;
    let start = at + 1;
    let sentence = comma.sentence;
    if !comma.is_mark(",") || words.get(start)?.sentence != sentence {
        return None;
    }
    let end = (start..start + 10).find(|&at| {
        words
            .get(at)
            .is_none_or(|word| word.sentence != sentence || !word.is_word() && !word.is_mark("-"))
    })?;
    let closed = words
        .get(end)
        .is_none_or(|word| word.sentence != sentence || word.is_mark(",") || word.is_mark("."));
    let first = words.get(start).filter(|_| end > start)?;
    let article = matches!(first.lower.as_str(), "a" | "an")
        || language.names.definite.contains(&first.lower);
    let from = if article { start + 1 } else { start };
    let verbal = (from..end).any(|at| {
        let lower = &words.words[at].lower;
        language.names.saying.contains(lower)
            || matches!(
                lower.as_str(),
                "is" | "was" | "has" | "had" | "who" | "and" | "were" | "are"
            )
    });
    (closed && from < end && !verbal && head(words, from..end, kind, language).is_some())
        .then_some(from..end)
}

/// `the` and up to three words and a noun that stands for a person or an organisation.
fn noun_phrase(
    words: &Words<'_>,
    at: usize,
    end: usize,
    language: &Language,
) -> Option<Range<usize>> {
    let names = &language.names;
    let word = &words.words[at];
    if word.titled || !names.definite.contains(&word.lower) {
        return None;
    }
    let noun = |at: usize| {
        let lower = &words.words[at].lower;
        names.person_nouns.contains(lower)
            || names.titles.contains(lower)
            || names.organisation_nouns.contains(lower)
    };
    let last = (at + 1..end.min(at + 6))
        .take_while(|&at| {
            let word = &words.words[at];
            (word.is_word() || word.is_mark("-")) && !language.words.is_function_word(&word.lower)
        })
        .filter(|&at| noun(at))
        .last()?;
    let next = words.get(last + 1).filter(|next| next.sentence == word.sentence);
    // `the president elect`, `the company’s`, `the party of`: no other noun may follow.
    let goes_on = next.is_some_and(|next| {
        next.is_mark("-") && next.glued
            || next.is_capital()
            || matches!(next.lower.as_str(), "of" | "and" | "or" | "who" | "that")
    });
    (!goes_on).then_some(at..last + 1)
}

/// The only bearer of the role that the report has named before, or the one named last where
/// the sentence and the one before name only one of them.
fn who(
    words: &Words<'_>,
    noun: &Range<usize>,
    roles: &[Role],
    report: &Report,
    language: &Language,
) -> Option<EntityIndex> {
    let span = words.span(noun.clone());
    let holders = |kind: EntityKind| -> Vec<EntityIndex> {
        let asked = role(words, noun.start + 1..noun.end, kind, EntityIndex(0), language);
        let Some(asked) = asked else { return Vec::new() };
        roles
            .iter()
            .filter(|role| report.entities[role.entity.get()].kind == kind)
            .filter(|role| answers(role, &asked, language))
            .map(|role| role.entity)
            .collect()
    };
    let mut fitting = holders(EntityKind::Person);
    if fitting.is_empty() {
        fitting = holders(EntityKind::Organization);
    }
    if fitting.is_empty() {
        fitting = organisations(words, noun, report, language);
    }
    fitting.sort_unstable();
    fitting.dedup();
    let before = |entity: &EntityIndex| {
        report.mentions.iter().any(|m| m.entity == *entity && m.span.end() <= span.start())
    };
    fitting.retain(before);
    if fitting.len() > 1 {
        let here = words.words[noun.start].sentence;
        let from = words.words[words.sentences[here.saturating_sub(1)].start].span.start();
        let near = Span::new(from.min(span.start()), span.start());
        fitting.retain(|entity| {
            report.mentions.iter().any(|m| m.entity == *entity && near.covers(m.span))
        });
    }
    match fitting[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// Whether a holder of `role` may be called `asked`: the same noun, or `leader` for a head of
/// state, every modifier the same, and `former` on both or on neither.
fn answers(role: &Role, asked: &Role, language: &Language) -> bool {
    let noun = role.head == asked.head
        || role.head.ends_with(&format!(" {}", asked.head))
        || asked.head == "leader" && language.names.leaders.contains(&role.head);
    let past = |role: &Role| {
        role.modifiers.iter().any(|word| matches!(word.as_str(), "former" | "ex" | "late" | "then"))
    };
    let words: Vec<&str> = role.head.split(' ').collect();
    noun && past(role) == past(asked)
        && asked
            .modifiers
            .iter()
            .all(|word| role.modifiers.contains(word) || words.contains(&word.as_str()))
        && (!asked.modifiers.is_empty() || asked.head != "leader")
}

/// The organisation spoken of last, where its name holds the noun as in `the union`, or where
/// the noun stands for a business, as in `the company`, and its name says nothing else.
fn organisations(
    words: &Words<'_>,
    noun: &Range<usize>,
    report: &Report,
    language: &Language,
) -> Vec<EntityIndex> {
    let names = &language.names;
    let last = &words.words[noun.end - 1];
    let Some(value) = names.organisation_nouns.get(&last.lower) else { return Vec::new() };
    if noun.len() != 2 || last.is_capital() {
        return Vec::new();
    }
    // Every ministry is `the ministry`: only the organisation spoken of last is meant.
    let start = words.words[noun.start].span.start();
    let spoken_of = report
        .mentions
        .iter()
        .rfind(|mention| mention.kind == EntityKind::Organization && mention.span.end() <= start);
    let Some(mention) = spoken_of else { return Vec::new() };
    let name = &report.entities[mention.entity.get()].name;
    let parts: Vec<String> = name.split([' ', '-']).map(crate::word::lower).collect();
    let holds = parts.contains(&last.lower);
    let says = |part: &String| names.organisation_heads.get(part);
    // A bureau is no company, and an acronym may be of anything.
    let is_business = match parts.last().and_then(says) {
        Some(value) => value == "b",
        None => {
            name.chars().any(char::is_lowercase)
                && !names.organisations.contains(&crate::word::lower(name))
                && !parts.iter().any(|part| {
                    names.heads_with_of.contains(part) || says(part).is_some_and(|v| v != "b")
                })
        }
    };
    let sentence = words.words[noun.start].sentence.saturating_sub(2);
    let near = words.words[words.sentences[sentence].start].span.start() <= mention.span.start();
    let fits = holds || value == "b" && is_business && near;
    if fits { vec![mention.entity] } else { Vec::new() }
}
