//! The house rules, run as code. One file for each rule; a rule gives the breaches that it finds.

mod architecture;
mod cards;
mod edges;
mod files;
mod manifests;
mod specs;
mod words;

use crate::shell::Outcome;

/// What a rule finds wrong, or why it could not look.
type Breaches = Result<Vec<String>, String>;

/// A house rule.
type Rule = fn() -> Breaches;

/// The rules by name.
const RULES: &[(&str, Rule)] = &[
    ("architecture", architecture::breaches),
    ("cards", cards::breaches),
    ("edges", edges::breaches),
    ("files", files::breaches),
    ("manifests", manifests::breaches),
    ("specs", specs::breaches),
];

/// Runs all rules and fails where one is broken.
pub fn run() -> Outcome {
    for note in files::long()?.into_iter().chain(words::notes()?) {
        eprintln!("xtask tidy: {note}");
    }
    let mut breaches = Vec::new();
    for (name, rule) in RULES {
        breaches.extend(rule()?.into_iter().map(|breach| format!("{name}: {breach}")));
    }
    if breaches.is_empty() {
        return Ok(());
    }
    Err(format!("house rules are broken\n  {}", breaches.join("\n  ")))
}
