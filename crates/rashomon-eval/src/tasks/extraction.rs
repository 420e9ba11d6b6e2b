//! Main text and metadata of web pages: `rashomon-eval extraction --gold FILE [--docs FOLDER]
//! --pred OUT`.
//!
//! The pages lie gzipped in a folder named like the gold file, beside it: `wcxb/0001.html.gz` for
//! `wcxb.gold.jsonl.gz`. The text of a prediction is what the program reads as the article's own:
//! all blocks but the headline and what it calls furniture.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rashomon::article::{BlockKind, Document};
use rashomon::language::english;
use rashomon::read::{ReadOptions, read};
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

pub fn run(options: &Options) -> Result<Value, String> {
    let path = options.path("gold")?;
    let gold = read_items(&path)?;
    let folder = options.get("docs").map_or_else(|| beside(&path), PathBuf::from);
    let mut predictions = Vec::new();
    let mut sums = Sums::default();
    for item in &gold {
        let id = item["id"].as_str().ok_or("an item without an id")?;
        let page = page(&folder.join(format!("{id}.html.gz")))?;
        let reading = read(&format!("{id}.html"), &page, &ReadOptions::default(), english());
        let prediction = reading.documents.first().map_or_else(|| json!({"id": id}), predict);
        sums.add(item, prediction["text"].as_str().unwrap_or_default());
        predictions.push(prediction);
    }
    write_items(&options.path("pred")?, &predictions)?;
    Ok(sums.metrics(gold.len()))
}

/// The folder of the pages: the gold file's name up to its first stop.
fn beside(gold: &Path) -> PathBuf {
    let name = gold.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    gold.with_file_name(name.split('.').next().unwrap_or(name))
}

fn page(path: &Path) -> Result<Vec<u8>, String> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = std::fs::File::open(path).map_err(fail)?;
    let mut page = Vec::new();
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut page).map_err(fail)?;
    Ok(page)
}

fn predict(document: &Document) -> Value {
    let article = &document.article;
    let own = article
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Headline | BlockKind::Furniture));
    let lines: Vec<&str> = own.map(|block| document.slice(block.span)).collect();
    json!({
        "id": article.id,
        "text": lines.join("\n"),
        "title": article.title,
        "authors": article.byline,
        "published": article.published.map(|published| published.day().to_string()),
    })
}

/// The figures of score.py: shingles of four words, means of precision and recall over the
/// pages; bags of words, the mean of F1.
#[derive(Default)]
struct Sums {
    precisions: Vec<f64>,
    recalls: Vec<f64>,
    words: Vec<f64>,
}

impl Sums {
    fn add(&mut self, gold: &Value, text: &str) {
        let own = gold["text"].as_str().into_iter();
        let others = gold["alternatives"].as_array().into_iter().flatten();
        let options: Vec<&str> = own.chain(others.filter_map(Value::as_str)).collect();
        let shingles = options.iter().map(|option| shared(&shingles(option), &shingles(text)));
        let best = shingles.max_by(|a, b| f1(*a).total_cmp(&f1(*b)));
        if let Some((precision, recall)) = best {
            self.precisions.extend(precision);
            self.recalls.extend(recall);
        }
        let words = options.iter().map(|option| {
            let (gold, own) = (bag(&option.to_lowercase()), bag(&text.to_lowercase()));
            if gold.is_empty() && own.is_empty() { 1.0 } else { f1(shared(&gold, &own)) }
        });
        self.words.extend(words.max_by(f64::total_cmp));
    }

    fn metrics(&self, pages: usize) -> Value {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let (precision, recall) = (mean(&self.precisions), mean(&self.recalls));
        json!({
            "task": "extraction",
            "pages": pages,
            "shingle": {
                "p": precision,
                "r": recall,
                "f1": f1((Some(precision), Some(recall))),
            },
            "word": {"f1": mean(&self.words)},
        })
    }
}

type Bag = BTreeMap<Vec<String>, usize>;

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn bag(text: &str) -> Bag {
    let mut bag = Bag::new();
    for word in words(text) {
        *bag.entry(vec![word]).or_default() += 1;
    }
    bag
}

fn shingles(text: &str) -> Bag {
    let words = words(text);
    let mut bag = Bag::new();
    for at in 0..words.len().saturating_sub(3).max(usize::from(!words.is_empty())) {
        *bag.entry(words[at..words.len().min(at + 4)].to_vec()).or_default() += 1;
    }
    bag
}

/// Precision and recall of a bag; `None` where there is nothing to count.
fn shared(gold: &Bag, own: &Bag) -> (Option<f64>, Option<f64>) {
    let hits: usize =
        own.iter().map(|(key, count)| gold.get(key).copied().unwrap_or_default().min(*count)).sum();
    let share = |bag: &Bag| {
        let all: usize = bag.values().sum();
        (all > 0).then(|| hits as f64 / all as f64)
    };
    (share(own), share(gold))
}

fn f1((precision, recall): (Option<f64>, Option<f64>)) -> f64 {
    let (precision, recall) = (precision.unwrap_or_default(), recall.unwrap_or_default());
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}
