//! One file for each task.

mod changes;
mod circumstances;
mod claims;
mod entities;
mod extraction;
mod feeds;
mod frequencies;
mod growth;
mod learn_claims;
mod learn_stories;
mod lineages;
mod names;
mod passim;
mod planted;
mod quantities;
mod quotations;
mod reuse;
mod sentence_pairs;
mod speakers;
mod speed;
mod stories;
mod synopsis;
mod stream_speed;
mod times;
mod utterances;
mod warc;

use serde_json::Value;

use crate::Options;

/// Runs a task and gives its metrics.
pub type Task = fn(&Options) -> Result<Value, String>;

const TASKS: &[(&str, Task)] = &[
    ("changes", changes::run),
    ("learn-changes", changes::learn::run),
    ("make-changes", changes::made::run),
    ("circumstances", circumstances::run),
    ("claims", claims::run),
    ("entities", entities::run),
    ("extraction", extraction::run),
    ("feeds", feeds::run),
    ("frequencies", frequencies::run),
    ("growth", growth::run),
    ("names", names::run),
    ("passim", passim::run),
    ("planted", planted::run),
    ("quotations", quotations::run),
    ("quantities", quantities::run),
    ("learn-events", learn_claims::events),
    ("learn-facts", learn_claims::facts),
    ("learn-stories", learn_stories::run),
    ("lineages", lineages::run),
    ("reuse", reuse::run),
    ("speakers", speakers::run),
    ("speed", speed::run),
    ("stories", stories::run),
    ("synopsis", synopsis::run),
    ("stream-speed", stream_speed::run),
    ("times", times::run),
    ("utterances", utterances::run),
    ("warc", warc::run),
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
