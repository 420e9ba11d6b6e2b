//! How the time meant lies to the date or length that is named.

use rashomon_article::{TimeKind, TimeModifier};

use crate::grammar::Found;
use crate::lexeme::Lexemes;
use crate::meaning::{Count, Meaning};

/// The modifier that the words of an expression state.
pub(crate) fn modifier(words: &Lexemes<'_>, found: &Found, kind: TimeKind) -> Option<TimeModifier> {
    let stated = (found.start..found.end).find_map(|at| phrase(words, at))?;
    let bounds = matches!(
        stated,
        TimeModifier::LessThan
            | TimeModifier::MoreThan
            | TimeModifier::EqualOrLess
            | TimeModifier::EqualOrMore
    );
    match found.meaning {
        // Who has waited for more than a year began before this day of last year.
        Meaning::Shift { count: Count::Known(_), back, .. } => Some(of_point(stated, back)),
        Meaning::Shift { .. } => None,
        _ if bounds && kind != TimeKind::Duration => None,
        _ => Some(stated),
    }
}

fn phrase(words: &Lexemes<'_>, at: usize) -> Option<TimeModifier> {
    let word = words.lower(at);
    let phrases = words.language.times.modifiers;
    let from = phrases.partition_point(|(phrase, _)| phrase[0] < word);
    let mut of_word = phrases[from..].iter().take_while(|(phrase, _)| phrase[0] == word);
    of_word
        .find(|(phrase, _)| phrase.iter().enumerate().all(|(n, word)| words.lower(at + n) == *word))
        .and_then(|(_, name)| TimeModifier::of(name))
}

/// A bound of a length as the side of a point that lies so far back or ahead.
fn of_point(bound: TimeModifier, back: bool) -> TimeModifier {
    match (bound, back) {
        (TimeModifier::MoreThan, true) | (TimeModifier::LessThan, false) => TimeModifier::Before,
        (TimeModifier::MoreThan, false) | (TimeModifier::LessThan, true) => TimeModifier::After,
        (TimeModifier::EqualOrMore, true) | (TimeModifier::EqualOrLess, false) => {
            TimeModifier::OnOrBefore
        }
        (TimeModifier::EqualOrMore, false) | (TimeModifier::EqualOrLess, true) => {
            TimeModifier::OnOrAfter
        }
        (other, _) => other,
    }
}
