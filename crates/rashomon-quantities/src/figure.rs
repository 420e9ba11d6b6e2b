//! Numbers in digits and in words.

use crate::lexeme::{Kind, Lexemes};
use crate::power::power;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `15`, `fifteen`.
    Cardinal,
    /// `15th`, `third`.
    Ordinal,
    /// `two-thirds`, `half`.
    Fraction,
    /// `dozens`, `several`.
    Vague,
}

/// A number: lexemes from `start` up to `end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub start: usize,
    pub end: usize,
    pub min: f64,
    pub max: f64,
    pub sort: Sort,
    /// What it was multiplied by: a million in `20 million`; 1 where by nothing.
    pub magnitude: f64,
    /// In digits.
    pub digits: bool,
}

impl Figure {
    pub(crate) fn exact(start: usize, end: usize, value: f64, sort: Sort) -> Figure {
        Figure { start, end, min: value, max: value, sort, magnitude: 1.0, digits: false }
    }

    fn times(self, factor: f64, end: usize) -> Figure {
        Figure {
            end,
            min: scaled(self.min, factor),
            max: scaled(self.max, factor),
            magnitude: self.magnitude * factor,
            ..self
        }
    }

    fn plus(self, part: f64, end: usize) -> Figure {
        Figure { end, min: self.min + part, max: self.max + part, ..self }
    }

    /// The same on the other side of zero, from another lexeme on.
    pub(crate) fn negated(self, start: usize) -> Figure {
        Figure { start, min: -self.max, max: -self.min, ..self }
    }
}

/// The product as its digits are written: 64.6 by a billion is 64,600,000,000, which it is not in
/// binary fractions.
fn scaled(value: f64, factor: f64) -> f64 {
    let whole = value.fract() == 0.0 || factor < 10.0;
    let product = value * factor;
    let rounded = product.round();
    let near = (product - rounded).abs() <= rounded.abs() * 1e-14;
    if !whole && near && rounded.abs() < 1e15 { rounded } else { product }
}

/// The number that begins here. `money`: the sign of a currency stands before.
pub(crate) fn figure(words: &Lexemes<'_>, at: usize, money: bool) -> Option<Figure> {
    let figure = signed(words, at, money)?;
    let sound = figure.min.is_finite() && figure.max.is_finite() && figure.max.abs() < 1e30;
    sound.then_some(figure)
}

fn signed(words: &Lexemes<'_>, at: usize, money: bool) -> Option<Figure> {
    let numbers = &words.language.numbers;
    if words.is_dash(at) && words.lower(at) != "—" && words.glued(at + 1) {
        let opens = !words.glued(at) || matches!(words.before(at), "(" | "$" | "£" | "€");
        let figure = in_digits(words, at + 1, money).filter(|_| opens)?;
        return Some(figure.negated(at));
    }
    if numbers.minus.contains(&words.lower(at)) {
        let next = if words.is_dash(at + 1) { at + 2 } else { at + 1 };
        return Some(in_digits(words, next, money)?.negated(at));
    }
    in_digits(words, at, money).or_else(|| in_words(words, at))
}

/// `15`, `1,200`, `.534`, `3 1/2`, `21st`, `20 million`.
fn in_digits(words: &Lexemes<'_>, at: usize, money: bool) -> Option<Figure> {
    if words.lower(at) == "." && words.glued(at + 1) && !words.glued(at) {
        let digits = words.lower(at + 1);
        let value: f64 = format!("0.{digits}").parse().ok()?;
        words.number_at(at + 1)?;
        let figure = Figure::exact(at, at + 2, value, Sort::Cardinal);
        return Some(Figure { digits: true, ..figure });
    }
    if let Some(Kind::Ordinal(value)) = words.get(at).map(|lexeme| lexeme.kind) {
        let figure = Figure::exact(at, at + 1, value, Sort::Ordinal);
        return Some(Figure { digits: true, ..figure });
    }
    let value = words.number_at(at)?;
    let mut figure = Figure { digits: true, ..Figure::exact(at, at + 1, value, Sort::Cardinal) };
    if let Some(part) = fraction_in_digits(words, at) {
        return Some(Figure { sort: Sort::Fraction, ..figure.plus(part - value, at + 3) });
    }
    if let Some(part) = fraction_in_digits(words, at + 1).filter(|_| !words.glued(at + 1)) {
        figure = figure.plus(part, at + 4);
    } else if let Some((value, end)) = blank_groups(words, at) {
        figure = figure.plus(value - figure.min, end);
    }
    if let Some((factor, end)) = power(words, figure.end) {
        return Some(figure.times(factor, end));
    }
    figure = and_a_half(words, figure);
    Some(magnified(words, figure, money))
}

