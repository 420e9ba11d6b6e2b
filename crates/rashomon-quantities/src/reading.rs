//! A quantity as the words put it together: bound, number, unit, range, what is counted.

use rashomon_article::{Change, Comparator, Dimension, Quantity, Unit};
use rashomon_language::Bound;

use crate::exclude;
use crate::figure::{Figure, Sort, figure};
use crate::lexeme::Lexemes;
use crate::{measure, noun};

/// What was read, and where to go on.
pub(crate) struct Reading {
    pub quantity: Quantity,
    pub start: usize,
    pub end: usize,
}

/// A number with the currency before it and the unit after it.
#[derive(Clone)]
struct Amount {
    start: usize,
    figure: Figure,
    unit: Option<Unit>,
    end: usize,
}

/// The quantity that begins here.
pub(crate) fn read(words: &Lexemes<'_>, at: usize) -> Option<Reading> {
    let mut reading = plain(words, at)?;
    restate(words, &mut reading);
    Some(reading)
}

fn plain(words: &Lexemes<'_>, at: usize) -> Option<Reading> {
    let (bound, first) = bounds(words, at);
    let opener = opener(words, first);
    let amount = amount(words, first + usize::from(opener.is_some()))?;
    if exclude::is_no_quantity(
        words,
        amount.start,
        &amount.figure,
        amount.end,
        amount.unit.is_some(),
    ) {
        return None;
    }
    if let Some(reading) = age(words, at, &amount, bound) {
        return Some(reading);
    }
    if let Some(reading) = score(words, at, &amount) {
        return Some(reading);
    }
    if opener.is_none()
        && bound.is_none()
        && let Some(reading) = out_of(words, at, &amount)
    {
        return Some(reading);
    }
    let range = range(words, &amount, opener);
    if opener.is_some() && range.is_none() {
        return None; // It is read again from the next word on.
    }
    let start = at;
    finish(words, start, amount, range, bound)
}

/// The bound before a number: `more than`, `up to about`.
fn bounds(words: &Lexemes<'_>, at: usize) -> (Option<Bound>, usize) {
    let numbers = &words.language.numbers;
    let (mut bound, mut next) = (None, at);
    for _ in 0..3 {
        let Some((phrase, found)) =
            numbers.bounds_before.iter().find(|(phrase, _)| words.is_phrase(next, phrase))
        else {
            break;
        };
        // "at least about 15" is at least.
        bound = Some(match bound {
            None | Some(Bound::About) => *found,
            Some(before) => before,
        });
        next += phrase.len();
        for filler in [&["a", "total", "of"][..], &["an", "average", "of"], &["the"]] {
            if words.is_phrase(next, filler) {
                next += filler.len();
            }
        }
    }
    (bound, next)
}

/// `between`, `from`: the word that joins the ends of the range.
fn opener<'w>(words: &'w Lexemes<'_>, at: usize) -> Option<&'w str> {
    let openers = words.language.numbers.range_openers;
    openers.iter().find(|(opener, _)| words.lower(at) == *opener).map(|&(_, joint)| joint)
}

/// `$20 million`, `20 million dollars`, `600-mile`, `15`.
fn amount(words: &Lexemes<'_>, at: usize) -> Option<Amount> {
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
    let figure = figure(words, at, false)?;
    let large = figure.magnitude >= 1e5;
    let of = usize::from(figure.sort == Sort::Vague && words.lower(figure.end) == "of");
    let found = match figure.sort {
        Sort::Ordinal => None,
        _ => measure::after(words, figure.end + of, large),
    };
    let end = found.as_ref().map_or(figure.end, |found| found.end);
    Some(Amount { start: at, figure, unit: found.map(|found| found.unit), end })
}

