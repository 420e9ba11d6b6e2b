//! How long finding quotations takes: `rashomon-eval speed --gold FILE [--rounds N]`, on one core,
//! in milliseconds for 500 words, beside all of `annotate`. The least of the rounds is taken for
//! each article: what else runs on the machine only ever adds.

use std::time::Instant;

use rashomon::language::english;
use serde_json::{Value, json};

use crate::Options;
use crate::files::read_items;

/// Times the articles of a file with `text`.
pub fn run(options: &Options) -> Result<Value, String> {
    let items = read_items(&options.path("gold")?)?;
    let rounds: usize = match options.get("rounds") {
        Some(rounds) => rounds.parse().map_err(|_| "--rounds is a number".to_owned())?,
        None => 5,
    };
    let (mut words, mut quotations, mut annotate) = (0, 0.0, 0.0);
    for item in &items {
        let text = item["text"].as_str().unwrap_or_default();
        let read = || rashomon::read::read_plain("speed", text, english());
        let document = rashomon::annotate(read(), english());
        words += document.article.text.as_str().split_whitespace().count();
        quotations += least(rounds, || {
            std::hint::black_box(rashomon_quotations::quotations(&document, english()));
        });
        annotate += least(rounds, || {
            std::hint::black_box(rashomon::annotate(read(), english()));
        });
    }
    let portion = 500.0 / words.max(1) as f64;
    Ok(json!({
        "task": "speed",
        "words": words,
        "quotations_ms": quotations * portion,
        "annotate_ms": annotate * portion,
    }))
}

/// The shortest time of some rounds, in milliseconds.
fn least(rounds: usize, act: impl Fn()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        act();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..rounds.max(1)).map(time).fold(f64::INFINITY, f64::min)
}
