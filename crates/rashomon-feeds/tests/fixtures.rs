//! The fixtures of other feed readers, where they lie beside the checkout: each keeps the laws,
//! also when it is cut anywhere.
#![allow(clippy::disallowed_methods, reason = "tests look for data beside the checkout")]

#[path = "../../../fuzz/feeds.rs"]
mod laws;

use std::path::{Path, PathBuf};

use rashomon_feeds::read;

fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval");
    let data = std::env::var_os("RASHOMON_EVAL").map_or_else(beside, PathBuf::from);
    Some(data.join("feeds")).filter(|folder| folder.is_dir())
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn fixtures_keep_the_laws() {
    let Some(folder) = folder() else {
        eprintln!("no fixtures beside the checkout: feeds of other projects were not read");
        return;
    };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "fixtures");
    for path in &paths {
        let bytes = std::fs::read(path).expect("a fixture");
        laws::read_by_the_laws(&bytes, None);
        for part in 1..8 {
            let cut = &bytes[..bytes.len() * part / 8];
            // The laws read twice and print; once is enough for the large ones.
            if bytes.len() < 20_000 {
                laws::read_by_the_laws(cut, Some("https://lusa-herald.example/feed"));
            } else {
                drop(read(cut, None, None));
            }
        }
    }
}
