//! Quantities: value, unit, change and concept as NewsQuant has them.
//!
//! The gold counts a conversion in brackets by itself, leaves out ordinals, results and words like
//! `several`, and writes the whole noun phrase as the unit of a count; the predictions are put
//! into that form here, and nowhere else.

use std::collections::BTreeSet;

use rashomon::article::{Change, Comparator, Dimension, Document, Quantity};
use rashomon::language::english;
use rashomon::text::{Offsets, Span};
use serde_json::{Map, Value, json};

use super::times::{assign, list, paragraphs, place, prf};
use crate::Options;
use crate::files::{read_items, write_items};

/// Runs the task.
pub fn run(options: &Options) -> Result<Value, String> {
    let gold = read_items(&options.path("gold")?)?;
    let mut counts = Counts::default();
    let mut predictions = Vec::new();
    for item in &gold {
        let text = item["text"].as_str().unwrap_or_default();
        let document = rashomon::annotate(paragraphs(text, None), english());
        let offsets = Offsets::new(text);
        let found: Vec<Value> = document
            .quantities
            .iter()
            .flat_map(|quantity| std::iter::once(quantity).chain(quantity.restated.as_deref()))
            .filter(|quantity| is_annotated(quantity))
            .map(|quantity| prediction(&document, quantity, &offsets))
            .collect();
        counts.add(list(&item["quantities"]), &found);
        predictions.push(json!({"id": item["id"], "quantities": found}));
    }
    write_items(&options.path("pred")?, &predictions)?;
    let mut metrics = counts.metrics();
    metrics["n_sentences"] = gold.len().into();
    Ok(metrics)
}

/// Whether the gold annotates this kind of quantity at all.
fn is_annotated(quantity: &Quantity) -> bool {
    let small = quantity.comparator == Comparator::Vague && quantity.min < 10.0;
    !small && !matches!(quantity.dimension, Dimension::Ordinal | Dimension::Score)
}

fn prediction(document: &Document, quantity: &Quantity, offsets: &Offsets) -> Value {
    let (start, end) = offsets.code_points(quantity.number);
    let ends = match (quantity.comparator, quantity.change) {
        // "from $2,415 to $2,315"
        (Comparator::Range, Some(Change::Down)) => (quantity.max, quantity.min),
        _ => (quantity.min, quantity.max),
    };
    let value =
        if ends.0 == ends.1 { json!(ends.0) } else { json!(format!("{}-{}", ends.0, ends.1)) };
    let change = match (quantity.change, quantity.comparator) {
        (Some(Change::Up), _) => "up",
        (Some(Change::Down), _) => "down",
        (_, Comparator::About) => "~",
        (_, Comparator::More | Comparator::AtLeast) => ">",
        (_, Comparator::Less | Comparator::AtMost) => "<",
        _ => "=",
    };
    json!({"start": start, "end": end, "value": value, "unit": unit(document, quantity), "change": change})
}

