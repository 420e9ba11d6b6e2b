//! Numbers that are no quantities: parts of names, labels of a series, telephone numbers.

use rashomon_article::{Dimension, Unit};
use rashomon_language::TimeWord;

use crate::figure::{Figure, Sort};
use crate::lexeme::{Kind, Lexemes};
use crate::noun;

/// Whether the number is a name or a label rather than an amount.
pub(crate) fn is_no_quantity(
    words: &Lexemes<'_>,
    start: usize,
    figure: &Figure,
    end: usize,
    unit: Option<&Unit>,
) -> bool {
    let at = figure.start;
    let measured = unit.is_some();
    if figure.sort == Sort::Ordinal && (words.capital(at) && at > 0 || words.is_hyphen(end)) {
        return true;
    }
    if is_in_title(words, at) || is_code(words, figure) || is_dated(words, figure, end) {
        return true;
    }
    if is_one_pronoun(words, figure, end, measured) {
        return true;
    }
    // "Section 18C" is no temperature.
    let lettered = figure.digits && words.glued(figure.end) && words.lower(figure.end).len() == 1;
    if lettered && words.capital(figure.end) && is_label(words, start) {
        return true;
    }
    if measured && !hangs_on_name(words, at) {
        return figure.digits && is_slashed(words, figure, unit);
    }
    hangs_on_name(words, at)
        || is_year(words, figure, end)
        || is_list_number(words, at, end)
        || is_chain(words, at, end)
        || figure.digits && (is_label(words, start) || is_slashed(words, figure, unit))
        || is_part_of_name(words, figure, end)
}