/// The other end of a range.
fn range(words: &Lexemes<'_>, first: &Amount, opener: Option<&str>) -> Option<Amount> {
    if first.figure.sort == Sort::Ordinal {
        return None;
    }
    // "the 0-to-60-mph time"
    let tied = words.is_hyphen(first.end)
        && words.lower(first.end + 1) == "to"
        && words.is_hyphen(first.end + 2);
    let up_to = words.is_phrase(first.end, &["up", "to"]) && opener == Some("to");
    let joint_at = first.end + usize::from(tied || up_to);
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
    let shared = shared_magnitude(first, &last);
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

fn comparator(bound: Option<Bound>, sort: Sort) -> Comparator {
    match bound {
        _ if sort == Sort::Vague => Comparator::Vague,
        None => Comparator::Equal,
        Some(Bound::About) => Comparator::About,
        Some(Bound::Less) => Comparator::Less,
        Some(Bound::AtMost) => Comparator::AtMost,
        Some(Bound::More) => Comparator::More,
        Some(Bound::AtLeast) => Comparator::AtLeast,
    }
}

fn finish(
    words: &Lexemes<'_>,
    start: usize,
    first: Amount,
    range: Option<Amount>,
    bound: Option<Bound>,
) -> Option<Reading> {
    let is_range = range.is_some();
    let Amount { figure, mut unit, mut end, .. } = range.unwrap_or(first);
    let bound = bound_after(words, &mut end).or(bound);
    if unit.is_none() && figure.sort != Sort::Ordinal {
        // "15-plus years"
        if let Some(found) = measure::after(words, end, figure.magnitude >= 1e5) {
            (unit, end) = (Some(found.unit), found.end);
        }
    }
    let mut counted = None;
    if let Some(found) = measure::rate(words, unit.as_ref(), end) {
        (unit, end) = (Some(found.unit), found.end);
    } else if unit.is_none() || is_share(unit.as_ref()) && words.lower(end) == "of" {
        let hyphen = words.is_hyphen(end);
        counted = if hyphen && words.is_word(end + 1) {
            Some(end + 1)
        } else {
            // "a three course meal": the article tells that one thing is named.
            let named = matches!(words.before(start), "a" | "an") && figure.sort == Sort::Cardinal;
            let single = figure.max <= 1.0 || figure.sort == Sort::Ordinal || named;
            let of_all = figure.sort == Sort::Fraction;
            noun::counted(words, end, single)
                .or_else(|| noun::counted_all(words, end).filter(|_| of_all))
        };
    }
    let needs_noun = matches!(figure.sort, Sort::Ordinal | Sort::Vague) && unit.is_none();
    if needs_noun && counted.is_none() {
        return None;
    }
    let after = counted.map_or(end, |head| head + 1);
    let role = noun::role(words, start, after);
    let suspended = words.is_dash(end) && words.glued(end);
    let bare = !suspended
        && !figure.digits
        && figure.magnitude == 1.0
        && unit.is_none()
        && counted.is_none();
    let pronoun = words.lower(end) == "of"
        && words.language.numbers.counted_pronouns.contains(&words.lower(end + 1));
    if pronoun {
        counted = None; // "of them" tells no noun, and "of them yesterday" none either.
    }
    if bare
        && !pronoun
        && bound.is_none()
        && role.is_none()
        && figure.sort == Sort::Cardinal
        && !is_range
    {
        return None; // "all three", "the bottom two"
    }
    let dimension = match (&unit, figure.sort) {
        (Some(unit), _) => unit.dimension,
        (None, Sort::Ordinal) => Dimension::Ordinal,
        (None, Sort::Fraction) => Dimension::Share,
        (None, _) => Dimension::Count,
    };
    let comparator = if is_range { Comparator::Range } else { comparator(bound, figure.sort) };
    let change = change(words, start, end, counted);
    let descending = figure.min > figure.max;
    let quantity = Quantity {
        span: words.span(start, end),
        number: words.span(figure.start, figure.end),
        min: figure.min.min(figure.max),
        max: figure.max.max(figure.min),
        comparator,
        unit,
        dimension,
        counted: counted.map(|head| words.items[head].span),
        role: role.map(|at| words.items[at].span),
        change: if descending { Some(Change::Down) } else { change },
        restated: None,
    };
    Some(Reading { quantity, start, end })
}

fn is_share(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| unit.dimension == Dimension::Share)
}

/// `or more`, `-plus`, `+` after the number or the unit.
fn bound_after(words: &Lexemes<'_>, end: &mut usize) -> Option<Bound> {
    let numbers = &words.language.numbers;
    let (phrase, bound) = numbers.bounds_after.iter().find(|(phrase, _)| {
        words.is_phrase(*end, phrase) && (phrase[0] != "-" || words.is_hyphen(*end))
    })?;
    *end += phrase.len();
    Some(*bound)
}

/// `rose by 3%`, `up 3%`, `a 3% drop`.
fn change(words: &Lexemes<'_>, start: usize, end: usize, counted: Option<usize>) -> Option<Change> {
    let numbers = &words.language.numbers;
    let of = |at: usize| {
        let word = words.lower(at);
        if numbers.up.binary_search(&word).is_ok() {
            Some(Change::Up)
        } else if numbers.down.binary_search(&word).is_ok() {
            Some(Change::Down)
        } else {
            None
        }
    };
    let mut at = start;
    for _ in 0..4 {
        let Some(before) = at.checked_sub(1).filter(|&before| words.is_word(before)) else { break };
        at = before;
        if let Some(change) = of(at) {
            return Some(change);
        }
        if numbers.change_fillers.binary_search(&words.lower(at)).is_err() {
            break;
        }
    }
    if counted.is_some() {
        return None;
    }
    of(end)
}

