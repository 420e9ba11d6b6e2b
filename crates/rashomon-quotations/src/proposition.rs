//! Whether words without marks are something that somebody says: a clause, and not a thing or a
//! person that is spoken of.

use std::ops::Range;

use rashomon_article::TokenKind;

use crate::words::{Words, has};

/// The fewest words of a reported clause.
const FEWEST: usize = 3;
/// How far the words that are told to somebody may stand from the cue: `told the crew on Friday`.
const FARTHEST: usize = 8;

impl Words<'_> {
    /// Whether a range is a reported clause or what somebody is told to do:
    /// `that the gates stayed shut`, `to boil the water`; not `Putin` after `praised`.
    pub(crate) fn is_proposition(&self, range: &Range<usize>, cue: &Range<usize>) -> bool {
        let word = |at: &usize| {
            matches!(self.token(*at).kind, TokenKind::Word | TokenKind::Number)
                && !(*at > range.start && self.is_hyphen(*at - 1))
        };
        if range.clone().filter(word).count() < FEWEST {
            return false;
        }
        if self.lower(range.start) == self.pack.infinitive {
            return self.is_base_form(range.start + 1);
        }
        let framed = cue.clone().any(|at| self.is_framing(at) && !self.is_saying(at));
        let opened = has(self.pack.openers, self.lower(range.start));
        let bare = !has(self.pack.prepositions, self.lower(range.start)) && !framed;
        let joined = has(self.pack.coordinators, self.lower(range.start));
        (opened || joined || bare) && self.has_finite_verb(range)
    }

    /// Whether fragments in marks and the words round them are one clause that a cue reports:
    /// `said that the plan was “dead”`; not `dismissed that as “dead” when he left`.
    pub(crate) fn is_reported(&self, ranges: &[Range<usize>], cue: &Range<usize>) -> bool {
        let [range] = ranges else { return false };
        let Some(first) = range.clone().find(|&at| self.is_word(at)) else { return false };
        if !self.is_outside(first) && first + 1 < range.end {
            // The fragment leads: `“no plan” was ready, he said`.
            let outside: Vec<usize> = range.clone().filter(|&at| self.is_outside(at)).collect();
            let rest = outside.first().map_or(range.end, |&at| at)..range.end;
            let told = cue.clone().any(|at| self.is_saying(at)) && first <= cue.end + 1;
            let heads = rest.start < range.end && self.is_finite(rest.start, range);
            return (range.end <= cue.start || told) && heads;
        }
        let close = first <= cue.end + FARTHEST;
        let saying = cue.clone().any(|at| self.is_saying(at)) || range.end <= cue.start;
        let opened = has(self.pack.openers, self.lower(first)) && self.opens_clause(first);
        close && (saying || opened) && self.is_proposition(&(first..range.end), cue)
    }

    /// What follows a word that opens a clause is no preposition: `that the plan`, not `that as`.
    fn opens_clause(&self, at: usize) -> bool {
        let next = at + 1;
        next < self.document.tokens.len() && !has(self.pack.prepositions, self.lower(next))
    }

    /// A verb that has a subject and a tense, as far as its form and the words round it tell.
    fn has_finite_verb(&self, range: &Range<usize>) -> bool {
        range.clone().any(|at| self.is_finite(at, range))
    }

    fn is_finite(&self, at: usize, range: &Range<usize>) -> bool {
        let word = self.lower(at);
        if self.token(at).kind == TokenKind::Clitic {
            return has(self.pack.finite, word);
        }
        if !self.is_word(at) || self.is_capital(at) {
            return false;
        }
        if has(self.pack.finite, word) {
            return true;
        }
        let Some(before) = at.checked_sub(1).filter(|before| range.contains(before)) else {
            return false;
        };
        let subject = self.lower(before);
        let pronoun = has(self.pack.pronouns, subject);
        let function = self.is_function_word(at) || has(self.pack.prepositions, word);
        let nominal = has(self.pack.determiners, subject) && !pronoun
            || has(self.pack.prepositions, subject)
            || has(self.pack.possessives, subject);
        if nominal || function {
            return false;
        }
        let past =
            self.pack.past_endings.iter().any(|end| word.ends_with(end)) || self.is_irregular(word);
        let saying = has(self.pack.saying, word) && !has(self.pack.nouns_too, word);
        past || saying && !self.is_participle(at) || pronoun || self.is_present(at)
    }

    /// `wants the`: the form of a plural or of the present, with an object after it.
    fn is_present(&self, at: usize) -> bool {
        let ends = self.pack.plural_endings.iter().any(|end| self.lower(at).ends_with(end));
        let object = at + 1 < self.document.tokens.len() && {
            let next = self.lower(at + 1);
            has(self.pack.determiners, next)
                || has(self.pack.pronouns, next)
                || next == self.pack.infinitive
        };
        ends && object
    }

    /// A word that can follow the mark of the infinitive.
    pub(crate) fn is_base_form(&self, at: usize) -> bool {
        at < self.document.tokens.len()
            && self.is_word(at)
            && !self.is_capital(at)
            && !has(self.pack.determiners, self.lower(at))
            && !has(self.pack.pronouns, self.lower(at))
            && !has(self.pack.possessives, self.lower(at))
            && !has(self.pack.prepositions, self.lower(at))
            && !self.is_participle(at)
    }

    fn is_hyphen(&self, at: usize) -> bool {
        self.lower(at) == "-" && self.is_glued(at) && self.is_glued(at + 1)
    }
}