/// `0900`, `007`: digits with a zero before them.
fn is_code(words: &Lexemes<'_>, figure: &Figure) -> bool {
    let digits = words.lower(figure.start);
    figure.digits
        && digits.len() > 1
        && digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `23/8`, `9/11`, `/2612942/`: a day, a page, a part of an address.
fn is_slashed(words: &Lexemes<'_>, figure: &Figure, unit: Option<&Unit>) -> bool {
    if unit.is_some_and(|unit| unit.dimension == Dimension::Money) || figure.sort == Sort::Fraction
    {
        return false;
    }
    let at = figure.start;
    let slash = |at: usize| words.lower(at) == "/" && words.glued(at) && words.glued(at + 1);
    // "at 02:13": the minutes of a clock.
    let clock = at > 1
        && words.lower(at - 1) == ":"
        && words.glued(at)
        && words.glued(at - 1)
        && words.text(at - 2).ends_with(|c: char| c.is_ascii_digit());
    if clock {
        return true;
    }
    let before = at > 0 && slash(at - 1);
    let after = slash(figure.end);
    let other = |at: usize| words.number_at(at).is_some();
    before && (after || at > 1 && other(at - 2)) || after && other(figure.end + 1)
}

/// `the 2020 elections`: a year, where it is written like one.
fn is_year(words: &Lexemes<'_>, figure: &Figure, end: usize) -> bool {
    let digits = words.lower(figure.start);
    let year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    year && (1900.0..2100.0).contains(&figure.min)
        && figure.min == figure.max
        && figure.end == figure.start + 1
        && (words.language.numbers.before_years.contains(&words.before(figure.start))
            || figure.min > 1989.0 && figure.min < 2040.0 && is_opening(words, figure.start))
        && words.is_word(end)
        && !words.glued(end)
}

/// `45th of May`: a day, whether or not there is such a day.
fn is_dated(words: &Lexemes<'_>, figure: &Figure, end: usize) -> bool {
    let month = if words.lower(end) == "of" { end + 1 } else { end };
    let days = figure.digits || figure.sort == Sort::Ordinal;
    days && figure.magnitude == 1.0
        && words.capital(month)
        && words.is_word(month)
        && !words.is_word(month + 1)
        && matches!(words.language.times.word(words.lower(month)), Some(TimeWord::Month(_)))
}

/// `F-22`, `COVID-19`: a hyphen ties it to a word before.
fn hangs_on_name(words: &Lexemes<'_>, at: usize) -> bool {
    let Some(hyphen) = at.checked_sub(1).filter(|&hyphen| words.is_hyphen(hyphen)) else {
        return false;
    };
    let tied = hyphen > 0 && words.glued(hyphen) && words.is_word(hyphen - 1);
    let word = words.before(hyphen);
    let numbers = &words.language.numbers;
    let bound = word == "sub" || numbers.minus.contains(&word);
    // "half-million", "mile-15"
    tied && !bound
}

/// `1.` or `2)` at the head of a line, or before a word that goes on in small letters.
fn is_list_number(words: &Lexemes<'_>, at: usize, end: usize) -> bool {
    let inner = words.number_at(at).is_some_and(|value| value < 30.0 && value.fract() == 0.0)
        && end == at + 1
        && words.lower(end) == "."
        && words.glued(end)
        && words.is_word(end + 1)
        && !words.glued(end + 1)
        && !words.capital(end + 1);
    inner || at == 0 && words.glued(end) && matches!(words.lower(end), "." | ")" | ":") && end == 1
}

/// A telephone number, a result of sets, a reference: three numbers tied by hyphens, or more.
pub(crate) fn is_chain(words: &Lexemes<'_>, at: usize, end: usize) -> bool {
    let tied = |hyphen: usize, other: usize| {
        matches!(words.lower(hyphen), "-" | "/" | "." | "‑")
            && words.glued(hyphen)
            && words.glued(hyphen + 1)
            && words.number_at(other).is_some()
    };
    let after = tied(end, end + 1);
    let before = at >= 2 && words.glued(at) && tied(at - 1, at - 2);
    let far = after && tied(end + 2, end + 3) || before && at >= 4 && tied(at - 3, at - 4);
    if before && after || far {
        return true;
    }
    let numbers = &words.language.numbers;
    let called = (at.saturating_sub(4)..at)
        .any(|before| numbers.telephone.binary_search(&words.lower(before)).is_ok());
    called && (after || before)
        || words.before(at) == "+" && words.glued(at) && words.lower(at).len() > 1
}

/// `Flight 370`, `No. 10`, `Article 5`.
pub(crate) fn is_label(words: &Lexemes<'_>, at: usize) -> bool {
    let numbers = &words.language.numbers;
    let before = words.before(at);
    if before == "#" {
        return true;
    }
    let stop =
        before == "." && at >= 2 && numbers.labels.binary_search(&words.lower(at - 2)).is_ok();
    let no = stop && matches!(words.lower(at - 2), "no" | "nos" | "fig" | "vol" | "prop" | "apt");
    // "that day 685 were hurt", "the next day 20 came": the day is no label.
    let earlier = at.checked_sub(2).map_or("", |earlier| words.lower(earlier));
    let told = numbers.before_day.contains(&earlier);
    // "the Group of 20", "the Committee of 70"
    let of = before == "of" && at > 2 && words.capital(at - 2) && words.title(at - 2);
    if of
        && (numbers.labels.binary_search(&earlier).is_ok()
            || noun::counted(words, at + 1, false).is_none())
    {
        return true;
    }
    no || numbers.labels.binary_search(&before).is_ok()
        && !noun::is_plural(words, at + 1)
        && before != "no"
        && !(before == "day" && told)
        || before == "no" && words.capital(at - 1) && at > 1
}

/// `Boeing 737`, `the Stoxx 600`, `Two Rivers`, `10 Downing Street`.
fn is_part_of_name(words: &Lexemes<'_>, figure: &Figure, end: usize) -> bool {
    let at = figure.start;
    // "Bolmo 7B", "a 4K screen"
    let letter = figure.digits
        && figure.end == at + 2
        && words.glued(at + 1)
        && matches!(words.text(at + 1), "B" | "K");
    if letter && noun::counted(words, end, false).is_none() {
        let named = at > 1 && words.is_word(at - 1) && words.capital(at - 1);
        return named || words.text(at + 1) == "K" && matches!(words.lower(at), "2" | "4" | "8");
    }
    if figure.magnitude > 1.0 || matches!(figure.sort, Sort::Vague | Sort::Fraction) {
        return false;
    }
    let next_name = words.is_word(end) && words.capital(end) && !words.glued(end);
    if !figure.digits {
        let capital = words.capital(at) && at > 0 && !is_opening(words, at);
        let former = at > 0 && words.is_word(at - 1) && words.capital(at - 1) && at > 1;
        let of = words.before(at) == "of" && capital;
        return capital && (next_name || former || of);
    }
    // An address or a model: a name goes on after it, and no plural that it could count.
    let plain = words.lower(at).bytes().all(|b| b.is_ascii_digit());
    let thing = || noun::counted(words, end, false).is_some_and(|head| !words.capital(head));
    if next_name
        && words.is_word(end + 1)
        && words.capital(end + 1)
        && at > 0
        && plain
        && !(noun::is_plural(words, end) || noun::is_plural(words, end + 1) || thing())
    {
        return true;
    }
    // "787 Dreamliner"
    if next_name
        && at > 0
        && plain
        && words.title(end)
        && noun::counted(words, end, false).is_none()
    {
        return true;
    }
    // "Hobb & Quill’s 500": an owner of a bare number is its name.
    let owned = at > 1
        && words.get(at - 1).is_some_and(|before| before.kind == Kind::Clitic)
        && words.capital(at - 2);
    if owned && plain && noun::counted(words, end, false).is_none() {
        return true;
    }
    if at == 0 || !words.is_word(at - 1) || words.glued(at) {
        return false;
    }
    if !words.capital(at - 1) && !words.mixed(at - 1) {
        return false;
    }
    if words.language.times.word(words.before(at)).is_some() {
        return false;
    }
    // "AB 450 prohibits": a bill or a road, whatever follows.
    if words.upper(at - 1) && matches!(words.lower(at - 1).len(), 2..=3) && plain {
        return true;
    }
    // "the Fortune 500 companies": the article belongs to the name, and the number with it.
    let name = (0..at).rev().take_while(|&at| words.is_word(at) && words.capital(at)).last();
    if name.is_some_and(|name| words.before(name) == "the") && plain && words.lower(at).len() == 3 {
        return true;
    }
    // The first word of a sentence has its capital anyway.
    let first =
        is_opening(words, at - 1) && words.language.words.is_function_word(words.before(at));
    !first && noun::counted(words, end, false).is_none_or(|head| head > end + 1)
}

/// Whether the lexeme opens the sentence or a quotation in it.
fn is_opening(words: &Lexemes<'_>, at: usize) -> bool {
    at == 0 || !words.is_word(at - 1) && words.number_at(at - 1).is_none()
}

/// `one` counts only before a noun of its own.
fn is_one_pronoun(words: &Lexemes<'_>, figure: &Figure, end: usize, measured: bool) -> bool {
    let at = figure.start;
    if figure.digits || figure.min != 1.0 || words.lower(at) != "one" || figure.end != at + 1 {
        return false;
    }
    let numbers = &words.language.numbers;
    if numbers.one_pronoun_before.binary_search(&words.before(at)).is_ok()
        || words.is_hyphen(at + 1) && !measured
    {
        return true;
    }
    if at > 0 && words.is_hyphen(at - 1) {
        return true;
    }
    if measured {
        return false;
    }
    let next = words.lower(end);
    // "one accusing Bell": a pronoun with its verb.
    let verb = next.len() > 5
        && next.ends_with("ing")
        && numbers.nouns_like_gerunds.binary_search(&next).is_err();
    let object =
        words.capital(end + 1) || words.language.words.is_function_word(words.lower(end + 1));
    if verb && object {
        return true;
    }
    let ranged = matches!(next, "to" | "or" | "in") || words.is_dash(end);
    let out_of = words.is_phrase(end, &["out", "of"]);
    if out_of {
        return false;
    }
    if ranged && words.language.numbers.cardinal(words.lower(end + 1)).is_some() {
        return false;
    }
    if next == "of" {
        return noun::counted(words, end, false).is_none();
    }
    // "one hopes": a plural right after it is a verb.
    if noun::counted(words, end, false) == Some(end) && !words.language.numbers.is_invariable(next)
    {
        return true;
    }
    matches!(words.get(end), Some(word) if word.glued)
        || next == "another"
        || noun::counted(words, end, true).is_none()
        || next == "point" && words.before(at) == "at"
}

/// How many lexemes a title in quotation marks may have.
const LONGEST_TITLE: usize = 7;

/// `“Eleven Bridges”`, `‘Smart Harbour 2030’`: a title in quotation marks, its words in capitals.
fn is_in_title(words: &Lexemes<'_>, at: usize) -> bool {
    let reach = |steps: &mut dyn Iterator<Item = usize>| {
        steps.take(LONGEST_TITLE).find(|&at| words.is_quotation_mark(at))
    };
    let Some(open) = reach(&mut (0..at).rev()) else { return false };
    let Some(close) = reach(&mut (at..words.len())) else { return false };
    let inside = || open + 1..close;
    let named = |at: usize| words.is_word(at) && words.capital(at);
    let fits = |at: usize| {
        !words.is_word(at)
            || words.capital(at)
            || at > open + 1 && words.language.words.is_function_word(words.lower(at))
    };
    let opens = words.glued(open + 1) && (open == 0 || !words.glued(open));
    opens
        && words.glued(close)
        && inside().any(named)
        && inside().all(fits)
        && !matches!(words.before(close), "," | "!" | "?")
}
