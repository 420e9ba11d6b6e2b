//! Which way a quantity moves, and whether the number tells where to or how far.

use rashomon_article::{Change, Dimension, Unit};

use crate::lexeme::Lexemes;

/// How far before `by` its verb may stand: `cut the number of ferries by 30%`.
const REACH: usize = 8;

/// `rose by 3%`, `up 3%`, `a 3% drop`, `reduced its stake by 3%`.
pub(crate) fn change(
    words: &Lexemes<'_>,
    start: usize,
    end: usize,
    counted: Option<usize>,
    unit: Option<&Unit>,
) -> Option<Change> {
    let numbers = &words.language.numbers;
    // The first opener tells where something is, the other ones where it comes from.
    if numbers.range_openers.first().is_some_and(|(opener, _)| words.lower(start) == *opener) {
        return None; // "prices fall between $2 and $3" says where they are.
    }
    // "a one-day spike", "a three-year low": the span is not what moves.
    let span = unit.is_some_and(|unit| unit.dimension == Dimension::Duration);
    if span && (start..end).any(|at| words.is_hyphen(at)) {
        return None;
    }
    let mut at = start;
    for _ in 0..4 {
        let Some(before) = at.checked_sub(1).filter(|&before| words.is_word(before)) else { break };
        at = before;
        if let Some(change) = direction(words, at) {
            // "added several years after" tells when.
            let lasting = unit.is_some_and(|unit| unit.dimension == Dimension::Duration)
                && numbers.time_marks.contains(&words.lower(end));
            return (is_movement(words, at, unit) && !lasting).then_some(change);
        }
        if numbers.change_fillers.binary_search(&words.lower(at)).is_err() {
            break;
        }
    }
    let lasting = unit.is_some_and(|unit| unit.dimension == Dimension::Duration);
    if (unit.is_some() || counted.is_none())
        && !lasting
        && let Some(change) = by(words, start)
    {
        return Some(change);
    }
    if counted.is_some() {
        return None;
    }
    direction(words, end)
}

/// The verb that a number after `by` belongs to, or a range after `from`, with its object between
/// them: `cut the duty by another 2%`, `raised the fare from $2 to $3`,
/// `lowered it to $2`.
fn by(words: &Lexemes<'_>, start: usize) -> Option<Change> {
    let filler = |at: usize| {
        words.language.numbers.change_fillers.binary_search(&words.lower(at)).is_ok()
            || words.lower(at) == "a"
            || words.lower(at).ends_with("ing")
    };
    let mut by = start;
    // "raised the fare to $3": only verbs that take what they move.
    let to = words.before(start) == "to";
    if to {
        by = start - 1;
    } else if words.lower(start) != "from" {
        by = start.checked_sub(1)?;
        while words.lower(by) != "by" {
            by = by.checked_sub(1).filter(|&next| next + 4 > start && filler(next + 1))?;
        }
    }
    (by.saturating_sub(REACH)..by)
        .rev()
        .take_while(|&at| words.is_word(at) || words.glued(at) || words.glued(at + 1))
        .take_while(|&at| !matches!(words.lower(at), "that" | "which" | "who" | "and"))
        .filter(|&at| !to || words.language.numbers.movers.contains(&words.lower(at)))
        .find_map(|at| direction(words, at))
}

fn direction(words: &Lexemes<'_>, at: usize) -> Option<Change> {
    let numbers = &words.language.numbers;
    let word = words.lower(at);
    if numbers.up.binary_search(&word).is_ok() {
        Some(Change::Up)
    } else if numbers.down.binary_search(&word).is_ok() {
        Some(Change::Down)
    } else {
        None
    }
}

/// `up` and `down` move a figure, unless they belong to a verb: `called up 800 members`.
fn is_movement(words: &Lexemes<'_>, at: usize, unit: Option<&Unit>) -> bool {
    // "raised $5 million" collects it, "raised it to $5 million" moves it.
    if words.language.numbers.collecting.contains(&words.lower(at)) {
        return matches!(words.lower(at + 1), "by" | "to" | "from");
    }
    if !matches!(words.lower(at), "up" | "down") {
        return true;
    }
    let verb = words.before(at);
    let phrasal = at > 0 && words.glued(at)
        || words.language.numbers.phrasal_verbs.binary_search(&verb).is_ok();
    let measured = unit.is_some_and(|unit| {
        let moved = matches!(
            unit.dimension,
            Dimension::Share | Dimension::PercentagePoints | Dimension::Money
        );
        moved && words.lower(at + 1) != "to"
    });
    let other = verb.len() > 4 && (verb.ends_with("ed") || verb.ends_with("ing"));
    !phrasal && (measured || !other)
}

/// Whether degrees tell how far a temperature moves rather than where it is: `rose by 5 degrees`,
/// `5 degrees warmer`.
pub(crate) fn is_difference(
    words: &Lexemes<'_>,
    start: usize,
    number: usize,
    end: usize,
    change: Option<Change>,
) -> bool {
    let numbers = &words.language.numbers;
    let after = if words.lower(end) == "of" { end + 1 } else { end };
    if numbers.difference_after.contains(&words.lower(after)) {
        return true;
    }
    let level =
        (start.saturating_sub(2)..number).any(|at| numbers.levels.contains(&words.lower(at)));
    change.is_some() && !level
}
