//! Measures the program on gold data: `rashomon-eval TASK --gold FILE [--docs FILE] --pred OUT`.
//!
//! A task reads a gold file, shows the program only what it may see (texts, never labels),
//! writes the predictions in the form of the gold file and prints one line of JSON with its own
//! metrics.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program at the edge"
)]

mod files;
mod logistic;
mod tasks;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// The options of the command line.
pub struct Options {
    values: BTreeMap<String, String>,
}

impl Options {
    /// A file that must be named.
    pub fn path(&self, name: &str) -> Result<PathBuf, String> {
        self.get(name).map(PathBuf::from).ok_or_else(|| format!("--{name} FILE is missing"))
    }

    /// Keeps the items of the part that `--part` names, or all.
    pub fn keep_part(&self, items: &mut Vec<serde_json::Value>) -> Result<(), String> {
        match self.get("part") {
            None => Ok(()),
            Some(part @ ("tune" | "report")) => {
                items.retain(|item| item["part"] == part);
                Ok(())
            }
            Some(other) => Err(format!("--part is tune or report, not {other}")),
        }
    }

    /// The value of an option that is a whole number.
    pub fn number(&self, name: &str) -> Result<Option<usize>, String> {
        let parse = |value: &str| value.parse().map_err(|_| format!("--{name} is a number"));
        self.get(name).map(parse).transpose()
    }

    /// The value of an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(metrics) => {
            println!("{metrics}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("rashomon-eval: {error}");
            eprintln!("usage: rashomon-eval TASK --gold FILE [--docs FILE] --pred OUT");
            eprintln!("tasks: {}", tasks::names().join(", "));
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<serde_json::Value, String> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("no task is named")?;
    let mut values = BTreeMap::new();
    while let Some(argument) = arguments.next() {
        let key = argument.strip_prefix("--").ok_or_else(|| format!("unexpected {argument:?}"))?;
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        values.insert(key.to_owned(), value);
    }
    let task = tasks::find(&name).ok_or_else(|| format!("there is no task {name:?}"))?;
    task(&Options { values })
}
