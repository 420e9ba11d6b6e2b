use std::collections::HashMap;

use rashomon_article::{
    BlockKind, Certainty, Document, EntityIndex, Mention, MentionForm, QuotationKind, Token,
    TokenKind,
};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::certainty::{Governor, Markers};
use crate::{Lexicon, Normaliser, SenseIndex, Term, clauses};

/// A word that is known by its sense counts a little less than one that is the same.
const SENSE_WEIGHT: f32 = 0.9;
/// A pronoun or description says less than a name.
const PRONOUN_WEIGHT: f32 = 0.8;
/// A name that is joined across reports is worth this much beside its words: a part of its rarest
/// word, within these bounds.
const LEAST_NAME: f32 = 1.2;
const MOST_NAME: f32 = 2.7;
/// A number may differ between reports of one fact, so that it counts less than a word.
const NUMBER_WEIGHT: f32 = 3.0;
/// A quantity with its unit.
const QUANTITY_WEIGHT: f32 = 4.0;
/// A day: most sentences of a report of one are of that day.
const DAY_WEIGHT: f32 = 2.5;
/// A denial counts, but does not make two tellings different facts.
const NEGATION_WEIGHT: f32 = 1.5;
/// What is denied tells more than the denial and the word apart: `no deal`, `did not agree`.
const DENIED_WEIGHT: f32 = 5.0;
/// A denial reaches over this many words of matter.
const DENIAL_REACH: usize = 5;
/// A word of a stock phrase keeps this share of its weight.
const STOCK_WEIGHT: f32 = 0.1;

/// What a word of a sentence stands for, before it is known which entities are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A feature, by its number among those of the reader.
    Feature(u32),
    /// An entity of the report.
    Entity(EntityIndex),
}

/// A weighted word with its place.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub span: Span,
    pub key: Key,
    /// As in news at large: the story's own weights come in at the end.
    pub weight: f32,
    /// It is a name, a part of one or a bare denial.
    pub name: bool,
    /// What it stands for.
    pub class: Class,
    /// It stands in quotation marks because somebody says it.
    pub spoken: bool,
}

/// What a weighted word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Entity,
    Figure,
    Denied,
    Plain,
}

/// A sentence of a report as it can be read without the others.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub span: Span,
    pub heading: bool,
    pub question: bool,
    pub words: Vec<Word>,
    /// How certainly single words are told, by the number of their feature.
    pub certainties: Vec<(Span, u32, Certainty)>,
    /// Its clauses, where it has several.
    pub clauses: Vec<Span>,
}

/// Reads single reports, each word once. It numbers features as they come.
pub struct Reading<'l> {
    language: &'l Language,
    lexicon: Lexicon<'l>,
    senses: SenseIndex,
    numbers: HashMap<String, u32>,
    markers: Markers,
    /// The words of stock phrases, by their normal forms.
    stock: Vec<Vec<String>>,
    /// By lexeme: its feature with its weight, and the feature of its denial, once looked up.
    features: Vec<Option<Option<(u32, f32, u32)>>>,
}

