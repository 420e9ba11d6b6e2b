//! What can be asked: each tool a function from arguments to an answer over a store.

mod articles;
mod checks;
mod findings;
mod people;
mod search;
mod stories;

use std::sync::LazyLock;

use rashomon_desk::store::Store;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::schema::schema_of;
use crate::problem::Problem;

/// A tool.
pub(super) struct Tool {
    name: &'static str,
    described: Value,
    /// Answers; each answer is one object that fits the schema of the tool.
    pub call: fn(&Store, Value) -> Result<Value, Problem>,
}

/// A tool from its function, the types of its arguments and of its answer, and what it is for.
macro_rules! tool {
    ($name:literal, $title:literal, $run:path, $asked:ty, $answer:ty, $description:literal) => {
        Tool {
            name: $name,
            described: json!({
                "name": $name,
                "title": $title,
                "description": $description,
                "inputSchema": schema_of::<$asked>(),
                "outputSchema": schema_of::<$answer>(),
                "annotations": {
                    "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false,
                },
            }),
            call: |store, arguments| {
                let asked: $asked = read(arguments)?;
                let answer: $answer = $run(store, asked)?;
                write(&answer)
            },
        }
    };
}

static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| {
    vec![
        tool!(
            "search",
            "Search reports",
            search::search,
            search::Asked,
            search::Answer,
            "Search articles, quotations or claims. Query language: words; \"a phrase\"; OR; \
             -without; begin*; title: outlet: author: speaker: story: after: before: on:. \
             Endings of words count: strike does not find strikes, strike* does."
        ),
        tool!(
            "list_stories",
            "List stories",
            stories::list,
            stories::ListAsked,
            stories::List,
            "List stories by an order and filters: which are newest, most widely told, disputed."
        ),
        tool!(
            "get_story",
            "Read a story",
            stories::story,
            stories::Asked,
            stories::Answer,
            "A story by sections: overview (its counts and which sections have how much), reports, \
             claims with how many independent origins tell them, discrepancies with their sides, \
             utterances with their variants. Each section comes in pages."
        ),
        tool!(
            "get_article",
            "Read an article",
            articles::article,
            articles::Asked,
            articles::Answer,
            "The text of an article, or a range of it in code points."
        ),
        tool!(
            "check_quotation",
            "Check a quotation",
            checks::quotation,
            checks::QuotationAsked,
            checks::QuotationAnswer,
            "Whether words stand verbatim in the newest text of any report, where, and in whose \
             mouth. Only quotation marks, dashes and white space are evened out. What comes near \
             is given apart, with the difference in words, and is no quotation."
        ),
        tool!(
            "check_claim",
            "Look up a claim",
            checks::claim,
            checks::ClaimAsked,
            checks::ClaimAnswer,
            "The claims of the reports that share most words with a sentence, by how many \
             independent origins they are told, how certainly, and what disagrees. This looks up; \
             it is no verdict on what is true."
        ),
        tool!(
            "remarks_of",
            "What somebody said",
            people::remarks,
            people::RemarksAsked,
            people::Remarks,
            "What somebody is reported to have said, the newest first."
        ),
        tool!(
            "outlet",
            "An outlet",
            people::outlet,
            people::OutletAsked,
            people::OutletAnswer,
            "What an outlet has reported, and how it stands to the others: what it tells alone, \
             leaves out, copies."
        ),
    ]
});

pub(super) fn described() -> Vec<&'static Value> {
    TOOLS.iter().map(|tool| &tool.described).collect()
}

pub(super) fn tool(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Problem> {
    serde_json::from_value(arguments)
        .map_err(|error| Problem::new("bad-value", format!("arguments: {error}")))
}

fn write<T: Serialize>(answer: &T) -> Result<Value, Problem> {
    serde_json::to_value(answer)
        .map_err(|error| Problem::new("internal", format!("cannot be written: {error}")))
}
