use rashomon_article::{Document, Token, TokenKind};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::{Normaliser, fold};

/// A word as it compares.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The word in the text.
    pub span: Span,
    /// Its [normal form](crate::normal_form).
    pub form: String,
    /// Its weight: the logarithm of how many reports at large there are for one that holds it.
    /// A word in every second report weighs about 0.7, one in a thousand 7.
    pub idf: f32,
    /// Whether it carries grammar rather than matter.
    pub function_word: bool,
    /// Whether it denies.
    pub negation: bool,
}

/// The words and numbers of a span, in order. Contractions are taken apart: `can’t` gives two
/// terms with a part of the word each. Reads tokens.
pub fn terms(document: &Document, span: Span, language: &Language) -> Vec<Term> {
    let normaliser = Normaliser::new(language);
    let tokens = document.tokens_in(span);
    let mut terms = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let word = document.slice(token.span);
        match token.kind {
            TokenKind::Word | TokenKind::Number => {
                if let Some(parts) = contraction(word, token.span, language) {
                    terms.extend(parts);
                } else if is_acronym(document, tokens, at) {
                    terms.push(acronym(word, token.span, &normaliser, language));
                } else {
                    terms.push(term(normaliser.form(word), fold(word), token.span, language));
                }
            }
            TokenKind::Clitic => terms.push(clitic(document, tokens, at, language)),
            TokenKind::QuotationMark | TokenKind::Mark => {}
        }
    }
    terms
}

/// A term of a form; `word` is the folded word itself.
pub(crate) fn term(form: String, word: String, span: Span, language: &Language) -> Term {
    let words = &language.words;
    let function_word = words.is_function_word(&word);
    let negation = words.is_negation(&word);
    Term { span, idf: words.idf(&form), form, function_word, negation }
}

/// The two words of `didn’t` or `cannot`.
pub(crate) fn contraction(word: &str, span: Span, language: &Language) -> Option<[Term; 2]> {
    let folded = fold(word);
    if !folded.ends_with("n't") && !folded.ends_with("not") {
        return None;
    }
    let (first, second) = language.words.expansion(&folded)?.split_once(' ')?;
    let (cut, _) = word.char_indices().rev().nth(2)?;
    let (left, right) =
        (Span::new(span.start(), span.start() + cut), Span::new(span.start() + cut, span.end()));
    let normaliser = Normaliser::new(language);
    Some(
        [(first, left), (second, right)]
            .map(|(word, span)| term(normaliser.form(word), word.to_owned(), span, language)),
    )
}

/// A clitic stands for the word that it is short for, or for the possessive.
pub(crate) fn clitic(
    document: &Document,
    tokens: &[Token],
    at: usize,
    language: &Language,
) -> Term {
    let span = tokens[at].span;
    let short = fold(document.slice(span));
    let host = at.checked_sub(1).map(|before| fold(document.slice(tokens[before].span)));
    let stands_for = host
        .and_then(|host| language.words.expansion(&format!("{host}{short}")))
        .and_then(|expansion| expansion.split_once(' '))
        .map(|(_, second)| second);
    match stands_for {
        Some(word) => {
            let form = Normaliser::new(language).form(word);
            Term { function_word: true, ..term(form, word.to_owned(), span, language) }
        }
        None => Term { span, idf: 0.0, form: short, function_word: true, negation: false },
    }
}

/// Whether a word in capitals is an acronym (`US`, `WHO`, `IT`) rather than shouted, and would be
/// taken for a word of grammar in lower case.
fn is_acronym(document: &Document, tokens: &[Token], at: usize) -> bool {
    is_capitals(document.slice(tokens[at].span)) && !shouts(document, tokens, at)
}

/// Whether a word in capitals is shouted: in a shouted line the words beside it shout too.
pub(crate) fn shouts(document: &Document, tokens: &[Token], at: usize) -> bool {
    let shout =
        |token: &Token| token.kind == TokenKind::Word && is_capitals(document.slice(token.span));
    at.checked_sub(1).is_some_and(|before| shout(&tokens[before]))
        || tokens.get(at + 1).is_some_and(shout)
}

/// Whether a word is written in capitals, and of more than one.
pub(crate) fn is_capitals(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

pub(crate) fn acronym(
    word: &str,
    span: Span,
    normaliser: &Normaliser<'_>,
    language: &Language,
) -> Term {
    let lower = word.to_lowercase();
    let form = if language.words.is_function_word(&lower) {
        format!("{}.", fold(word))
    } else {
        normaliser.form(word)
    };
    Term { span, idf: language.words.idf(&form), form, function_word: false, negation: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_article::{Article, Block, BlockKind};
    use rashomon_language::english;
    use rashomon_text::{Layer, Text};

    fn document(text: &str) -> Document {
        let text = Text::from(text);
        let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
        let mut document = Document::new(Article { text, blocks, ..Article::default() });
        document.tokens = rashomon_segment::tokens(&document, english());
        document
    }

    fn forms(text: &str) -> Vec<String> {
        let document = document(text);
        let span = document.article.text.span();
        terms(&document, span, english()).into_iter().map(|term| term.form).collect()
    }

    #[test]
    fn contractions_are_taken_apart() {
        assert_eq!(forms("They won’t; it’s late."), ["they", "will", "not", "it", "be", "late"]);
        assert_eq!(forms("Bell's boat cannot sail"), ["bell", "'s", "boat", "can", "not", "sail"]);
    }

    #[test]
    fn acronyms_are_no_pronouns() {
        assert_eq!(forms("the US envoy told us")[1], "us.");
        assert_eq!(forms("the U.S. envoy")[1], "us.");
        assert_eq!(forms("GIVE US BREAD")[1], "us");
    }

    proptest::proptest! {
        #[test]
        fn spans_fit_any_text(text in "\\PC{0,40}") {
            let document = document(&text);
            for term in terms(&document, document.article.text.span(), english()) {
                proptest::prop_assert!(!document.slice(term.span).is_empty());
            }
        }
    }
}
