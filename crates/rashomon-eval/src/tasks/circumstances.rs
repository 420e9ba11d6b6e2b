//! What quantities are quantities of: `rashomon-eval circumstances --gold FILE --docs FILE --pred
//! OUT [--part tune|report]`.
//!
//! Gold: quantities with the places of what is counted, role, subject, place, period, date, source
//! and whole (form and rule: `labels/README.md`); `--docs` is a stories file with the articles. A
//! quantity counts as found where the program has one on the number. Of what was found each field
//! is right where its place overlaps the gold one, or another one that is fair too.

use std::collections::BTreeMap;

use rashomon::article::{Document, Quantity, ScopeKind};
use rashomon::language::english;
use rashomon::text::{Offsets, Span};
use serde_json::{Map, Value, json};

use super::stories::document;
use crate::Options;
use crate::files::{read_items, write_items};

/// The places that are compared, by the names of the gold file.
const FIELDS: [&str; 8] =
    ["counted", "role", "subject", "place", "period", "as_of", "source", "part_of"];

pub fn run(options: &Options) -> Result<Value, String> {
    let mut gold = read_items(&options.path("gold")?)?;
    options.keep_part(&mut gold)?;
    let mut by_article: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for item in &gold {
        by_article.entry(item["id"].as_str().unwrap_or_default()).or_default().push(item);
    }
    let mut found = 0;
    let mut tallies = [Tally::default(); FIELDS.len()];
    let mut predicted = Vec::with_capacity(gold.len());
    for item in read_items(&options.path("docs")?)? {
        let id = item["id"].as_str().unwrap_or_default();
        let Some(labels) = by_article.remove(id) else { continue };
        let document = rashomon::annotate(document(&item), english());
        let offsets = Offsets::new(document.article.text.as_str());
        for label in labels {
            let number = span(&label["number"], &offsets)
                .ok_or_else(|| format!("{id}: a number is not in the article"))?;
            let quantity = document.quantities.iter().find(|found| found.number.overlaps(number));
            let mut prediction = Map::from_iter([("id".into(), json!(id))]);
            prediction.insert("number".into(), label["number"].clone());
            found += usize::from(quantity.is_some());
            for (field, tally) in FIELDS.iter().zip(&mut tallies) {
                let ours = quantity.map_or_else(Vec::new, |found| places(&document, found, field));
                let fair = fair(label, field, &offsets);
                let expected = label[field].is_array();
                tally.gold += usize::from(expected);
                tally.found += usize::from(!ours.is_empty());
                let right = ours.iter().any(|own| fair.iter().any(|gold| gold.overlaps(*own)));
                tally.right += usize::from(right);
                tally.recalled += usize::from(right && expected);
                let points: Vec<_> = ours.iter().map(|&own| offsets.code_points(own)).collect();
                prediction.insert((*field).into(), json!(points));
            }
            predicted.push(Value::Object(prediction));
        }
    }
    if let Some(article) = by_article.keys().next() {
        return Err(format!("the article {article} is not in the file of --docs"));
    }
    write_items(&options.path("pred")?, &predicted)?;
    let mut metrics = Map::new();
    metrics.insert("task".into(), json!("circumstances"));
    metrics.insert("part".into(), json!(options.get("part").unwrap_or("all")));
    metrics.insert("quantities".into(), json!(gold.len()));
    metrics.insert("found".into(), json!(found));
    let all = tallies.iter().fold(Tally::default(), |all, one| Tally {
        right: all.right + one.right,
        recalled: all.recalled + one.recalled,
        found: all.found + one.found,
        gold: all.gold + one.gold,
    });
    for (field, tally) in
        FIELDS.iter().copied().chain(["all"]).zip(tallies.into_iter().chain([all]))
    {
        metrics.insert(field.into(), tally.metrics());
    }
    Ok(Value::Object(metrics))
}

/// Right, found and gold places of one field.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// Answers that are right or fair.
    right: usize,
    /// Those of them where the gold has a place.
    recalled: usize,
    found: usize,
    gold: usize,
}

impl Tally {
    fn metrics(self) -> Value {
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
        let (p, r) = (share(self.right, self.found), share(self.recalled, self.gold));
        let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        let round = |x: f64| (x * 1e3).round() / 1e3;
        json!({"p": round(p), "r": round(r), "f1": round(f1), "gold": self.gold, "found": self.found})
    }
}

/// What the program gives for a field.
fn places(document: &Document, quantity: &Quantity, field: &str) -> Vec<Span> {
    let told = &quantity.circumstances;
    let scope = |kind: ScopeKind| {
        let scopes = told.scope.iter().filter(|scope| scope.kind == kind);
        scopes.map(|scope| scope.span).collect::<Vec<_>>()
    };
    match field {
        "counted" => quantity.counted.into_iter().collect(),
        "role" => quantity.role.into_iter().collect(),
        "subject" => told.subject.into_iter().collect(),
        "place" => scope(ScopeKind::Place),
        "period" => scope(ScopeKind::Period),
        "as_of" => told.as_of.into_iter().collect(),
        "part_of" => told.part_of.into_iter().collect(),
        _ => told
            .source
            .iter()
            .flat_map(|speaker| {
                let named = document
                    .mentions
                    .iter()
                    .filter(|mention| Some(mention.entity) == speaker.entity);
                speaker.spans.iter().copied().chain(named.map(|mention| mention.span))
            })
            .collect(),
    }
}

/// The gold place of a field and others that are fair.
fn fair(label: &Value, field: &str, offsets: &Offsets<'_>) -> Vec<Span> {
    let others = label["alternatives"][field].as_array().into_iter().flatten();
    [&label[field]].into_iter().chain(others).filter_map(|pair| span(pair, offsets)).collect()
}

fn span(pair: &Value, offsets: &Offsets<'_>) -> Option<Span> {
    let byte = |at: usize| offsets.byte(usize::try_from(pair.get(at)?.as_u64()?).ok()?);
    let (start, end) = (byte(0)?, byte(1)?);
    (start < end).then(|| Span::new(start, end))
}
