//! Words of a language belong to the language pack. Engines are asked about, not refused: whether
//! a word in an engine is vocabulary or grammar is for a person to say.

use std::collections::BTreeMap;

use super::Breaches;
use crate::shell::read;
use crate::workspace::files;

/// Crates that read prose. What compares strings elsewhere compares names of formats.
const ENGINES: &[&str] = &[
    "claims",
    "discrepancies",
    "lineage",
    "names",
    "quantities",
    "quotations",
    "segment",
    "stories",
    "terms",
    "times",
    "utterances",
];

/// What a line does that looks at a word of the text.
const LOOKS: &[&str] = &["lower", "folded", ".before(", ".after(", "is_phrase(", "word =="];

/// How many lines of each engine compare a word of the text with an English one.
pub fn notes() -> Breaches {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in files()? {
        let engine = ENGINES
            .iter()
            .map(|name| format!("crates/rashomon-{name}"))
            .find(|folder| path.starts_with(&format!("{folder}/src/")) && path.ends_with(".rs"));
        if let Some(engine) = engine {
            let text = read(&path)?;
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            *counts.entry(engine).or_default() +=
                code.lines().filter(|line| compares(line)).count();
        }
    }
    let found = counts.into_iter().filter(|&(_, count)| count > 0);
    Ok(found
        .map(|(engine, count)| {
            format!("{engine} compares with words of English in {count} lines: vocabulary?")
        })
        .collect())
}

fn compares(line: &str) -> bool {
    let is_comment = line.trim_start().starts_with("//");
    !is_comment && LOOKS.iter().any(|look| line.contains(look)) && has_word(line)
}

/// Whether a line has a literal of two small letters or more.
fn has_word(line: &str) -> bool {
    line.split('"').skip(1).step_by(2).any(|literal| {
        literal.len() >= 2 && literal.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_other_literals() {
        assert!(compares("if words.lower(at) == \"ago\" {"));
        assert!(!compares("if words.lower(at) == \"-\" {"));
        assert!(!compares("// words.lower(at) == \"ago\""));
        assert!(!compares("let name = \"day\";"));
    }
}
