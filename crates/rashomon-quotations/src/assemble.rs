//! Quoted words joined to quotations, each with its cue and speaker.

use rashomon_article::Speaker;
use rashomon_text::Span;

use crate::cue::{Cue, Report};
use crate::speaker::resolve;
use crate::words::{Words, has};

/// How many quotations before the cue of words in marks may stand: fragments in the clause that
/// follows a cue lie between.
const RECENT: usize = 4;

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
    pub(crate) fn last(&self) -> usize {
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
    let carries = cue.speaker.is_none() && words.quoted[at].label.is_none();
    let speaker = speaker.or_else(|| carried(words, drafts, at).filter(|_| carries));
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
    let recent = drafts.iter_mut().rev().take(RECENT);
    let mut going_on = recent.filter(|before| {
        before.whole
            && (before.speaker.is_some() || before.cue.is_some())
            && words.follows_directly(before, first)
    });
    if let Some(before) = going_on.next() {
        before.parts.push(at);
        return;
    }
    let speaker = introduced(words, drafts, first)
        .or_else(|| reported_above(words, drafts, first))
        .or_else(|| carried(words, drafts, at));
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
    let leading = words.leading_phrase(sentence.start, sentence.end);
    let subject = leading.filter(|phrase| words.is_speaker(phrase)).or_else(|| {
        (sentence.start..sentence.end).find_map(|end| words.clause_subject(end, sentence.start))
    })?;
    Some(resolve(words, &subject, drafts))
}

/// Whose words the paragraph above ends with in indirect speech, where a paragraph opens with words in
/// marks: `Bell said the gates would stay shut.`, and below it `“We have no choice.”`
fn reported_above(words: &Words<'_>, drafts: &[Draft], first: usize) -> Option<Speaker> {
    let byte = words.token(first).span.start();
    let before = first.checked_sub(1).filter(|_| words.block_start(byte) == byte)?;
    let sentence = words.sentence(words.token(before).span.start())?;
    if !sentence.clone().all(|at| words.is_outside(at)) {
        return None;
    }
    let active = |at: usize| at == 0 || !has(words.pack.auxiliaries, words.lower(at - 1));
    let verb = sentence.clone().find(|&at| words.is_saying(at) && active(at))?;
    let subject = words.subject(verb, sentence.start)?;
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

impl Words<'_> {
    /// The first token of the sentence of a token.
    pub(crate) fn floor(&self, at: usize) -> usize {
        self.sentence(self.token(at).span.start()).map_or(at, |sentence| sentence.start)
    }

    /// A clause of its own and not a fragment of the report's sentence.
    fn is_whole(&self, at: usize, cue: &Cue) -> bool {
        let quoted = &self.quoted[at];
        if quoted.label.is_some() {
            return true;
        }
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
