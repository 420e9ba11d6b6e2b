//! Estimates the models of the language pack: `rashomon-train MODEL DATA_FOLDER`.
//!
//! The same data gives the same bytes. What each model learns from, and how well it does, stands
//! in `docs/models`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program at the edge"
)]

mod chain;
mod lstm;
mod quotations;
mod random;
mod vectors;

use std::path::Path;
use std::process::ExitCode;

/// Reads a folder of annotated files and writes the model to its place in the source tree.
type Trainer = fn(&Path) -> Result<(), String>;

const MODELS: &[(&str, Trainer)] =
    &[("quotations", quotations::train), ("vectors", vectors::train)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, folder] = &arguments[..] else {
        eprintln!("usage: rashomon-train MODEL DATA_FOLDER");
        let names: Vec<&str> = MODELS.iter().map(|&(name, _)| name).collect();
        eprintln!("models: {}", names.join(", "));
        return ExitCode::from(2);
    };
    let Some((_, train)) = MODELS.iter().find(|(known, _)| known == name) else {
        eprintln!("rashomon-train: there is no model {name:?}");
        return ExitCode::from(2);
    };
    match train(Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rashomon-train: {error}");
            ExitCode::FAILURE
        }
    }
}
