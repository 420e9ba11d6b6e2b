use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;
use clap::error::ErrorKind;
use rashomon::article::{Diagnostic, Document};
use rashomon::language::english;
use rashomon_desk::fetch::{FetchOptions, Fetcher};
use rashomon_desk::{Collected, Gathering, Limits, Pages};
use rayon::prelude::*;

use crate::arguments::{InputArguments, refuse};
use crate::desk;
use crate::progress::Progress;
use crate::report::{Reporter, say};
use crate::watched::Watched;

/// The annotated articles of all inputs, in the order of the inputs.
pub struct Batch {
    pub documents: Vec<Document>,
    /// What was skipped, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and annotates all inputs. Says on standard error what was skipped.
pub fn read_all(command: &str, options: &InputArguments) -> anyhow::Result<Batch> {
    if options.inputs.is_empty() {
        let message = "name what to read: files, folders, or - for standard input";
        refuse(command, ErrorKind::MissingRequiredArgument, message);
    }
    set_threads(options.threads);
    let stop = desk::on_interrupt();
    let watched = Watched::silent(options.quiet, &stop);
    let fetcher = Fetcher::new(FetchOptions {
        allow_private: options.allow_private,
        ..FetchOptions::default()
    })?;
    let gathering =
        Gathering { fetcher: Some(&fetcher), pages: Pages::Auto, from_start: true, stop: &stop };
    let limits = Limits { max_bytes: options.max_size };
    let Collected { mut documents, diagnostics } =
        rashomon_desk::collect(&options.inputs, &limits, &gathering, &watched);
    watched.finish();
    end_if_stopped(&stop, options.quiet);
    separate_ids(&mut documents);
    let progress = Progress::new("annotating", documents.len(), options.quiet);
    let documents: Vec<Document> = documents
        .into_par_iter()
        .map(|document| {
            let document = rashomon::annotate(document, english());
            progress.step();
            document
        })
        .collect();
    progress.finish();
    end_if_stopped(&stop, options.quiet);
    Reporter::new(options).report(&documents, &diagnostics);
    if documents.is_empty() {
        bail!("no report could be read from {}", names(&options.inputs));
    }
    Ok(Batch { documents, diagnostics })
}

/// A result from a part of the inputs would look like one from all of them.
fn end_if_stopped(stop: &AtomicBool, quiet: bool) {
    if stop.load(Ordering::Relaxed) {
        if !quiet {
            say("stopped; nothing was written");
        }
        std::process::exit(i32::from(desk::STOPPED));
    }
}

/// How many threads work; 0 leaves one for each core.
pub fn set_threads(threads: usize) {
    if threads > 0 {
        // An error means that the pool is there already, which is as good.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}

fn names(inputs: &[PathBuf]) -> String {
    let names: Vec<String> =
        inputs.iter().take(3).map(|input| input.display().to_string()).collect();
    let more = inputs.len().saturating_sub(3);
    if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
}

/// Two inputs may bear one name (`a/report.txt`, `b/report.txt`): ids are made unique by a number.
fn separate_ids(documents: &mut [Document]) {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for document in documents {
        let id = &mut document.article.id;
        let mut unique = id.clone();
        while let Some(count) = seen.get_mut(&unique) {
            *count += 1;
            unique = format!("{id}~{count}");
        }
        seen.insert(unique.clone(), 1);
        *id = unique;
    }
}
