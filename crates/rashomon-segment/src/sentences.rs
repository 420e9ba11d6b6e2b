use rashomon_article::{Document, Sentence, Token, TokenKind};
use rashomon_language::Language;
use rashomon_text::{Layer, Span};

/// The sentences of the prose blocks. Reads the tokens.
pub fn sentences(document: &Document, language: &Language) -> Layer<Sentence> {
    let mut found = Vec::new();
    for block in document.article.prose() {
        let tokens = document.tokens_in(block.span);
        let splitter = Splitter { document, language, tokens };
        let mut first = 0;
        let mut at = 0;
        while at < tokens.len() {
            let end = splitter.closers_end(at);
            if splitter.is_end(at, end) {
                found.push(splitter.sentence(first, end));
                first = end;
            }
            at = end;
        }
        if first < tokens.len() {
            found.push(splitter.sentence(first, tokens.len()));
        }
    }
    Layer::new(found)
}

struct Splitter<'d> {
    document: &'d Document,
    language: &'d Language,
    tokens: &'d [Token],
}

impl<'d> Splitter<'d> {
    fn word(&self, at: usize) -> &'d str {
        self.document.slice(self.tokens[at].span)
    }

    fn sentence(&self, first: usize, end: usize) -> Sentence {
        Sentence {
            span: Span::new(self.tokens[first].span.start(), self.tokens[end - 1].span.end()),
        }
    }

    /// One past the closing marks and brackets that stick to the token at `at`.
    fn closers_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        if !self.ends_with_stop(at) {
            return end;
        }
        while end < self.tokens.len() && self.is_glued(end) {
            let closes = match self.tokens[end].kind {
                TokenKind::QuotationMark => !self.opens(end),
                TokenKind::Mark => {
                    matches!(self.word(end), ")" | "]" | "}") || is_stop(self.word(end))
                }
                TokenKind::Number => self.is_footnote(end),
                _ => false,
            };
            if !closes {
                break;
            }
            end += 1;
        }
        end
    }

    fn is_footnote(&self, at: usize) -> bool {
        self.word(at).chars().all(|c| matches!(c, '¹' | '²' | '³' | '⁰'..='⁹'))
    }

    fn ends_with_stop(&self, at: usize) -> bool {
        match self.tokens[at].kind {
            TokenKind::Mark => is_stop(self.word(at)),
            TokenKind::Word => self.word(at).ends_with('.'),
            _ => false,
        }
    }

    fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].span.end() == self.tokens[at].span.start()
    }

    /// A mark that hangs on the next token and not on the one before.
    fn opens(&self, at: usize) -> bool {
        match self.word(at) {
            "“" | "‘" | "„" | "«" | "‹" => true,
            "”" | "»" | "›" => false,
            _ => at + 1 < self.tokens.len() && self.is_glued(at + 1) && !self.is_glued(at),
        }
    }

    /// Whether the sentence ends with the stop at `at`, the closers of which end at `end`.
    fn is_end(&self, at: usize, end: usize) -> bool {
        if !self.ends_with_stop(at) {
            return false;
        }
        if end >= self.tokens.len() {
            return true;
        }
        let stop = self.word(at);
        if self.is_glued(end) {
            // "the end.The next": a blank is missing, and only there a capital says so.
            return stop == "."
                && self.starts_upper(end)
                && end == at + 1
                && self.tokens[end].kind == TokenKind::Word
                && at > 0
                && self.word(at - 1).chars().count() > 2;
        }
        let next = self.first_word_after(end);
        let quoted = end > at + 1;
        let Some(next) = next else { return true };
        if !self.starts_upper(next) && self.tokens[next].kind == TokenKind::Word {
            return false;
        }
        match stop {
            "." if !quoted => !self.is_abbreviation(at, next),
            _ if self.tokens[at].kind == TokenKind::Word => {
                quoted || self.opens_quotation(end) || self.is_starter(next)
            }
            _ if stop.starts_with(['?', '!', '…']) && quoted => !self.goes_on_saying(end),
            _ => true,
        }
    }

    fn opens_quotation(&self, at: usize) -> bool {
        self.tokens[at].kind == TokenKind::QuotationMark
    }

    /// The first word or number, skipping opening marks and brackets.
    fn first_word_after(&self, from: usize) -> Option<usize> {
        (from..self.tokens.len())
            .find(|&at| matches!(self.tokens[at].kind, TokenKind::Word | TokenKind::Number))
    }

    fn starts_upper(&self, at: usize) -> bool {
        self.word(at).starts_with(|c: char| !c.is_lowercase())
    }

    fn is_starter(&self, at: usize) -> bool {
        let lower = self.word(at).to_lowercase();
        self.language.segmentation.starters.binary_search(&lower.as_str()).is_ok()
    }

    /// Whether the full stop at `at` belongs to the word before it.
    fn is_abbreviation(&self, at: usize, next: usize) -> bool {
        if at == 0 || !self.is_glued(at) {
            return false;
        }
        let before = self.word(at - 1);
        let lower = before.to_lowercase();
        let pack = &self.language.segmentation;
        let next_is_number = self.tokens[next].kind == TokenKind::Number;
        if pack.abbreviations.binary_search(&lower.as_str()).is_ok() {
            // "No." and "p." are words and letters too: only a number makes them abbreviations.
            let doubtful = matches!(
                lower.as_str(),
                "no" | "nos" | "p" | "pp" | "v" | "fig" | "art" | "op" | "est"
            );
            return if doubtful {
                next_is_number || before.len() == 1 && before != "I"
            } else {
                true
            };
        }
        if pack.ending_abbreviations.binary_search(&lower.as_str()).is_ok() {
            return !self.is_starter(next);
        }
        // An initial: "J. Smith".
        let mut letters = before.chars();
        let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        initial && before != "I" && !next_is_number && !self.is_starter(next)
    }

    /// `“Why?” Bell asked`: a verb of saying follows within a few words.
    fn goes_on_saying(&self, from: usize) -> bool {
        self.tokens[from..].iter().take(5).take_while(|token| token.kind == TokenKind::Word).any(
            |token| {
                let lower = self.document.slice(token.span).to_lowercase();
                self.language.segmentation.saying.binary_search(&lower.as_str()).is_ok()
            },
        )
    }
}

fn is_stop(word: &str) -> bool {
    word.starts_with(['.', '?', '!', '…', '。'])
}
