//! One file for each task.

mod changes;
mod circumstances;
mod entities;
mod extraction;
mod frequencies;
mod learn_stories;
mod names;
mod quantities;
mod quotations;
mod reuse;
mod sentence_pairs;
mod speakers;
mod speed;
mod stories;
mod times;
mod utterances;

use serde_json::Value;

use crate::Options;

/// Runs a task and gives its metrics.
pub type Task = fn(&Options) -> Result<Value, String>;

const TASKS: &[(&str, Task)] = &[
    ("changes", changes::run),
    ("learn-changes", changes::learn::run),
    ("make-changes", changes::made::run),
    ("circumstances", circumstances::run),
    ("entities", entities::run),
    ("extraction", extraction::run),
    ("frequencies", frequencies::run),
    ("names", names::run),
    ("quotations", quotations::run),
    ("quantities", quantities::run),
    ("learn-stories", learn_stories::run),
    ("reuse", reuse::run),
    ("speakers", speakers::run),
    ("speed", speed::run),
    ("stories", stories::run),
    ("times", times::run),
    ("utterances", utterances::run),
    ("sentence-pairs", sentence_pairs::run),
];

/// The task of a name.
pub fn find(name: &str) -> Option<Task> {
    TASKS.iter().find(|(known, _)| *known == name).map(|&(_, task)| task)
}

/// The names of all tasks.
pub fn names() -> Vec<&'static str> {
    TASKS.iter().map(|&(name, _)| name).collect()
}
