use std::collections::BTreeMap;

use rashomon_article::{Passage, QuotationKind, Story, Utterance};
use rashomon_text::Span;

/// A remark as an editor reads it.
pub(crate) struct Remark<'s> {
    /// The utterance.
    pub utterance: &'s Utterance,
    /// Its tellings, those with the same words taken together, the longest first.
    pub wordings: Vec<Wording>,
}

/// Tellings with the same words.
pub(crate) struct Wording {
    /// Where they stand; never empty.
    pub passages: Vec<Passage>,
    /// Whether the words stand in quotation marks there.
    pub quoted: bool,
    /// The words of the first passage that differ from the other wordings.
    pub differing: Vec<Span>,
}

/// The remarks by who made them, whoever made most first; those without a speaker last.
pub(crate) fn by_speaker(story: &Story) -> Vec<(Option<&str>, Vec<Remark<'_>>)> {
    let mut speakers: Vec<(Option<&str>, Vec<Remark<'_>>)> = Vec::new();
    for utterance in &story.utterances {
        let name = utterance.speaker_name.as_deref();
        let remark = Remark { utterance, wordings: wordings(story, utterance) };
        match speakers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, remarks)) => remarks.push(remark),
            None => speakers.push((name, vec![remark])),
        }
    }
    for (_, remarks) in &mut speakers {
        remarks.sort_by_key(|remark| std::cmp::Reverse(weight(story, remark.utterance)));
    }
    speakers.sort_by_key(|(name, remarks)| (name.is_none(), std::cmp::Reverse(remarks.len())));
    speakers
}

/// Who tells that the speaker made a remark, where that is somebody else than the outlet itself:
/// `Bell` for `Bell said that Roe told her …`; each once, in the order of the reports.
pub(crate) fn tellers<'s>(story: &'s Story, utterance: &Utterance) -> Vec<&'s str> {
    let mut names: Vec<&str> = Vec::new();
    for variant in &utterance.variants {
        let quotation = story.document(variant.article).quotations.get(variant.quotation);
        let teller = quotation.and_then(|quotation| quotation.reported_by.as_ref());
        let name = teller.map(|teller| teller.name.as_str());
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}

/// What needs attention first: a note, then the number of independent tellings.
fn weight(story: &Story, utterance: &Utterance) -> (bool, usize, usize) {
    let counts = story.counts(utterance.variants.iter().map(|variant| variant.article));
    (!utterance.note.is_empty(), counts.origins, counts.articles)
}

fn wordings(story: &Story, utterance: &Utterance) -> Vec<Wording> {
    let mut known: BTreeMap<(bool, String), usize> = BTreeMap::new();
    let mut wordings: Vec<Wording> = Vec::new();
    for variant in &utterance.variants {
        let passage = Passage { article: variant.article, span: variant.span };
        let quoted = variant.kind != QuotationKind::Indirect;
        let words = to_the_eye(story.slice(passage));
        let next = wordings.len();
        let at = *known.entry((quoted, words)).or_insert(next);
        if at == next {
            let differing = variant.differing.clone();
            wordings.push(Wording { passages: vec![passage], quoted, differing });
        } else {
            wordings[at].passages.push(passage);
        }
    }
    wordings
}

/// Words without the marks at their end and the shape of their apostrophes.
fn to_the_eye(words: &str) -> String {
    words
        .trim_end_matches([',', '.', ';', ' '])
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'))
        .map(|c| if c == '’' { '\'' } else { c })
        .collect::<String>()
        .to_lowercase()
}
