//! Quoted words joined to quotations, each with its cue and speaker.

use std::ops::Range;

use rashomon_article::{EntityIndex, EntityKind, Mention, MentionForm, Speaker};
use rashomon_text::Span;

use crate::cue::{Cue, Report};
use crate::words::{Words, has};

/// A quotation in marks that is still being put together.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The quoted words that it is made of; never empty, in order.
    pub parts: Vec<usize>,
    pub cue: Option<Cue>,
    pub speaker: Option<Speaker>,
    /// Every part is whole sentences or a clause of its own, not a fragment.
    pub whole: bool,
}

impl Draft {
    fn last(&self) -> usize {
        self.parts[self.parts.len() - 1]
    }
}

/// The direct quotations and fragments in quotation marks.
pub(crate) fn drafts(words: &Words<'_>, reports: &[Report]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (at, (quoted, report)) in words.quoted.iter().zip(reports).enumerate() {
        let own = matches!(report, Report::Cued(cue) if cue.after);
        if quoted.continues
            && !own
            && let Some(draft) = drafts.last_mut().filter(|draft| draft.last() + 1 == at)
        {
            draft.parts.push(at);
            continue;
        }
        match report {
            Report::Named | Report::NotSaid => {}
            Report::Cued(cue) => add_cued(words, &mut drafts, at, cue.clone()),
            Report::Uncued => add_uncued(words, &mut drafts, at),
        }
    }
    drafts
}

fn add_cued(words: &Words<'_>, drafts: &mut Vec<Draft>, at: usize, cue: Cue) {
    if let Some(before) = drafts.last_mut() {
        let shared = before.cue.as_ref().is_some_and(|own| own.after && own.words == cue.words);
        if goes_on(words, before, at, &cue) {
            // `“We won,” she said, “at last.”`
            before.parts.push(at);
            return;
        }
        if shared && !cue.after {
            // `“We won,” said Bell, who was in a “good mood”`: the cue has what it reports.
            return;
        }
    }
    let speaker = cue.speaker.as_ref().map(|tokens| resolve(words, tokens, drafts));
    let speaker = speaker.or_else(|| carried(words, drafts, at).filter(|_| cue.speaker.is_none()));
    let whole = words.is_whole(at, &cue);
    drafts.push(Draft { parts: vec![at], cue: Some(cue), speaker, whole });
}

/// Whether the cue of the quoted words before, which stands after them, holds for these too:
/// `“We won,” she said, smiling, “at last.”`
fn goes_on(words: &Words<'_>, before: &Draft, at: usize, cue: &Cue) -> bool {
    let Some(shared) = before.cue.as_ref().filter(|shared| shared.after && !cue.after) else {
        return false;
    };
    let first = words.range(words.quoted[at].outer).start;
    let pause = first.saturating_sub(1);
    let paused = matches!(words.lower(pause), "," | ":") || words.is_dash(pause);
    let text = words.document.slice(words.quoted[at].inner);
    let same = shared.words == cue.words
        && (paused || shared.speaker.as_ref().is_some_and(|speaker| speaker.end == first));
    let borrowed = cue.words.start > shared.words.start
        && cue.words.len() == 1
        && words.is_participle(cue.words.start)
        && cue.words.end + 1 >= first
        && text.starts_with(char::is_lowercase)
        && words.lower(pause) == ","
        && words
            .sentence(words.token(first).span.start())
            .is_some_and(|sentence| sentence.contains(&shared.words.start));
    same || borrowed
}

/// Whole sentences without a cue go on from the quotation before them in the same paragraph, or
/// keep its speaker.
fn add_uncued(words: &Words<'_>, drafts: &mut Vec<Draft>, at: usize) {
    let quoted = &words.quoted[at];
    let first = words.range(quoted.outer).start;
    if let Some(before) = drafts.last_mut()
        && before.whole
        && (before.speaker.is_some() || before.cue.is_some())
        && words.follows_directly(before, first)
    {
        before.parts.push(at);
        return;
    }
    let speaker = introduced(words, drafts, first).or_else(|| carried(words, drafts, at));
    drafts.push(Draft { parts: vec![at], cue: None, speaker, whole: true });
}

