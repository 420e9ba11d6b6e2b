/*!
Numbers in a report, each with what it says: bound and range, unit, what is counted, what happened
to it, which way it moves.

A number is read at its place with rules and with the words of the language pack: no parser and no
tagger. Dates, times of day and numbers that are parts of names are left out; a length of time is a
quantity as well as a time expression. Measured against NewsQuant (Almasian, Bruseva and Gertz,
"CQE: A Comprehensive Quantity Extractor", EMNLP 2023).

```
use rashomon_article::{Article, Block, BlockKind, Comparator, Document};

let text = "More than 600 miles of road were closed, and at least 15 people were injured.";
let mut article = Article { text: text.into(), ..Default::default() };
article.blocks = [Block { span: article.text.span(), kind: BlockKind::Paragraph }].into_iter().collect();
let english = rashomon_language::english();
let mut document = Document::new(article);
document.tokens = rashomon_segment::tokens(&document, english);
document.sentences = rashomon_segment::sentences(&document, english);

let quantities = rashomon_quantities::quantities(&document, english);
assert_eq!(document.slice(quantities[0].span), "More than 600 miles");
assert_eq!(quantities[0].comparator, Comparator::More);
assert_eq!(quantities[1].counted.map(|span| document.slice(span)), Some("people"));
assert_eq!(quantities[1].role.map(|span| document.slice(span)), Some("injured"));
```
*/

mod age;
mod amount;
mod circumstances;
mod compound;
mod ellipsis;
mod exclude;
mod figure;
mod lexeme;
mod measure;
mod movement;
mod noun;
mod power;
mod range;
mod ratio;
mod reading;
mod restatement;
mod score;

use rashomon_article::{Dimension, Document, EntityKind, MentionForm, Quantity, TimeKind};
use rashomon_language::Language;
use rashomon_text::{Layer, Span};

use lexeme::Lexemes;
use reading::Reading;

/// The quantities of a report. Reads tokens, sentences, names, times and quotations.
pub fn quantities(document: &Document, language: &Language) -> Layer<Quantity> {
    let mut quantities: Vec<Quantity> = Vec::new();
    let mut taken = Taken::of(document);
    let mut sentence_before = 0;
    for sentence in &document.sentences {
        let words = Lexemes::of(document, sentence, language);
        let first = quantities.len();
        let mut at = 0;
        while at < words.len() {
            match reading::read(&words, at) {
                Some(mut reading) if !taken.holds(&reading.quantity) => {
                    ellipsis::complete(&words, &mut quantities[first..], &mut reading);
                    if is_score_of_a_side(document, &words, &reading) {
                        reading.quantity.dimension = Dimension::Count;
                        reading.quantity.unit = None;
                    }
                    at = reading.end.max(at + 1);
                    quantities.push(reading.quantity);
                }
                _ => at += 1,
            }
        }
        if first < quantities.len() {
            let (before, here) = quantities.split_at_mut(first);
            circumstances::tell(document, &words, here, last_count(&before[sentence_before..]));
        }
        sentence_before = first;
    }
    Layer::new(quantities)
}

/// `Lusa, 34, and Orm, 12, got most votes`: a bare number after a place or a body is no age.
fn is_score_of_a_side(document: &Document, words: &Lexemes<'_>, reading: &Reading) -> bool {
    let quantity = &reading.quantity;
    let bare = quantity.dimension == Dimension::Age && quantity.span == quantity.number;
    let Some(name) = reading.start.checked_sub(2).filter(|_| words.before(reading.start) == ",")
    else {
        return false;
    };
    let kinds = [EntityKind::Place, EntityKind::Organization];
    let mut mentions = document.mentions.overlapping(words.items[name].span);
    bare && mentions.any(|mention| kinds.contains(&mention.kind))
}

/// The quantities of a report with the sources that its quotations name now: what other reports
/// tell may have added speakers.
pub fn with_sources(document: &Document, language: &Language) -> Layer<Quantity> {
    let mut quantities = document.quantities.clone().into_vec();
    for quantity in &mut quantities {
        if let Some(speaker) = circumstances::speaker(document, quantity.number, language) {
            quantity.circumstances.source = Some(speaker);
        }
    }
    Layer::new(quantities)
}

/// The last count that is no part of another one.
fn last_count(quantities: &[Quantity]) -> Option<&Quantity> {
    let whole = |quantity: &&Quantity| {
        quantity.dimension == Dimension::Count && quantity.circumstances.part_of.is_none()
    };
    quantities.iter().rfind(whole)
}

/// The places of dates and names, which hold numbers that are no quantities. Asked for from left
/// to right.
struct Taken {
    /// Dates and times of day, in order.
    dates: Vec<Span>,
    /// Names that are longer than a number.
    names: Vec<Span>,
    date: usize,
    name: usize,
}

impl Taken {
    fn of(document: &Document) -> Taken {
        let dates = document
            .times
            .iter()
            .filter(|time| time.kind != TimeKind::Duration)
            .map(|time| time.span)
            .collect();
        let names = document
            .mentions
            .iter()
            .filter(|mention| mention.form == MentionForm::Name)
            .map(|mention| mention.span)
            .collect();
        Taken { dates, names, date: 0, name: 0 }
    }

    fn holds(&mut self, quantity: &Quantity) -> bool {
        let number = quantity.number;
        let passed = |span: &Span| span.end() <= number.start();
        while self.dates.get(self.date).is_some_and(passed) {
            self.date += 1;
        }
        while self.names.get(self.name).is_some_and(passed) {
            self.name += 1;
        }
        // "two weeks ago" is a date, and its weeks are two.
        let measured = quantity.dimension == Dimension::Duration;
        let dated = self.dates.get(self.date).is_some_and(|date| date.overlaps(number));
        // "Seventeen Democratic" is no name where senators follow.
        let counts = |name: &Span| {
            name.start() == number.start()
                && quantity.counted.is_some_and(|head| head.start() >= name.end())
        };
        let named = self
            .names
            .get(self.name)
            .is_some_and(|name| name.covers(number) && name.len() > number.len() && !counts(name));
        dated && !measured || named && quantity.unit.is_none()
    }
}
