use rashomon_article::{
    ArticleIndex, DiscrepancyKind, EntityKind, MentionForm, Passage, QuotationKind, Verdict,
};
use rashomon_text::Span;

use crate::clash::{Account, Clash};
use crate::desk::{Desk, Key};
use crate::index::RareFeatures;
use crate::side::outlets;
use crate::spellings::are_spellings;

/// So many words in a row must be the same in two quotations: shorter ones many people say.
const RUN: usize = 7;
/// And this share of the words of the shorter one.
const LEAST_SHARE: f32 = 0.8;
/// The name of the speaker stands within so many words of the verb of saying.
const REACH: usize = 3;

/// Words in quotation marks with the person to whom a verb of saying beside them gives them.
struct Quoted {
    article: ArticleIndex,
    span: Span,
    keys: Vec<Key>,
    /// By index among the entities of the story.
    speaker: usize,
    /// The sentences from the words to the name.
    around: Span,
    name: Span,
}

/// The same words in quotation marks, given to two persons, with the places of the words.
pub fn quotes(desk: &Desk<'_>) -> Vec<(Clash, [Passage; 2])> {
    let quoted = collect(desk);
    let runs = |quoted: &Quoted| -> Vec<(Vec<Key>, f32)> {
        let mut runs: Vec<Vec<Key>> = quoted.keys.windows(RUN).map(<[Key]>::to_vec).collect();
        runs.sort_unstable();
        runs.dedup();
        runs.into_iter().map(|run| (run, 1.0)).collect()
    };
    let index = RareFeatures::new(quoted.iter().map(runs).collect());
    let pairs = index.pairs(|a, b, weight| {
        let shorter = quoted[a].keys.len().min(quoted[b].keys.len()) + 1 - RUN;
        weight >= LEAST_SHARE * shorter as f32
    });
    let place = |quoted: &Quoted| Passage { article: quoted.article, span: quoted.span };
    pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let (a, b) = (&quoted[a], &quoted[b]);
            Some((clash(desk, a, b)?, [place(a), place(b)]))
        })
        .collect()
}

fn clash(desk: &Desk<'_>, a: &Quoted, b: &Quoted) -> Option<Clash> {
    if a.article == b.article || a.speaker == b.speaker {
        return None;
    }
    let words = |entity: usize| crate::slots::words(&desk.story.entities[entity].name);
    let (x, y) = (words(a.speaker), words(b.speaker));
    let contained = |x: &[String], y: &[String]| x.iter().all(|word| y.contains(word));
    if contained(&x, &y) || contained(&y, &x) || are_spellings(&x, &y) || x.last() == y.last() {
        return None;
    }
    // Where a report names the other speaker beside the words, they may be read amiss.
    let names = |quoted: &Quoted, other: usize| {
        desk.named(quoted.article, quoted.around).any(|entity| entity == other)
    };
    if names(a, b.speaker) || names(b, a.speaker) {
        return None;
    }
    // One person under two family names is a slip in the name.
    let kind = match x.first() == y.first() {
        true => DiscrepancyKind::Name,
        false => DiscrepancyKind::Attribution,
    };
    let name = |quoted: &Quoted| desk.story.entities[quoted.speaker].name.as_str();
    let account = |quoted: &Quoted, words: &[String]| Account {
        value: words.join(" "),
        mentions: vec![Passage { article: quoted.article, span: quoted.name }],
    };
    Some(Clash {
        kind,
        verdict: Verdict::Conflict,
        about: desk.story.slice(Passage { article: a.article, span: a.span }).to_owned(),
        why: format!(
            "{} gives the same words to {}, {} to {}",
            outlets(desk.story, [a.article]),
            name(a),
            outlets(desk.story, [b.article]),
            name(b)
        ),
        sides: [account(a, &x), account(b, &y)],
        likeness: 1.0,
    })
}

fn collect(desk: &Desk<'_>) -> Vec<Quoted> {
    let mut found = Vec::new();
    for article in desk.story.articles() {
        let document = desk.document(article);
        for quotation in &document.quotations {
            if quotation.kind == QuotationKind::Indirect || quotation.cue.is_empty() {
                continue;
            }
            let Some(speaker) = &quotation.speaker else { continue };
            let Some(entity) = speaker.entity.and_then(|entity| desk.entity(article, entity))
            else {
                continue;
            };
            // A pronoun or a description may have been traced to the wrong person.
            let name = speaker.spans.iter().find_map(|&span| {
                let mut mentions = document.mentions.overlapping(span);
                mentions
                    .find(|mention| {
                        mention.form == MentionForm::Name && Some(mention.entity) == speaker.entity
                    })
                    .map(|mention| mention.span)
            });
            let Some(name) = name else { continue };
            let near = quotation.cue.iter().any(|cue| {
                let gap = match cue.start() < name.start() {
                    true => Span::new(cue.end().min(name.start()), name.start()),
                    false => Span::new(name.end().min(cue.start()), cue.start()),
                };
                document.tokens_in(gap).len() <= REACH
            });
            if !near || desk.story.entities[entity].kind != EntityKind::Person {
                continue;
            }
            for &span in &quotation.content {
                let keys = words(desk, article, span);
                let around = span.hull(name);
                let line = |offset| desk.line_at(article, offset).map_or(around, |line| line.span);
                let around = line(around.start()).hull(line(around.end().saturating_sub(1)));
                if keys.len() >= RUN {
                    found.push(Quoted { article, span, keys, speaker: entity, around, name });
                }
            }
        }
    }
    found
}

/// The words of a span, which may reach over several sentences.
fn words(desk: &Desk<'_>, article: ArticleIndex, span: Span) -> Vec<Key> {
    let lines = desk.of_article(article).iter().filter(|line| line.span.overlaps(span));
    let words = lines.flat_map(|line| &line.words).filter(|word| span.covers(word.span));
    words.map(|word| word.key).collect()
}
