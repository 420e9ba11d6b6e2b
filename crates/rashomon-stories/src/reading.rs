use rashomon_article::{Document, TokenKind};
use rashomon_language::Language;
use rashomon_terms::{Lexicon, Normaliser, Occurrence};
use rashomon_text::Span;

/// How many tokens of an article are read: what comes after is background.
const READ: usize = 1000;

/// A word of an article as it is read.
pub struct Read<'d> {
    /// Its normal form.
    pub form: String,
    /// The word itself.
    pub written: &'d str,
    /// Where it stands.
    pub place: Place,
}

/// Where a word stands, as far as that says what its capital means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Inside a sentence, with a capital: most likely a name.
    Capital,
    /// Inside a sentence, without.
    Inside,
    /// At the beginning of a sentence, where a capital says nothing.
    Beginning,
    /// In the headline that came beside the text.
    Title,
}

impl Place {
    /// Whether the word has a capital that says something.
    pub fn is_capital(self) -> bool {
        self == Place::Capital
    }

    /// The lower, the better the word shows here how it is written.
    pub fn rank(self) -> u8 {
        match self {
            Place::Capital | Place::Inside => 0,
            Place::Beginning => 1,
            Place::Title => 2,
        }
    }
}

/// The words of the headline and the first ones of the text.
pub fn read<'d>(
    document: &'d Document,
    lexicon: &mut Lexicon<'_>,
    language: &Language,
) -> Vec<Read<'d>> {
    let normaliser = Normaliser::new(language);
    let mut read: Vec<Read<'d>> = title(document)
        .map(|written| Read { form: normaliser.form(written), written, place: Place::Title })
        .collect();
    read.extend(matter(document, lexicon).into_iter().map(|(word, place)| {
        let form = lexicon.lexeme(word.lexeme).form.clone();
        Read { form, written: document.slice(word.span), place }
    }));
    read
}

/// The words of the headline that came beside the text.
fn title(document: &Document) -> impl Iterator<Item = &str> {
    let title = document.article.title.as_deref().unwrap_or_default();
    title
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// The first words of the text and where they stand.
pub fn matter(document: &Document, lexicon: &mut Lexicon<'_>) -> Vec<(Occurrence, Place)> {
    let Some(last) = document.tokens.get(READ.min(document.tokens.len()).saturating_sub(1)) else {
        return Vec::new();
    };
    let words = lexicon.occurrences(document, Span::new(0, last.span.end()));
    words
        .into_iter()
        .map(|word| {
            let capital = document.slice(word.span).starts_with(char::is_uppercase);
            let place = if begins(document, word.span) {
                Place::Beginning
            } else if capital && !lexicon.lexeme(word.lexeme).function_word {
                Place::Capital
            } else {
                Place::Inside
            };
            (word, place)
        })
        .collect()
}

/// Whether a word begins a sentence, a line or a quotation.
fn begins(document: &Document, span: Span) -> bool {
    let at = document.tokens.partition_point(|token| token.span.start() < span.start());
    let Some(before) = at.checked_sub(1).map(|at| &document.tokens[at]) else { return true };
    let between = Span::new(before.span.end(), span.start().max(before.span.end()));
    before.kind == TokenKind::QuotationMark
        || document.slice(before.span).starts_with(['.', '!', '?', ':'])
        || document.slice(between).contains('\n')
}
