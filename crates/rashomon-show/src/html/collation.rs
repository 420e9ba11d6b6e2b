//! The tellings of a remark beside each other: what is marked in them, and who has which words.

use rashomon_article::{ArticleIndex, Cell, Passage, Utterance, Variant};
use rashomon_text::{Span, Text};

use super::view::View;

/// A stretch of a telling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    /// Words that the other tellings have too, or that only this one reaches.
    Same(Span),
    /// Words in whose place others have other words, with the number of the place.
    Differs(Span, Option<usize>),
    /// Here others have words at the place of this number.
    Missing(usize),
}

/// What tellings have at one place: the same words taken together.
pub(super) struct Way {
    /// Where the words stand first; `None` where there are none.
    pub(super) words: Option<Passage>,
    /// Who has them.
    pub(super) articles: Vec<ArticleIndex>,
}

/// The pieces of a telling, up to the end of what is shown of it.
pub(super) fn pieces(
    text: &Text,
    utterance: &Utterance,
    variant: &Variant,
    shown: Span,
) -> Vec<Piece> {
    let at = utterance.variants.iter().position(|other| std::ptr::eq(other, variant));
    let reaches = |at: &usize| utterance.alignment.iter().any(|c| c.cells[*at].span().is_some());
    let Some(at) = at.filter(reaches) else { return unnumbered(variant, shown) };
    let mut pieces = Vec::new();
    let mut site = 0;
    for column in &utterance.alignment {
        site += usize::from(!column.agrees);
        let span = match column.cells[at] {
            Cell::Words(span) => span.intersection(shown),
            Cell::Missing if !column.agrees => {
                pieces.push(Piece::Missing(site));
                None
            }
            Cell::Missing | Cell::Outside => None,
        };
        let Some(span) = span else { continue };
        if column.agrees {
            pieces.push(Piece::Same(span));
            continue;
        }
        // Blanks and marks after the words are no difference.
        let words = bare(text, span);
        pieces.push(Piece::Differs(words, Some(site)));
        pieces.push(Piece::Same(Span::new(words.end(), span.end())));
    }
    pieces
}

/// Where a telling stands in no column, what it differs in without numbers.
fn unnumbered(variant: &Variant, shown: Span) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = shown.start();
    for &differing in &variant.differing {
        let Some(span) = differing.intersection(shown).filter(|span| span.start() >= at) else {
            continue;
        };
        pieces.push(Piece::Same(Span::new(at, span.start())));
        pieces.push(Piece::Differs(span, None));
        at = span.end();
    }
    pieces.push(Piece::Same(Span::new(at, shown.end())));
    pieces
}

/// A span without the blanks and marks at its end.
fn bare(text: &Text, span: Span) -> Span {
    let words = text.get(span).unwrap_or_default();
    let kept = words.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let kept = if kept == 0 { words.trim_end().len() } else { kept };
    Span::new(span.start(), span.start() + kept)
}

/// The places where the tellings differ, in order, each with what they have there.
pub(super) fn sites(view: &View<'_>, utterance: &Utterance) -> Vec<Vec<Way>> {
    let differing = utterance.alignment.iter().filter(|column| !column.agrees);
    differing
        .map(|column| {
            let mut ways: Vec<(String, Way)> = Vec::new();
            for (variant, cell) in utterance.variants.iter().zip(&column.cells) {
                let words = match *cell {
                    Cell::Words(span) => {
                        let span = bare(&view.document(variant.article).article.text, span);
                        Some(Passage { article: variant.article, span })
                    }
                    Cell::Missing => None,
                    Cell::Outside => continue,
                };
                let shown =
                    words.map_or_else(String::new, |words| view.words(words).to_lowercase());
                match ways.iter_mut().find(|(known, _)| *known == shown) {
                    Some((_, way)) if way.articles.contains(&variant.article) => {}
                    Some((_, way)) => way.articles.push(variant.article),
                    None => ways.push((shown, Way { words, articles: vec![variant.article] })),
                }
            }
            ways.into_iter().map(|(_, way)| way).collect()
        })
        .collect()
}
