//! Results of two sides: `57-43`, `2-1`, `57 votes to 43`, `57 in favour and 43 against`.

use rashomon_article::{Circumstances, Comparator, Dimension, Quantity};

use crate::amount::Amount;
use crate::figure::{Figure, Sort, figure};
use crate::lexeme::Lexemes;
use crate::reading::Reading;
use crate::{exclude, measure, noun};

/// How far before a result its verb may stand: `voted along party lines, 53 to 47`.
const REACH: usize = 6;

/// The result that begins here.
pub(crate) fn score(words: &Lexemes<'_>, start: usize, first: &Amount) -> Option<Reading> {
    let numbers = &words.language.numbers;
    let a = first.figure;
    if first.unit.is_some() || !is_side(&a) || start != first.start {
        return None;
    }
    if let Some(reading) = vote(words, start, first) {
        return Some(reading);
    }
    let near = |at: usize| numbers.score_words.binary_search(&words.lower(at)).is_ok();
    let before = (start.saturating_sub(REACH)..start).any(near);
    let votes = near(first.end)
        || near(first.end.saturating_add(1)) && words.lower(first.end + 1) == "votes"
        || words
            .lower(first.end)
            .strip_suffix('s')
            .is_some_and(|noun| numbers.score_words.binary_search(&noun).is_ok());
    let (joint, named) = if votes { (first.end + 1, true) } else { (first.end, false) };
    let hyphen = words.is_hyphen(joint) && !named;
    // "a 58-to-42 vote"
    let tied = hyphen && words.lower(joint + 1) == "to" && words.is_hyphen(joint + 2);
    let to = words.lower(joint) == "to";
    if !hyphen && !(to && (named || before)) {
        return None;
    }
    let b = figure(words, joint + if tied { 3 } else { 1 }, false).filter(is_side)?;
    if measure::after(words, b.end, false).is_some() && !named || a.digits != b.digits {
        return None;
    }
    let after = (b.end..b.end + 3).any(near);
    let descending = a.min >= b.min;
    let told = match (to, tied) {
        (true, _) => named || descending,
        (_, true) => before || after,
        _ => descending || before || after,
    };
    if !told || exclude::is_chain(words, start, b.end) {
        return None;
    }
    Some(result(words, start, b.end, (a.min, b.min), named.then_some(first.end)))
}

/// `57 in favour and 43 against`, `57 for, 43 against`.
fn vote(words: &Lexemes<'_>, start: usize, first: &Amount) -> Option<Reading> {
    let numbers = &words.language.numbers;
    let phrase = |at: usize, phrases: &[&[&str]]| {
        phrases.iter().find(|phrase| words.is_phrase(at, phrase)).map(|phrase| at + phrase.len())
    };
    let mut next = phrase(first.end, numbers.ayes)?;
    while matches!(words.lower(next), "," | "and" | "to" | "with") {
        next += 1;
    }
    let b = figure(words, next, false).filter(is_side)?;
    let end = phrase(b.end, numbers.noes)?;
    Some(result(words, start, end, (first.figure.min, b.min), None))
}

/// A whole number below a thousand.
fn is_side(figure: &Figure) -> bool {
    figure.sort == Sort::Cardinal
        && figure.magnitude == 1.0
        && figure.min >= 0.0
        && figure.min.fract() == 0.0
        && figure.min < 1000.0
}

/// Two numbers of one result, in the order of the report.
pub(crate) fn result(
    words: &Lexemes<'_>,
    start: usize,
    end: usize,
    sides: (f64, f64),
    counted: Option<usize>,
) -> Reading {
    let quantity = Quantity {
        span: words.span(start, end),
        number: words.span(start, end),
        min: sides.0,
        max: sides.1,
        comparator: Comparator::Equal,
        unit: None,
        dimension: Dimension::Score,
        counted: counted.map(|at| words.items[at].span),
        role: noun::role(words, start, end).map(|at| words.items[at].span),
        change: None,
        restated: None,
        circumstances: Circumstances::default(),
    };
    Reading { quantity, start, end }
}