/// `one in five`, `3 out of 10`: a share.
fn out_of(words: &Lexemes<'_>, start: usize, first: &Amount) -> Option<Reading> {
    let (a, next) = (first.figure, first.end);
    let out = words.is_phrase(next, &["out", "of"]);
    let mut at = if out { next + 2 } else { next + 1 };
    if first.unit.is_some()
        || !(out || words.lower(next) == "in" || words.is_phrase(next, &["of", "every"]))
    {
        return None;
    }
    if words.lower(at) == "every" {
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
    // "killed 4 in 10 attacks" counts attacks.
    if !out
        && noun::counted(words, b.end, false).is_some()
        && b.figure.digits
        && b.figure.max != 10.0
    {
        return None;
    }
    let share = a.min / b.figure.min;
    let figure = Figure { end: b.end, min: share, max: share, sort: Sort::Fraction, ..a };
    let amount = Amount { start: first.start, figure, unit: None, end: b.end };
    finish(words, start, amount, None, None)
}

/// `57-43`, `2-1`, `57 votes to 43`.
fn score(words: &Lexemes<'_>, start: usize, first: &Amount) -> Option<Reading> {
    let numbers = &words.language.numbers;
    let a = first.figure;
    let whole = |f: &Figure| {
        f.sort == Sort::Cardinal
            && f.magnitude == 1.0
            && f.min >= 0.0
            && f.min.fract() == 0.0
            && f.min < 1000.0
    };
    if first.unit.is_some() || !whole(&a) || start != first.start {
        return None;
    }
    let near = |at: usize| numbers.score_words.binary_search(&words.lower(at)).is_ok();
    let before = (start.saturating_sub(4)..start).any(near);
    let votes = near(first.end)
        || near(first.end.saturating_add(1)) && words.lower(first.end + 1) == "votes"
        || words
            .lower(first.end)
            .strip_suffix('s')
            .is_some_and(|noun| numbers.score_words.binary_search(&noun).is_ok());
    let (joint, named) = if votes { (first.end + 1, true) } else { (first.end, false) };
    let hyphen = words.is_hyphen(joint) && !named;
    let to = words.lower(joint) == "to";
    if !hyphen && !(to && (named || before)) {
        return None;
    }
    let b = figure(words, joint + 1, false).filter(whole)?;
    if measure::after(words, b.end, false).is_some() && !named || a.digits != b.digits {
        return None;
    }
    let after = (b.end..b.end + 3).any(near);
    let descending = a.min >= b.min;
    let told = if to { named || descending } else { descending || before || after };
    if !told || exclude::is_chain(words, start, b.end) {
        return None;
    }
    let counted = named.then(|| words.items[first.end].span);
    let quantity = Quantity {
        span: words.span(start, b.end),
        number: words.span(start, b.end),
        min: a.min,
        max: b.min,
        comparator: Comparator::Equal,
        unit: None,
        dimension: Dimension::Score,
        counted,
        role: noun::role(words, start, b.end).map(|at| words.items[at].span),
        change: None,
        restated: None,
    };
    Some(Reading { quantity, start, end: b.end })
}

/// `aged 45`, `45-year-old`, `Bell, 45,`.
fn age(
    words: &Lexemes<'_>,
    start: usize,
    amount: &Amount,
    bound: Option<Bound>,
) -> Option<Reading> {
    let numbers = &words.language.numbers;
    let figure = amount.figure;
    let spelled = !figure.digits;
    if figure.sort != Sort::Cardinal || figure.min < 0.0 {
        return None;
    }
    let years = amount.unit.as_ref().filter(|unit| {
        unit.dimension == Dimension::Duration
            && matches!(unit.name.as_str(), "year" | "month" | "week" | "day")
    });
    let (end, scale, name) = if let Some(unit) = years {
        let old = if words.is_hyphen(amount.end) { amount.end + 1 } else { amount.end };
        let old_end = if numbers.age_words.contains(&words.lower(old)) {
            old + 1
        } else if words.is_phrase(amount.end, &["of", "age"]) {
            amount.end + 2
        } else {
            return None;
        };
        (old_end, unit.scale / 31_556_952.0, unit.name.clone())
    } else if amount.unit.is_none()
        && (numbers.aged_words.contains(&words.before(amount.start)) && figure.max < 130.0
            || !spelled
                && bound.is_none()
                && (is_apposition(words, amount) || is_predicate(words, amount)))
    {
        (amount.end, 1.0, "year".to_owned())
    } else {
        return None;
    };
    let range = (end == amount.end).then(|| range(words, amount, None)).flatten();
    let (figure, end, is_range) = match range {
        Some(last) if last.figure.max < 130.0 => (last.figure, last.end, true),
        _ => (figure, end, false),
    };
    let mut end = end;
    let bound = bound_after(words, &mut end).or(bound);
    let quantity = Quantity {
        span: words.span(start, end),
        number: words.span(figure.start, figure.end),
        min: figure.min.min(figure.max),
        max: figure.max,
        comparator: if is_range { Comparator::Range } else { comparator(bound, figure.sort) },
        unit: Some(Unit::new(&name, Dimension::Age, scale)),
        dimension: Dimension::Age,
        counted: None,
        role: None,
        change: None,
        restated: None,
    };
    Some(Reading { quantity, start, end })
}

/// `will be 35`, `who is 78`: a bare number that is said of a person.
fn is_predicate(words: &Lexemes<'_>, amount: &Amount) -> bool {
    let numbers = &words.language.numbers;
    let figure = amount.figure;
    let whole = figure.min.fract() == 0.0 && (1.0..=115.0).contains(&figure.min);
    let bare = !words.is_word(amount.end)
        || words.language.words.is_function_word(words.lower(amount.end));
    let out_of = matches!(words.lower(amount.end), "%" | "°" | "-" | "/" | ":" | "to" | "of");
    if !whole || figure.magnitude > 1.0 || !bare || out_of {
        return false;
    }
    let Some(verb) = amount.start.checked_sub(1) else { return false };
    if !numbers.age_verbs.contains(&words.lower(verb)) {
        return false;
    }
    let mut at = verb;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1) else { return false };
        at = before;
        if numbers.age_subjects.contains(&words.lower(at)) {
            return true;
        }
        if !numbers.age_fillers.contains(&words.lower(at)) {
            return false;
        }
    }
    false
}

