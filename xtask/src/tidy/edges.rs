//! The crate graph points down only.

use super::Breaches;
use crate::workspace::manifests;

/// The vocabulary, from the bottom up, each crate with those that it may know.
const VOCABULARY: &[(&str, &[&str])] = &[
    ("rashomon-text", &[]),
    ("rashomon-language", &[]),
    ("rashomon-article", &["rashomon-text"]),
    ("rashomon-terms", &["rashomon-text", "rashomon-article", "rashomon-language"]),
];

/// Crates that know the vocabulary and not each other; they meet in the layers of the document
/// and of the story.
const ANALYSES: &[&str] = &[
    "rashomon-changes",
    "rashomon-claims",
    "rashomon-discrepancies",
    "rashomon-lineage",
    "rashomon-names",
    "rashomon-quantities",
    "rashomon-quotations",
    "rashomon-read",
    "rashomon-segment",
    "rashomon-stories",
    "rashomon-times",
    "rashomon-utterances",
];

/// Views know what they show and not how it was found.
const VIEWS: &[(&str, &[&str])] = &[("rashomon-show", &["rashomon-text", "rashomon-article"])];

/// The facade, which knows everything below and nothing above.
const FACADE: &str = "rashomon";

/// Formats of the outside world that hold articles or lead to them: bytes in, records out.
const FORMATS: &[(&str, &[&str])] =
    &[("rashomon-feeds", &["rashomon-article"]), ("rashomon-archives", &["rashomon-article"])];

/// Doors know the facade and the views; the desk is where all sources meet the store.
const DOORS: &[(&str, &[&str])] = &[
    ("rashomon-fetch", &[]),
    ("rashomon-store", &["rashomon"]),
    (
        "rashomon-desk",
        &[
            "rashomon",
            "rashomon-show",
            "rashomon-feeds",
            "rashomon-archives",
            "rashomon-fetch",
            "rashomon-store",
        ],
    ),
    ("rashomon-serve", &["rashomon", "rashomon-show", "rashomon-desk"]),
    ("rashomon-cli", &["rashomon", "rashomon-show", "rashomon-desk", "rashomon-serve"]),
];

/// Crates for developers, which nobody ships.
const TOOLS: &[(&str, &[&str])] = &[("rashomon-spec", &["rashomon-text"]), ("xtask", &[])];

/// Crates for developers that measure or train single analyses: they may know all but doors.
const WORKSHOPS: &[&str] = &["rashomon-eval", "rashomon-train"];

pub fn breaches() -> Breaches {
    let mut breaches = Vec::new();
    for (name, manifest) in manifests()? {
        // The root is no crate, and the fuzz targets stand outside of the workspace.
        if name.is_empty() || name == "fuzz" {
            continue;
        }
        let Some(allowed) = allowed(&name) else {
            breaches.push(format!("{name} has no place in the table of xtask/src/tidy/edges.rs"));
            continue;
        };
        for dependency in &manifest.dependencies {
            let other = dependency.name.as_str();
            let ours = other == FACADE || other.starts_with("rashomon-");
            let in_tests = dependency.table == "dev-dependencies" && is_for_tests(&name, other);
            if ours && !in_tests && !allowed.contains(&other) {
                breaches.push(format!("{name} must not know {other}"));
            }
        }
    }
    Ok(breaches)
}

/// What a crate may know, or `None` for one that is not in the tables.
fn allowed(name: &str) -> Option<Vec<&'static str>> {
    let vocabulary = || VOCABULARY.iter().map(|(name, _)| *name);
    if ANALYSES.contains(&name) {
        return Some(vocabulary().collect());
    }
    if WORKSHOPS.contains(&name) {
        let formats = FORMATS.iter().map(|(name, _)| *name);
        let below = vocabulary().chain(ANALYSES.iter().copied()).chain(formats);
        return Some(below.chain([FACADE]).collect());
    }
    if name == FACADE {
        return Some(vocabulary().chain(ANALYSES.iter().copied()).collect());
    }
    let tables = [VOCABULARY, VIEWS, FORMATS, DOORS, TOOLS];
    let row = tables.iter().copied().flatten().find(|(known, _)| *known == name);
    row.map(|(_, allowed)| allowed.to_vec())
}

/// What the tests of a crate may know beside: those of an analysis the analyses that fill the
/// layers which it reads, those of the views the facade, those of the facade the specs.
fn is_for_tests(name: &str, other: &str) -> bool {
    let is_low = ANALYSES.contains(&name) || VOCABULARY.iter().any(|(known, _)| *known == name);
    let is_view = VIEWS.iter().any(|(known, _)| *known == name);
    is_low && ANALYSES.contains(&other)
        || is_view && other == FACADE
        || name == FACADE && other == "rashomon-spec"
}
