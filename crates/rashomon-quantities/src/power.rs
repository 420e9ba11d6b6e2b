//! Powers of ten: `3.2 × 10^9`, `1.5×10⁶`, `2 x 10−8`.

use crate::lexeme::Lexemes;

/// No measure in a report has more digits.
const LARGEST: i32 = 29;

/// The factor after a number that ends at `at`, and where its words end.
pub(crate) fn power(words: &Lexemes<'_>, at: usize) -> Option<(f64, usize)> {
    if !matches!(words.lower(at), "×" | "x" | "*" | "·") {
        return None;
    }
    let ten = at + 1;
    if let Some(raised) = words.text(ten).strip_prefix("10").filter(|raised| !raised.is_empty()) {
        let exponent = superscript(raised)?;
        return Some((scaled(exponent)?, ten + 1));
    }
    if words.text(ten) != "10" {
        return None;
    }
    let mut next = ten + 1;
    let mut raised = String::new();
    while words.glued(next) && words.text(next).chars().all(|c| raised_digit(c).is_some()) {
        raised.push_str(words.text(next));
        next += 1;
    }
    if !raised.is_empty() {
        return Some((scaled(superscript(&raised)?)?, next));
    }
    let hat = words.lower(next) == "^";
    next += usize::from(hat);
    let minus = words.is_dash(next) && words.glued(next) && words.glued(next + 1);
    next += usize::from(minus);
    if !hat && !minus {
        return None;
    }
    let exponent = words.number_at(next).filter(|value| value.fract() == 0.0 && *value < 100.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below a hundred")]
    let exponent = exponent as i32;
    Some((scaled(if minus { -exponent } else { exponent })?, next + 1))
}

fn scaled(exponent: i32) -> Option<f64> {
    // "1e-30" is parsed, as powers of ten are not exact otherwise.
    (exponent.abs() <= 2 * LARGEST && exponent <= LARGEST)
        .then(|| format!("1e{exponent}").parse().ok())
        .flatten()
}

fn superscript(raised: &str) -> Option<i32> {
    let digits: String = raised.chars().map(raised_digit).collect::<Option<_>>()?;
    digits.parse().ok().filter(|exponent: &i32| exponent.abs() < 100)
}

fn raised_digit(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        _ => return None,
    })
}