/// The subject of the sentence before, in the same paragraph: `She sighed. “It took years.”`
fn introduced(words: &Words<'_>, drafts: &[Draft], first: usize) -> Option<Speaker> {
    let byte = words.token(first).span.start();
    let before = first.checked_sub(1)?;
    let sentence = words.sentence(words.token(before).span.start())?;
    let same_block = words.block_start(words.token(before).span.start()) == words.block_start(byte);
    if !same_block || !words.is_outside(before) {
        return None;
    }
    let subject =
        (sentence.start..sentence.end).find_map(|end| words.clause_subject(end, sentence.start))?;
    Some(resolve(words, &subject, drafts))
}

/// The speaker of the quotation before, in the same paragraph or the one above.
fn carried(words: &Words<'_>, drafts: &[Draft], at: usize) -> Option<Speaker> {
    let before = drafts.last()?;
    let quoted = &words.quoted[at];
    let from = words.block_start(words.quoted[before.last()].outer.start());
    let to = words.block_start(quoted.outer.start());
    let blocks = &words.document.article.blocks;
    let between = blocks.starting_in(Span::new(from, to.max(from))).len();
    let speaker = before.speaker.as_ref().filter(|_| between <= 1)?;
    Some(Speaker { spans: Vec::new(), ..speaker.clone() })
}

/// Who is meant by the words of a speaker.
pub(crate) fn resolve(words: &Words<'_>, tokens: &Range<usize>, drafts: &[Draft]) -> Speaker {
    let span = words.span(tokens);
    let shown = words.document.slice(span).to_owned();
    let relative = tokens.len() == 1 && has(words.pack.relatives, words.lower(tokens.start));
    let antecedent =
        if relative { words.antecedent(tokens.start, words.floor(tokens.start)) } else { None };
    let meant = antecedent.as_ref().unwrap_or(tokens);
    let entity = named(words, meant).or_else(|| described(words, meant));
    if let Some(entity) = entity {
        let name = words.document.entities[entity.get()].name.clone();
        return Speaker { spans: vec![span], entity: Some(entity), name };
    }
    if tokens.len() == 1
        && (has(words.pack.personal_pronouns, words.lower(tokens.start))
            || has(words.pack.possessives, words.lower(tokens.start)))
        && let Some(found) = person_before(words, tokens.start, drafts)
    {
        return Speaker { spans: vec![span], ..found };
    }
    Speaker { spans: vec![span], entity: None, name: shown }
}

/// The entity that the head of a noun phrase names: not `Bell` in `a spokesman for Bell`.
fn named(words: &Words<'_>, tokens: &Range<usize>) -> Option<EntityIndex> {
    let span = words.span(tokens);
    let mention: &Mention = words.document.mentions.overlapping(span).last()?;
    let range = words.range(mention.span);
    let several = words.document.mentions.inside(span).any(|other| {
        // `Bell and Roe` are two.
        other.entity != mention.entity
            && other.kind == EntityKind::Person
            && (words.range(other.span).end..range.start)
                .any(|at| words.lower(at) == words.pack.and)
    });
    if several {
        return None;
    }
    if mention.span.end() < span.end() {
        return None;
    }
    let hangs =
        (tokens.start..range.start).rev().find(|&at| has(words.pack.prepositions, words.lower(at)));
    let hanging = hangs.is_some_and(|at| {
        // `Secretary of State Ada Bell` is Bell; `a spokesman for Bell` is not.
        let direct = at + 1 == range.start;
        let determined =
            (at + 1..range.start).any(|at| has(words.pack.determiners, words.lower(at)));
        (direct || determined) && mention.form == MentionForm::Name
    });
    (!hanging).then_some(mention.entity)
}

