use std::borrow::Cow;

use rashomon_article::{Document, Token, TokenKind};
use rashomon_language::{Language, TimeUnit, TimeWord};
use rashomon_text::Span;

/// A token with what its word does in a time expression.
pub(crate) struct Lexeme<'t> {
    pub span: Span,
    pub kind: TokenKind,
    pub lower: Cow<'t, str>,
    pub role: Option<TimeWord>,
    /// No blank stands before it.
    pub glued: bool,
    /// It begins with a capital.
    pub capital: bool,
}

/// The lexemes of one sentence, asked for by index; past the end there is nothing.
pub(crate) struct Lexemes<'t> {
    pub items: Vec<Lexeme<'t>>,
    pub language: &'t Language,
}

impl<'t> Lexemes<'t> {
    pub fn of(document: &'t Document, tokens: &[Token], language: &'t Language) -> Lexemes<'t> {
        let mut end = 0;
        let items = tokens
            .iter()
            .map(|token| {
                let glued = end == token.span.start();
                end = token.span.end();
                lexeme(document, token, glued, language)
            })
            .collect();
        Lexemes { items, language }
    }

    pub fn len(&self) -> usize {
        self.items.len()
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

    pub fn role(&self, at: usize) -> Option<TimeWord> {
        self.items.get(at)?.role
    }

    pub fn is(&self, at: usize, role: TimeWord) -> bool {
        self.role(at) == Some(role)
    }

    /// `its`, `their`.
    pub fn is_possessive(&self, at: usize) -> bool {
        self.language.quotations.possessives.contains(&self.lower(at))
    }

    pub fn capital(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|lexeme| lexeme.capital)
    }

    pub fn glued(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|lexeme| lexeme.glued)
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|lexeme| lexeme.kind == TokenKind::Number)
    }

    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.lower(at), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    /// A run of digits alone, no longer than nine of them.
    pub fn digits(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.lower(at);
        let digits = word.len() <= 9 && word.bytes().all(|b| b.is_ascii_digit());
        if !digits || word.is_empty() {
            return None;
        }
        Some((word.parse().ok()?, word.len()))
    }

    /// `21st`, `twenty-first`, `third`, with the end.
    pub fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let numbers = &self.language.numbers;
        let word = self.lower(at);
        if let Some(value) = numbers.ordinal(word) {
            return Some((value as u32, at + 1));
        }
        if let Some(tens) = numbers.cardinal(word).filter(|value| *value >= 20.0)
            && let Some(rest) = numbers.ordinal(self.lower(at + 2)).filter(|value| *value < 10.0)
            && self.is_dash(at + 1)
        {
            return Some(((tens + rest) as u32, at + 3));
        }
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let ending = word.get(digits..)?;
        if digits == 0 || digits > 4 || !numbers.ordinal_endings.contains(&ending) {
            return None;
        }
        Some((word[..digits].parse().ok()?, at + 1))
    }

    /// The unit of a word, and whether it is a plural.
    pub fn unit(&self, at: usize) -> Option<(TimeUnit, bool)> {
        match self.role(at)? {
            TimeWord::Unit(unit) => Some((unit, false)),
            TimeWord::Units(unit) => Some((unit, true)),
            _ => None,
        }
    }

    /// The span from one lexeme up to another, which is not included.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.items[start].span.hull(self.items[end - 1].span)
    }
}

fn lexeme<'t>(
    document: &'t Document,
    token: &Token,
    glued: bool,
    language: &Language,
) -> Lexeme<'t> {
    let word = document.slice(token.span);
    let lower = if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    };
    let role = match token.kind {
        TokenKind::Word => language.times.word(&lower),
        _ => None,
    };
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    Lexeme { span: token.span, kind: token.kind, role, lower, glued, capital }
}