/// `1/2`, `3/4`: small, proper, glued.
fn fraction_in_digits(words: &Lexemes<'_>, at: usize) -> Option<f64> {
    let (above, below) = (words.number_at(at)?, words.number_at(at + 2)?);
    let glued =
        matches!(words.lower(at + 1), "/" | "⁄") && words.glued(at + 1) && words.glued(at + 2);
    let proper = above >= 1.0 && above < below && (2.0..=10.0).contains(&below);
    let dated = words.lower(at + 3) == "/";
    (glued && proper && above.fract() == 0.0 && below.fract() == 0.0 && !dated)
        .then_some(above / below)
}

/// `1 000 000`: groups of three with blanks between them. Two groups alone are two numbers unless
/// the second is round.
fn blank_groups(words: &Lexemes<'_>, at: usize) -> Option<(f64, usize)> {
    let first = words.lower(at);
    if first.len() > 3 || first.starts_with('0') || !first.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut digits = first.to_owned();
    let mut end = at + 1;
    while words.number_at(end).is_some()
        && words.lower(end).len() == 3
        && words.lower(end).bytes().all(|b| b.is_ascii_digit())
        && !words.glued(end)
        && end - at < 5
    {
        digits.push_str(words.lower(end));
        end += 1;
    }
    let groups = end - at;
    let round = words.lower(end - 1) == "000";
    (groups > 2 || groups == 2 && round).then(|| digits.parse().ok().map(|value| (value, end)))?
}

/// `three and a half`, `two-and-a-half`.
fn and_a_half(words: &Lexemes<'_>, figure: Figure) -> Figure {
    let past_hyphen = |at: usize| if words.is_hyphen(at) { at + 1 } else { at };
    let at = past_hyphen(figure.end);
    if words.lower(at) != "and" || figure.sort != Sort::Cardinal {
        return figure;
    }
    let next = past_hyphen(at + 1);
    let article = words.lower(next) == "a";
    let part = if article { past_hyphen(next + 1) } else { next };
    match words.language.numbers.fraction(words.lower(part)) {
        Some(half) if words.lower(part) == "half" || article && half >= 0.25 => {
            // "four and a third man" is a third man.
            let after = past_hyphen(part + 1);
            let third = words.lower(part) != "half"
                && words.language.numbers.unit(words.lower(after)).is_none();
            if third { figure } else { figure.plus(half, part + 1) }
        }
        _ => figure,
    }
}

/// Takes in `million`, `bn`, `dozen`, and the letters that mean them.
fn magnified(words: &Lexemes<'_>, figure: Figure, money: bool) -> Figure {
    let numbers = &words.language.numbers;
    let mut figure = figure;
    loop {
        let hyphen =
            words.is_hyphen(figure.end) && numbers.spelled(words.lower(figure.end + 1)).is_some();
        let at = figure.end + usize::from(hyphen);
        let word = words.lower(at);
        if word == "dozen" && figure.magnitude == 1.0 {
            return figure.times(12.0, at + 1);
        }
        let Some(factor) = numbers.magnitude(word).filter(|_| words.is_word(at)) else {
            return figure;
        };
        let letter = word.len() == 1;
        let means = match word {
            "m" | "b" | "t" if letter && !money => {
                words.glued(at) && word == "m" && means_million(words, at + 1)
                    || words.capital(at) && words.glued(at) && word != "t"
            }
            "k" => words.glued(at),
            "cr" | "mil" | "mn" | "t" => words.glued(at) || money,
            _ => true,
        };
        if !means || figure.magnitude >= factor && figure.magnitude > 1.0 && factor <= 100.0 {
            return figure;
        }
        figure = figure.times(factor, at + 1);
    }
}

/// Whether `1.8m` is a number rather than a length: things follow that are counted, or a currency.
fn means_million(words: &Lexemes<'_>, at: usize) -> bool {
    let next = words.lower(at);
    let numbers = &words.language.numbers;
    let code = next.len() == 3 && words.upper(at) && numbers.currency_sign(next).is_some();
    code || numbers.currency_word(next).is_some()
        || next == "of"
        || words.is_word(at) && !words.glued(at) && crate::noun::is_plural(words, at)
}

/// `fifteen`, `three hundred thousand`, `half`, `dozens`, `third`.
fn in_words(words: &Lexemes<'_>, at: usize) -> Option<Figure> {
    if !words.is_word(at) {
        return None;
    }
    let numbers = &words.language.numbers;
    vague(words, at)
        .or_else(|| half(words, at))
        .or_else(|| fraction(words, at))
        .or_else(|| {
            let (value, taken) = numbers.compose(|n| words.lower(at + n))?;
            let figure = Figure::exact(at, at + taken, value, Sort::Cardinal);
            let figure = and_a_half(words, figure);
            let figure = magnified(words, figure, false);
            let spelled = numbers.spelled(words.lower(figure.end - 1));
            Some(Figure { magnitude: spelled.unwrap_or(figure.magnitude), ..figure })
        })
        .or_else(|| ordinal(words, at))
}