/// The only person of the report whose titles fit a description: `the Lusan leader` is the one
/// called `Lusan President`, `the president` the one called `President`.
fn described(words: &Words<'_>, tokens: &Range<usize>) -> Option<EntityIndex> {
    if !has(words.pack.determiners, words.lower(tokens.start)) || tokens.len() < 2 {
        return None;
    }
    let noun = tokens.end - 1;
    if !has(words.pack.speaking_nouns, words.lower(noun)) {
        return None;
    }
    let described: Vec<String> =
        (tokens.start + 1..noun).map(|at| words.lower(at).to_owned()).collect();
    let fits = |role: &str| {
        let role = role.to_lowercase();
        let mut parts: Vec<&str> = role.split_whitespace().collect();
        if described.is_empty() {
            return parts == [words.lower(noun)];
        }
        parts.pop();
        described.iter().all(|word| parts.contains(&word.as_str()))
    };
    let mut people = words.document.entities.iter().enumerate().filter(|(_, entity)| {
        entity.kind == EntityKind::Person
            && entity.roles.iter().any(|&role| fits(words.document.slice(role)))
    });
    let (at, _) = people.next()?;
    people.next().is_none().then_some(EntityIndex(at as u32))
}

/// The person a pronoun means where the names do not tell: the last speaker of the paragraph, or
/// else the last person named before.
fn person_before(words: &Words<'_>, pronoun: usize, drafts: &[Draft]) -> Option<Speaker> {
    let byte = words.token(pronoun).span.start();
    let block = words.block_start(byte);
    let recent = drafts.last().filter(|draft| words.quoted[draft.last()].outer.start() >= block);
    if let Some(speaker) = recent.and_then(|draft| draft.speaker.as_ref()) {
        return Some(speaker.clone());
    }
    let until = words.document.mentions.partition_point(|m| m.span.start() < byte);
    let person = words.document.mentions[..until].iter().rev().take(12).find(|mention| {
        mention.kind == EntityKind::Person && words.block_start(mention.span.start()) == block
    });
    if let Some(person) = person {
        let name = words.document.entities[person.entity.get()].name.clone();
        return Some(Speaker { spans: Vec::new(), entity: Some(person.entity), name });
    }
    drafts.last().and_then(|draft| draft.speaker.clone())
}

impl Words<'_> {
    /// The first token of the sentence of a token.
    fn floor(&self, at: usize) -> usize {
        self.sentence(self.token(at).span.start()).map_or(at, |sentence| sentence.start)
    }

    /// A clause of its own and not a fragment of the report's sentence.
    fn is_whole(&self, at: usize, cue: &Cue) -> bool {
        let quoted = &self.quoted[at];
        let text = self.document.slice(quoted.inner);
        let upper = text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let first = self.range(quoted.outer).start;
        let introduced = first > 0 && matches!(self.lower(first - 1), "," | ":");
        upper && (cue.after || introduced || text.ends_with(['.', '?', '!']))
            || introduced && !cue.after
    }

    /// Whether nothing but the rest of the sentence, or of the cue’s, stands between a quotation
    /// and a token.
    fn follows_directly(&self, before: &Draft, first: usize) -> bool {
        let quoted = &self.quoted[before.last()];
        let end = quoted.outer.end();
        let start = self.token(first).span.start();
        if self.block_start(quoted.outer.start()) != self.block_start(start) {
            return false;
        }
        let cue = before.cue.as_ref().filter(|cue| cue.after && !cue.words.is_empty());
        let last = cue.map_or(end, |cue| end.max(self.token(cue.words.end - 1).span.end()));
        let ends_before =
            |byte: usize| self.sentence(byte - 1).is_some_and(|sentence| sentence.end == first);
        ends_before(end)
            || ends_before(last)
            || self.range(Span::new(end, start.max(end))).is_empty()
    }
}
