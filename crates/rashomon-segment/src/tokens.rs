use rashomon_article::{BlockKind, Document, Token, TokenKind};
use rashomon_language::Language;
use rashomon_text::{Layer, Span};

/// Whether a character can open or close a quotation.
pub fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '`'
    )
}

/// The tokens of the prose blocks.
pub fn tokens(document: &Document, language: &Language) -> Layer<Token> {
    tokens_of(document, BlockKind::is_prose, language)
}

/// The tokens of datelines and captions.
pub fn margin(document: &Document, language: &Language) -> Layer<Token> {
    tokens_of(document, BlockKind::is_margin, language)
}

fn tokens_of(
    document: &Document,
    read: impl Fn(BlockKind) -> bool,
    language: &Language,
) -> Layer<Token> {
    let text = document.article.text.as_str();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    for block in document.article.blocks.iter().filter(|block| read(block.kind)) {
        let words = &text[block.span.range()];
        Tokeniser { words, base: block.span.start(), language, open_single: false }
            .run(&mut tokens);
    }
    Layer::new(tokens)
}

struct Tokeniser<'t> {
    words: &'t str,
    base: usize,
    language: &'t Language,
    /// A single mark was opened and not closed: then `s’ ` closes it and is no possessive.
    open_single: bool,
}

impl Tokeniser<'_> {
    fn run(mut self, tokens: &mut Vec<Token>) {
        let mut at = 0;
        while let Some(c) = self.at(at) {
            if c.is_whitespace() || is_invisible(c) {
                at += c.len_utf8();
                continue;
            }
            let (end, kind) = if c.is_alphabetic() {
                (self.word_end(at), TokenKind::Word)
            } else if c.is_numeric() {
                (self.number_end(at), TokenKind::Number)
            } else if is_apostrophe(c) {
                self.apostrophe(at, c)
            } else if is_quotation_mark(c) {
                self.quotation_mark(at, c)
            } else {
                (self.mark_end(at, c), TokenKind::Mark)
            };
            tokens.push(Token { span: Span::new(self.base + at, self.base + end), kind });
            at = end;
        }
    }

    fn at(&self, at: usize) -> Option<char> {
        self.words[at..].chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.words[..at].chars().next_back()
    }

    fn letters_end(&self, at: usize, of: impl Fn(char) -> bool) -> usize {
        self.words[at..].find(|c| !of(c)).map_or(self.words.len(), |length| at + length)
    }

    /// Letters and digits, the full stops of `U.S.` and `p.m.`, the apostrophe of `o’clock`.
    fn word_end(&self, start: usize) -> usize {
        let mut end = self.letters_end(start, is_word_character);
        let mut abbreviation = false;
        loop {
            let Some(c) = self.at(end) else { return end };
            let after = end + c.len_utf8();
            let next = self.at(after);
            if is_apostrophe(c) {
                let rest = self.letters_end(after, char::is_alphabetic);
                if rest == after || self.is_clitic(after, rest) {
                    return end;
                }
                end = self.letters_end(rest, is_word_character);
            } else if c == '.' && next.is_some_and(char::is_alphabetic) {
                let single = self.last_part_is_single(start, end);
                if !single && next.is_some_and(char::is_uppercase) {
                    // A missing blank: "the end.The next".
                    return end;
                }
                abbreviation = true;
                end = self.letters_end(after, is_word_character);
            } else if c == '.' && abbreviation && self.last_part_is_single(start, end) {
                return after;
            } else {
                return end;
            }
        }
    }

    fn last_part_is_single(&self, start: usize, end: usize) -> bool {
        let part = self.words[start..end].rsplit('.').next().unwrap_or("");
        part.chars().count() == 1
    }

    /// Digits with inner separators, and the letters that hang on: `21st`, `5pm`, `1980s`.
    fn number_end(&self, start: usize) -> usize {
        let mut end = self.letters_end(start, char::is_numeric);
        while let Some(c) = self.at(end) {
            let after = end + c.len_utf8();
            let inner = matches!(c, '.' | ',' | ':' | '\u{a0}' | '\u{202f}');
            if !inner || !self.at(after).is_some_and(|next| next.is_ascii_digit()) {
                break;
            }
            if matches!(c, '\u{a0}' | '\u{202f}')
                && self.letters_end(after, char::is_numeric) != after + 3
            {
                break;
            }
            end = self.letters_end(after, char::is_numeric);
        }
        self.letters_end(end, is_word_character)
    }

    fn is_clitic(&self, start: usize, end: usize) -> bool {
        let letters = self.words[start..end].to_lowercase();
        self.language.segmentation.clitics.binary_search(&letters.as_str()).is_ok()
    }

    /// An apostrophe where no word goes on: a clitic, a possessive, an elision or a mark.
    fn apostrophe(&mut self, at: usize, c: char) -> (usize, TokenKind) {
        let after = at + c.len_utf8();
        let before = self.before(at);
        let glued = before.is_some_and(|c| c.is_alphanumeric() || c == '.');
        let rest = self.letters_end(after, char::is_alphabetic);
        if glued && rest > after && self.is_clitic(after, rest) {
            return (rest, TokenKind::Clitic);
        }
        let plural = matches!(before, Some('s' | 'S' | 'x' | 'z'));
        if plural && !self.open_single && self.at(after).is_some_and(|c| c == ' ') {
            return (after, TokenKind::Clitic);
        }
        if !glued && self.at(after).is_some_and(|c| c.is_ascii_digit()) && c != '‘' {
            return (self.number_end(after), TokenKind::Number);
        }
        self.quotation_mark(at, c)
    }

    fn quotation_mark(&mut self, at: usize, c: char) -> (usize, TokenKind) {
        let after = at + c.len_utf8();
        let opens = self.at(after).is_some_and(|c| !c.is_whitespace())
            && self.before(at).is_none_or(|c| {
                c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '“' | '"')
            });
        if matches!(c, '\'' | '‘' | '’') {
            self.open_single = opens;
        }
        // Two single marks set for a double one.
        let doubled = matches!(c, '`' | '\'') && self.at(after) == Some(c);
        (if doubled { after + 1 } else { after }, TokenKind::QuotationMark)
    }

    fn mark_end(&self, at: usize, c: char) -> usize {
        match c {
            '.' | '-' | '!' | '?' | '*' | '_' | '=' => self.letters_end(at, |other| other == c),
            _ => at + c.len_utf8(),
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c) || is_invisible(c)
}

/// Combining accents belong to the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}')
}

/// Soft hyphens, zero-width spaces and direction marks are not seen and are no words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