/// The unit by the name that the gold gives it.
fn unit(document: &Document, quantity: &Quantity) -> String {
    let share = quantity.dimension == Dimension::Share && quantity.unit.is_none();
    let Some(unit) = &quantity.unit else {
        let noun = quantity.counted.map_or("-".to_owned(), |head| phrase(document, quantity, head));
        return if share { format!("% {noun}") } else { noun };
    };
    if unit.dimension == Dimension::Age {
        return "year of age".to_owned();
    }
    unit.name
        .split(" per ")
        .map(|part| match part {
            "percent" => "percentage",
            "us dollar" => "dollar",
            "penny" => "point",
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" per ")
}

/// The words from the number to the noun, without articles and prepositions, the noun in the
/// singular.
fn phrase(document: &Document, quantity: &Quantity, head: Span) -> String {
    let from = quantity.number.end().min(head.start());
    let between = Span::new(from, head.start());
    let words = document.tokens_in(between).iter().map(|token| document.slice(token.span));
    let mut phrase: Vec<String> = words
        .filter(|word| word.chars().all(char::is_alphabetic))
        .filter(|word| {
            let word = word.to_lowercase();
            english().numbers.noun_openers.contains(&word.as_str()) && word != "more"
                || !english().words.is_function_word(&word)
        })
        .map(str::to_owned)
        .collect();
    phrase.push(english().numbers.singular(document.slice(head)));
    phrase.join(" ")
}

/// A gold or found quantity as it is compared.
struct Compared {
    value: Option<Vec<f64>>,
    unit: String,
    change: String,
    concept: BTreeSet<String>,
    place: Option<Span>,
}

impl Compared {
    fn of(item: &Value) -> Compared {
        let unit = item["unit"].as_str().unwrap_or("-").to_lowercase();
        let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
        let concept = list(&item["concept"]).iter().filter_map(Value::as_str);
        Compared {
            value: number_pair(&item["value"]),
            unit: if unit.is_empty() { "-".to_owned() } else { unit },
            change: item["change"].as_str().filter(|c| !c.is_empty()).unwrap_or("=").to_owned(),
            concept: concept.filter(|word| *word != "-").map(str::to_lowercase).collect(),
            place: place(item),
        }
    }

    fn is_close(&self, other: &Compared) -> bool {
        let (Some(a), Some(b)) = (&self.value, &other.value) else { return false };
        a.len() == b.len()
            && a.iter().zip(b).all(|(x, y)| (x - y).abs() <= 1e-6 * x.abs().max(y.abs()).max(1.0))
    }
}

/// `3.5`, `"3.5"`, `"2.0-4.0"`.
fn number_pair(value: &Value) -> Option<Vec<f64>> {
    if let Some(number) = value.as_f64() {
        return Some(vec![number]);
    }
    let text = value.as_str()?.trim();
    if let Ok(number) = text.parse() {
        return Some(vec![number]);
    }
    let joints = text.char_indices().filter(|&(at, c)| c == '-' && at > 0);
    joints
        .filter_map(|(at, _)| {
            let (low, high) = (text[..at].trim(), text[at + 1..].trim());
            Some(vec![low.parse().ok()?, high.parse().ok()?])
        })
        .next()
}

type Test = fn(&Compared, &Compared) -> bool;

const TESTS: [(&str, Test); 6] = [
    ("value", |_, _| true),
    ("value_unit", |a, b| a.unit == b.unit),
    ("value_change", |a, b| a.change == b.change),
    ("value_unit_change", |a, b| a.unit == b.unit && a.change == b.change),
    ("value_concept_partial", |a, b| !a.concept.is_disjoint(&b.concept) || a.concept == b.concept),
    ("value_concept_complete", |a, b| a.concept == b.concept),
];

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    hits: [usize; 6],
    placed: [usize; 3],
}

impl Counts {
    fn add(&mut self, gold: &[Value], found: &[Value]) {
        let gold: Vec<Compared> = gold.iter().map(Compared::of).collect();
        let found: Vec<Compared> = found.iter().map(Compared::of).collect();
        self.gold += gold.len();
        self.found += found.len();
        let pairs = |weight: &dyn Fn(&Compared, &Compared) -> usize| {
            let mut weights = Vec::new();
            for (i, a) in gold.iter().enumerate() {
                for (j, b) in found.iter().enumerate() {
                    weights.push((weight(a, b), i, j));
                }
            }
            weights.retain(|(weight, ..)| *weight > 0);
            assign(weights).len()
        };
        for (hits, (_, test)) in self.hits.iter_mut().zip(TESTS) {
            *hits += pairs(&|a, b| usize::from(a.is_close(b) && test(a, b)));
        }
        self.placed[0] += pairs(&|a, b| {
            let both = a.place.zip(b.place).and_then(|(a, b)| a.intersection(b));
            both.map_or(0, Span::len)
        });
        self.placed[1] += found.iter().filter(|item| item.place.is_some()).count();
        self.placed[2] += gold.iter().filter(|item| item.place.is_some()).count();
    }

    fn metrics(&self) -> Value {
        let mut metrics = Map::new();
        for (hits, (name, _)) in self.hits.iter().zip(TESTS) {
            metrics.insert(name.to_owned(), prf(*hits, self.found, self.gold));
        }
        let [placed, found, gold] = self.placed;
        metrics.insert("place".to_owned(), prf(placed, found, gold));
        metrics.insert("n_gold".to_owned(), self.gold.into());
        metrics.insert("n_pred".to_owned(), self.found.into());
        Value::Object(metrics)
    }
}
