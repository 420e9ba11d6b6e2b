//! The words that report a quotation in marks, and whose words it gives.

use std::ops::Range;

use rashomon_article::EntityKind;
use rashomon_text::Span;

use crate::marks::Quoted;
use crate::tag::without_marks;
use crate::words::{Words, has};

/// How far before the marks a verb that reports them may stand, in tokens outside of marks.
const FARTHEST_SAYING: usize = 30;
/// The same for a verb that takes a fragment: `called the meeting “great”`.
const FARTHEST_FRAMING: usize = 14;

/// How many tokens a label may have: `MAYOR ADA BELL:`.
const LONGEST_LABEL: usize = 8;

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
        if let Some(label) = quoted.label {
            return Report::Cued(self.turn(label));
        }
        let first = self.range(quoted.outer).start;
        let (floor, introduced) = self.window_before(quoted, first);
        let top = if introduced { floor.1 } else { first };
        let shown = self.names_a_thing(first, floor.0) || self.is_stage(quoted, first, floor.0);
        if !introduced && shown {
            return Report::Named;
        }
        if self.is_heading(quoted) {
            return Report::NotSaid;
        }
        let before = self.cue_before(floor.0, top);
        let after = self.cue_after(quoted).or_else(|| self.signed(quoted));
        let adjacent = before.as_ref().is_some_and(|cue| self.is_adjacent(cue.words.end, top));
        if before.is_some() && !adjacent && after.is_none() && self.is_title(quoted, floor.0) {
            return Report::NotSaid;
        }
        if adjacent && before.as_ref().is_some_and(|cue| self.is_naming(cue, quoted, floor.0)) {
            return Report::Named;
        }
        if introduced && let Some(speaker) = self.labelled(top - 1, floor.0) {
            return Report::Cued(Cue { words: top - 1..top, speaker: Some(speaker), after: false });
        }
        let cue = if adjacent { before.or(after) } else { after.or(before) };
        if let Some(cue) = cue {
            return Report::Cued(cue);
        }
        if introduced {
            let colon = top - 1;
            let speaker = self.introducing(colon, floor.0);
            return Report::Cued(Cue { words: colon..colon + 1, speaker, after: false });
        }
        if self.is_title(quoted, floor.0) {
            return Report::NotSaid;
        }
        if let Some(cue) = self.trailing_cue(quoted) {
            return Report::Cued(cue);
        }
        if let Some(cue) = self.possessor(quoted, first) {
            return Report::Cued(cue);
        }
        if self.is_sentence(quoted, first, floor.0) { Report::Uncued } else { Report::NotSaid }
    }

    /// The label of a turn and its colon; `Q:` names nobody.
    fn turn(&self, label: Span) -> Cue {
        let tokens = self.range(label);
        let letter = has(self.pack.turn_letters, self.document.slice(label));
        let words = tokens.end..self.document.tokens.len().min(tokens.end + 1);
        let named = !letter && !tokens.is_empty();
        Cue { words, speaker: named.then_some(tokens), after: false }
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
        if let Some(cue) = self.verb_before_marks(floor, first) {
            return Some(cue);
        }
        let mut vague = None;
        let outside = (floor..first).rev().filter(|&at| self.is_outside(at));
        for (distance, at) in outside.enumerate().take(FARTHEST_SAYING) {
            if self.lower(at) == ";" {
                return vague;
            }
            if let Some(length) = self.source_at(at, first) {
                let after = at + length;
                let speaker = if has(self.pack.relatives, self.lower(after)) {
                    // `a report, according to which`
                    self.antecedent(at, floor)
                } else {
                    self.noun_phrase_after(after, first)
                };
                return Some(Cue { words: at..at + length, speaker, after: false });
            }
            let framing = distance <= FARTHEST_FRAMING && self.is_framing(at);
            let verb = (self.is_saying(at) || framing) && !self.is_subordinate(at, floor);
            if verb && !self.ends_clause(at, first) {
                let inverted = at == floor && !self.is_participle(at);
                let speaker = if inverted {
                    // `Added Bell: “…”`
                    self.noun_phrase_after(at + 1, first)
                } else {
                    self.subject(at, floor)
                };
                let cue = Cue { words: at..at + 1, speaker, after: false };
                if !self.is_vague(&cue, first) {
                    return Some(cue);
                }
                vague = vague.or(Some(cue));
            }
        }
        vague
    }

    /// `said that it kept what it had promised: “…”`: a verb of a clause about something else,
    /// some way before the marks.
    fn is_vague(&self, cue: &Cue, first: usize) -> bool {
        let thing = cue.speaker.as_ref().is_some_and(|speaker| {
            speaker.len() == 1
                && (has(self.pack.thing_pronouns, self.lower(speaker.start))
                    || has(self.pack.relatives, self.lower(speaker.start)))
        });
        // `he answered in more words than his lawyers had advised: “…”`
        let compared = cue.speaker.as_ref().is_some_and(|speaker| {
            speaker.start > 0 && has(self.pack.comparing, self.lower(speaker.start - 1))
        });
        compared || thing && !self.is_adjacent_to_marks(cue.words.end, first)
    }

    fn is_adjacent_to_marks(&self, cue_end: usize, first: usize) -> bool {
        let pause = cue_end < first && matches!(self.lower(first - 1), "," | ":");
        cue_end + usize::from(pause) >= first
    }

    /// `Bell shot back, “…”`, `the crowd roared: “…”`: whatever verb stands before the marks.
    fn verb_before_marks(&self, floor: usize, first: usize) -> Option<Cue> {
        let pause = first.checked_sub(1).filter(|&at| matches!(self.lower(at), "," | ":"))?;
        let upper = first < self.document.tokens.len() && self.begins_upper(first);
        let mut verb = pause.checked_sub(1).filter(|&at| at > floor)?;
        if has(self.pack.particles, self.lower(verb)) {
            verb -= 1;
        }
        if verb <= floor || !upper || self.is_saying(verb) || !self.is_past(verb) {
            return None;
        }
        let subject = self.noun_phrase_before(verb, floor)?;
        let speaks = self.is_speaker(&subject) && self.is_clause_start(subject.start, floor);
        speaks.then_some(Cue { words: verb..verb + 1, speaker: Some(subject), after: false })
    }

    /// Whether the words in marks that begin at a token begin with a capital.
    fn begins_upper(&self, first: usize) -> bool {
        let words = first..self.document.tokens.len().min(first + 4);
        words.into_iter().find(|&at| self.is_word(at)).is_some_and(|at| self.is_capital(at))
    }

    /// `who told reporters when asked`: asking is not what reports.
    fn is_subordinate(&self, verb: usize, floor: usize) -> bool {
        verb > floor
            && !self.is_participle(verb)
            && has(self.pack.conjunctions, self.lower(verb - 1))
            && !has(self.pack.relatives, self.lower(verb - 1))
            && !has(self.pack.coordinators, self.lower(verb - 1))
    }

    /// `Ada Bell: “…”`, `NEW – MAYOR ADA BELL: “…”`: nothing but a name, titles before it.
    fn labelled(&self, colon: usize, floor: usize) -> Option<Range<usize>> {
        let start = (floor..colon).rev().find(|&at| self.is_dash(at) && !self.is_glued(at));
        let start = start.map_or(floor, |dash| dash + 1);
        let label = start..colon;
        if label.is_empty() {
            return None;
        }
        let short = label.len() <= LONGEST_LABEL;
        let mention = self.document.mentions.overlapping(self.token(colon - 1).span).last()?;
        let named = mention.kind == EntityKind::Person
            && mention.span.end() == self.token(colon - 1).span.end();
        let plain = label.clone().all(|at| {
            let word = self.is_word(at) && !self.is_named(at);
            !word || self.is_capital(at) && !has(self.pack.saying, self.lower(at))
        });
        (short && named && plain).then_some(label)
    }

    /// Who speaks after a colon where no verb of saying does: `Ada Bell: “…”`, `the pollster’s
    /// answer was: “…”`.
    fn introducing(&self, colon: usize, floor: usize) -> Option<Range<usize>> {
        let named = self.noun_phrase_before(colon, floor).filter(|phrase| {
            let name = self.document.mentions.overlapping(self.span(phrase)).last();
            name.is_some_and(|name| {
                name.kind == EntityKind::Person
                    && name.span.end() == self.token(colon - 1).span.end()
            })
        });
        let leading = || {
            let phrase = self.leading_phrase(floor, colon)?;
            let owner = phrase.clone().find(|&at| self.is_possessor(at));
            Some(owner.map_or(phrase.clone(), |clitic| phrase.start..clitic))
        };
        named
            .or_else(|| self.clause_subject(colon, floor))
            .or_else(|| leading().filter(|phrase| self.is_speaker(phrase)))
    }

    /// `As the talks concluded, the minister smiled: “…”`: the verb is done before the marks.
    fn ends_clause(&self, verb: usize, first: usize) -> bool {
        verb + 2 < first
            && self.lower(verb + 1) == ","
            && (verb + 2..first - 1).all(|at| self.is_outside(at))
            && !(verb + 2..first.min(verb + 6)).any(|at| self.lower(at) == ",")
    }

    /// The length of `according to` at a token.
    pub(crate) fn source_at(&self, at: usize, limit: usize) -> Option<usize> {
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
