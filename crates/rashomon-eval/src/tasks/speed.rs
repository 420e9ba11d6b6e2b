//! How long annotating takes, layer by layer: `rashomon-eval speed --gold FILE [--rounds N]`, on
//! one core, in milliseconds for 500 words. The least of the rounds is taken for each article:
//! what else runs on the machine only ever adds.

use std::time::Instant;

use rashomon::article::Document;
use rashomon::language::english;
use serde_json::{Map, Value, json};

use crate::Options;
use crate::files::read_items;

/// What makes a layer of a document.
type Make = fn(&mut Document);

/// A layer with what makes it, in the order of `rashomon::annotate`.
const LAYERS: [(&str, Make); 5] = [
    ("tokens_and_sentences", |document| {
        document.tokens = rashomon_segment::tokens(document, english());
        document.sentences = rashomon_segment::sentences(document, english());
    }),
    ("names", |document| {
        (document.mentions, document.entities) = rashomon_names::mentions(document, english());
    }),
    ("times", |document| document.times = rashomon_times::times(document, english())),
    ("quotations", |document| {
        document.quotations = rashomon_quotations::quotations(document, english());
    }),
    ("quantities", |document| {
        document.quantities = rashomon_quantities::quantities(document, english());
    }),
];

/// The layers of what can be compared as values.
const COMPARABLE: [&str; 3] = ["names", "times", "quantities"];

/// Times the articles of a file with `text`.
pub fn run(options: &Options) -> Result<Value, String> {
    let items = read_items(&options.path("gold")?)?;
    let rounds = options.number("rounds")?.unwrap_or(5);
    let (mut words, mut reading, mut all) = (0, 0.0, 0.0);
    let mut layers = [0.0; LAYERS.len()];
    for item in &items {
        let text = item["text"].as_str().unwrap_or_default();
        let read = || rashomon::read::read_plain("speed", text, english());
        let mut document = read();
        reading += least(rounds, || {
            std::hint::black_box(read());
        });
        words += document.article.text.as_str().split_whitespace().count();
        for ((_, make), spent) in LAYERS.iter().zip(&mut layers) {
            *spent += least(rounds, || make(&mut document));
        }
        all += least(rounds, || {
            std::hint::black_box(rashomon::annotate(read(), english()));
        });
    }
    let portion = 500.0 / words.max(1) as f64;
    let mut metrics = Map::new();
    metrics.insert("task".into(), json!("speed"));
    metrics.insert("words".into(), json!(words));
    metrics.insert("reading_ms".into(), json!(reading * portion));
    let mut comparable = 0.0;
    for ((name, _), spent) in LAYERS.iter().zip(layers) {
        metrics.insert(format!("{name}_ms"), json!(spent * portion));
        if COMPARABLE.contains(name) {
            comparable += spent;
        }
    }
    metrics.insert("names_times_quantities_ms".into(), json!(comparable * portion));
    metrics.insert("annotate_ms".into(), json!(all * portion));
    Ok(Value::Object(metrics))
}

/// The shortest time of some rounds, in milliseconds.
fn least(rounds: usize, mut act: impl FnMut()) -> f64 {
    let mut time = || {
        let start = Instant::now();
        act();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..rounds.max(1)).map(|_| time()).fold(f64::INFINITY, f64::min)
}
