//! Who is meant by the words that name a speaker.

use std::ops::Range;

use rashomon_article::{EntityIndex, EntityKind, Mention, MentionForm, Speaker};

use crate::assemble::Draft;
use crate::words::{Words, has};

/// How many words of rank may stand before the name in an apposition: `, Foreign Minister Ada Bell`.
const MOST_TITLES: usize = 5;
/// How many paragraphs above a pronoun or a description may point.
const REACH: usize = 2;

/// Who is meant by the words of a speaker. `drafts` are the quotations before.
pub(crate) fn resolve(words: &Words<'_>, tokens: &Range<usize>, drafts: &[Draft]) -> Speaker {
    let span = words.span(tokens);
    let relative = tokens.len() == 1 && has(words.pack.relatives, words.lower(tokens.start));
    let antecedent =
        if relative { words.antecedent(tokens.start, words.floor(tokens.start)) } else { None };
    let meant = antecedent.as_ref().unwrap_or(tokens);
    let entity = if words.is_pronoun_of_person(meant) {
        words.person_of_pronoun(meant.start, drafts)
    } else if words.is_pronoun_of_thing(meant) {
        words.body_of_pronoun(meant.start, drafts)
    } else {
        words
            .named(meant)
            .or_else(|| words.described(meant))
            .or_else(|| words.spokesperson(meant, drafts))
            .or_else(|| words.labelled_person(meant))
    };
    let name = match entity {
        Some(entity) => words.document.entities[entity.get()].name.clone(),
        None => words.document.slice(span).to_owned(),
    };
    if entity.is_none()
        && words.is_pronoun_of_person(meant)
        && let Some(known) = words.speaker_before(meant.start, drafts)
    {
        return Speaker { spans: vec![span], ..known };
    }
    Speaker { spans: vec![span], entity, name }
}

