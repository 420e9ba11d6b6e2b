//! What a value rests on: the words, the day of publication, or a guess.

use rashomon_article::TimeBasis;

use crate::meaning::{From, Meaning, Stated, Year};
use crate::resolve::Tense;

/// What the value of a meaning rests on once it is anchored to the calendar.
pub(crate) fn basis(meaning: &Meaning, tense: Tense, narrative: bool) -> TimeBasis {
    match meaning {
        Meaning::Calendar(stated) if stated.doubtful => TimeBasis::Guessed,
        Meaning::Calendar(stated) => calendar(stated, tense, narrative),
        Meaning::Shift { from, .. } | Meaning::Step { from, .. } | Meaning::Named { from, .. } => {
            match from {
                From::Writing if !narrative => TimeBasis::Resolved,
                _ => TimeBasis::Guessed,
            }
        }
        Meaning::Decade(_)
        | Meaning::Century(_)
        | Meaning::Fiscal(_)
        | Meaning::Length(..)
        | Meaning::Reference(_)
        | Meaning::Again(_) => TimeBasis::Stated,
    }
}

fn calendar(stated: &Stated, tense: Tense, narrative: bool) -> TimeBasis {
    match stated.year {
        Year::Said(_) => TimeBasis::Stated,
        Year::Written(_) if !narrative => TimeBasis::Resolved,
        Year::Unsaid
            if !narrative
                && matches!(tense, Tense::Past | Tense::Future)
                && is_of_the_calendar(stated) =>
        {
            TimeBasis::Resolved
        }
        _ => TimeBasis::Guessed,
    }
}

/// Whether a tense can tell which one is meant: which Friday, which May.
fn is_of_the_calendar(stated: &Stated) -> bool {
    stated.month.is_some() || stated.weekday.is_some() || stated.part.is_some()
}
