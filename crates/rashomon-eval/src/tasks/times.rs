//! Time expressions: TempEval-3's relaxed and strict spans, type and value.

use std::collections::BTreeMap;

use rashomon::article::{Article, Block, BlockKind, Document, Published};
use rashomon::language::english;
use rashomon::text::{Offsets, Span};
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

/// Runs the task.
pub fn run(options: &Options) -> Result<Value, String> {
    let gold = read_items(&options.path("gold")?)?;
    let mut counts = Counts::default();
    let mut predictions = Vec::new();
    for item in &gold {
        let text = item["text"].as_str().unwrap_or_default();
        let published = item["dct"].as_str().and_then(day);
        let document = rashomon::annotate(paragraphs(text, published), english());
        let offsets = Offsets::new(text);
        let timexes: Vec<Value> = document
            .times
            .iter()
            .map(|time| {
                let (start, end) = offsets.code_points(time.span);
                json!({
                    "start": start,
                    "end": end,
                    "type": time.kind.name(),
                    "value": time.value,
                    "mod": time.modifier.map(|modifier| modifier.name()),
                })
            })
            .collect();
        counts.add(list(&item["timexes"]), &timexes);
        predictions.push(json!({"id": item["id"], "timexes": timexes}));
    }
    write_items(&options.path("pred")?, &predictions)?;
    let mut metrics = counts.metrics();
    metrics["n_documents"] = gold.len().into();
    Ok(metrics)
}

fn day(text: &str) -> Option<Published> {
    text.get(..10)?.parse().ok().map(Published::Day)
}

/// A document of a text all of which is prose, a paragraph a line.
pub(super) fn paragraphs(text: &str, published: Option<Published>) -> Document {
    let mut article = Article { text: text.into(), published, ..Article::default() };
    article.blocks = article
        .text
        .lines()
        .filter(|line| !line.is_empty())
        .map(|span| Block { span, kind: BlockKind::Paragraph })
        .collect();
    Document::new(article)
}

/// The items of a JSON list; none where it is none.
pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A place in code points, where there is one.
pub(super) fn place(item: &Value) -> Option<Span> {
    let end = |key: &str| item[key].as_u64().and_then(|at| usize::try_from(at).ok());
    let (start, end) = (end("start")?, end("end")?);
    (start <= end).then(|| Span::new(start, end))
}

/// Greedy one-to-one matching, the heaviest pair first, ties in order.
pub(super) fn assign(mut weights: Vec<(usize, usize, usize)>) -> Vec<(usize, usize)> {
    weights.sort_by_key(|&(weight, gold, found)| (std::cmp::Reverse(weight), gold, found));
    let (mut golds, mut founds) = (Vec::new(), Vec::new());
    for (_, gold, found) in weights {
        if !golds.contains(&gold) && !founds.contains(&found) {
            golds.push(gold);
            founds.push(found);
        }
    }
    golds.into_iter().zip(founds).collect()
}

/// Precision, recall and F1; nothing to find and nothing found is perfect.
pub(super) fn prf(hits: usize, found: usize, gold: usize) -> Value {
    if found == 0 && gold == 0 {
        return json!({"p": 1.0, "r": 1.0, "f1": 1.0});
    }
    let (p, r) = (ratio(hits, found), ratio(hits, gold));
    json!({"p": rounded(p), "r": rounded(r), "f1": rounded(f1(p, r))})
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn f1(p: f64, r: f64) -> f64 {
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    relaxed: usize,
    strict: usize,
    with_type: usize,
    types: usize,
    with_value: usize,
    values: usize,
    modifiers: usize,
    by_type: BTreeMap<String, [usize; 3]>,
}

impl Counts {
    fn add(&mut self, gold: &[Value], found: &[Value]) {
        self.gold += gold.len();
        self.found += found.len();
        for item in gold {
            self.kind(item)[0] += 1;
        }
        let mut weights = Vec::new();
        for (i, a) in gold.iter().enumerate() {
            for (j, b) in found.iter().enumerate() {
                let (Some(a), Some(b)) = (place(a), place(b)) else { continue };
                if let Some(both) = a.intersection(b) {
                    weights.push((both.len() + if a == b { 1000 } else { 0 }, i, j));
                }
            }
        }
        for (i, j) in assign(weights) {
            let (a, b) = (&gold[i], &found[j]);
            self.relaxed += 1;
            self.strict += usize::from(place(a) == place(b));
            self.modifiers += usize::from(a["mod"] == b["mod"]);
            self.kind(a)[1] += 1;
            if !a["type"].is_null() {
                self.with_type += 1;
                self.types += usize::from(a["type"] == b["type"]);
            }
            if let Some(value) = a["value"].as_str() {
                let right = usize::from(Some(value.trim()) == b["value"].as_str().map(str::trim));
                self.with_value += 1;
                self.values += right;
                self.kind(a)[2] += right;
            }
        }
    }

    fn kind(&mut self, item: &Value) -> &mut [usize; 3] {
        self.by_type.entry(item["type"].as_str().unwrap_or("None").to_owned()).or_default()
    }

    fn metrics(&self) -> Value {
        let (p, r) = (ratio(self.relaxed, self.found), ratio(self.relaxed, self.gold));
        let attribute = |right: usize, of: usize| {
            let accuracy = ratio(right, of);
            let (p, r) = (accuracy * p, accuracy * r);
            json!({"accuracy": rounded(accuracy), "p": rounded(p), "r": rounded(r), "f1": rounded(f1(p, r))})
        };
        let by_type: serde_json::Map<String, Value> = self
            .by_type
            .iter()
            .map(|(kind, &[gold, found, value])| {
                let counts = json!({
                    "recall": rounded(ratio(found, gold)),
                    "value_accuracy": rounded(ratio(value, found)),
                    "n_gold": gold,
                });
                (kind.clone(), counts)
            })
            .collect();
        json!({
            "relaxed": prf(self.relaxed, self.found, self.gold),
            "strict": prf(self.strict, self.found, self.gold),
            "type": attribute(self.types, self.with_type),
            "value": attribute(self.values, self.with_value),
            "mod_accuracy": rounded(ratio(self.modifiers, self.relaxed)),
            "by_type": by_type,
            "n_gold": self.gold,
            "n_pred": self.found,
        })
    }
}
