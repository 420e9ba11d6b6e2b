//! The words that report a quotation in marks, and whose words it gives.

use std::ops::Range;

use crate::marks::Quoted;
use crate::words::{Words, has};

/// How far before the marks a verb that reports them may stand, in tokens outside of marks.
const FARTHEST_SAYING: usize = 30;
/// The same for a verb that takes a fragment: `called the meeting “great”`.
const FARTHEST_FRAMING: usize = 14;
/// How far after the marks the verb may stand: `“…,” the head of the union said`.
const FARTHEST_AFTER: usize = 45;

/// What reports a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// The tokens of the cue: `said`, `according to`; empty for `his “great meeting”`.
    pub words: Range<usize>,
    /// The tokens that name the speaker.
    pub speaker: Option<Range<usize>>,
    /// The cue stands after the marks.
    pub after: bool,
}

/// What stands round quoted words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// Somebody's words, and the report says so.
    Cued(Cue),
    /// Whole sentences without a cue of their own.
    Uncued,
    /// A slogan, a title, a so-called term: the word before the marks says so.
    Named,
    /// A few words that nothing gives to anybody.
    NotSaid,
}

impl Words<'_> {
    /// What reports the quoted words of an index.
    pub(crate) fn report(&self, at: usize) -> Report {
        let quoted = &self.quoted[at];
        let first = self.range(quoted.outer).start;
        let (floor, introduced) = self.window_before(quoted, first);
        let top = if introduced { floor.1 } else { first };
        if !introduced && self.names_a_thing(first, floor.0) {
            return Report::Named;
        }
        let before = self.cue_before(floor.0, top);
        let after = self.cue_after(quoted);
        let adjacent = before.as_ref().is_some_and(|cue| self.is_adjacent(cue.words.end, top));
        if before.is_some() && !adjacent && after.is_none() && self.is_title(quoted, floor.0) {
            return Report::NotSaid;
        }
        if adjacent && before.as_ref().is_some_and(|cue| self.is_naming(cue, quoted, floor.0)) {
            return Report::Named;
        }
        let cue = if adjacent { before.or(after) } else { after.or(before) };
        if let Some(cue) = cue {
            return Report::Cued(cue);
        }
        if introduced {
            let colon = top - 1;
            let speaker = self.clause_subject(colon, floor.0);
            return Report::Cued(Cue { words: colon..colon + 1, speaker, after: false });
        }
        if let Some(cue) = self.trailing_cue(quoted) {
            return Report::Cued(cue);
        }
        if self.is_title(quoted, floor.0) {
            return Report::NotSaid;
        }
        if let Some(cue) = self.possessor(quoted, first) {
            return Report::Cued(cue);
        }
        if self.is_sentence(quoted, first, floor.0) { Report::Uncued } else { Report::NotSaid }
    }

    /// The tokens from which a cue before the marks may come, and whether a colon introduces
    /// the quotation. Where the marks lead a paragraph after a colon, it is the sentence above.
    fn window_before(&self, quoted: &Quoted, first: usize) -> ((usize, usize), bool) {
        let start = self.sentence(quoted.outer.start()).map_or(first, |tokens| tokens.start);
        if start < first {
            return ((start, first), self.lower(first - 1) == ":");
        }
        let leads = self.block_start(quoted.outer.start()) == quoted.outer.start();
        if leads && first > 0 && self.lower(first - 1) == ":" && self.is_outside(first - 1) {
            let start = self.sentence(self.token(first - 1).span.start());
            return ((start.map_or(first, |tokens| tokens.start), first), true);
        }
        ((first, first), false)
    }

    fn cue_before(&self, floor: usize, first: usize) -> Option<Cue> {
        let outside = (floor..first).rev().filter(|&at| self.is_outside(at));
        for (distance, at) in outside.enumerate().take(FARTHEST_SAYING) {
            if self.lower(at) == ";" {
                return None;
            }
            if let Some(length) = self.source_at(at, first) {
                let speaker = self.noun_phrase_after(at + length, first);
                return Some(Cue { words: at..at + length, speaker, after: false });
            }
            let framing = distance <= FARTHEST_FRAMING && self.is_framing(at);
            if (self.is_saying(at) || framing) && !self.ends_clause(at, first) {
                let speaker = self.subject(at, floor);
                return Some(Cue { words: at..at + 1, speaker, after: false });
            }
        }
        None
    }

    /// `As the talks concluded, the minister smiled: “…”`: the verb is done before the marks.
    fn ends_clause(&self, verb: usize, first: usize) -> bool {
        verb + 2 < first
            && self.lower(verb + 1) == ","
            && (verb + 2..first - 1).all(|at| self.is_outside(at))
            && !(verb + 2..first.min(verb + 6)).any(|at| self.lower(at) == ",")
    }

    /// The length of `according to` at a token.
    fn source_at(&self, at: usize, limit: usize) -> Option<usize> {
        let matches = |words: &&[&str]| {
            at + words.len() < limit
                && words.iter().enumerate().all(|(i, word)| self.lower(at + i) == *word)
                && (at..at + words.len()).all(|at| self.is_outside(at))
        };
        self.pack.sources.iter().copied().find(|words| matches(words)).map(<[&str]>::len)
    }

    /// Nothing but a comma, a colon or a few small words between the cue and the marks.
    fn is_adjacent(&self, cue_end: usize, first: usize) -> bool {
        if cue_end >= first {
            return true;
        }
        let introduced = matches!(self.lower(first - 1), "," | ":");
        (introduced && first - cue_end <= 12 && (cue_end..first).all(|at| self.is_outside(at)))
            || first - cue_end <= 3 && (cue_end..first).all(|at| !self.is_capital(at))
    }

    fn cue_after(&self, quoted: &Quoted) -> Option<Cue> {
        let mut start = self.range(quoted.outer).end;
        let limit = self.sentence(quoted.outer.end().saturating_sub(1))?.end;
        if start >= limit {
            // Whole sentences signed in the next one: `“We won.” ― Ada Bell`.
            let next = self.sentence(self.document.tokens.get(start)?.span.start())?;
            return self.is_dash(start).then(|| self.signature(start, next.end))?;
        }
        let words = without_marks(self.document.slice(quoted.inner));
        let mut pause = words.ends_with([',', '?', '!', '…', '—', '–', '-', '.']);
        let dash = self.is_dash(start);
        if dash && let Some(cue) = self.signature(start, limit) {
            return Some(cue);
        }
        if dash || self.lower(start) == "," {
            start += 1;
            pause = true;
        }
        if !pause || start >= limit || !self.is_outside(start) {
            return None;
        }
        if let Some(length) = self.source_at(start, limit) {
            let speaker = self.noun_phrase_after(start + length, limit);
            return Some(Cue { words: start..start + length, speaker, after: true });
        }
        if self.is_saying(start) && !self.is_participle(start) {
            let speaker = self.noun_phrase_after(start + 1, limit);
            return Some(Cue { words: start..start + 1, speaker, after: true });
        }
        self.subject_then_verb(start, limit)
    }

    fn is_dash(&self, at: usize) -> bool {
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

    /// `Bell said`, `to which the old man quickly replied`.
    fn subject_then_verb(&self, start: usize, limit: usize) -> Option<Cue> {
        let mut from = start;
        while from < limit
            && (has(self.pack.coordinators, self.lower(from)) || self.is_skipped(from))
        {
            from += 1;
        }
        let until = limit.min(from + FARTHEST_AFTER);
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

    /// `…a “diplomatic win” for him, observers said.`
    fn trailing_cue(&self, quoted: &Quoted) -> Option<Cue> {
        let start = self.range(quoted.outer).end;
        let limit = self.sentence(quoted.outer.end().saturating_sub(1))?.end;
        let comma =
            (start..limit).rev().find(|&at| self.lower(at) == "," && self.is_outside(at))?;
        let from = comma + 1;
        if from >= limit || !(from..limit).all(|at| self.is_outside(at)) {
            return None;
        }
        if let Some(length) = self.source_at(from, limit) {
            let speaker = self.noun_phrase_after(from + length, limit);
            return Some(Cue { words: from..from + length, speaker, after: true });
        }
        self.subject_then_verb(from, limit)
    }

    /// `his “very productive meeting”`: the words are the possessor's.
    fn possessor(&self, quoted: &Quoted, first: usize) -> Option<Cue> {
        let before = first.checked_sub(1).filter(|&at| self.is_outside(at))?;
        let words = self.range(quoted.inner);
        let lower_case = words.clone().all(|at| !self.is_capital(at));
        if words.len() < 2 || !lower_case || !has(self.pack.possessives, self.lower(before)) {
            return None;
        }
        let personal = has(self.pack.personal_possessives, self.lower(before));
        personal.then_some(Cue {
            words: before..before,
            speaker: Some(before..before + 1),
            after: false,
        })
    }

    /// A word before the marks says that they hold a name or a saying: `so-called “…”`.
    fn names_a_thing(&self, first: usize, floor: usize) -> bool {
        let mut at = first;
        let mut steps = 0;
        while at > floor && steps < 4 {
            at -= 1;
            steps += 1;
            if !self.is_outside(at) {
                return false;
            }
            let word = self.lower(at);
            if self.is_hyphenated(at) {
                return true;
            }
            if matches!(word, "," | ":" | "-") || has(self.pack.before_names, word) {
                continue;
            }
            if has(self.pack.displaying, word) {
                // `beneath a banner reading “…”`.
                if at > floor && has(self.pack.never_said_before, self.lower(at - 1)) {
                    return true;
                }
                let said = self.subject(at, floor).is_some_and(|subject| {
                    subject.clone().any(|at| {
                        has(self.pack.speaking_nouns, self.lower(at))
                            || has(self.pack.documents, self.lower(at))
                            || has(self.pack.personal_pronouns, self.lower(at))
                    })
                });
                return !said;
            }
            return has(self.pack.never_said_before, word);
        }
        false
    }

    /// `a plan called “Clear Water”`, `according to “Clear Water”`: the marks hold a name.
    fn is_naming(&self, cue: &Cue, quoted: &Quoted, floor: usize) -> bool {
        let framed = cue.words.clone().any(|at| self.is_framing(at) && !self.is_saying(at));
        let source = cue.words.len() > 1 && cue.speaker.is_none();
        (framed || source) && self.is_title(quoted, floor)
    }

    /// `so-called`.
    fn is_hyphenated(&self, at: usize) -> bool {
        at >= 2
            && self.lower(at - 1) == "-"
            && self
                .pack
                .naming_compounds
                .iter()
                .any(|&(first, second)| self.lower(at) == second && self.lower(at - 2) == first)
    }

    /// A name: every longer word begins with a capital, though the sentence round it does not.
    fn is_title(&self, quoted: &Quoted, floor: usize) -> bool {
        let capitals = |range: Range<usize>, outside: bool| {
            let mut all = range
                .filter(|&at| self.is_word(at) && !self.is_function_word(at))
                .filter(|&at| self.is_outside(at) == outside)
                .peekable();
            let any = all.peek().is_some();
            let (upper, total) = all.fold((0, 0), |(upper, total), at| {
                (upper + usize::from(self.is_capital(at)), total + 1)
            });
            any && upper * 10 >= total * if outside { 8 } else { 10 }
        };
        let words = self.range(quoted.inner);
        let ends = without_marks(self.document.slice(quoted.inner)).ends_with(['?', '!']);
        let headline = self.sentence(quoted.outer.start()).is_some_and(|all| capitals(all, true));
        let alone = self.range(quoted.outer).start == floor;
        let long = words.clone().filter(|&at| self.is_word(at)).count() > 12;
        !ends && !headline && !long && !alone && capitals(words, false)
    }

    /// Whole sentences, to be read as somebody's words even without a cue.
    fn is_sentence(&self, quoted: &Quoted, first: usize, floor: usize) -> bool {
        let words = self.range(quoted.inner);
        let alone = self.sentence(quoted.outer.start()).is_some_and(|sentence| {
            sentence.end <= self.range(quoted.outer).end && sentence.start == first
        });
        let enough = alone || words.clone().filter(|&at| self.is_word(at)).count() >= 3;
        let text = without_marks(self.document.slice(quoted.inner));
        let begins = text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let ends = text.ends_with(['.', '?', '!', '…', ',', '—']) || !quoted.closed;
        enough && begins && ends && first == floor || quoted.continues
    }
}

/// Without the closing marks of quotations inside.
fn without_marks(words: &str) -> &str {
    words.trim_end_matches(['\'', '’', '”', '"', ' '])
}
