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
            .flat_map(|quantity| {
                std::iter::successors(Some(quantity), |quantity| quantity.restated.as_deref())
            })
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
    // A bound is annotated before a movement, and a movement by its verb and not by its noun.
    let change = match (quantity.comparator, quantity.change) {
        (Comparator::About, _) => "~",
        (Comparator::More | Comparator::AtLeast, _) => ">",
        (Comparator::Less | Comparator::AtMost, _) => "<",
        (_, Some(_)) if moves_by_noun(document, quantity) => "=",
        (_, Some(Change::Up)) => "up",
        (_, Some(Change::Down)) => "down",
        _ => "=",
    };
    json!({"start": start, "end": end, "value": value, "unit": unit(document, quantity), "change": change})
}

/// `a 4% drop`, `a cut of 4%`, against `dropped 4%`.
fn moves_by_noun(document: &Document, quantity: &Quantity) -> bool {
    let text = document.article.text.as_str();
    let before = text[..quantity.span.start()].split_whitespace().next_back();
    let after = text[quantity.span.end()..].split_whitespace().next();
    let noun = after.map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase());
    let numbers = &english().numbers;
    before == Some("of")
        || noun.is_some_and(|noun| {
            numbers.up.contains(&noun.as_str()) || numbers.down.contains(&noun.as_str())
        })
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
    let counted = quantity.counted.map(|head| phrase(document, quantity, head));
    unit.name
        .split(" per ")
        .map(|part| match part {
            "percent" => "percentage",
            "us dollar" => "dollar",
            "penny" => "point",
            "metric horsepower" => "horsepower",
            "tonne" => "metric ton",
            "light year" => "light-year",
            "peso" => "mexican peso",
            "franc" => "swiss franc",
            "count" => counted.as_deref().unwrap_or(part),
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" per ")
}

/// The words from the number to the noun and the adjective before the number, without articles,
/// prepositions and participles, the noun in the singular, adjectives without degree.
fn phrase(document: &Document, quantity: &Quantity, head: Span) -> String {
    // What an earlier number counts has the name that it has there.
    let owner = document
        .quantities
        .iter()
        .rev()
        .find(|other| other.counted == Some(head) && other.number.end() <= head.start());
    let number = match owner {
        Some(owner) if quantity.number.start() > head.start() => owner.number,
        _ => quantity.number,
    };
    let end = number.end().min(head.start());
    let nested = document
        .quantities
        .iter()
        .map(|other| other.number)
        .rfind(|other| *other != number && Span::new(end, head.start()).covers(*other));
    let mut phrase = Vec::new();
    if nested.is_none() {
        let before = document.tokens.iter().take_while(|token| token.span.end() <= end);
        let before = before.filter(|token| !number.covers(token.span)).last();
        phrase.extend(
            before
                .map(|token| document.slice(token.span))
                .filter(|word| BEFORE.contains(&word.to_lowercase().as_str())),
        );
    }
    let between = Span::new(nested.map_or(end, Span::end), head.start());
    let words = document.tokens_in(between).iter().map(|token| document.slice(token.span));
    let mut of = words.clone();
    phrase.extend(words.filter(is_of_phrase));
    let singular = english().numbers.singular(document.slice(head));
    let mut phrase: Vec<String> = phrase.into_iter().map(positive).chain([singular]).collect();
    if quantity.max <= 1.0 && quantity.dimension == Dimension::Count && of.any(|word| word == "of")
    {
        phrase.extend(complement(document, head));
    }
    phrase.join(" ")
}

/// What `in` or `of` adds to one of many: `one of the oldest bridges in the country`.
fn complement(document: &Document, head: Span) -> Vec<String> {
    let end = document.article.text.span().end();
    let tokens = document.tokens_in(Span::new(head.end(), end));
    let mut words = tokens.iter().map(|token| document.slice(token.span));
    if !matches!(words.next(), Some("in" | "of")) {
        return Vec::new();
    }
    words
        .skip_while(|word| english().words.is_function_word(&word.to_lowercase()))
        .take_while(|word| {
            word.chars().all(char::is_alphabetic)
                && !english().words.is_function_word(&word.to_lowercase())
                && !english().numbers.noun_breaks.contains(&word.to_lowercase().as_str())
        })
        .map(str::to_owned)
        .collect()
}

/// Adjectives that stand before a number and belong to its noun: `the top three seeds`.
const BEFORE: [&str; 6] = ["bottom", "first", "last", "next", "previous", "top"];

/// Nouns that end like participles.
const NOUNS: [&str; 32] = [
    "building",
    "ceiling",
    "clothing",
    "dining",
    "engineering",
    "evening",
    "filling",
    "gaming",
    "hearing",
    "housing",
    "landing",
    "lightning",
    "living",
    "meeting",
    "mining",
    "morning",
    "painting",
    "parking",
    "pricing",
    "racing",
    "rating",
    "reading",
    "ruling",
    "setting",
    "shipping",
    "shopping",
    "spring",
    "string",
    "training",
    "wedding",
    "wing",
    "writing",
];

/// Whether a word before the noun is annotated with it.
fn is_of_phrase(word: &&str) -> bool {
    let lower = word.to_lowercase();
    let name = word.len() > 1 && word.chars().all(char::is_uppercase);
    let opener = lower != "more" && english().numbers.noun_openers.contains(&lower.as_str());
    let participle = lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed")
        || lower.len() > 5 && lower.ends_with("ing") && !NOUNS.contains(&lower.as_str());
    word.chars().all(char::is_alphabetic)
        && !participle
        && (name || opener || !english().words.is_function_word(&lower))
}

/// An adjective without its degree: `proudest` is `proud`, `best` is `good`.
fn positive(adjective: &str) -> String {
    match adjective {
        "best" => "good".to_owned(),
        "worst" => "bad".to_owned(),
        "largest" | "latest" | "closest" | "finest" | "safest" => {
            adjective[..adjective.len() - 2].to_owned()
        }
        _ => match adjective.strip_suffix("est").filter(|stem| stem.len() > 2) {
            Some(stem) if stem.ends_with('i') => format!("{}y", &stem[..stem.len() - 1]),
            Some(stem) if stem.ends_with("gg") || stem.ends_with("tt") || stem.ends_with("nn") => {
                stem[..stem.len() - 1].to_owned()
            }
            Some(stem) => stem.to_owned(),
            None => adjective.to_owned(),
        },
    }
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