fn ordinal(words: &Lexemes<'_>, at: usize) -> Option<Figure> {
    let numbers = &words.language.numbers;
    let word = words.lower(at);
    if let Some(value) = numbers.ordinal(word) {
        return Some(Figure::exact(at, at + 1, value, Sort::Ordinal));
    }
    let tens = numbers.cardinal(word).filter(|value| *value >= 20.0)?;
    let ones = numbers.ordinal(words.lower(at + 2)).filter(|value| *value < 10.0)?;
    words.is_hyphen(at + 1).then(|| Figure::exact(at, at + 3, tens + ones, Sort::Ordinal))
}

/// `half of`, `half the`, `half a million`.
fn half(words: &Lexemes<'_>, at: usize) -> Option<Figure> {
    if words.lower(at) != "half" {
        return None;
    }
    let figure = Figure::exact(at, at + 1, 0.5, Sort::Fraction);
    let next = words.lower(at + 1);
    // "half-million", "half dozen"
    let many = if words.is_hyphen(at + 1) { at + 2 } else { at + 1 };
    if let Some(factor) = magnitude(words, many) {
        return Some(Figure { sort: Sort::Cardinal, ..figure.times(factor, many + 1) });
    }
    if matches!(next, "a" | "an") {
        if let Some(factor) = magnitude(words, at + 2) {
            return Some(Figure { sort: Sort::Cardinal, ..figure.times(factor, at + 3) });
        }
        let unit = words.language.numbers.unit(words.lower(at + 2)).is_some();
        return unit.then_some(Figure { end: at + 2, sort: Sort::Cardinal, ..figure });
    }
    let numbers = &words.language.numbers;
    let of = numbers.after_half.contains(&next);
    let part = numbers.before_part.contains(&words.before(at));
    (of && !part).then_some(figure)
}

/// `million`, `dozen`.
fn magnitude(words: &Lexemes<'_>, at: usize) -> Option<f64> {
    let numbers = &words.language.numbers;
    let word = words.lower(at);
    let dozen = || numbers.vague(word).filter(|(min, max)| min == max).map(|(min, _)| min);
    numbers.spelled(word).or_else(dozen)
}

/// `a third of`, `two-thirds`, `one fourth`, `three quarters`.
fn fraction(words: &Lexemes<'_>, at: usize) -> Option<Figure> {
    let numbers = &words.language.numbers;
    let article = matches!(words.lower(at), "a" | "an");
    let (count, next) = match numbers.cardinal(words.lower(at)) {
        Some(count) if (1.0..20.0).contains(&count) => (count, at + 1),
        _ if article => (1.0, at + 1),
        _ => return None,
    };
    let part = if words.is_hyphen(next) { next + 1 } else { next };
    let value = numbers.fraction(words.lower(part)).filter(|_| words.lower(part) != "half")?;
    let plural = words.lower(part).ends_with('s');
    let of = matches!(words.lower(part + 1), "of" | "the");
    // "a third man", "one quarter" of the year: only of something.
    let fits = if count == 1.0 { !plural && (of || !article) } else { plural };
    if let Some((factor, end)) = of_magnitude(words, part + 1).filter(|_| !plural || count > 1.0) {
        let figure = Figure::exact(at, part + 1, count * value, Sort::Cardinal);
        return Some(figure.times(factor, end));
    }
    let start = if article { part } else { at };
    fits.then(|| Figure::exact(start, part + 1, count * value, Sort::Fraction))
}

/// `of a million`, `-million` after a part: a number of its own rather than a share.
fn of_magnitude(words: &Lexemes<'_>, at: usize) -> Option<(f64, usize)> {
    let word = if words.is_hyphen(at) {
        at + 1
    } else if words.lower(at) == "of" && matches!(words.lower(at + 1), "a" | "an" | "one") {
        at + 2
    } else {
        return None;
    };
    Some((words.language.numbers.spelled(words.lower(word))?, word + 1))
}

/// `dozens`, `tens of thousands`, `several hundred`, `a few`.
fn vague(words: &Lexemes<'_>, at: usize) -> Option<Figure> {
    let numbers = &words.language.numbers;
    let article = matches!(words.lower(at), "a" | "an");
    let first = if article { at + 1 } else { at };
    let (min, max) = numbers.vague(words.lower(first))?;
    let mut figure = Figure {
        start: at,
        end: first + 1,
        min,
        max,
        sort: if min < max { Sort::Vague } else { Sort::Cardinal },
        magnitude: 1.0,
        digits: false,
    };
    let of = words.lower(figure.end) == "of";
    let next = figure.end + usize::from(of);
    // "a couple of dozen", "a couple of hundred"
    let pair = max < 4.0;
    if let Some((many, _)) = numbers.vague(words.lower(next)).filter(|(min, _)| *min >= 12.0) {
        let plural = words.lower(next).ends_with('s');
        if of == plural || of && pair {
            figure = figure.times(many, next + 1);
        }
    } else if !of || pair {
        let mut at = next;
        while let Some(factor) = numbers.spelled(words.lower(at)) {
            figure = figure.times(factor, at + 1);
            at += 1;
        }
    }
    Some(figure)
}
