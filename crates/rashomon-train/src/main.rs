//! Estimates the models of the language pack: `rashomon-train MODEL DATA_FOLDER
//! [--without OUTLET,OUTLET] [--out FILE]`.
//!
//! The same data gives the same bytes. What each model learns from, and how well it does, stands
//! in `docs/models`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program at the edge"
)]

mod adam;
mod chain;
mod files;
mod layout;
mod lstm;
mod quotations;
mod random;
mod syntax;
mod thesaurus;
mod vectors;

use std::path::PathBuf;
use std::process::ExitCode;

/// What to train.
pub struct Task {
    /// The folder of the annotated files.
    pub folder: PathBuf,
    /// Outlets whose reports are left out, so that the model can be tried on them.
    pub without: Vec<String>,
    /// Where the model goes, if not to its place in the source tree.
    pub out: Option<PathBuf>,
}

impl Task {
    /// Writes a model.
    fn write(&self, place: &str, bytes: &[u8]) -> Result<(), String> {
        let file = self.out.clone().unwrap_or_else(|| place.into());
        std::fs::write(&file, bytes).map_err(|error| format!("{}: {error}", file.display()))
    }
}

/// Estimates one model.
type Trainer = fn(&Task) -> Result<(), String>;

const MODELS: &[(&str, Trainer)] = &[
    ("quotations", quotations::train),
    ("thesaurus", thesaurus::train),
    ("vectors", vectors::train),
];

const USAGE: &str =
    "usage: rashomon-train MODEL DATA_FOLDER [--without OUTLET,OUTLET] [--out FILE]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rashomon-train: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let names: Vec<&str> = MODELS.iter().map(|&(name, _)| name).collect();
    let usage = || format!("{USAGE}\nmodels: {}", names.join(", "));
    let name = arguments.next().ok_or_else(usage)?;
    let folder = arguments.next().ok_or_else(usage)?.into();
    let mut task = Task { folder, without: Vec::new(), out: None };
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{option} needs a value"))?;
        match option.as_str() {
            "--without" => task.without = value.split(',').map(str::to_owned).collect(),
            "--out" => task.out = Some(value.into()),
            other => return Err(format!("there is no option {other}\n{}", usage())),
        }
    }
    let found = MODELS.iter().find(|(known, _)| *known == name);
    let (_, train) = found.ok_or_else(|| format!("there is no model {name:?}\n{}", usage()))?;
    train(&task)
}
