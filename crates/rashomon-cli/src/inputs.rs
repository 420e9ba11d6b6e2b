use std::fs::File;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rashomon::article::{Diagnostic, Document};
use rashomon::language::english;
use rashomon::read::{ReadOptions, Reading, read};
use rayon::prelude::*;

use crate::arguments::InputArguments;
use crate::progress::Progress;
use crate::report::Reporter;

/// Endings that are read in a folder. A file that is named is read whatever its ending.
const ENDINGS: [&str; 8] = ["txt", "text", "html", "htm", "xhtml", "json", "jsonl", "ndjson"];

/// The annotated articles of all inputs, in the order of the inputs.
pub struct Batch {
    pub documents: Vec<Document>,
    /// What was skipped, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and annotates all inputs. Says on standard error what was skipped.
pub fn read_all(options: &InputArguments) -> anyhow::Result<Batch> {
    if options.inputs.is_empty() {
        bail!("name what to read: files, folders, or - for standard input; --help has examples");
    }
    set_threads(options.threads);
    let mut files = Vec::new();
    let mut diagnostics = Vec::new();
    for input in &options.inputs {
        list(input, &mut files, &mut diagnostics)?;
    }
    let progress = Progress::new("reading", files.len(), options.quiet);
    let limits = ReadOptions { max_bytes: options.max_size };
    let readings: Vec<Reading> = files
        .par_iter()
        .map(|file| {
            let reading = read_file(file, &limits);
            progress.step();
            reading
        })
        .collect();
    progress.finish();
    let mut documents = Vec::new();
    for reading in readings {
        documents.extend(reading.documents);
        diagnostics.extend(reading.diagnostics);
    }
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
    Reporter::new(options).report(&documents, &diagnostics);
    if documents.is_empty() {
        bail!("no report could be read from {}", names(&options.inputs));
    }
    Ok(Batch { documents, diagnostics })
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

/// The files of one input: itself, or all reports below a folder in the order of their names.
fn list(
    input: &Path,
    files: &mut Vec<PathBuf>,
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<()> {
    if input.as_os_str() == "-" || !input.is_dir() {
        let name = input.to_string_lossy();
        if name.starts_with("http://") || name.starts_with("https://") {
            bail!("{name}: addresses are not fetched; save the page and name the file");
        }
        files.push(input.to_owned());
        return Ok(());
    }
    let before = files.len();
    let mut skipped = 0;
    walk(input, files, &mut skipped, diagnostics);
    if skipped > 0 {
        let message = format!(
            "{skipped} files were left alone: their endings are not those of reports; name one to read it all the same"
        );
        diagnostics.push(Diagnostic::input("other-files", message, input.display().to_string()));
    }
    if files.len() == before {
        let message = "the folder holds no report";
        diagnostics.push(Diagnostic::input("empty-input", message, input.display().to_string()));
    }
    Ok(())
}

fn walk(
    folder: &Path,
    files: &mut Vec<PathBuf>,
    skipped: &mut usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("the folder cannot be read: {error}");
            diagnostics.push(Diagnostic::input(
                "unreadable",
                message,
                folder.display().to_string(),
            ));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        // A link to a folder could lead round in a circle; one to a file is read.
        if path.is_dir() {
            if !path.is_symlink() {
                walk(&path, files, skipped, diagnostics);
            }
        } else if is_report(&path) {
            files.push(path);
        } else {
            *skipped += 1;
        }
    }
}

fn is_report(path: &Path) -> bool {
    path.extension()
        .is_none_or(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn read_file(path: &Path, limits: &ReadOptions) -> Reading {
    let name = path.display().to_string();
    match bytes(path, limits.max_bytes) {
        Ok(bytes) => read(if name == "-" { "stdin" } else { &name }, &bytes, limits, english()),
        Err(error) => {
            let diagnostic = Diagnostic::input("unreadable", format!("{error:#}"), name);
            Reading { documents: Vec::new(), diagnostics: vec![diagnostic] }
        }
    }
}

/// The bytes of a file, at most one more than allowed: then the reader knows that it is too large.
fn bytes(path: &Path, most: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = most as u64 + 1;
    if path.as_os_str() == "-" {
        let stdin = std::io::stdin();
        if stdin.is_terminal() {
            bail!("standard input is the keyboard; pipe a report into it or name a file");
        }
        stdin.lock().take(limit).read_to_end(&mut bytes).context("cannot be read")?;
    } else {
        let file = File::open(path).context("cannot be opened")?;
        file.take(limit).read_to_end(&mut bytes).context("cannot be read")?;
    }
    Ok(bytes)
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
