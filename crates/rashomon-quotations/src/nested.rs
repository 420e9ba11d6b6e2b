//! Words told at second hand: `Bell said that Roe told her “…”`. The words are Roe’s, and Bell is
//! who reports them.

use std::ops::Range;

use rashomon_article::{Quotation, Speaker};

use crate::speaker::resolve;
use crate::words::{Words, has};

/// How many tokens may stand between the words of a speaker and who quotes him.
const FARTHEST: usize = 3;

/// Tells who reports each quotation, where that is not the outlet itself.
pub(crate) fn tell(words: &Words<'_>, quotations: &mut [Quotation]) {
    let reporters: Vec<Option<Speaker>> =
        quotations.iter().map(|quotation| reporter(words, quotation, quotations)).collect();
    for (quotation, reporter) in quotations.iter_mut().zip(reporters) {
        quotation.reported_by = reporter;
    }
}

fn reporter(words: &Words<'_>, quotation: &Quotation, all: &[Quotation]) -> Option<Speaker> {
    let speaker = quotation.speaker.as_ref()?;
    let cue = words.range(*quotation.cue.first()?);
    let found = outer(words, quotation, all)
        .or_else(|| words.teller(speaker, &cue).map(|tokens| resolve(words, &tokens, &[])))?;
    let same = match (found.entity, speaker.entity) {
        (Some(found), Some(speaker)) => found == speaker,
        _ => found.name == speaker.name,
    };
    (!same).then_some(found)
}

/// The speaker of the words in which the cue of a quotation stands.
fn outer(words: &Words<'_>, quotation: &Quotation, all: &[Quotation]) -> Option<Speaker> {
    let cue = quotation.cue.first()?;
    // Quotations are in order, and those that hold the cue begin near it.
    let sentence = words.document.sentence_at(cue.start())?;
    let sentence = words.document.sentences[sentence].span;
    let from = all.partition_point(|other| other.span.start() < sentence.start());
    let near = all[from..].iter().take_while(|other| other.span.start() < cue.start());
    let mut holding = near.filter(|other| other.content.iter().any(|content| content.covers(*cue)));
    holding.find(|other| other.span != quotation.span)?.speaker.clone()
}

impl Words<'_> {
    /// The words that name who tells that a speaker says something.
    fn teller(&self, speaker: &Speaker, cue: &Range<usize>) -> Option<Range<usize>> {
        let tokens = self.range(*speaker.spans.first()?);
        if tokens.is_empty() || cue.is_empty() {
            return None;
        }
        self.teller_after(&tokens, cue).or_else(|| self.teller_before(&tokens, cue))
    }

    /// `according to Bell, quoted by the Lantern`; `Bell was quoted by the Lantern as saying`.
    fn teller_after(&self, speaker: &Range<usize>, cue: &Range<usize>) -> Option<Range<usize>> {
        let limit = self.sentence(self.token(speaker.start).span.start())?.end;
        let after = speaker.end.max(cue.start.min(limit));
        let from = if cue.start >= speaker.end { speaker.end } else { after };
        let end = limit.min(from + FARTHEST + 1);
        let quoted = (from..end).find(|&at| has(self.pack.quoting, self.lower(at)))?;
        let by = (quoted + 1..limit.min(quoted + FARTHEST + 1))
            .find(|&at| has(self.pack.agents, self.lower(at)))?;
        self.leading_phrase(by + 1, limit)
    }

    /// `Bell said that Roe told her`: a verb of saying and its subject before the speaker.
    fn teller_before(&self, speaker: &Range<usize>, cue: &Range<usize>) -> Option<Range<usize>> {
        if cue.start < speaker.end {
            return None;
        }
        let floor = self.floor(speaker.start);
        let mut at = speaker.start;
        while at > floor && has(self.pack.openers, self.lower(at - 1)) {
            at -= 1;
        }
        let verb = at.checked_sub(1).filter(|&verb| verb >= floor)?;
        let said = self.is_saying(verb) && !self.is_participle(verb);
        let subject = if said { self.subject(verb, floor) } else { None };
        subject.or_else(|| self.quoter(verb, floor))
    }

    /// `the Lantern quoted Bell as saying`: the verb takes the speaker as its object.
    fn quoter(&self, verb: usize, floor: usize) -> Option<Range<usize>> {
        has(self.pack.quoting, self.lower(verb)).then(|| self.subject(verb, floor))?
    }
}
