//! Counts in how many articles each normal form stands and writes the background table of the
//! language pack: `rashomon-eval frequencies --docs ARTICLES --pred frequencies.txt`.
//!
//! No measurement, but the only way in which the table is made. The card of the table is
//! `docs/models/frequencies.md`.

use std::collections::{BTreeMap, BTreeSet};

use rashomon::language::english;
use rashomon::read::read_plain;
use rashomon_terms::terms;
use serde_json::{Value, json};

use crate::Options;
use crate::files::read_items;

/// The most forms that the table holds: those that stand in most articles.
const FORMS: usize = 19_000;

/// A form of more bytes is no word.
const LONGEST: usize = 20;

pub fn run(options: &Options) -> Result<Value, String> {
    let items = read_items(&options.path("docs")?)?;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for item in &items {
        for form in forms(item) {
            *counts.entry(form).or_default() += 1;
        }
    }
    let mut kept: Vec<(&str, u32)> = counts.iter().map(|(form, &n)| (form.as_str(), n)).collect();
    kept.sort_by_key(|&(form, count)| (std::cmp::Reverse(count), form));
    kept.truncate(FORMS);
    let rarest = kept.last().map_or(0, |&(_, count)| count);
    kept.sort_unstable();
    let table: String = kept
        .iter()
        .map(|&(form, count)| {
            let idf = (items.len() as f64 / f64::from(count)).ln();
            format!("{form} {}\n", (idf * 10.0).round())
        })
        .collect();
    let out = options.path("pred")?;
    std::fs::write(&out, &table).map_err(|error| format!("{}: {error}", out.display()))?;
    Ok(
        json!({"articles": items.len(), "forms": kept.len(), "bytes": table.len(), "rarest": rarest}),
    )
}

/// The different forms of one article.
fn forms(item: &Value) -> BTreeSet<String> {
    let text = ["title", "text"].map(|key| item[key].as_str().unwrap_or_default()).join("\n");
    let mut document = read_plain("", &text, english());
    document.tokens = rashomon_segment::tokens(&document, english());
    terms(&document, document.article.text.span(), english())
        .into_iter()
        .map(|term| term.form)
        .filter(|form| is_word(form))
        .collect()
}

/// Plain letters, or a number of at most four digits: other forms are rare or no words.
fn is_word(form: &str) -> bool {
    let digits = form.bytes().all(|b| b.is_ascii_digit());
    let letters = form.starts_with(|c: char| c.is_ascii_lowercase()) && form.is_ascii();
    digits && form.len() <= 4 || letters && form.len() <= LONGEST && !form.contains(' ')
}
