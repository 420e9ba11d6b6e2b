use std::borrow::Cow;

use rashomon_article::{Document, Sentence, TokenKind};
use rashomon_language::Language;
use rashomon_text::Span;

/// What a lexeme is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A number in digits, with its value.
    Number(f64),
    /// Digits with the ending of an ordinal.
    Ordinal(f64),
    /// Letters.
    Word,
    /// `’s`, `n’t`.
    Clitic,
    /// A mark, or digits that are no number: `3:1`, `1980s`.
    Mark,
}

/// A token, or the digits or letters of one: `50mph` is two.
pub(crate) struct Lexeme<'t> {
    pub span: Span,
    pub kind: Kind,
    pub lower: Cow<'t, str>,
    /// No blank stands before it.
    pub glued: bool,
    /// It begins with a capital.
    pub capital: bool,
    /// A quantity may begin here.
    pub opens: bool,
}

/// The lexemes of one sentence; past the end there is nothing.
pub(crate) struct Lexemes<'t> {
    pub items: Vec<Lexeme<'t>>,
    pub language: &'t Language,
    text: &'t str,
    end: usize,
}

impl<'t> Lexemes<'t> {
    pub fn of(document: &'t Document, sentence: &Sentence, language: &'t Language) -> Lexemes<'t> {
        let tokens = document.sentence_tokens(sentence);
        let mut lexemes = Lexemes {
            items: Vec::with_capacity(tokens.len()),
            language,
            text: document.article.text.as_str(),
            end: 0,
        };
        for token in tokens {
            if token.span.start() < lexemes.end {
                continue; // Read with the code of a currency before it.
            }
            match token.kind {
                TokenKind::Number => lexemes.number(token.span),
                TokenKind::Word if !lexemes.coded(token.span) => {
                    lexemes.push(token.span, Kind::Word);
                }
                TokenKind::Clitic => lexemes.push(token.span, Kind::Clitic),
                TokenKind::Mark | TokenKind::QuotationMark => {
                    lexemes.push(token.span, Kind::Mark);
                }
                TokenKind::Word => {}
            }
        }
        lexemes
    }

    fn push(&mut self, span: Span, kind: Kind) {
        let word = &self.text[span.range()];
        let lower = if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            Cow::Borrowed(word)
        } else {
            Cow::Owned(word.to_lowercase())
        };
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let glued = self.end == span.start();
        self.end = span.end();
        let opens = match kind {
            Kind::Number(_) | Kind::Ordinal(_) => true,
            Kind::Word => self.language.numbers.openers.passes(&lower),
            // ".534", "-5", "3:1", and the signs of currencies
            Kind::Mark => !matches!(&*lower, "," | "\"" | "“" | "”" | "(" | ")" | ":" | ";" | "?"),
            Kind::Clitic => false,
        };
        self.items.push(Lexeme { span, kind, lower, glued, capital, opens });
    }

    /// Digits, and the letters that hang on.
    fn number(&mut self, span: Span) {
        let word = &self.text[span.range()];
        let letters = word.find(char::is_alphabetic).unwrap_or(word.len());
        let (digits, rest) = word.split_at(letters);
        let Some(value) = parse(digits) else { return self.push(span, Kind::Mark) };
        let numbers = &self.language.numbers;
        let lower = rest.to_lowercase();
        if numbers.ordinal_endings.contains(&lower.as_str()) && value.fract() == 0.0 {
            return self.push(span, Kind::Ordinal(value));
        }
        let known = rest.is_empty()
            || numbers.magnitude(&lower).is_some()
            || numbers.glued_unit(&lower).is_some()
            || numbers.currency_word(&lower).is_some()
            || numbers.currency_sign(&lower).is_some()
            || numbers.begins_unit(&lower);
        // "2s", "3D", "5G" name things; "5pm" is a time.
        if !known || matches!(lower.as_str(), "s" | "am" | "pm") || rest == "D" || rest == "G" {
            return self.push(span, Kind::Mark);
        }
        let middle = span.start() + letters;
        self.push(Span::new(span.start(), middle), Kind::Number(value));
        if !rest.is_empty() {
            self.push(Span::new(middle, span.end()), Kind::Word);
        }
    }

    /// The code of a currency glued to its figure: `USD10m`, `RM3.06mil`. The token ends at the
    /// point, the figure does not.
    fn coded(&mut self, span: Span) -> bool {
        let word = &self.text[span.range()];
        let Some(letters) = word.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0) else {
            return false;
        };
        let code = word[..letters].to_lowercase();
        if self.language.numbers.currency_sign(&code).is_none() {
            return false;
        }
        let start = span.start() + letters;
        let tail = &self.text[start..];
        let length = tail
            .char_indices()
            .find(|&(at, c)| {
                let inner = matches!(c, '.' | ',')
                    && tail[at + 1..].starts_with(|next: char| next.is_ascii_digit());
                !(c.is_ascii_digit() || inner)
            })
            .map_or(tail.len(), |(at, _)| at);
        let after = tail[length..].find(|c: char| !c.is_alphabetic());
        let end = start + length + after.unwrap_or(tail.len() - length);
        // "PS5" and "R2" are things.
        let least = if code.len() == 1 { 3 } else { 2 };
        if end - start < least || parse(&tail[..length]).is_none() {
            return false;
        }
        self.push(Span::new(span.start(), start), Kind::Word);
        self.number(Span::new(start, end));
        true
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The first lexeme that begins at a byte or after it.
    pub fn from(&self, byte: usize) -> usize {
        self.items.partition_point(|lexeme| lexeme.span.start() < byte)
    }

    pub fn get(&self, at: usize) -> Option<&Lexeme<'t>> {
        self.items.get(at)
    }

    /// The word in lower case, empty past the end.
    pub fn lower(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |lexeme| lexeme.lower.as_ref())
    }

    pub fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.lower(at))
    }

    pub fn glued(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|lexeme| lexeme.glued)
    }

    pub fn capital(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|lexeme| lexeme.capital)
    }

    /// A capital and small letters after it.
    pub fn title(&self, at: usize) -> bool {
        self.text(at).chars().skip(1).any(char::is_lowercase)
    }

    /// A capital stands inside the word: `iPhone`.
    pub fn mixed(&self, at: usize) -> bool {
        !self.capital(at) && self.text(at).chars().any(char::is_uppercase)
    }

    /// The word as the report writes it.
    pub fn text(&self, at: usize) -> &'t str {
        self.items.get(at).map_or("", |lexeme| &self.text[lexeme.span.range()])
    }

    /// All of its letters are capitals.
    pub fn upper(&self, at: usize) -> bool {
        self.capital(at) && !self.text(at).chars().any(char::is_lowercase)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|lexeme| lexeme.kind == Kind::Word)
    }

    pub fn number_at(&self, at: usize) -> Option<f64> {
        match self.items.get(at)?.kind {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.lower(at), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    pub fn is_quotation_mark(&self, at: usize) -> bool {
        matches!(self.lower(at), "\"" | "“" | "”" | "„" | "‘" | "’" | "'" | "«" | "»" | "``" | "''")
    }

    /// A hyphen glued on both sides. The long dash joins sentences.
    pub fn is_hyphen(&self, at: usize) -> bool {
        self.is_dash(at) && self.lower(at) != "—" && self.glued(at) && self.glued(at + 1)
    }

    /// Whether the words from `at` on are those of a phrase.
    pub fn is_phrase(&self, at: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(n, word)| self.lower(at + n) == *word)
    }

    /// The span from one lexeme up to another, which is not included.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.items[start].span.hull(self.items[end - 1].span)
    }
}

