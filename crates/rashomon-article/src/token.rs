use rashomon_text::{Span, Spanned};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and the full stops of abbreviations: `U.S.`, `o'clock`.
    Word,
    /// Begins with a digit: `1,000`, `3.5`, `21st`, `2022`.
    Number,
    /// A clitic split off its word: `’s`, `n’t`, `'ll`.
    Clitic,
    /// An opening or closing quotation mark of any shape.
    QuotationMark,
    /// Any other mark or symbol, one character each (`...` and `--` stay together).
    Mark,
}

/// A word, number or mark of the prose. Hyphens stand alone, so that `600-mile` is three tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

impl Spanned for Token {
    fn span(&self) -> Span {
        self.span
    }
}

/// A sentence of a prose block. It does not reach across blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, white space trimmed.
    pub span: Span,
}

impl Spanned for Sentence {
    fn span(&self) -> Span {
        self.span
    }
}
