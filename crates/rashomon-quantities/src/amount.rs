//! A number with the currency before it and the unit after it.

use rashomon_article::Unit;

use crate::figure::{Figure, Sort, figure};
use crate::lexeme::Lexemes;
use crate::measure;

/// Lexemes from `start` up to `end`.
#[derive(Clone)]
pub(crate) struct Amount {
    pub start: usize,
    pub figure: Figure,
    pub unit: Option<Unit>,
    pub end: usize,
}

/// `$20 million`, `20 million dollars`, `600-mile`, `15`.
pub(crate) fn amount(words: &Lexemes<'_>, at: usize) -> Option<Amount> {
    if let Some((name, next)) = measure::sign(words, at)
        && let Some(figure) = figure(words, next, true)
        && figure.sort != Sort::Ordinal
    {
        let mut end = figure.end;
        // "$76 US", "$5 (US)" and "5 US dollars" are the same dollars.
        if words.lower(end) == "us" && words.capital(end) && name == "dollar" {
            end += 1;
        }
        return Some(Amount { start: at, figure, unit: Some(measure::money(name)), end });
    }
    if let Some(amount) = unit_and_a_half(words, at) {
        return Some(amount);
    }
    let figure = figure(words, at, false)?;
    let large = figure.magnitude >= 1e5;
    if figure.sort == Sort::Fraction
        && let Some(found) = part_of_unit(words, figure.end)
    {
        let figure = Figure { sort: Sort::Cardinal, ..figure };
        return Some(Amount { start: at, figure, unit: Some(found.unit), end: found.end });
    }
    let of = usize::from(figure.sort == Sort::Vague && words.lower(figure.end) == "of");
    let found = match figure.sort {
        Sort::Ordinal => None,
        _ => measure::after(words, figure.end + of, large),
    };
    let end = found.as_ref().map_or(figure.end, |found| found.end);
    Some(Amount { start: at, figure, unit: found.map(|found| found.unit), end })
}

/// `a year and a half`, `an hour and a half`.
fn unit_and_a_half(words: &Lexemes<'_>, at: usize) -> Option<Amount> {
    if !matches!(words.lower(at), "a" | "an") || !words.is_word(at + 1) {
        return None;
    }
    if !(2..6).any(|after| words.is_phrase(at + after, &["and", "a", "half"])) {
        return None;
    }
    let found = measure::after(words, at + 1, false)?;
    if !words.is_phrase(found.end, &["and", "a", "half"]) {
        return None;
    }
    let end = found.end + 3;
    let figure = Figure::exact(at, end, 1.5, Sort::Cardinal);
    Some(Amount { start: at, figure, unit: Some(found.unit), end })
}

/// `of an hour`, `of a mile` after a part.
fn part_of_unit(words: &Lexemes<'_>, at: usize) -> Option<measure::Found> {
    let article = words.lower(at) == "of" && matches!(words.lower(at + 1), "a" | "an");
    article.then(|| measure::after(words, at + 2, false)).flatten()
}
