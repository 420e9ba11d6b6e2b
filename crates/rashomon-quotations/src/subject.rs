//! Who is the subject of a verb of saying, without a parser.

use std::ops::Range;

use rashomon_article::{EntityKind, MentionForm, TokenKind};

use crate::words::{Words, has};

/// How many tokens a subject may have.
const LONGEST: usize = 24;
/// How far a subject may stand from its verb, what is put between commas included.
const FARTHEST: usize = 45;
/// How many commas may stand between them.
const MOST_INSERTIONS: usize = 5;

impl Words<'_> {
    /// The subject of the verb at `verb`, looking no further left than `floor`.
    pub(crate) fn subject(&self, verb: usize, floor: usize) -> Option<Range<usize>> {
        let mut end = verb;
        let mut auxiliary = false;
        while end > floor && (self.is_skipped(end - 1) || self.is_infinitive_mark(end - 1, end)) {
            end -= 1;
            auxiliary |= self.is_auxiliary(end);
        }
        if end == floor {
            return None;
        }
        if self.is_participle(verb) && !auxiliary {
            return self
                .quoted_as(end, floor)
                .or_else(|| self.attended(end, floor))
                .or_else(|| self.participle_subject(end, floor));
        }
        let end = self.without_brackets(end, floor);
        let last = end - 1;
        if !self.is_outside(last) {
            return self.clause_subject(end, floor);
        }
        let word = self.lower(last);
        if has(self.pack.relatives, word) {
            return self.antecedent(last, floor);
        }
        if has(self.pack.pronouns, word) {
            return Some(last..end);
        }
        if self.lower(last) == "," {
            return self.before_comma(last, floor);
        }
        if has(self.pack.conjunctions, word) || has(self.pack.coordinators, word) {
            return self.clause_subject(last, floor);
        }
        let phrase = self.noun_phrase_before(end, floor);
        let governed = phrase.as_ref().is_some_and(|phrase| self.is_governed(phrase, floor));
        let other = if governed { self.clause_subject(end, floor) } else { None };
        other.or(phrase).or_else(|| self.clause_subject(end, floor))
    }

    /// `in Lusa`, whose preposition hangs on the subject: `a coordinator working in Lusa said`.
    fn is_governed(&self, phrase: &Range<usize>, floor: usize) -> bool {
        phrase.start > floor
            && has(self.pack.prepositions, self.lower(phrase.start - 1))
            && !has(self.pack.conjunctions, self.lower(phrase.start - 1))
    }

    /// Brackets between the subject and its verb are left out: `Bell (Lantern Party) said`.
    fn without_brackets(&self, end: usize, floor: usize) -> usize {
        if end <= floor + 1 || self.lower(end - 1) != ")" {
            return end;
        }
        let opening = (floor + 1..end - 1).rev().take(12).find(|&at| self.lower(at) == "(");
        opening.unwrap_or(end)
    }

    fn is_infinitive_mark(&self, at: usize, end: usize) -> bool {
        self.lower(at) == self.pack.infinitive && !has(self.pack.relatives, self.lower(end))
    }

    fn is_auxiliary(&self, at: usize) -> bool {
        has(self.pack.auxiliaries, self.lower(at))
    }

    /// `the paper quoted Bell as saying`, `Bell was quoted by the paper as saying`.
    fn quoted_as(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let r#as = end.checked_sub(1).filter(|&at| at > floor)?;
        if self.lower(r#as) != self.pack.quoting_as {
            return None;
        }
        let quoting = (floor..r#as)
            .rev()
            .take(LONGEST)
            .take_while(|&at| self.is_outside(at))
            .find(|&at| has(self.pack.quoting, self.lower(at)))?;
        let passive = quoting > floor && self.is_auxiliary(quoting - 1)
            || quoting + 1 == r#as
            || has(self.pack.agents, self.lower(quoting + 1));
        if passive {
            return self.subject(quoting, floor);
        }
        self.leading_phrase(quoting + 1, r#as)
    }

    /// `with Bell saying`, `with one of her ads asking`: the subject stands after the preposition.
    fn attended(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let with = (floor..end)
            .rev()
            .take(LONGEST)
            .take_while(|&at| self.is_outside(at))
            .find(|&at| has(self.pack.attending, self.lower(at)))?;
        let stop = (with + 2..end).find(|&at| self.is_word(at) && self.is_participle(at));
        let phrase = self.leading_phrase(with + 1, stop.unwrap_or(end))?;
        let acts = phrase.end == end || self.is_participle(phrase.end) && self.is_word(phrase.end);
        (acts && self.is_speaker(&phrase)).then_some(phrase)
    }

    /// The subject that a participle borrows: `Bell welcomed Roe and his crew, saying`. What
    /// stands directly before the comma is an object of that clause.
    fn participle_subject(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let leading = || {
            let phrase = self.leading_phrase(floor, end)?;
            let speaks = self.is_speaker(&phrase) || self.is_capital(phrase.end - 1);
            speaks.then_some(phrase)
        };
        let Some(subject) = self.clause_subject(end, floor) else { return leading() };
        let object = self.lower(end - 1) == "," && subject.end + 1 == end;
        let earlier = || self.clause_subject(subject.start, floor);
        let other = if object && subject.start > floor { earlier() } else { None };
        Some(other.unwrap_or(subject))
    }

    /// Somebody who may speak: a name, a pronoun, a noun for people and bodies.
    pub(crate) fn is_speaker(&self, phrase: &Range<usize>) -> bool {
        let span = self.span(phrase);
        let mut mentions = self.document.mentions.overlapping(span);
        let known = mentions.any(|mention| {
            matches!(mention.kind, EntityKind::Person | EntityKind::Organization)
                || mention.form != MentionForm::Name
        });
        known
            || phrase.clone().any(|at| {
                has(self.pack.pronouns, self.lower(at))
                    || self.is_speaking_noun(at)
                    || has(self.pack.documents, self.lower(at))
            })
            || self.document.mentions.is_empty() && self.is_capital(phrase.end - 1)
    }

    /// `Bell, who leads the union, said`; `Bell, 44, of Lusa, who lost, said`; `He smiled, said`.
    fn before_comma(&self, comma: usize, floor: usize) -> Option<Range<usize>> {
        let openings = (floor..comma)
            .rev()
            .take(FARTHEST)
            .take_while(|&at| self.is_outside(at))
            .filter(|&at| self.lower(at) == "," && !self.is_numeric_comma(at));
        let mut first = None;
        for opening in openings.take(MOST_INSERTIONS) {
            if opening == floor || !self.is_outside(opening - 1) {
                break;
            }
            let Some(phrase) = self.noun_phrase_before(opening, floor) else { continue };
            if self.is_subject(&phrase, floor) {
                return Some(phrase);
            }
            // `Bell of the union, the largest here, said`
            let owner = if self.is_governed(&phrase, floor) {
                self.noun_phrase_before(phrase.start - 1, floor)
            } else {
                None
            };
            if let Some(owner) = owner.filter(|owner| self.is_subject(owner, floor)) {
                return Some(owner.start..opening);
            }
            first = first.or(Some(phrase));
        }
        first.or_else(|| self.clause_subject(comma, floor))
    }

    /// A phrase that speaks and that no preposition governs.
    fn is_subject(&self, phrase: &Range<usize>, floor: usize) -> bool {
        !self.is_governed(phrase, floor) && self.is_speaker(phrase)
    }

    fn is_numeric_comma(&self, at: usize) -> bool {
        self.is_glued(at) && at + 1 < self.document.tokens.len() && self.is_glued(at + 1)
    }

    /// The noun phrase that a relative pronoun stands for.
    pub(crate) fn antecedent(&self, relative: usize, floor: usize) -> Option<Range<usize>> {
        let mut end = relative;
        if end > floor && has(self.pack.prepositions, self.lower(end - 1)) {
            end -= 1;
        }
        if end > floor && self.lower(end - 1) == "," {
            end -= 1;
        }
        (end > floor && self.is_outside(end - 1)).then(|| self.noun_phrase_before(end, floor))?
    }

    /// The noun phrase that ends before `end`.
    pub(crate) fn noun_phrase_before(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let end = self.without_time(end, floor);
        let mut start = end;
        while start > floor && end - start < LONGEST {
            let at = start - 1;
            if !self.is_outside(at) || !self.may_be_in_phrase(at, start, end) {
                break;
            }
            let word = self.lower(at);
            if has(self.pack.prepositions, word) {
                match self.head_before(at, floor) {
                    Some(head) => start = head,
                    None => break,
                }
                continue;
            }
            start = at;
            if has(self.pack.determiners, word) {
                match self.phrase_goes_on_before(start, floor) {
                    Some(head) => start = head,
                    None => break,
                }
            }
        }
        while start < end && !self.is_word(start) && self.token(start).kind != TokenKind::Number {
            start += 1;
        }
        let named = (start..end).any(|at| self.is_word(at) && !self.is_function_word(at));
        (start < end && (named || has(self.pack.determiners, self.lower(start))))
            .then_some(start..end)
    }

    /// A phrase of time between the subject and the verb is left out: `Bell on Friday said`.
    fn without_time(&self, end: usize, floor: usize) -> usize {
        let mut start = end;
        while start > floor && self.is_outside(start - 1) && self.is_time_word(start - 1) {
            start -= 1;
        }
        if start < end && start > floor && has(self.pack.prepositions, self.lower(start - 1)) {
            start -= 1;
        }
        if start > floor { start } else { end }
    }

    fn may_be_in_phrase(&self, at: usize, start: usize, end: usize) -> bool {
        let word = self.lower(at);
        match self.token(at).kind {
            TokenKind::Word => {
                let breaks = has(self.pack.pronouns, word)
                    || has(self.pack.conjunctions, word) && !self.joins_names(at, start, end)
                    || self.is_skipped(at)
                    || start < end && self.is_saying(at) && !self.is_capital(at);
                !breaks
            }
            TokenKind::Number => true,
            TokenKind::Clitic => word.ends_with('s') || word.chars().count() == 1,
            TokenKind::Mark => match word {
                "-" | "&" | "/" => true,
                "." => at > 0 && self.is_abbreviation(at - 1),
                _ => false,
            },
            TokenKind::QuotationMark => false,
        }
    }

    /// `Trump and Putin said`.
    fn joins_names(&self, at: usize, start: usize, end: usize) -> bool {
        self.lower(at) == self.pack.and
            && start < end
            && self.is_capital(start)
            && at > 0
            && self.is_outside(at - 1)
            && self.is_capital(at - 1)
    }

    /// The noun that a prepositional phrase hangs on, where somebody who speaks is meant:
    /// `officials in Kyiv`, `a spokesman for`.
    fn head_before(&self, preposition: usize, floor: usize) -> Option<usize> {
        let from = preposition.saturating_sub(3).max(floor);
        (from..preposition)
            .rev()
            .take_while(|&at| self.is_outside(at) && self.lower(at) != ",")
            .find(|&at| has(self.pack.speaking_nouns, self.lower(at)))
    }

    /// After a determiner: does the phrase hang on a noun further left (`a spokesman for the`)?
    fn phrase_goes_on_before(&self, start: usize, floor: usize) -> Option<usize> {
        let before = start.checked_sub(1).filter(|&at| at >= floor && self.is_outside(at))?;
        has(self.pack.prepositions, self.lower(before)).then(|| self.head_before(before, floor))?
    }

    /// The subject of the clause before `end`: the nearest name, pronoun or description that can
    /// begin a clause.
    pub(crate) fn clause_subject(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let mut at = end;
        while at > floor {
            at -= 1;
            if !self.is_outside(at) {
                continue;
            }
            if has(self.pack.personal_pronouns, self.lower(at)) {
                return Some(at..at + 1);
            }
            if let Some(name) = self.name_ending_at(at, floor) {
                if self.begins_clause(name.start, floor)
                    && !self.is_possessor(name.end)
                    && !self.is_joined(&name, end, floor)
                {
                    return Some(self.with_titles(name, floor));
                }
                at = name.start;
                continue;
            }
            if has(self.pack.speaking_nouns, self.lower(at))
                && !self.is_possessor(at + 1)
                && !(at + 1 < self.document.tokens.len() && self.is_named(at + 1))
                && let Some(phrase) = self.noun_phrase_before(at + 1, floor)
                && self.is_clause_start(phrase.start, floor)
                && !self.is_joined(&phrase, end, floor)
            {
                return Some(phrase);
            }
        }
        None
    }

    /// `welcomed Roe and the crew, adding`: joined to an object, with no verb of its own.
    fn is_joined(&self, phrase: &Range<usize>, end: usize, floor: usize) -> bool {
        let joined = phrase.start > floor && self.lower(phrase.start - 1) == self.pack.and;
        let noun_before = phrase.start > floor + 1 && self.lower(phrase.start - 2) != ",";
        joined && noun_before && phrase.end + 1 >= end
    }

    pub(crate) fn is_possessor(&self, after: usize) -> bool {
        after < self.document.tokens.len()
            && self.token(after).kind == TokenKind::Clitic
            && self.lower(after).ends_with('s')
    }

    /// A name or a description of somebody known the last token of which is `at`.
    fn name_ending_at(&self, at: usize, floor: usize) -> Option<Range<usize>> {
        let span = self.token(at).span;
        if self.document.mentions.is_empty() {
            if !self.is_word(at) || !self.is_capital(at) || self.is_function_word(at) {
                return None;
            }
            let mut start = at;
            while start > floor
                && self.is_outside(start - 1)
                && self.is_word(start - 1)
                && self.is_capital(start - 1)
                && !self.is_function_word(start - 1)
            {
                start -= 1;
            }
            return Some(start..at + 1);
        }
        let until = self.document.mentions.partition_point(|m| m.span.start() <= span.start());
        let mention = self.document.mentions[..until].last()?;
        let person = mention.kind == EntityKind::Person
            || mention.kind == EntityKind::Organization
            || mention.form == MentionForm::Description;
        if !person || mention.span.end() != span.end() {
            return None;
        }
        let range = self.range(mention.span);
        (range.start >= floor).then_some(range)
    }

    pub(crate) fn is_clause_start(&self, at: usize, floor: usize) -> bool {
        if at <= floor || !self.is_outside(at - 1) {
            return true;
        }
        let before = self.lower(at - 1);
        matches!(before, "," | ";" | ":" | "—" | "–" | "(" | ")" | "--")
            || has(self.pack.conjunctions, before)
            || has(self.pack.coordinators, before)
    }

    /// Whether nothing but titles stands between a name and the start of its clause.
    pub(crate) fn begins_clause(&self, name: usize, floor: usize) -> bool {
        let mut at = name;
        for _ in 0..8 {
            if self.is_clause_start(at, floor) {
                return true;
            }
            at -= 1;
            let word = self.lower(at);
            let title = match self.token(at).kind {
                TokenKind::Word => {
                    self.is_capital(at) && !has(self.pack.prepositions, word)
                        || has(self.pack.speaking_nouns, word)
                        || has(self.pack.determiners, word)
                        || !self.is_function_word(at)
                            && (has(self.pack.speaking_nouns, self.lower(at + 1)))
                }
                TokenKind::Mark => {
                    word == "." && at > 0 && self.is_abbreviation(at - 1) || word == "-"
                }
                TokenKind::Clitic => true,
                _ => false,
            };
            // `Lantern Party leader Ada Bell`: a name before a title belongs to it.
            let modifies = self.is_possessor(at + 1)
                || self.is_title_word(at + 1)
                || has(self.pack.speaking_nouns, self.lower(at + 1));
            if !title || self.name_ending_at(at, floor).is_some() && !modifies {
                return false;
            }
        }
        false
    }

    fn with_titles(&self, name: Range<usize>, floor: usize) -> Range<usize> {
        let phrase = self.noun_phrase_before(name.end, floor);
        phrase.filter(|phrase| phrase.start <= name.start).unwrap_or(name)
    }

    /// The noun phrase that begins at `start`: `Kimberly Halkett` after `said`.
    pub(crate) fn noun_phrase_after(&self, start: usize, limit: usize) -> Option<Range<usize>> {
        if start >= limit || !self.is_outside(start) {
            return None;
        }
        if has(self.pack.pronouns, self.lower(start)) {
            return Some(start..start + 1);
        }
        let mut end = start;
        while end < limit && end - start < LONGEST && self.is_outside(end) {
            let word = self.lower(end);
            let inside = match self.token(end).kind {
                TokenKind::Word => {
                    // `a person familiar with the talks` goes on, `Ada Bell` does not.
                    let described = !self.is_capital(start)
                        && (start..end).any(|at| has(self.pack.speaking_nouns, self.lower(at)));
                    let of = has(self.pack.genitives, word);
                    let relative = has(self.pack.conjunctions, word)
                        && !(word == self.pack.and
                            && end > start
                            && end + 1 < limit
                            && self.is_capital(end + 1));
                    !(relative
                        || has(self.pack.pronouns, word)
                        || has(self.pack.prepositions, word) && !of && !described
                        || end > start && self.is_skipped(end)
                        || self.is_time_word(end))
                }
                TokenKind::Mark => {
                    matches!(word, "-" | "&")
                        || word == "." && end > start && self.is_abbreviation(end - 1)
                }
                TokenKind::Clitic | TokenKind::Number => true,
                TokenKind::QuotationMark => false,
            };
            if !inside {
                break;
            }
            end += 1;
        }
        let named = (start..end).any(|at| self.is_word(at) && !self.is_function_word(at));
        (named && start < end).then_some(start..end)
    }
}
