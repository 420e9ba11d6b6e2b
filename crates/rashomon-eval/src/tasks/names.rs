//! Names: pairs of names by similarity (`{"id","a","b"}` gives `{"id","score"}`, see `pairs.rs`),
//! or, where the gold file is a table of tokens with BIO tags (`.bio`, `.bio.gz`), the mentions of
//! a text by kind, exact span and kind needed.

mod pairs;

use std::collections::BTreeMap;
use std::path::Path;

use rashomon::annotate;
use rashomon::article::{EntityKind, MentionForm};
use rashomon::language::english;
use rashomon::read::read_plain;
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_lines, write_items};

/// Measures names.
pub fn run(options: &Options) -> Result<Value, String> {
    let gold = options.path("gold")?;
    let pred = options.path("pred")?;
    if gold.to_string_lossy().contains(".bio") {
        return mentions(&gold, &pred);
    }
    pairs::run(&gold, &pred, options.get("part"))
}

/// A text put together from tokens, with its tagged spans.
#[derive(Default)]
struct Tagged {
    text: String,
    spans: Vec<(usize, usize, &'static str)>,
}

/// Correct, found and gold of one kind.
#[derive(Default, Clone, Copy)]
struct Tally {
    correct: usize,
    found: usize,
    gold: usize,
}

impl Tally {
    fn json(self) -> Value {
        let part = |of: usize| if of == 0 { 0.0 } else { self.correct as f64 / of as f64 };
        let (p, r) = (part(self.found), part(self.gold));
        let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        json!({"p": round(p), "r": round(r), "f1": round(f1), "gold": self.gold})
    }
}

fn mentions(gold: &Path, pred: &Path) -> Result<Value, String> {
    let texts = tagged(&read_lines(gold)?);
    let has_other = texts.iter().any(|text| text.spans.iter().any(|span| span.2 == "other"));
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut out = Vec::new();
    for (at, given) in texts.iter().enumerate() {
        let document = annotate(read_plain(&at.to_string(), &given.text, english()), english());
        let found: Vec<(usize, usize, &'static str)> = document
            .mentions
            .iter()
            .filter(|mention| mention.form == MentionForm::Name)
            .map(|mention| (mention.span.start(), mention.span.end(), kind(mention.kind)))
            .filter(|span| has_other || span.2 != "other")
            .collect();
        for span in &given.spans {
            tallies.entry(span.2).or_default().gold += 1;
            tallies.entry("all").or_default().gold += 1;
            tallies.entry("spans of any kind").or_default().gold += 1;
        }
        for span in &found {
            let correct = usize::from(given.spans.contains(span));
            let place = given.spans.iter().any(|gold| (gold.0, gold.1) == (span.0, span.1));
            for (key, correct) in
                [(span.2, correct), ("all", correct), ("spans of any kind", usize::from(place))]
            {
                let tally = tallies.entry(key).or_default();
                tally.found += 1;
                tally.correct += correct;
            }
        }
        out.push(json!({"id": at, "text": given.text, "gold": given.spans, "mentions": found}));
    }
    write_items(pred, &out)?;
    let metrics: serde_json::Map<String, Value> =
        tallies.iter().map(|(key, tally)| ((*key).to_owned(), tally.json())).collect();
    Ok(json!({"task": "names", "texts": texts.len(), "mentions": metrics}))
}

/// The name of a kind in the files.
pub fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    }
}

/// The kind of a tag in the tag sets of CoNLL, WNUT and UNER.
fn kind_of_tag(tag: &str) -> &'static str {
    match tag {
        "PER" | "person" => "person",
        "ORG" | "corporation" | "group" => "organization",
        "LOC" | "location" => "place",
        _ => "other",
    }
}

/// Texts from lines `token TAB tag`: one for each document, or for 20 sentences where the
/// documents are not marked.
fn tagged(lines: &[String]) -> Vec<Tagged> {
    let marked = lines.iter().any(|line| line.starts_with("-DOCSTART-"));
    let mut texts = vec![Tagged::default()];
    let mut sentences = 0;
    let mut open: Option<(usize, usize, &'static str)> = None;
    for line in lines {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let text = texts.last_mut().expect("there is a first text");
        if fields.len() < 2 || fields[0] == "-DOCSTART-" {
            text.spans.extend(open.take());
            if !text.text.ends_with('\n') && !text.text.is_empty() {
                text.text.push('\n');
                sentences += 1;
            }
            let next = if marked { !fields.is_empty() } else { sentences % 20 == 19 };
            if next && !text.text.is_empty() {
                texts.push(Tagged::default());
                sentences += 1;
            }
            continue;
        }
        let token = fields[0];
        if !text.text.is_empty() && !text.text.ends_with('\n') && !is_glued(&text.text, token) {
            text.text.push(' ');
        }
        let start = text.text.len();
        text.text.push_str(token);
        let (place, tag) = fields[fields.len() - 1].split_once('-').unwrap_or(("O", ""));
        match (place, &mut open) {
            ("I", Some(span)) => span.1 = text.text.len(),
            (place, _) => {
                text.spans.extend(open.take());
                if place != "O" {
                    open = Some((start, text.text.len(), kind_of_tag(tag)));
                }
            }
        }
    }
    let last = texts.last_mut().expect("there is a first text");
    last.spans.extend(open);
    texts.retain(|text| !text.text.is_empty());
    texts
}

/// Whether a token follows without a blank, as print has it.
fn is_glued(before: &str, token: &str) -> bool {
    let closes = matches!(
        token,
        "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "'s" | "n't" | "'" | "’s" | "%"
    );
    closes || before.ends_with(['(', '[', '$'])
}
