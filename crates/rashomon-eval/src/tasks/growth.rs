//! How the time of a comparison grows with the number of reports:
//! `rashomon-eval growth --gold FILE [--sizes 10,30,100,300,1000] [--rounds N]`, step by step, in
//! milliseconds on one core.
//!
//! The reports of the largest story are taken first, then those of the next one, all as one story:
//! more reports of one event than this are rarely found, and strangers in it only add names and
//! facts. Where a file holds fewer reports than a size, the size is left out.

use std::collections::BTreeMap;
use std::time::Instant;

use rashomon::article::{Document, Story};
use rashomon::language::english;
use rashomon::terms::Units;
use serde_json::{Map, Value, json};

use super::stories::document;
use crate::Options;
use crate::files::read_items;

/// The sizes that are timed where none are named.
const SIZES: &str = "10,30,100,130,300,1000";

/// A step of the comparison with what makes it, in the order of `rashomon::compare_story`.
type Step = (&'static str, fn(&mut Story, &mut Units));

const STEPS: [Step; 9] = [
    ("reread", |story, _| {
        let quotations = rashomon_utterances::reread(story, english());
        for (document, quotations) in story.documents.iter_mut().zip(quotations) {
            document.quotations = quotations;
            document.quantities = rashomon_quantities::with_sources(document, english());
        }
    }),
    ("lineages", |story, _| {
        let descent = rashomon_lineage::descent(story, english());
        (story.lineages, story.ties) = (descent.lineages, descent.ties);
    }),
    ("utterances", |story, _| {
        story.utterances = rashomon_utterances::utterances(story, english());
    }),
    ("units", |story, units| *units = Units::new(story, english())),
    ("claims", |story, units| story.claims = rashomon_claims::claims(story, units)),
    ("discrepancies", |story, _| {
        story.discrepancies = rashomon_discrepancies::discrepancies(story, english());
    }),
    ("unique", |story, units| story.unique = rashomon_claims::unique(story, units)),
    ("omissions", |story, _| {
        (story.omissions, story.near) = rashomon_claims::omissions(story, english());
    }),
    ("timeline", |story, _| story.timeline = rashomon_claims::timeline(story, english())),
];

/// Times the comparison of the first reports of a stories file, for each size.
pub fn run(options: &Options) -> Result<Value, String> {
    let rounds = options.number("rounds")?.unwrap_or(1);
    let items = largest_first(read_items(&options.path("gold")?)?);
    let sizes = options.get("sizes").unwrap_or(SIZES).split(',').map(str::parse::<usize>);
    let sizes: Vec<usize> =
        sizes.collect::<Result<_, _>>().map_err(|_| "--sizes are numbers, with commas")?;
    let mut rows = Vec::new();
    for size in sizes.into_iter().filter(|&size| size <= items.len()) {
        let mut best: Option<Row> = None;
        for _ in 0..rounds {
            let row = Row::timed(&items[..size]);
            if best.as_ref().is_none_or(|best| row.compare() < best.compare()) {
                best = Some(row);
            }
        }
        rows.extend(best.map(|row| row.json(size)));
    }
    Ok(json!({"task": "growth", "rows": rows}))
}

/// The articles, those of the largest story first; a story keeps the order of the file.
pub fn largest_first(mut items: Vec<Value>) -> Vec<Value> {
    let field = |item: &Value| item["story"].as_str().or(item["topic"].as_str()).map(str::to_owned);
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for item in &items {
        *counts.entry(field(item)).or_default() += 1;
    }
    items.sort_by_cached_key(|item| {
        let story = field(item);
        (std::cmp::Reverse(counts[&story]), story)
    });
    items
}

/// What one comparison took.
struct Row {
    /// Reading and annotating, in milliseconds.
    annotate: f64,
    /// The steps by name, in milliseconds.
    steps: Vec<(&'static str, f64)>,
    claims: usize,
}

impl Row {
    fn timed(items: &[Value]) -> Row {
        let begin = Instant::now();
        let documents: Vec<Document> =
            items.iter().map(|item| rashomon::annotate(document(item), english())).collect();
        let annotate = milliseconds(begin);
        let mut steps = Vec::new();
        let begin = Instant::now();
        let mut story = rashomon::gather("s1".into(), documents, english());
        steps.push(("gather", milliseconds(begin)));
        let mut units = Units::default();
        for (name, make) in STEPS {
            let begin = Instant::now();
            make(&mut story, &mut units);
            steps.push((name, milliseconds(begin)));
        }
        Row { annotate, steps, claims: story.claims.len() }
    }

    fn compare(&self) -> f64 {
        self.steps.iter().map(|(_, spent)| spent).sum()
    }

    fn json(&self, reports: usize) -> Value {
        let rounded = |x: f64| json!((x * 10.0).round() / 10.0);
        let mut row = Map::new();
        row.insert("reports".into(), json!(reports));
        row.insert("annotate_ms".into(), rounded(self.annotate));
        for &(name, spent) in &self.steps {
            row.insert(format!("{name}_ms"), rounded(spent));
        }
        row.insert("compare_ms".into(), rounded(self.compare()));
        row.insert("compare_ms_per_report".into(), rounded(self.compare() / reports as f64));
        row.insert("claims".into(), json!(self.claims));
        Value::Object(row)
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
