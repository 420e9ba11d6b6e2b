//! What it takes to add the last report to a story that is kept, against comparing all at once:
//! `rashomon-eval synopsis --gold FILE [--sizes 10,30,100,130,300] [--rounds N]`, in milliseconds
//! on one core, the least of the rounds.
//!
//! Each round takes another report of the last ones out and adds it again: `update_ms` is the
//! adding, `at_once_ms` a comparison of the same reports right after it. The two stories must be
//! the same, or the task fails. `median_ratio` is of the rounds' own ratios. `kb_per_report` is what
//! the process grew by for the story and all that is kept beside it, where the system tells.

use std::time::Instant;

use rashomon::Synopsis;
use rashomon::article::Document;
use rashomon::language::english;
use serde_json::{Value, json};

use super::growth::largest_first;
use super::stories::document;
use crate::Options;
use crate::files::read_items;

/// The sizes that are timed where none are named.
const SIZES: &str = "10,30,100,130,300";

/// Times updates of the first reports of a stories file, for each size.
pub fn run(options: &Options) -> Result<Value, String> {
    let rounds = options.number("rounds")?.unwrap_or(5).max(1);
    let items = largest_first(read_items(&options.path("gold")?)?);
    let sizes = options.get("sizes").unwrap_or(SIZES).split(',').map(str::parse::<usize>);
    let sizes: Vec<usize> =
        sizes.collect::<Result<_, _>>().map_err(|_| "--sizes are numbers, with commas")?;
    let mut rows = Vec::new();
    for size in sizes.into_iter().filter(|&size| size > 0 && size <= items.len()) {
        let documents: Vec<Document> = items[..size]
            .iter()
            .map(|item| rashomon::annotate(document(item), english()))
            .collect();
        rows.push(row(&documents, rounds)?);
    }
    Ok(json!({"task": "synopsis", "rows": rows}))
}

fn row(documents: &[Document], rounds: usize) -> Result<Value, String> {
    let mut documents = documents.to_vec();
    let before = resident();
    let mut synopsis = Synopsis::new("s1".into(), english());
    documents.iter().for_each(|document| synopsis.add(document.clone()));
    let begin = Instant::now();
    synopsis.story();
    let first = milliseconds(begin);
    let kept = resident().saturating_sub(before) / documents.len().max(1);
    let (mut updates, mut rebuilds, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        // Another report each time; it comes last.
        let leaves = documents.len() - 1 - round * 7 % documents.len();
        let document = documents.remove(leaves);
        synopsis.remove(&document.article.id).ok_or("a report has left by itself")?;
        synopsis.story();
        documents.push(document.clone());
        let begin = Instant::now();
        synopsis.add(document);
        synopsis.story();
        let update = milliseconds(begin);
        let all = documents.clone();
        let begin = Instant::now();
        let at_once = rashomon::compare_story("s1".into(), all, english());
        let rebuild = milliseconds(begin);
        if format!("{at_once:?}") != format!("{:?}", synopsis.story()) {
            return Err(format!("{} reports: the story kept is another one", documents.len()));
        }
        updates.push(update);
        rebuilds.push(rebuild);
        ratios.push(update / rebuild);
    }
    ratios.sort_by(f64::total_cmp);
    let least = |times: &[f64]| times.iter().copied().fold(f64::INFINITY, f64::min);
    let rounded = |x: f64, by: f64| json!((x * by).round() / by);
    Ok(json!({
        "reports": documents.len(),
        "kb_per_report": kept,
        "first_ms": rounded(first, 10.0),
        "update_ms": rounded(least(&updates), 10.0),
        "at_once_ms": rounded(least(&rebuilds), 10.0),
        "ratio": rounded(least(&updates) / least(&rebuilds), 1000.0),
        "median_ratio": rounded(ratios[ratios.len() / 2], 1000.0),
    }))
}

/// The memory of this process in kilobytes, where the system tells; pages count as 4 kB.
fn resident() -> usize {
    let told = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    told.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
