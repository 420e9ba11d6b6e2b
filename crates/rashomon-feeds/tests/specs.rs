//! Documents of every format, and what is read of them. Each file of `tests/specs` is prose with
//! pairs of blocks: a document, and what it says, drawn anew with `UPDATE_SPECS=1`.
#![allow(clippy::disallowed_methods, reason = "tests read their specs from files")]

mod drawing;

use std::path::{Path, PathBuf};

use rashomon_feeds::read;

/// Where the documents are said to stand.
const ADDRESS: &str = "https://lusa-herald.example/news/feed";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs")
}

/// The text with what is read drawn under each document.
fn redrawn(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("```") {
        let (language, after) = after.split_once('\n').expect("a line of the fence");
        let (block, after) = after.split_once("\n```").expect("the end of the block");
        out.push_str(before);
        if language != "says" {
            out.push_str(&format!("```{language}\n{block}\n```"));
            let document = document(language, block);
            let said = drawing::draw(&read(&document, Some(ADDRESS), None));
            out.push_str(&format!("\n\n```says\n{said}```"));
        } else {
            out.truncate(out.trim_end().len());
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The bytes of a document: `…` at its end cuts it off.
fn document(language: &str, block: &str) -> Vec<u8> {
    let text = block.strip_suffix('…').unwrap_or(block);
    match language {
        "xml windows-1252" => text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).expect("a character of Latin-1"))
            .collect(),
        _ => text.as_bytes().to_vec(),
    }
}

#[test]
fn documents_say_what_is_drawn() {
    let mut differ = Vec::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("specs")
        .map(|entry| entry.expect("spec").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 6, "the specs are there");
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a spec");
        let new = redrawn(&text);
        if new == text {
            continue;
        }
        if std::env::var_os("UPDATE_SPECS").is_some() {
            std::fs::write(&path, &new).expect("written");
            continue;
        }
        for (old, new) in text.lines().zip(new.lines()).filter(|(old, new)| old != new).take(3) {
            differ.push(format!("{}:\n- {old}\n+ {new}", path.display()));
        }
    }
    assert!(differ.is_empty(), "UPDATE_SPECS=1 draws anew:\n{}", differ.join("\n"));
}