/// A number of one to three digits between commas after a name.
fn is_apposition(words: &Lexemes<'_>, amount: &Amount) -> bool {
    let at = amount.start;
    let figure = amount.figure;
    let whole = figure.min.fract() == 0.0 && (1.0..=115.0).contains(&figure.min);
    let plain = amount.end == at + 1 && words.lower(at).len() <= 3;
    let closed = matches!(words.lower(amount.end), "," | "." | ";" | ")");
    if !(whole && plain && closed && words.before(at) == "," && at >= 2) {
        return false;
    }
    let name = at - 2;
    if name == 0 {
        let closed = words.lower(amount.end) == ",";
        let word = words.lower(name);
        return words.capital(name) && closed && !words.language.words.is_function_word(word);
    }
    let named = words.is_word(name)
        && words.capital(name)
        && words.is_word(name - 1)
        && (words.capital(name - 1) || words.lower(amount.end) == ",");
    // Months and days of the week stand before days of the month.
    let dated = words.language.times.word(words.lower(name)).is_some();
    named && !dated && words.number_at(amount.end + 1).is_none()
}

/// Takes in the same quantity in another unit: `600-mile (1,000-kilometer)`.
fn restate(words: &Lexemes<'_>, reading: &mut Reading) {
    if !matches!(words.lower(reading.end), "(" | "[") {
        return;
    }
    let Some(unit) = &reading.quantity.unit else { return };
    let Some(mut other) = plain(words, reading.end + 1) else { return };
    if !matches!(words.lower(other.end), ")" | "]") {
        return;
    }
    let Some(second) = &other.quantity.unit else { return };
    let same = unit.dimension == second.dimension
        && unit.name != second.name
        && match unit.dimension {
            Dimension::Money => true,
            Dimension::Temperature => true,
            Dimension::Length
            | Dimension::Area
            | Dimension::Volume
            | Dimension::Mass
            | Dimension::Speed
            | Dimension::Duration => {
                let (a, b) = (unit.base(reading.quantity.max), second.base(other.quantity.max));
                (a - b).abs() <= 0.2 * a.abs().max(b.abs())
            }
            _ => false,
        };
    if !same {
        return;
    }
    if other.quantity.comparator == Comparator::Equal {
        other.quantity.comparator = reading.quantity.comparator;
    }
    let end = other.end + 1;
    reading.quantity.span = words.span(reading.start, end);
    reading.quantity.restated = Some(Box::new(other.quantity));
    reading.end = end;
}
