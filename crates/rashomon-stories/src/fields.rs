use std::collections::{BTreeMap, HashMap};

use rashomon_article::{Document, TokenKind};
use rashomon_language::Language;
use rashomon_terms::{Lexicon, Normaliser, Occurrence};
use rashomon_text::Span;

use crate::vector::Vector;

/// How many terms of an article are read: what comes after is background.
const READ: usize = 1000;

/// How many terms the head of an article has, after its title.
const HEAD: usize = 80;

/// How many reports the background counts for when its frequencies are blended with those of the
/// batch: a batch of this size has as much to say as the background.
const BACKGROUND: f64 = 2000.0;

/// How many terms of an article are kept in each field.
const KEPT: usize = 100;

/// How many parts of an article are compared by themselves.
pub const FIELDS: usize = 4;

/// The article in four parts, each a vector of length one: the head, the whole, the words written
/// with a capital, and pairs of words.
#[derive(Clone, Debug)]
pub struct Fields {
    /// See [`HEAD_FIELD`], [`BODY_FIELD`].
    pub vectors: [Vector; FIELDS],
    /// How many terms were read.
    pub length: usize,
}

/// The title and the first terms.
pub const HEAD_FIELD: usize = 0;
/// All terms read.
pub const BODY_FIELD: usize = 1;

/// The terms of one article, counted.
#[derive(Default)]
struct Counted {
    counts: [BTreeMap<u32, u32>; FIELDS],
    length: usize,
}

/// Numbers the forms of a batch and knows in how many articles each stands.
#[derive(Default)]
struct Forms {
    numbers: HashMap<String, u32>,
    /// Background weight; for a pair of words the sum of both.
    idf: Vec<f64>,
    /// Articles of the batch.
    articles: Vec<u32>,
}

impl Forms {
    fn number(&mut self, form: &str, idf: f64) -> u32 {
        if let Some(&number) = self.numbers.get(form) {
            return number;
        }
        let number = self.idf.len() as u32;
        self.numbers.insert(form.to_owned(), number);
        self.idf.push(idf);
        self.articles.push(0);
        number
    }
}

/// The fields of all articles, weighed by the frequencies of the batch and of news at large, and
/// the numbers of the forms.
pub fn fields(
    documents: &[&Document],
    lexicon: &mut Lexicon<'_>,
    language: &Language,
) -> (Vec<Fields>, HashMap<String, u32>) {
    let mut forms = Forms::default();
    let counted: Vec<Counted> =
        documents.iter().map(|document| count(document, lexicon, language, &mut forms)).collect();
    let batch = documents.len() as f64;
    let weigh = |number: u32, count: u32| {
        let at = number as usize;
        let background = BACKGROUND * (-forms.idf[at]).exp();
        let idf = ((BACKGROUND + batch) / (background + f64::from(forms.articles[at]))).ln();
        ((1.0 + f64::from(count).ln()) * idf.max(0.0)) as f32
    };
    let fields = counted
        .into_iter()
        .map(|counted| {
            let vectors = counted.counts.map(|counts| {
                let terms = counts.into_iter().map(|(term, count)| (term, weigh(term, count)));
                Vector::unit(terms.filter(|&(_, weight)| weight > 0.0).collect(), KEPT)
            });
            Fields { vectors, length: counted.length }
        })
        .collect();
    (fields, forms.numbers)
}

fn count(
    document: &Document,
    lexicon: &mut Lexicon<'_>,
    language: &Language,
    forms: &mut Forms,
) -> Counted {
    let title = title_terms(document, language);
    let text = matter(document, lexicon);
    let mut counted = Counted { length: title.len() + text.len(), ..Counted::default() };
    let title = title.iter().map(|form| (form.as_str(), false));
    let text =
        text.iter().map(|(word, capital)| (lexicon.lexeme(word.lexeme).form.as_str(), *capital));
    let mut before: Option<(&str, f64)> = None;
    for (at, (form, capital)) in title.chain(text).enumerate() {
        if language.words.is_function_word(form) || form.starts_with('\'') {
            before = None;
            continue;
        }
        let idf = f64::from(language.words.idf(form));
        let number = forms.number(form, idf);
        let [head, body, capitals, pairs] = &mut counted.counts;
        if at < HEAD {
            *head.entry(number).or_default() += 1;
        }
        *body.entry(number).or_default() += 1;
        if capital {
            *capitals.entry(number).or_default() += 1;
        }
        if let Some((first, first_idf)) = before {
            let pair = forms.number(&format!("{first} {form}"), first_idf + idf);
            *pairs.entry(pair).or_default() += 1;
        }
        before = Some((form, idf));
    }
    let [_, body, _, pairs] = &counted.counts;
    for &number in body.keys().chain(pairs.keys()) {
        forms.articles[number as usize] += 1;
    }
    counted
}

/// The normal forms of the headline that came beside the text.
fn title_terms(document: &Document, language: &Language) -> Vec<String> {
    let normaliser = Normaliser::new(language);
    let title = document.article.title.as_deref().unwrap_or_default();
    title
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(|word| normaliser.form(word))
        .collect()
}

/// The first terms of the text, each with whether it is written with a capital inside a sentence.
fn matter(document: &Document, lexicon: &mut Lexicon<'_>) -> Vec<(Occurrence, bool)> {
    let Some(last) = document.tokens.get(READ.min(document.tokens.len()).saturating_sub(1)) else {
        return Vec::new();
    };
    let begins = |span: Span| {
        let at = document.tokens.partition_point(|token| token.span.start() < span.start());
        let Some(before) = at.checked_sub(1).map(|at| &document.tokens[at]) else { return true };
        let between = Span::new(before.span.end(), span.start().max(before.span.end()));
        before.kind == TokenKind::QuotationMark
            || document.slice(before.span).starts_with(['.', '!', '?', ':'])
            || document.slice(between).contains('\n')
    };
    let words = lexicon.occurrences(document, Span::new(0, last.span.end()));
    words
        .into_iter()
        .map(|word| {
            let capital = document.slice(word.span).starts_with(char::is_uppercase);
            let of_matter = !lexicon.lexeme(word.lexeme).function_word;
            (word, capital && of_matter && !begins(word.span))
        })
        .collect()
}

/// The words of a document that its vector weighs most together with others' sum, as written.
pub fn shared_words(
    document: &Document,
    shared: &dyn Fn(&str) -> f32,
    lexicon: &mut Lexicon<'_>,
    most: usize,
) -> Vec<String> {
    let words = matter(document, lexicon);
    let mut found: BTreeMap<&str, (f32, Span)> = BTreeMap::new();
    for (word, _) in words {
        let lexeme = lexicon.lexeme(word.lexeme);
        let weight = shared(&lexeme.form);
        if weight > 0.0 && !lexeme.function_word {
            found.entry(&lexeme.form).or_insert((weight, word.span));
        }
    }
    let mut found: Vec<(f32, Span)> = found.into_values().collect();
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    found.truncate(most);
    found.into_iter().map(|(_, span)| document.slice(span).to_owned()).collect()
}
