//! What is read of archives, and what is skipped and why: `rashomon-eval warc --gold FOLDER`.
//!
//! Each file below the folder is read to its end. A table goes to standard error, with each
//! diagnostic under `--verbose yes`; the sums are printed as JSON.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rashomon_archives::{Body, Options as ReadingOptions, open};
use serde_json::{Value, json};

use crate::Options;

pub fn run(options: &Options) -> Result<Value, String> {
    let root = options.path("gold")?;
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut sums = Sums::default();
    for path in &files {
        let name = path.strip_prefix(&root).unwrap_or(path).display().to_string();
        let name = if name.is_empty() { path.display().to_string() } else { name };
        sums.add(&name, path, options.get("verbose").is_some())?;
    }
    Ok(sums.metrics(files.len()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(fail)? {
        collect(&entry.map_err(fail)?.path(), files)?;
    }
    Ok(())
}

#[derive(Default)]
struct Sums {
    read: u64,
    bytes: u64,
    packed: u64,
    seconds: f64,
    refused: BTreeMap<String, u64>,
    skipped: BTreeMap<&'static str, u64>,
    noted: BTreeMap<&'static str, u64>,
}

impl Sums {
    fn add(&mut self, name: &str, path: &Path, verbose: bool) -> Result<(), String> {
        let fail = |error: std::io::Error| format!("{}: {error}", path.display());
        let file = File::open(path).map_err(fail)?;
        self.packed += file.metadata().map_err(fail)?.len();
        let start = Instant::now();
        let mut records = match open(file, name, &ReadingOptions::default()) {
            Ok(records) => records,
            Err(error) => {
                eprintln!("{name}: {}: {error}", error.code());
                *self.refused.entry(error.code().to_owned()).or_default() += 1;
                return Ok(());
            }
        };
        let mut messages = Vec::new();
        for record in &mut records {
            match record {
                Ok(record) => {
                    if let Body::Bytes(body) = record.body {
                        self.bytes += body.len() as u64;
                    }
                }
                Err(diagnostic) => {
                    messages.push(format!("  {}: {}", diagnostic.code, diagnostic.message));
                }
            }
        }
        self.seconds += start.elapsed().as_secs_f64();
        let counts = records.counts();
        eprintln!(
            "{name:<45} read {:<3} skipped {}{}",
            counts.read,
            words(&counts.skipped),
            if counts.noted.is_empty() {
                String::new()
            } else {
                format!("; noted {}", words(&counts.noted))
            }
        );
        if verbose {
            messages.iter().for_each(|message| eprintln!("{message}"));
        }
        self.read += counts.read;
        for (sum, part) in [(&mut self.skipped, &counts.skipped), (&mut self.noted, &counts.noted)]
        {
            for (code, count) in part {
                *sum.entry(code).or_default() += count;
            }
        }
        Ok(())
    }

    fn metrics(&self, files: usize) -> Value {
        json!({
            "task": "warc",
            "files": files,
            "records": self.read,
            "body_bytes": self.bytes,
            "file_bytes": self.packed,
            "seconds": self.seconds,
            "skipped": self.skipped,
            "noted": self.noted,
            "refused": self.refused,
        })
    }
}

fn words(counts: &BTreeMap<&'static str, u64>) -> String {
    let parts: Vec<String> = counts.iter().map(|(code, count)| format!("{code} {count}")).collect();
    if parts.is_empty() { "-".to_owned() } else { parts.join(", ") }
}
