use rashomon_article::{Document, Sentence, Token, TokenKind};
use rashomon_language::Language;
use rashomon_text::Span;

/// The fewest words that make a clause of their own; fewer stay with the clause before.
const LEAST_WORDS: usize = 5;

/// The clauses of a sentence, in order, by its punctuation and the words that open clauses. A
/// sentence that cannot be cut is one clause.
pub fn clauses(document: &Document, sentence: &Sentence, language: &Language) -> Vec<Span> {
    let tokens = document.sentence_tokens(sentence);
    let mut cuts = vec![0];
    let mut words = 0;
    let mut rest = tokens.iter().filter(|token| is_word(token)).count();
    let one_dash = dashes(document, tokens) == 1;
    for at in 0..tokens.len() {
        let enough = words >= LEAST_WORDS && rest >= LEAST_WORDS;
        if enough && opens(document, tokens, at, one_dash, language) {
            cuts.push(at);
            words = 0;
        }
        words += usize::from(is_word(&tokens[at]));
        rest -= usize::from(is_word(&tokens[at]));
    }
    cuts.push(tokens.len());
    cuts.windows(2)
        .filter(|cut| cut[0] < cut[1])
        .map(|cut| trimmed(document, &tokens[cut[0]..cut[1]]))
        .collect()
}

fn is_word(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::Number)
}

/// Whether a clause begins at a token: after a semicolon, a colon or the only dash of the sentence,
/// or after a comma with a word that opens clauses. What stands between two dashes or in brackets is
/// a part of the clause around it.
fn opens(
    document: &Document,
    tokens: &[Token],
    at: usize,
    one_dash: bool,
    language: &Language,
) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| document.slice(tokens[before].span)) else {
        return false;
    };
    match before {
        ";" | ":" => true,
        "—" | "–" | "--" => one_dash,
        "," => {
            let word = document.slice(tokens[at].span).to_lowercase();
            language.senses.clause_openers.binary_search(&word.as_str()).is_ok()
        }
        _ => false,
    }
}

fn dashes(document: &Document, tokens: &[Token]) -> usize {
    let is_dash = |token: &&Token| matches!(document.slice(token.span), "—" | "–" | "--");
    tokens.iter().filter(is_dash).count()
}

/// Without marks at the two ends, but for quotation marks that would be left unpaired.
fn trimmed(document: &Document, tokens: &[Token]) -> Span {
    let is_inner = |token: &&Token| is_word(token) || token.kind == TokenKind::Clitic;
    let is_stop =
        |token: &Token| matches!(document.slice(token.span), "." | "!" | "?" | "”" | "\"");
    let first = tokens.iter().find(is_inner).unwrap_or(&tokens[0]);
    let last = tokens.iter().rposition(|token| is_inner(&token)).unwrap_or(tokens.len() - 1);
    // The stop belongs to the last clause of the sentence.
    let mut end = last;
    while end + 1 < tokens.len() && is_stop(&tokens[end + 1]) {
        end += 1;
    }
    let first = tokens.iter().find(|token| {
        token.span == first.span
            || matches!(document.slice(token.span), "“" | "\"" | "$" | "€" | "£")
    });
    let start = first.map_or(tokens[0].span.start(), |token| token.span.start());
    Span::new(start, tokens[end].span.end())
}
