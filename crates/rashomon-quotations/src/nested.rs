//! Words told at second hand: `Bell said that Roe told her “…”`. The words are Roe’s, and Bell is
//! who reports them.

use std::ops::Range;

use rashomon_article::{Quotation, QuotationKind, Speaker};
use rashomon_text::Span;

use crate::cue::{Cue, Report};
use crate::speaker::resolve;
use crate::words::{Words, has};

/// How many tokens may stand between the words of a speaker and who quotes him.
const FARTHEST: usize = 3;

/// Tells who reports each quotation, where that is not the outlet itself.
pub(crate) fn tell(words: &Words<'_>, quotations: &mut [Quotation], reports: &[Report]) {
    for quotation in quotations.iter_mut() {
        unwrap(words, quotation, reports);
    }
    quotations.sort_by_key(|quotation| quotation.span);
    let reporters: Vec<Option<Speaker>> =
        quotations.iter().map(|quotation| reporter(words, quotation, quotations)).collect();
    for (quotation, reporter) in quotations.iter_mut().zip(reporters) {
        quotation.reported_by = quotation.reported_by.take().or(reporter);
    }
}

/// Words in marks inside a reported clause that has a speaker and a cue of its own are the inner
/// speaker’s: of `Bell said that Roe told her “…”` what stands in the marks is Roe’s.
fn unwrap(words: &Words<'_>, quotation: &mut Quotation, reports: &[Report]) {
    let Some(&said) = quotation.cue.first() else { return };
    if quotation.kind != QuotationKind::Mixed {
        return;
    }
    let from = words.quoted.partition_point(|q| q.inner.end() <= quotation.span.start());
    let to = words.quoted.partition_point(|q| q.inner.start() < quotation.span.end());
    let inner = |at: usize| match &reports[at] {
        Report::Cued(cue) if words.is_inner(cue, quotation.span, said) => Some(cue),
        _ => None,
    };
    let Some(cue) = (from < to).then(|| inner(from)).flatten() else { return };
    let Some(speaker) = &cue.speaker else { return };
    if (from..to).any(|at| inner(at) != Some(cue)) {
        return;
    }
    let content: Vec<Span> = words.quoted[from..to].iter().map(|quoted| quoted.inner).collect();
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return };
    quotation.span = first.hull(*last);
    quotation.content = content;
    quotation.cue = vec![words.span(&cue.words)];
    let told = resolve(words, speaker, &[]);
    let pronoun = told.entity.is_none() && has(words.pack.pronouns, words.lower(speaker.start));
    if let Some(teller) = quotation.speaker.take() {
        // `Bell said she told the crew “…”`
        let same = pronoun || is_same(&told, &teller);
        quotation.reported_by = (!same).then(|| teller.clone());
        quotation.speaker = Some(if pronoun { teller } else { told });
    } else {
        quotation.speaker = Some(told);
    }
}

fn reporter(words: &Words<'_>, quotation: &Quotation, all: &[Quotation]) -> Option<Speaker> {
    let speaker = quotation.speaker.as_ref()?;
    let cue = words.range(*quotation.cue.first()?);
    let found = outer(words, quotation, all)
        .or_else(|| words.teller(speaker, &cue).map(|tokens| resolve(words, &tokens, &[])))?;
    (!is_same(&found, speaker)).then_some(found)
}

fn is_same(one: &Speaker, other: &Speaker) -> bool {
    match (one.entity, other.entity) {
        (Some(one), Some(other)) => one == other,
        _ => one.name == other.name,
    }
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
    /// A cue with its speaker, both inside a clause that something else reports.
    fn is_inner(&self, cue: &Cue, clause: Span, said: Span) -> bool {
        let verb = !cue.after
            && cue.words.len() == 1
            && self.is_saying(cue.words.start)
            && !self.is_participle(cue.words.start);
        let inside = |tokens: &Range<usize>| {
            let span = self.span(tokens);
            clause.start() <= span.start() && span.end() <= clause.end() && !span.overlaps(said)
        };
        let speaker = cue.speaker.as_ref().filter(|speaker| speaker.end <= cue.words.start);
        verb && inside(&cue.words) && speaker.is_some_and(inside)
    }

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