impl Words<'_> {
    fn is_pronoun_of_person(&self, tokens: &Range<usize>) -> bool {
        tokens.len() == 1
            && (has(self.pack.personal_pronouns, self.lower(tokens.start))
                || has(self.pack.personal_possessives, self.lower(tokens.start)))
    }

    fn is_pronoun_of_thing(&self, tokens: &Range<usize>) -> bool {
        tokens.len() == 1 && has(self.pack.thing_pronouns, self.lower(tokens.start))
    }

    /// Where the head of a noun phrase ends: before its first comma, bracket, preposition or
    /// relative, those inside of names passed over.
    fn head_end(&self, tokens: &Range<usize>) -> usize {
        let ends = |at: usize| {
            let word = self.lower(at);
            !self.in_name(at)
                && (matches!(word, "," | "(" | ";" | "—" | "–")
                    || has(self.pack.prepositions, word)
                    || has(self.pack.relatives, word))
        };
        (tokens.start + 1..tokens.end).find(|&at| ends(at)).unwrap_or(tokens.end)
    }

    /// The mention whose last token is `last`.
    fn mention_ending(&self, last: usize) -> Option<&Mention> {
        let end = self.token(last).span;
        self.document.mentions.overlapping(end).find(|mention| mention.span.end() == end.end())
    }

    /// Who is named by a noun phrase: by its head, or by the name that follows a rank or stands
    /// in apposition. Not `Bell` in `a spokesman for Bell`.
    fn named(&self, tokens: &Range<usize>) -> Option<EntityIndex> {
        let head = tokens.start..self.head_end(tokens);
        self.named_by_head(&head)
            .or_else(|| self.named_after_rank(&head, tokens))
            .or_else(|| self.apposed(&head, tokens))
            .or_else(|| self.author(&head, tokens))
    }

    fn named_by_head(&self, head: &Range<usize>) -> Option<EntityIndex> {
        let mention = self.mention_ending(head.end - 1)?;
        let first = self.range(mention.span).start;
        let several = self.document.mentions.inside(self.span(head)).any(|other| {
            // `Bell and Roe` are two.
            other.entity != mention.entity
                && other.kind == EntityKind::Person
                && (self.range(other.span).end..first).any(|at| self.lower(at) == self.pack.and)
        });
        (!several).then_some(mention.entity)
    }

    /// `Secretary of State Ada Bell`; not `a spokesman for President Bell`.
    fn named_after_rank(&self, head: &Range<usize>, tokens: &Range<usize>) -> Option<EntityIndex> {
        if head.end >= tokens.end || !has(self.pack.genitives, self.lower(head.end)) {
            return None;
        }
        let mention = self.mention_ending(tokens.end - 1)?;
        let first = self.range(mention.span).start;
        let person = mention.kind == EntityKind::Person && mention.form == MentionForm::Name;
        let preposition =
            (head.end..first).rev().find(|&at| has(self.pack.prepositions, self.lower(at)))?;
        let own = preposition + 1..first;
        let other = own
            .clone()
            .any(|at| self.is_title_word(at) || has(self.pack.determiners, self.lower(at)));
        (person && !own.is_empty() && !other).then_some(mention.entity)
    }

    /// `his lawyer, Ada Bell`, `the commander of the fleet (LNF) General Ada Bell`.
    fn apposed(&self, head: &Range<usize>, tokens: &Range<usize>) -> Option<EntityIndex> {
        let noun = head.end - 1;
        let one = self.is_speaking_noun(noun) && !self.is_plural(noun) || self.is_title_word(noun);
        if !one {
            return None;
        }
        let inside = (head.end..tokens.end).filter(|&at| self.lower(at) == ",").map(|at| at + 1);
        let count = self.document.tokens.len();
        let mut after = tokens.end;
        if after < count && self.lower(after) == "(" {
            after = (after..count.min(after + 12)).find(|&at| self.lower(at) == ")")? + 1;
        } else if after < count && self.lower(after) == "," {
            after += 1;
        } else if self.lower(tokens.end - 1) != "," {
            after = count;
        }
        inside.chain([after]).find_map(|from| self.person_at(from))
    }

    /// The person whose name begins at a token, titles before it passed over, and ends a phrase.
    fn person_at(&self, from: usize) -> Option<EntityIndex> {
        let count = self.document.tokens.len();
        for at in from..count.min(from + MOST_TITLES) {
            let span = self.token(at).span;
            let mention = self.document.mentions.overlapping(span).next();
            if let Some(mention) = mention.filter(|m| m.span.start() == span.start())
                && mention.kind == EntityKind::Person
                && mention.form == MentionForm::Name
            {
                let end = self.range(mention.span).end;
                let ends = end >= count
                    || matches!(self.lower(end), "," | "." | ")" | ";")
                    || self.is_saying(end)
                    || has(self.pack.prepositions, self.lower(end));
                return ends.then_some(mention.entity);
            }
            let rank = self.is_title_word(at)
                || self.is_speaking_noun(at)
                || self.is_word(at) && self.is_capital(at);
            if !rank || !self.is_outside(at) {
                return None;
            }
        }
        None
    }

    /// Whose document speaks: `a statement from the Lusan ministry`, `Bell’s letter`.
    fn author(&self, head: &Range<usize>, tokens: &Range<usize>) -> Option<EntityIndex> {
        if !has(self.pack.documents, self.lower(head.end - 1)) {
            return None;
        }
        let party = |mention: &&Mention| {
            matches!(mention.kind, EntityKind::Person | EntityKind::Organization)
        };
        let owner = head.clone().find(|&at| at > head.start && self.is_possessor(at));
        if let Some(clitic) = owner {
            return self.mention_ending(clitic - 1).filter(party).map(|mention| mention.entity);
        }
        let by = head.end;
        if by >= self.document.tokens.len() || !has(self.pack.authoring, self.lower(by)) {
            return None;
        }
        let sentence = self.sentence(self.token(by).span.start())?;
        let limit = tokens.end.max(sentence.end.min(by + 12));
        let from = self.leading_phrase(by + 1, limit)?;
        self.mention_ending(from.end - 1).filter(party).map(|mention| mention.entity)
    }

    fn is_plural(&self, at: usize) -> bool {
        self.pack.plural_endings.iter().any(|ending| {
            self.lower(at).strip_suffix(ending).is_some_and(|stem| self.is_speaking_word(stem))
        })
    }

    /// Who is meant by `the Lusan leader`, `the envoy`, `the agency`.
    fn described(&self, tokens: &Range<usize>) -> Option<EntityIndex> {
        let head = tokens.start..self.head_end(tokens);
        if head.len() < 2 || !has(self.pack.definite, self.lower(head.start)) {
            return None;
        }
        let noun = head.end - 1;
        if !self.is_speaking_noun(noun) || self.is_plural(noun) || head.end < tokens.end {
            return None;
        }
        self.described_person(&head).or_else(|| self.described_body(&head))
    }

    /// The person of the report whose titles fit a description: `the Lusan leader` is the one
    /// called `Lusan President`, `the envoy` the one called `special envoy`; the one named last,
    /// if several.
    fn described_person(&self, head: &Range<usize>) -> Option<EntityIndex> {
        let noun = self.lower(head.end - 1);
        let described: Vec<&str> = (head.start + 1..head.end - 1)
            .filter(|&at| self.is_word(at))
            .map(|at| self.lower(at).trim_matches('.'))
            .collect();
        let fits = |role: &str| {
            let role = role.to_lowercase();
            let mut parts: Vec<&str> =
                role.split_whitespace().map(|part| part.trim_matches('.')).collect();
            let same = parts.last() == Some(&noun);
            if described.is_empty() {
                return same;
            }
            parts.pop();
            described.iter().all(|word| parts.contains(word)) || same && parts.is_empty()
        };
        let person = |entity: EntityIndex| {
            let entity = &self.document.entities[entity.get()];
            entity.kind == EntityKind::Person
                && entity.roles.iter().any(|&role| fits(self.document.slice(role)))
        };
        let before = self.mentions_before(head.start);
        let last = before.iter().rev().find(|m| m.form == MentionForm::Name && person(m.entity));
        last.map(|mention| mention.entity)
    }

    /// The organisation that a description means: one whose name holds its words, the one named
    /// last if several; for `the group` and its like the organisation named last.
    fn described_body(&self, head: &Range<usize>) -> Option<EntityIndex> {
        let noun = head.end - 1;
        let holds = |mention: &&Mention| {
            let name = self.document.entities[mention.entity.get()].name.to_lowercase();
            let parts: Vec<&str> = name.split_whitespace().collect();
            mention.kind == EntityKind::Organization
                && mention.form == MentionForm::Name
                && (head.start + 1..head.end).all(|at| parts.contains(&self.lower(at)))
        };
        let before = self.mentions_before(head.start);
        if let Some(mention) = before.iter().rev().find(holds) {
            return Some(mention.entity);
        }
        let bare = head.len() == 2 && has(self.pack.bodies, self.lower(noun));
        bare.then(|| self.body_before(head.start))?
    }

    /// The organisation that `the group` means: the subject of a sentence before, or the only one
    /// named in this paragraph and the one above.
    fn body_before(&self, at: usize) -> Option<EntityIndex> {
        let blocks = self.blocks_above(at);
        let near = |mention: &&Mention| {
            mention.kind == EntityKind::Organization
                && mention.form == MentionForm::Name
                && mention.span.start() >= blocks
                && self.is_outside(self.range(mention.span).start)
        };
        let before = self.mentions_before(at);
        let mut found = before.iter().rev().filter(near);
        let leads = |mention: &&&Mention| {
            let tokens = self.range(mention.span);
            let floor = self.floor(tokens.start);
            self.begins_clause(tokens.start, floor) && !self.is_possessor(tokens.end)
        };
        let last = found.clone().next()?;
        let subject = found.clone().find(|mention| leads(&mention));
        let only = found.all(|mention| mention.entity == last.entity);
        subject.or_else(|| only.then_some(last)).map(|mention| mention.entity)
    }

    /// What `it` means: the subject of its sentence, who spoke last, or the subject of the
    /// sentence before.
    fn body_of_pronoun(&self, pronoun: usize, drafts: &[Draft]) -> Option<EntityIndex> {
        let floor = self.floor(pronoun);
        let body = |entity: EntityIndex| {
            self.document.entities[entity.get()].kind == EntityKind::Organization
        };
        let subject = |floor: usize, limit: usize| {
            let phrase = self.leading_phrase(floor, limit)?;
            let person = self.is_pronoun_of_person(&phrase);
            (!person && self.is_speaker(&phrase)).then_some(phrase)
        };
        let resolved = |phrase: Range<usize>| {
            self.named(&phrase).or_else(|| self.described(&phrase)).filter(|&entity| body(entity))
        };
        if let Some(phrase) = subject(floor, pronoun).filter(|_| self.is_outside(floor)) {
            return resolved(phrase);
        }
        let spoke = self.speaker_before(pronoun, drafts).and_then(|speaker| speaker.entity);
        if let Some(entity) = spoke {
            return Some(entity).filter(|&entity| body(entity));
        }
        // `“…,” it said`: the sentence before the one in marks.
        let mut before = floor.checked_sub(1)?;
        while !self.is_outside(before) {
            before = before.checked_sub(1)?;
        }
        let floor = self.floor(before);
        let near = self.token(floor).span.start() >= self.blocks_above(pronoun);
        near.then(|| subject(floor, before)).flatten().and_then(resolved)
    }

    /// The person whom a label in capitals names: `BELL`.
    fn labelled_person(&self, tokens: &Range<usize>) -> Option<EntityIndex> {
        let last = tokens.end - 1;
        if self.text(last).chars().any(char::is_lowercase) {
            return None;
        }
        let named = |name: &str| {
            name.split_whitespace()
                .next_back()
                .is_some_and(|n| n.to_lowercase() == self.lower(last))
        };
        let mut people = self.document.entities.iter().enumerate();
        let (at, _) = people.find(|(_, e)| e.kind == EntityKind::Person && named(&e.name))?;
        Some(EntityIndex(at as u32))
    }

    /// `the spokesman`, who spoke last and whom no title tells.
    fn spokesperson(&self, tokens: &Range<usize>, drafts: &[Draft]) -> Option<EntityIndex> {
        let bare = tokens.len() == 2
            && has(self.pack.definite, self.lower(tokens.start))
            && has(self.pack.spokespeople, self.lower(tokens.start + 1));
        let spoke = bare.then(|| self.speaker_before(tokens.start, drafts)).flatten()?.entity;
        spoke.filter(|&entity| self.may_be_person(entity))
    }

    /// A person, or a name of which nothing is known.
    fn may_be_person(&self, entity: EntityIndex) -> bool {
        let kind = self.document.entities[entity.get()].kind;
        matches!(kind, EntityKind::Person | EntityKind::Other)
    }

    /// The person a pronoun means: who spoke last, if nobody was named since; else whom the names
    /// tell, unless the sentence before begins with somebody.
    fn person_of_pronoun(&self, pronoun: usize, drafts: &[Draft]) -> Option<EntityIndex> {
        let told = self.document.mentions.overlapping(self.token(pronoun).span).next();
        let told = told.map(|mention| mention.entity);
        let gender = self.gender_of_pronoun(pronoun);
        let fits = |entity: EntityIndex| {
            let known = self.gender(entity);
            gender.is_none() || known.is_none() || known == gender
        };
        let spoke = self.speaker_before(pronoun, drafts).and_then(|speaker| speaker.entity);
        if let Some(entity) = spoke.filter(|&entity| self.may_be_person(entity) && fits(entity)) {
            return Some(entity);
        }
        let leads = self.leading_person(pronoun).filter(|&entity| fits(entity));
        match (told, leads) {
            (Some(told), Some(leads)) if self.gender(told).is_none() => Some(leads),
            (Some(told), _) => Some(told),
            (None, leads) => leads.or_else(|| self.last_person(pronoun, gender)),
        }
    }

    /// Whether a name only completes what is told of somebody else: `with Bell`, `told Bell`.
    fn completes(&self, name: usize) -> bool {
        name.checked_sub(1).is_some_and(|before| {
            has(self.pack.prepositions, self.lower(before))
                || has(self.pack.telling, self.lower(before))
        })
    }

    /// The speaker of the quotation before, where nobody else is named between, but for those who
    /// complete the sentence of its cue.
    fn speaker_before(&self, at: usize, drafts: &[Draft]) -> Option<Speaker> {
        let before = drafts.last()?;
        let quoted = self.quoted[before.last()].outer.end();
        let byte = self.token(at).span.start();
        if quoted > byte || quoted < self.blocks_above(at) {
            return None;
        }
        let cue = before.cue.as_ref().filter(|cue| cue.after);
        let named = cue.and_then(|cue| cue.speaker.as_ref().map(|s| s.end.max(cue.words.end)));
        let from = named.unwrap_or_else(|| self.range(self.quoted[before.last()].outer).end);
        let sentence = cue.and_then(|cue| {
            self.sentence(self.token(cue.words.start.min(from.saturating_sub(1))).span.start())
        });
        let completes = |start: usize| {
            sentence.as_ref().is_some_and(|sentence| sentence.contains(&start))
                && self.completes(start)
        };
        let speaker = before.speaker.as_ref()?;
        let other = self.mentions_before(at).iter().rev().map(|m| (m, self.range(m.span).start));
        let other = other.take_while(|&(_, start)| start >= from).any(|(mention, start)| {
            mention.kind == EntityKind::Person
                && mention.form == MentionForm::Name
                && Some(mention.entity) != speaker.entity
                && self.is_outside(start)
                && !completes(start)
        });
        (!other).then(|| speaker.clone())
    }

    /// The person with whom the sentence before begins.
    fn leading_person(&self, at: usize) -> Option<EntityIndex> {
        let before = self.floor(at).checked_sub(1)?;
        let floor = self.floor(before);
        let mentions = self.mentions_before(before + 1);
        let from = mentions.partition_point(|m| m.span.start() < self.token(floor).span.start());
        let first = mentions[from..].iter().find(|mention| {
            matches!(mention.kind, EntityKind::Person | EntityKind::Other)
                && self.is_outside(self.range(mention.span).start)
        })?;
        let tokens = self.range(first.span);
        let leads = self.begins_clause(tokens.start, floor) && !self.is_possessor(tokens.end);
        leads.then_some(first.entity)
    }

    /// The last person named in the paragraph or the one above.
    fn last_person(&self, at: usize, gender: Option<char>) -> Option<EntityIndex> {
        let blocks = self.blocks_above(at);
        let fits = |entity: EntityIndex| {
            let known = self.gender(entity);
            gender.is_none() || known.is_none() || known == gender
        };
        let people = self.mentions_before(at).iter().rev();
        let mut people = people.take_while(|mention| mention.span.start() >= blocks);
        let person = people.find(|mention| {
            mention.kind == EntityKind::Person
                && mention.form == MentionForm::Name
                && fits(mention.entity)
                && self.is_outside(self.range(mention.span).start)
        });
        person.map(|mention| mention.entity)
    }

    fn mentions_before(&self, at: usize) -> &[Mention] {
        let byte = self.token(at).span.start();
        let until = self.document.mentions.partition_point(|m| m.span.start() < byte);
        &self.document.mentions[..until]
    }

    /// Where the paragraphs begin to which a pronoun at a token may point.
    fn blocks_above(&self, at: usize) -> usize {
        let byte = self.block_start(self.token(at).span.start());
        let blocks = &self.document.article.blocks;
        let own = blocks.partition_point(|block| block.span.start() < byte);
        blocks.get(own.saturating_sub(REACH - 1)).map_or(byte, |block| block.span.start())
    }
}
