//! Learns the decision that groups articles into stories:
//! `rashomon-eval learn-stories --gold FILE,FILE,… --pred OUT`.
//!
//! Each file counts the same: as a whole once, and once more as many small folders of one to five
//! stories, so that five articles group as well as five thousand. The card of the decision is
//! `docs/models/stories.md`.

use std::collections::BTreeMap;
use std::path::Path;

use rashomon::article::Document;
use rashomon::language::english;
use rashomon_stories::{Batch, learn};
use serde_json::{Value, json};

use super::stories::{document, in_time};
use crate::Options;
use crate::files::{read_items, write_items};

/// How many small folders are made of each file.
const FOLDERS: usize = 40;

/// How many articles of a story a small folder holds at most.
const PER_STORY: usize = 12;

/// The articles of a file and their stories.
struct Labelled {
    documents: Vec<Document>,
    stories: Vec<usize>,
}

pub fn run(options: &Options) -> Result<Value, String> {
    let files: Vec<Labelled> = options
        .get("gold")
        .ok_or("--gold FILE,FILE is missing")?
        .split(',')
        .map(|file| labelled(Path::new(file)))
        .collect::<Result<_, _>>()?;
    let batches: Vec<Batch<'_>> = files.iter().flat_map(batches).collect();
    let decision = learn(&batches, english());
    let rounded = |x: &f64| (x * 10_000.0).round() / 10_000.0;
    let weights: Vec<f64> = decision.weights.iter().map(rounded).collect();
    let learned = json!({"weights": weights, "bias": rounded(&decision.bias)});
    write_items(&options.path("pred")?, std::slice::from_ref(&learned))?;
    Ok(json!({"task": "learn-stories", "batches": batches.len(), "learned": learned}))
}

fn labelled(path: &Path) -> Result<Labelled, String> {
    let mut items = read_items(path)?;
    in_time(&mut items);
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let stories = items
        .iter()
        .map(|item| {
            let next = numbers.len();
            *numbers.entry(item["story"].to_string()).or_insert(next)
        })
        .collect();
    Ok(Labelled { documents: items.iter().map(document).collect(), stories })
}

/// The whole file, and small folders of neighbouring stories: folder `n` holds one to five stories
/// from the `n`th on, and of each the articles at even distances.
fn batches(file: &Labelled) -> Vec<Batch<'_>> {
    let whole = Batch {
        documents: file.documents.iter().collect(),
        stories: file.stories.clone(),
        weight: 1.0,
    };
    let stories = file.stories.iter().max().map_or(0, |most| most + 1);
    let folder = |n: usize| {
        let mut batch =
            Batch { documents: Vec::new(), stories: Vec::new(), weight: 1.0 / FOLDERS as f64 };
        for story in (0..n % 5 + 1).map(|at| (n * 7 + at) % stories) {
            let members: Vec<usize> =
                (0..file.documents.len()).filter(|&at| file.stories[at] == story).collect();
            let step = members.len().div_ceil(PER_STORY).max(1);
            for &at in members.iter().step_by(step) {
                batch.documents.push(&file.documents[at]);
                batch.stories.push(story);
            }
        }
        batch
    };
    std::iter::once(whole).chain((0..FOLDERS).map(folder)).collect()
}
