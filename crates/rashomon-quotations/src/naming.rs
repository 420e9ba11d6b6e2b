//! Words in marks that name something and that nobody says: slogans, titles, so-called terms.

use std::ops::Range;

use rashomon_article::TokenKind;

use crate::cue::Cue;
use crate::marks::Quoted;
use crate::tag::without_marks;
use crate::words::{Words, has};

/// How many words that carry matter a heading in marks may have.
const LONGEST_HEADING: usize = 8;

impl Words<'_> {
    /// A word before the marks says that they hold a name or a saying: `so-called “…”`.
    pub(crate) fn names_a_thing(&self, first: usize, floor: usize) -> bool {
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
    pub(crate) fn is_naming(&self, cue: &Cue, quoted: &Quoted, floor: usize) -> bool {
        let framed = cue.words.clone().any(|at| self.is_framing(at) && !self.is_saying(at));
        let source = cue.words.len() > 1 && cue.speaker.is_none();
        let first = self.range(quoted.outer).start;
        (framed || source || self.is_placed(first)) && self.is_title(quoted, floor)
    }

    /// `On “…,” Bell said`: a show or a paper, and no words of Bell’s.
    pub(crate) fn is_stage(&self, quoted: &Quoted, first: usize, floor: usize) -> bool {
        let before = first.checked_sub(1).filter(|&at| at >= floor && self.is_outside(at));
        let placed = before.is_some_and(|at| {
            self.token(at).kind == TokenKind::Clitic || has(self.pack.prepositions, self.lower(at))
        });
        placed && self.is_title(quoted, floor)
    }

    /// A few words that fill a paragraph and are written like a title.
    pub(crate) fn is_heading(&self, quoted: &Quoted) -> bool {
        let fills = self.document.article.block_at(quoted.outer.start()).is_some_and(|block| {
            let rest = self.document.slice(block.span).len() - quoted.outer.len();
            block.span.start() == quoted.outer.start() && rest == 0
        });
        if !fills || without_marks(self.document.slice(quoted.inner)).ends_with(['?', '!']) {
            return false;
        }
        let words = self.range(quoted.inner);
        let long = |at: &usize| self.is_word(*at) && !self.is_function_word(*at);
        let count = words.clone().filter(long).count();
        (2..=LONGEST_HEADING).contains(&count) && words.filter(long).all(|at| self.is_capital(at))
    }

    /// `said on “…”`, `told “…”`: the marks hold a place or a listener.
    fn is_placed(&self, first: usize) -> bool {
        first.checked_sub(1).is_some_and(|before| {
            let word = self.lower(before);
            let clitic = self.token(before).kind == TokenKind::Clitic;
            self.is_outside(before)
                && (clitic
                    || has(self.pack.prepositions, word)
                    || has(self.pack.telling, word)
                    || self.is_named(before))
        })
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
    pub(crate) fn is_title(&self, quoted: &Quoted, floor: usize) -> bool {
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
}
