//! Two ends of a range: `15-20`, `between 15 and 20`, `$10 to $15 billion`.

use rashomon_article::Dimension;

use crate::amount::{Amount, amount};
use crate::exclude;
use crate::figure::Sort;
use crate::lexeme::Lexemes;

/// From this ratio on, the second number after `by` is a sum and no other end.
const SUM: f64 = 4.0;

/// `between`, `from`: the word that joins the ends of the range.
pub(crate) fn opener<'w>(words: &'w Lexemes<'_>, at: usize) -> Option<&'w str> {
    let openers = words.language.numbers.range_openers;
    openers.iter().find(|(opener, _)| words.lower(at) == *opener).map(|&(_, joint)| joint)
}

/// The other end of a range.
pub(crate) fn range(words: &Lexemes<'_>, first: &Amount, opener: Option<&str>) -> Option<Amount> {
    if first.figure.sort == Sort::Ordinal {
        return None;
    }
    // "the 0-to-60-mph time"
    let tied = words.is_hyphen(first.end)
        && words.lower(first.end + 1) == "to"
        && words.is_hyphen(first.end + 2);
    // "12- to 17-year-olds"
    let suspended = words.is_dash(first.end)
        && words.glued(first.end)
        && !words.glued(first.end + 1)
        && matches!(words.lower(first.end + 1), "to" | "or");
    let up_to = words.is_phrase(first.end, &["up", "to"]) && opener == Some("to");
    let joint_at = first.end + usize::from(tied || suspended || up_to);
    let joint = words.lower(joint_at);
    let dash = words.is_dash(joint_at);
    let joined = match opener {
        Some(opener) => joint == opener || opener == "to" && dash,
        None => dash || joint == "to" || joint == "or",
    };
    if !joined || dash && words.glued(joint_at) != words.glued(joint_at + 1) {
        return None;
    }
    let up_to = words.is_phrase(joint_at + 1, &["up", "to"]);
    let mut last = amount(words, joint_at + 1 + usize::from(tied) + 2 * usize::from(up_to))?;
    if last.figure.sort == Sort::Ordinal || last.figure.sort == Sort::Vague || last.figure.min < 0.0
    {
        return None;
    }
    let alike = match (&first.unit, &last.unit) {
        (None, _) => true,
        (Some(a), Some(b)) => a.name == b.name,
        (Some(a), None) => opener.is_some() || a.dimension == Dimension::Money && dash,
    };
    if !alike || exclude::is_label(words, last.start) {
        return None;
    }
    // "$10 to $15 billion": the first shares the magnitude of the second.
    if last.unit.is_none() {
        last.unit = first.unit.clone();
    }
    if first.figure.min < 0.0 && last.unit.is_none() {
        return None;
    }
    let shared = shared_magnitude(first, &last);
    // "rose by eight to 281": what was added, and the sum.
    let added = opener.is_none() && joint == "to" && words.before(first.start) == "by";
    if added && last.figure.max > SUM * first.figure.min * shared {
        return None;
    }
    let low = first.figure.min * shared;
    let consecutive = last.figure.min == low + 1.0;
    if joint == "or" && !consecutive {
        return None;
    }
    if opener.is_none() && low >= last.figure.max {
        // "4 to 3" is a result, "down from 50 to 40" has its opener.
        return None;
    }
    last.figure.min = low;
    last.start = first.start;
    last.figure.start = first.figure.start;
    Some(last)
}

fn shared_magnitude(first: &Amount, last: &Amount) -> f64 {
    let (a, b) = (&first.figure, &last.figure);
    if a.magnitude == 1.0 && b.magnitude > 1.0 && a.max < b.max / b.magnitude {
        b.magnitude
    } else {
        1.0
    }
}
