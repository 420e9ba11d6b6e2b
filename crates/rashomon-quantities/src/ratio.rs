//! One number against another: `one in five`, `3 out of 10`, `3:1`, `outnumbered three to one`.

use rashomon_language::Bound;

use crate::amount::{Amount, amount};
use crate::figure::{Figure, Sort};
use crate::lexeme::Lexemes;
use crate::noun;
use crate::reading::{Reading, finish};
use crate::score;

/// `one in five`, `3 out of 10`, `nine of ten`: a share.
pub(crate) fn share(
    words: &Lexemes<'_>,
    start: usize,
    first: &Amount,
    bound: Option<Bound>,
) -> Option<Reading> {
    let (a, next) = (first.figure, first.end);
    let out = words.is_phrase(next, &["out", "of"]);
    let mut at = if out { next + 2 } else { next + 1 };
    if first.unit.is_some() || !(out || matches!(words.lower(next), "in" | "of")) {
        return None;
    }
    let every = words.lower(at) == "every";
    if every {
        at += 1;
    }
    let b = amount(words, at)?;
    let whole = |f: &Figure| f.sort == Sort::Cardinal && f.min == f.max && f.min.fract() == 0.0;
    let fits = whole(&a)
        && whole(&b.figure)
        && a.max >= 1.0
        && a.max < b.figure.max
        && b.figure.max <= 1e6;
    if !fits || b.unit.is_some() || a.max > 100.0 {
        return None;
    }
    // "killed 4 in 10 attacks" counts attacks; "one in 3 children" counts children.
    let counts = !out && !every && a.max > 1.0 && b.figure.digits && b.figure.max != 10.0;
    if counts && noun::counted(words, b.end, false).is_some() {
        return None;
    }
    let share = a.min / b.figure.min;
    let figure = Figure { end: b.end, min: share, max: share, sort: Sort::Fraction, ..a };
    let amount = Amount { start: first.start, figure, unit: None, end: b.end };
    finish(words, start, amount, None, bound)
}

/// `3:1`, `three to one` after `odds of`, `outnumbered`.
pub(crate) fn ratio(words: &Lexemes<'_>, start: usize) -> Option<Reading> {
    let numbers = &words.language.numbers;
    let told =
        (start.saturating_sub(3)..start).any(|at| numbers.ratio_words.contains(&words.lower(at)));
    let scored = || {
        (start.saturating_sub(4)..start)
            .any(|at| numbers.score_words.binary_search(&words.lower(at)).is_ok())
    };
    if let Some((a, b)) = words.text(start).split_once(':') {
        let side = |digits: &str| {
            let small = digits.len() < 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
            small.then(|| digits.parse::<f64>().ok()).flatten()
        };
        let (a, b) = (side(a)?, side(b)?);
        // "won at 3:15" is a time of day.
        let timed = matches!(words.before(start), "at" | "by" | "until" | "from") && !told;
        return (told || scored() && !timed && a <= 20.0)
            .then(|| score::result(words, start, start + 1, (a, b), None));
    }
    if !told {
        return None;
    }
    let first = amount(words, start)?;
    let joint = words.lower(first.end);
    let joined = matches!(joint, "to" | ":") || words.is_hyphen(first.end);
    let plain = |amount: &Amount| {
        amount.unit.is_none() && amount.figure.sort == Sort::Cardinal && amount.figure.min >= 0.0
    };
    if !joined || !plain(&first) {
        return None;
    }
    let tied = words.is_hyphen(first.end) && words.lower(first.end + 1) == "to";
    let last = amount(words, first.end + if tied { 3 } else { 1 }).filter(plain)?;
    Some(score::result(words, start, last.end, (first.figure.min, last.figure.min), None))
}