impl<'l> Reading<'l> {
    pub fn new(language: &'l Language) -> Reading<'l> {
        Reading {
            language,
            lexicon: Lexicon::new(language),
            senses: SenseIndex::new(language),
            numbers: HashMap::new(),
            markers: Markers::new(language),
            stock: stock(language),
            features: Vec::new(),
        }
    }

    /// How many features there are so far; their numbers are below it.
    pub fn features(&self) -> usize {
        self.numbers.len()
    }

    /// The sentences of a report, in order.
    pub fn sentences(&mut self, document: &Document) -> Vec<Sentence> {
        let speech = speech_spans(document);
        let mut read = Vec::with_capacity(document.sentences.len());
        for found in &document.sentences {
            let block = document.article.block_at(found.span.start());
            let heading = block.is_some_and(|block| block.kind != BlockKind::Paragraph)
                || is_line(document, found.span);
            let question =
                document.slice(found.span).trim_end_matches(['”', '"', '’']).ends_with('?');
            let (mut words, certainties) = self.words(document, found.span);
            for word in &mut words {
                word.spoken = speech.iter().any(|speech| speech.covers(word.span));
            }
            let mut parts = clauses(document, found, self.language);
            if parts.len() < 2 {
                parts.clear();
            }
            let (span, clauses) = (found.span, parts);
            read.push(Sentence { span, heading, question, words, certainties, clauses });
        }
        read
    }

    /// The weighted features of a sentence, each with its place.
    fn words(
        &mut self,
        document: &Document,
        span: Span,
    ) -> (Vec<Word>, Vec<(Span, u32, Certainty)>) {
        let occurrences = self.lexicon.occurrences(document, span);
        let terms: Vec<Term> =
            occurrences.iter().map(|&occurrence| self.lexicon.term(occurrence)).collect();
        let mentions: Vec<&Mention> = document.mentions.inside(span).collect();
        let mut words: Vec<Word> = mentions.iter().map(|mention| name(mention, &terms)).collect();
        let figures = self.figures(document, span, &mut words);
        let mut reach = 0;
        let mut end = span.start();
        let mut certainties = Vec::new();
        let markers = std::mem::take(&mut self.markers);
        let mut governor = Governor::new(&markers);
        let word = |span, number, weight, class| Word {
            span,
            key: Key::Feature(number),
            weight,
            name: false,
            class,
            spoken: false,
        };
        for (term, occurrence) in terms.iter().zip(&occurrences) {
            let certainty = governor.next(document, term, self.language);
            // A denial does not reach across a comma, a bracket or a quotation mark.
            let between = Span::new(end.min(term.span.start()), term.span.start());
            if document.tokens_in(between).iter().any(|token| token.kind != TokenKind::Word) {
                reach = 0;
            }
            end = term.span.end();
            let feature = self.feature(term, occurrence.lexeme);
            if term.negation {
                reach = DENIAL_REACH;
            } else if reach > 0 && !term.function_word {
                reach -= 1;
                if let Some((.., denied)) = feature {
                    words.push(word(term.span, denied, DENIED_WEIGHT, Class::Denied));
                }
            }
            let counted = figures.iter().any(|figure| figure.overlaps(term.span));
            if !counted && let Some((number, weight, _)) = feature {
                // A bare denial is no matter either.
                let name = term.negation
                    || mentions.iter().any(|mention| {
                        mention.form == MentionForm::Name && mention.span.covers(term.span)
                    });
                words.push(Word { name, ..word(term.span, number, weight, Class::Plain) });
                certainties.extend(certainty.map(|certainty| (term.span, number, certainty)));
            }
        }
        self.lighten(&mut words, &terms);
        self.markers = markers;
        (words, certainties)
    }

    /// Quantities and days by their value, so that `six years` and `6 years`, `Friday` and the
    /// date of that Friday are the same. Gives the words that they stand for.
    fn figures(&mut self, document: &Document, span: Span, words: &mut Vec<Word>) -> Vec<Span> {
        let mut figures = Vec::new();
        let mut add = |number: u32, span: Span, weight: f32| {
            let key = Key::Feature(number);
            words.push(Word {
                span,
                key,
                weight,
                name: false,
                class: Class::Figure,
                spoken: false,
            });
            figures.push(span);
        };
        for quantity in document.quantities.inside(span) {
            let unit = quantity.unit.as_ref().map_or("", |unit| unit.name.as_str());
            let key = format!("#{}..{} {unit}", quantity.min, quantity.max);
            add(number(&mut self.numbers, key), quantity.number, QUANTITY_WEIGHT);
        }
        for time in document.times.inside(span) {
            let Some(days) = time.days else { continue };
            let key = format!("#{}..{}", days.first, days.last);
            add(number(&mut self.numbers, key), time.span, DAY_WEIGHT);
        }
        figures
    }

    /// The feature of a word with its weight, and the feature of its denial.
    fn feature(&mut self, term: &Term, lexeme: u32) -> Option<(u32, f32, u32)> {
        let at = lexeme as usize;
        if self.features.len() <= at {
            self.features.resize(self.lexicon.len().max(at + 1), None);
        }
        if let Some(known) = self.features[at] {
            return known;
        }
        let feature = self.key(term).map(|(key, weight)| {
            let denied = number(&mut self.numbers, format!("-{key}"));
            (number(&mut self.numbers, key), weight, denied)
        });
        self.features[at] = Some(feature);
        feature
    }

    fn key(&self, term: &Term) -> Option<(String, f32)> {
        if term.negation {
            return Some(("not".to_owned(), NEGATION_WEIGHT));
        }
        if term.function_word {
            return None;
        }
        if term.form.starts_with(|c: char| c.is_ascii_digit()) {
            return Some((term.form.clone(), NUMBER_WEIGHT));
        }
        Some(match self.senses.sense(&term.form) {
            Some(sense) => (format!("={sense}"), term.idf * SENSE_WEIGHT),
            None => (term.form.clone(), term.idf),
        })
    }

    /// The words of a stock phrase tell next to nothing: `did not respond to a request for comment`.
    fn lighten(&self, words: &mut [Word], terms: &[Term]) {
        let holds = |form: &String| terms.iter().any(|term| term.form == *form);
        for phrase in self.stock.iter().filter(|phrase| phrase.iter().all(holds)) {
            for term in terms.iter().filter(|term| phrase.contains(&term.form) || term.negation) {
                let same = words.iter_mut().filter(|word| word.span == term.span);
                same.for_each(|word| word.weight *= STOCK_WEIGHT);
            }
        }
    }
}

fn number(numbers: &mut HashMap<String, u32>, key: String) -> u32 {
    let next = numbers.len() as u32;
    *numbers.entry(key).or_insert(next)
}

fn name(mention: &Mention, terms: &[Term]) -> Word {
    let weight = match mention.form {
        MentionForm::Name => {
            let inside = terms.iter().filter(|term| mention.span.covers(term.span));
            let rarest = inside.map(|term| term.idf).fold(0.0, f32::max);
            (0.3 * rarest).clamp(LEAST_NAME, MOST_NAME)
        }
        MentionForm::Description | MentionForm::Pronoun => PRONOUN_WEIGHT,
    };
    let key = Key::Entity(mention.entity);
    Word { span: mention.span, key, weight, name: true, class: Class::Entity, spoken: false }
}

/// The words of stock phrases, by their normal forms.
fn stock(language: &Language) -> Vec<Vec<String>> {
    let normaliser = Normaliser::new(language);
    let forms = |phrase: &&[&str]| phrase.iter().map(|word| normaliser.form(word)).collect();
    language.senses.stock.iter().map(forms).collect()
}

/// A line without an end of a sentence has at most so many words.
const LONGEST_LINE: usize = 16;

/// Whether a sentence is a line by itself, as headings between paragraphs and credits are: short,
/// and without a mark at its end.
fn is_line(document: &Document, span: Span) -> bool {
    let tokens = document.tokens_in(span);
    let ends = |token: &Token| {
        let mark = matches!(token.kind, TokenKind::Mark | TokenKind::QuotationMark);
        mark && !document.slice(token.span).starts_with([',', '-', '–', '—'])
    };
    tokens.len() <= LONGEST_LINE && !tokens.last().is_some_and(ends)
}

/// Where words stand in quotation marks because somebody says them.
fn speech_spans(document: &Document) -> Vec<Span> {
    document
        .quotations
        .iter()
        .filter(|quotation| quotation.kind != QuotationKind::Indirect)
        .flat_map(|quotation| quotation.content.iter().copied())
        .collect()
}