/// The value of digits in any grouping: `1,200`, `12,50,000`, `1.234.567`, `3.5`, `3½`.
pub(crate) fn parse(digits: &str) -> Option<f64> {
    let (digits, part) = match digits.chars().next_back() {
        Some(last) if !last.is_ascii_digit() => {
            (&digits[..digits.len() - last.len_utf8()], vulgar_fraction(last)?)
        }
        _ => (digits, 0.0),
    };
    if digits.is_empty() {
        return Some(part);
    }
    if digits.len() > 40 || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let blank = |c| matches!(c, '\u{a0}' | '\u{202f}');
    let plain = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.') || blank(c);
    if !digits.chars().all(plain) {
        return None;
    }
    let commas = digits.matches(',').count();
    let points = digits.matches('.').count();
    let last_group = |mark| digits.rsplit(mark).next().map_or(0, str::len);
    // Which mark, if any, stands before the decimals.
    let decimal = match (commas, points) {
        (_, 1) if commas == 0 || digits.rfind(',') < digits.find('.') => Some('.'),
        (1, 0) if last_group(',') != 3 => Some(','),
        (1, 2..) if digits.rfind('.') < digits.find(',') => Some(','),
        (1, 1) => Some(','),
        _ => None,
    };
    let mut cleaned = String::with_capacity(digits.len());
    for c in digits.chars() {
        if c.is_ascii_digit() {
            cleaned.push(c);
        } else if Some(c) == decimal {
            cleaned.push('.');
        }
    }
    let value: f64 = cleaned.parse().ok()?;
    value.is_finite().then_some(value + part)
}

fn vulgar_fraction(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn groupings_of_the_world() {
        let table = [
            ("1,200", Some(1200.0)),
            ("12,50,000", Some(1_250_000.0)),
            ("1.234.567", Some(1_234_567.0)),
            ("1.234,5", Some(1234.5)),
            ("1\u{a0}000", Some(1000.0)),
            ("3.5", Some(3.5)),
            ("3,5", Some(3.5)),
            ("1,234.5", Some(1234.5)),
            ("3½", Some(3.5)),
            ("½", Some(0.5)),
            ("3:1", None),
            ("²", None),
            ("٣", None),
        ];
        for (digits, value) in table {
            assert_eq!(parse(digits), value, "{digits}");
        }
    }
}
