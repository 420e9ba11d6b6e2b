//! What follows words in marks and says whose they are: `“…,” Ada Bell, the harbour master, said.`

use std::ops::Range;

use rashomon_article::TokenKind;

use crate::cue::Cue;
use crate::marks::Quoted;
use crate::words::{Words, has};

/// How far after the marks the verb may stand: `“…,” the head of the union said`.
const FARTHEST: usize = 45;
/// How many phrases may stand between a subject and its verb: `Bell of the union, 44, said`.
const MOST_INSERTIONS: usize = 5;
/// The fewest words of a clause that any verb may report: `“I think so,” Bell pressed`.
const FEWEST: usize = 2;

/// Where the report goes on after words in marks.
struct Tail {
    start: usize,
    limit: usize,
    /// The words in marks are a sentence of their own, and what follows begins another:
    /// `“Who pays?” Bell asked.`
    apart: bool,
    /// The words in marks are a clause, so that any verb may report them.
    clause: bool,
    /// The words in marks end with a full stop.
    stopped: bool,
}

impl Words<'_> {
    /// The cue that follows quoted words.
    pub(crate) fn cue_after(&self, quoted: &Quoted) -> Option<Cue> {
        let tail = self.tail(quoted)?;
        let Tail { start, limit, apart, .. } = tail;
        if start >= limit || !self.is_outside(start) {
            return None;
        }
        if let Some(length) = self.source_at(start, limit) {
            let speaker = self.noun_phrase_after(start + length, limit);
            return Some(Cue { words: start..start + length, speaker, after: true });
        }
        if self.is_saying(start) && !self.is_participle(start) {
            let speaker = self.noun_phrase_after(start + 1, limit);
            let plain = !apart || speaker.as_ref().is_some_and(|s| self.ends_report(s.end, limit));
            return plain.then_some(Cue { words: start..start + 1, speaker, after: true });
        }
        if tail.clause
            && self.is_past(start)
            && let Some(speaker) = self.noun_phrase_after(start + 1, limit)
            && self.is_speaker(&speaker)
        {
            // `“…,” remembered Bell`
            return Some(Cue { words: start..start + 1, speaker: Some(speaker), after: true });
        }
        let cue = self.subject_tag(&tail).or_else(|| self.subject_then_verb(start, limit))?;
        let verb = cue.words.end;
        let ends = verb >= limit || self.lower(verb) == ".";
        (!apart || self.is_tag(&cue, limit) && (ends || !tail.stopped)).then_some(cue)
    }

    fn tail(&self, quoted: &Quoted) -> Option<Tail> {
        let range = self.range(quoted.outer);
        let mut start = range.end;
        // The marks of words inside may touch: `’’’`.
        while start > range.start && self.is_mark(start) && self.is_glued(start) {
            start += 1;
        }
        let text = without_marks(self.document.slice(quoted.inner));
        let paused = text.ends_with([',', '?', '!', '…', '—', '–', '-', '.']);
        let upper = text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let words = self.range(quoted.inner).filter(|&at| self.is_word(at)).count();
        let clause = upper && words >= FEWEST && !text.ends_with('.');
        let sentence = self.sentence(quoted.outer.end().saturating_sub(1))?;
        if start < sentence.end {
            let comma = matches!(self.lower(start), ",") || self.is_dash(start);
            // `“We lost” Bell said.`: the comma was forgotten.
            let apart = !(paused || comma);
            if apart && (!upper || range.start != sentence.start) {
                return None;
            }
            let start = start + usize::from(comma);
            let clause = clause && !apart;
            return Some(Tail { start, limit: sentence.end, apart, clause, stopped: false });
        }
        let token = self.document.tokens.get(start)?;
        let begins = token.span.start();
        let same = self.block_start(begins) == self.block_start(quoted.outer.start());
        let next = self.sentence(begins).filter(|next| same && next.start == start)?;
        let stopped = text.ends_with('.');
        Some(Tail { start, limit: next.end, apart: true, clause: false, stopped })
    }

    /// `“We won.” — Ada Bell, harbour master`, in the same sentence or the next.
    pub(crate) fn signed(&self, quoted: &Quoted) -> Option<Cue> {
        let dash = self.range(quoted.outer).end;
        let begins = self.document.tokens.get(dash)?.span.start();
        let limit = self.sentence(begins)?.end;
        self.is_dash(dash).then(|| self.signature(dash, limit))?
    }

    /// `Bell said`, `a welcome message on the site reads`, `Bell, 44, of Lusa, who lost, said`.
    fn subject_tag(&self, tail: &Tail) -> Option<Cue> {
        let limit = tail.limit.min(tail.start + FARTHEST);
        let mut from = tail.start;
        while from < limit
            && (has(self.pack.coordinators, self.lower(from)) || self.is_skipped(from))
        {
            from += 1;
        }
        let mut speaker = self.leading_phrase(from, limit)?;
        let mut at = speaker.end;
        for _ in 0..MOST_INSERTIONS {
            let verb = self.after_adverbs(at, limit);
            if verb >= limit {
                return None;
            }
            let said = self.is_tag_verb(verb, &speaker, tail);
            if said {
                return Some(Cue { words: verb..verb + 1, speaker: Some(speaker), after: true });
            }
            let hangs = at == speaker.end && has(self.pack.prepositions, self.lower(at));
            at = self.after_insertion(at, limit)?;
            if hangs {
                // `Secretary of State Ada Bell said`
                speaker.end = at;
            }
        }
        None
    }

    /// The noun phrase or pronoun that begins at `start`, up to the verb.
    pub(crate) fn leading_phrase(&self, start: usize, limit: usize) -> Option<Range<usize>> {
        if start >= limit || !self.is_outside(start) {
            return None;
        }
        if has(self.pack.pronouns, self.lower(start)) {
            let relative = has(self.pack.relatives, self.lower(start));
            return (!relative).then_some(start..start + 1);
        }
        let mut end = start;
        while end < limit && self.is_outside(end) && self.leads_on(start, end, limit) {
            end += 1;
        }
        let named = (start..end).any(|at| self.is_word(at) && !self.is_function_word(at));
        (named && start < end).then_some(start..end)
    }

    fn leads_on(&self, start: usize, at: usize, limit: usize) -> bool {
        let word = self.lower(at);
        let first = at == start;
        match self.token(at).kind {
            TokenKind::Word if self.is_named(at) => true,
            TokenKind::Word => {
                let joined = word == self.pack.and && at + 1 < limit && self.is_capital(at + 1);
                let small = has(self.pack.conjunctions, word) && (first || !joined)
                    || has(self.pack.pronouns, word)
                    || has(self.pack.prepositions, word)
                        && !(at > start && self.lower(at - 1) == "-");
                let verb = !first && (self.is_saying(at) || self.is_any_verb(at, start, limit));
                !small && !verb && (first || !self.is_skipped(at)) && !self.is_time_word(at)
            }
            TokenKind::Mark => {
                matches!(word, "-" | "&" | "/")
                    || word == "." && !first && self.is_abbreviation(at - 1)
            }
            TokenKind::Clitic => !first && word.ends_with('s'),
            TokenKind::Number => true,
            TokenKind::QuotationMark => false,
        }
    }

    /// Past adverbs, auxiliaries and a phrase of time.
    fn after_adverbs(&self, from: usize, limit: usize) -> usize {
        let mut at = from;
        while at < limit
            && !self.is_phrasal(at)
            && (self.is_skipped(at) || self.is_outside(at) && self.is_time_word(at))
        {
            at += 1;
        }
        let timed = at + 1 < limit
            && has(self.pack.prepositions, self.lower(at))
            && self.is_outside(at)
            && self.is_time_word(at + 1);
        if timed { self.after_adverbs(at + 1, limit) } else { at }
    }

    /// `went on`, `shot back`.
    fn is_phrasal(&self, at: usize) -> bool {
        self.is_past(at)
            && at + 1 < self.document.tokens.len()
            && has(self.pack.particles, self.lower(at + 1))
    }

    fn is_mark(&self, at: usize) -> bool {
        at < self.document.tokens.len() && self.token(at).kind == TokenKind::QuotationMark
    }

    fn is_tag_verb(&self, verb: usize, subject: &Range<usize>, tail: &Tail) -> bool {
        if !self.is_outside(verb) {
            return false;
        }
        let reports = (self.is_saying(verb) || self.is_framing(verb)) && !self.is_participle(verb);
        reports || tail.clause && self.is_any_verb(verb, subject.start, tail.limit)
    }

    /// Any verb in the past with a subject: `Bell pressed`, `the crowd roared back`.
    fn is_any_verb(&self, verb: usize, start: usize, limit: usize) -> bool {
        if !self.is_past(verb) || verb == start {
            return false;
        }
        let before = verb - 1;
        if self.is_capital(before) || has(self.pack.pronouns, self.lower(before)) {
            return true;
        }
        // `the accused man` goes on, `the crowd roared` does not.
        let next = verb + 1;
        before > start
            && (next >= limit
                || !self.is_word(next)
                || has(self.pack.particles, self.lower(next))
                || has(self.pack.prepositions, self.lower(next))
                || self.is_skipped(next))
    }

    /// Where the report goes on after what stands between a subject and its verb: a bracket, an
    /// apposition between commas or dashes, `of the union`.
    fn after_insertion(&self, at: usize, limit: usize) -> Option<usize> {
        let word = self.lower(at);
        if word == "(" {
            let close = (at + 1..limit).find(|&at| self.lower(at) == ")")?;
            return Some(close + 1);
        }
        if word == "," || self.is_dash(at) {
            let closes = |close: usize| {
                let same = if word == "," { self.lower(close) == "," } else { self.is_dash(close) };
                let verb = self.after_adverbs(close + 1, limit);
                let said = verb < limit
                    && (self.is_saying(verb) || self.is_framing(verb))
                    && !self.is_participle(verb);
                same && said
            };
            let close = (at + 1..limit).find(|&close| closes(close));
            // `Ada Bell, head of the union said`: the comma was forgotten.
            let unclosed = || {
                let verb = (at + 1..limit).find(|&verb| {
                    self.is_saying(verb) && !self.is_participle(verb) || self.lower(verb) == ","
                })?;
                (self.lower(verb) != ",").then_some(verb)
            };
            return close.map(|close| close + 1).or_else(unclosed);
        }
        if !self.is_outside(at) || !has(self.pack.prepositions, word) {
            return None;
        }
        self.leading_phrase(at + 1, limit).map(|phrase| phrase.end)
    }

    /// Whether a cue in a sentence of its own reports what stands before it, and does not begin
    /// something new: `“Who pays?” Bell asked.`, not `“Who pays?” Bell said the town would.`
    fn is_tag(&self, cue: &Cue, limit: usize) -> bool {
        let verb = cue.words.end - 1;
        let Some(subject) = &cue.speaker else { return false };
        if self.is_any_verb(verb, subject.start, limit) && !self.is_saying(verb) {
            return false;
        }
        let told = has(self.pack.telling, self.lower(verb));
        let listener = if told { self.noun_phrase_after(verb + 1, limit) } else { None };
        self.ends_report(listener.map_or(verb + 1, |phrase| phrase.end), limit)
    }

    /// Nothing that is told follows: the sentence ends, pauses, or says where and when.
    fn ends_report(&self, at: usize, limit: usize) -> bool {
        if at >= limit {
            return true;
        }
        let word = self.lower(at);
        matches!(word, "." | "," | "…")
            || self.is_dash(at)
            || has(self.pack.prepositions, word)
                && !(word == self.pack.infinitive && self.is_base_form(at + 1))
            || has(self.pack.particles, word)
            || self.is_time_word(at)
            || self.is_skipped(at) && self.ends_report(at + 1, limit)
    }

    pub(crate) fn is_dash(&self, at: usize) -> bool {
        matches!(self.lower(at), "—" | "–" | "-" | "--" | "―")
    }

    /// `“We won.” — Ada Bell, harbour master`, with nothing after it.
    fn signature(&self, dash: usize, limit: usize) -> Option<Cue> {
        let speaker = self.noun_phrase_after(dash + 1, limit)?;
        let named = self.is_capital(speaker.start) && speaker.len() <= 6;
        let ends = speaker.end == limit || matches!(self.lower(speaker.end), "," | "." | "(");
        let short = limit - speaker.end <= 12 && (speaker.end..limit).all(|at| self.is_outside(at));
        (named && ends && short).then_some(Cue {
            words: dash..dash + 1,
            speaker: Some(speaker),
            after: true,
        })
    }

    /// `to which the old man quickly replied`, where a clause leads before the subject.
    fn subject_then_verb(&self, start: usize, limit: usize) -> Option<Cue> {
        let mut from = start;
        while from < limit
            && (has(self.pack.coordinators, self.lower(from)) || self.is_skipped(from))
        {
            from += 1;
        }
        let until = limit.min(from + FARTHEST);
        let verb = (from + 1..until)
            .take_while(|&at| self.is_outside(at))
            .find(|&at| self.is_saying(at) && !self.is_participle(at))?;
        let blocked = (from..verb).any(|at| {
            let word = self.lower(at);
            matches!(word, ";" | ":")
                || has(self.pack.conjunctions, word)
                    && !has(self.pack.relatives, word)
                    && word != self.pack.and
        });
        let speaker = self.subject(verb, from)?;
        let lead = (from..speaker.start).all(|at| self.is_time_word(at) || self.is_skipped(at));
        (!blocked && lead).then_some(Cue {
            words: verb..verb + 1,
            speaker: Some(speaker),
            after: true,
        })
    }

    /// `…a “diplomatic win” for him, observers said.`: the cue after a comma of the sentence.
    pub(crate) fn trailing_cue(&self, quoted: &Quoted) -> Option<Cue> {
        let start = self.range(quoted.outer).end;
        let limit = self.sentence(quoted.outer.end().saturating_sub(1))?.end;
        let commas = (start..limit).filter(|&at| self.lower(at) == "," && self.is_outside(at));
        commas.take(MOST_INSERTIONS).find_map(|comma| self.cue_from(comma + 1, limit))
    }

    fn cue_from(&self, from: usize, limit: usize) -> Option<Cue> {
        if from >= limit || !self.is_outside(from) {
            return None;
        }
        if let Some(length) = self.source_at(from, limit) {
            let speaker = self.noun_phrase_after(from + length, limit);
            return Some(Cue { words: from..from + length, speaker, after: true });
        }
        if self.is_saying(from) && !self.is_participle(from) {
            let speaker = self.noun_phrase_after(from + 1, limit)?;
            let closed = self.ends_report(speaker.end, limit);
            return closed.then_some(Cue {
                words: from..from + 1,
                speaker: Some(speaker),
                after: true,
            });
        }
        let tail = Tail { start: from, limit, apart: false, clause: false, stopped: false };
        let cue = self.subject_tag(&tail).or_else(|| self.subject_then_verb(from, limit))?;
        let saying = self.is_saying(cue.words.start);
        (saying && self.is_tag(&cue, limit)).then_some(cue)
    }
}

/// Without the closing marks of quotations inside.
pub(crate) fn without_marks(words: &str) -> &str {
    words.trim_end_matches(['\'', '’', '”', '"', ' '])
}
