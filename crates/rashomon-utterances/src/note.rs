use rashomon_article::{Document, Relation, Story};
use rashomon_language::Language;
use rashomon_terms::{fold, terms};
use rashomon_text::Span;

use crate::evidence::compare;
use crate::piece::Piece;
use crate::speaker::{Agreement, Speakers};
use crate::telling::{Site, Telling, is_inflection, sites, spans_of};

/// What an editor must know of a remark, in one sentence; empty where there is nothing.
pub(crate) fn note(
    story: &Story,
    pieces: &[Piece],
    speakers: &Speakers,
    tellings: &[Telling],
    relation: Relation,
    language: &Language,
) -> String {
    two_speakers(story, pieces, speakers, tellings)
        .or_else(|| (relation == Relation::Reworded).then(|| wording(story, pieces, tellings))?)
        .or_else(|| cut_short(story, pieces, tellings, language))
        .unwrap_or_default()
}

fn document<'s>(story: &'s Story, pieces: &[Piece], telling: &Telling) -> &'s Document {
    story.document(pieces[telling.first].article)
}

fn outlet<'s>(story: &'s Story, pieces: &[Piece], telling: &Telling) -> &'s str {
    document(story, pieces, telling).article.outlet_or_id()
}

/// One remark, two speakers.
fn two_speakers(
    story: &Story,
    pieces: &[Piece],
    speakers: &Speakers,
    tellings: &[Telling],
) -> Option<String> {
    let speaker = |telling: &Telling| pieces[telling.first].speaker;
    let first = tellings.iter().find(|telling| speaker(telling).is_some())?;
    let other = tellings.iter().find(|telling| {
        speakers.agreement(speaker(first), speaker(telling)) == Agreement::Different
    })?;
    Some(format!(
        "{} gives the remark to {}, {} to {}.",
        outlet(story, pieces, first),
        speakers.person(speaker(first)?).name,
        outlet(story, pieces, other),
        speakers.person(speaker(other)?).name,
    ))
}

/// Words inside quotation marks differ though nothing suggests a translation.
fn wording(story: &Story, pieces: &[Piece], tellings: &[Telling]) -> Option<String> {
    let (longest, others) = tellings.split_first()?;
    let (other, sites) = others
        .iter()
        .filter(|other| other.quoted)
        .map(|other| {
            let mut sites = sites(story, longest, other);
            sites.retain(|site| !is_inflection(longest, other, site));
            (other, sites)
        })
        .find(|(_, sites)| !sites.is_empty())?;
    let here = document(story, pieces, longest);
    let there = document(story, pieces, other);
    let words = |document: &Document, telling: &Telling, range: &std::ops::Range<usize>| {
        let span = spans_of(document, telling, range).into_iter().next();
        span.map(|span| format!("“{}”", document.slice(span)))
    };
    let change = |site: &Site| match (words(there, other, &site.b), words(here, longest, &site.a)) {
        (Some(new), Some(old)) => Some(format!("{new} for {old}")),
        (Some(new), None) => Some(format!("{new} added")),
        (None, Some(old)) => Some(format!("{old} left out")),
        (None, None) => None,
    };
    let changes: Vec<String> = sites.iter().take(2).filter_map(change).collect();
    let and_more = if sites.len() > 2 { " and more" } else { "" };
    Some(format!(
        "The words in quotation marks differ: {} has {}{and_more} against {}.",
        outlet(story, pieces, other),
        changes.join(" and "),
        outlet(story, pieces, longest),
    ))
}

/// A cut that drops a denial before, or a condition after the words that it keeps.
fn cut_short(
    story: &Story,
    pieces: &[Piece],
    tellings: &[Telling],
    language: &Language,
) -> Option<String> {
    let (longest, others) = tellings.split_first()?;
    if !longest.quoted {
        return None;
    }
    others.iter().filter(|other| other.quoted).find_map(|other| {
        let found = compare(&other.words, &longest.words);
        if !found.contained {
            return None;
        }
        let (first, last) = (found.pairs.first()?.b, found.pairs.last()?.b);
        let whole = document(story, pieces, longest);
        let lost = lost_denial(whole, longest, first)
            .or_else(|| lost_condition(whole, longest, last, language))?;
        let part = document(story, pieces, other);
        if told_beside(part, other.span, language) {
            return None;
        }
        Some(format!(
            "{} cuts the remark before “{}”, which {} has.",
            outlet(story, pieces, other),
            whole.slice(lost.1),
            outlet(story, pieces, longest),
        ))
        .map(|note| {
            if lost.0 { note.replacen("cuts the remark before", "leaves out", 1) } else { note }
        })
    })
}

/// A denial at most four words before the kept ones, in the same clause; marked as standing
/// before them.
fn lost_denial(document: &Document, telling: &Telling, first: usize) -> Option<(bool, Span)> {
    let from = first.saturating_sub(4);
    let at = (from..first).rev().find(|&at| telling.words[at].negation)?;
    let gap = Span::new(telling.words[at].span.end(), telling.words[first].span.start());
    let same_clause = !document.slice(gap).contains([',', ';', '.', '—', '?', '!', ':']);
    let span = spans_of(document, telling, &(at..at + 1)).into_iter().next()?;
    same_clause.then_some((true, span))
}

/// A condition at most two words after the kept ones.
fn lost_condition(
    document: &Document,
    telling: &Telling,
    last: usize,
    language: &Language,
) -> Option<(bool, Span)> {
    let end = (last + 3).min(telling.words.len());
    let at = (last + 1..end).find(|&at| {
        let word = fold(document.slice(telling.words[at].span));
        language.renderings.conditions.binary_search(&word.as_str()).is_ok()
    })?;
    let word = telling.words[at].span;
    let part = telling.parts.iter().find(|part| part.covers(word))?;
    let span = Span::new(word.start(), part.end());
    let same_sentence = !document
        .slice(Span::new(telling.words[last].span.end(), span.start()))
        .contains(['.', '?', '!']);
    same_sentence.then_some((false, document.article.text.trim(span)))
}

/// Whether the outlet itself tells of a denial or a condition in the sentence around the words.
fn told_beside(document: &Document, span: Span, language: &Language) -> bool {
    let Some(sentence) = document.sentence_at(span.start()) else { return false };
    terms(document, document.sentences[sentence].span, language)
        .iter()
        .filter(|term| !span.covers(term.span))
        .any(|term| {
            term.negation
                || language
                    .renderings
                    .conditions
                    .binary_search(&fold(document.slice(term.span)).as_str())
                    .is_ok()
        })
}
