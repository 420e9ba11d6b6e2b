//! Crawls that other projects test their readers with, some broken on purpose. They lie beside
//! the checkout; where they are missing, the test says so and passes.
#![allow(clippy::disallowed_methods, reason = "fixtures are read from files")]

use std::fs::File;
use std::path::{Path, PathBuf};

use rashomon_archives::{Options, open};

fn files() -> Vec<PathBuf> {
    let root = std::env::var_os("RASHOMON_EVAL").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval"),
        PathBuf::from,
    );
    let mut files = Vec::new();
    for folder in ["warc/warcat", "warc/warcio"] {
        let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        files.extend(entries.map(|entry| entry.path()));
    }
    files.sort();
    files
}

#[test]
fn each_is_read_or_named() {
    let files = files();
    if files.is_empty() {
        println!("no crawls beside the checkout: nothing is read");
    }
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let file = File::open(&path).expect("a file that was listed");
        let mut records = open(file, &name, &Options::default()).expect("a crawl");
        let found: Vec<_> = records.by_ref().collect();
        let counts = records.counts();
        let faults = found.iter().filter(|item| item.is_err()).count() as u64;
        assert_eq!(counts.read + faults, found.len() as u64, "{name}");
        assert!(
            counts.read + counts.skipped.values().sum::<u64>() > 0,
            "{name} is lost in silence"
        );
        for fault in found.iter().filter_map(|item| item.as_ref().err()) {
            assert!(fault.message.starts_with(&name), "{}", fault.message);
            assert!(counts.skipped.contains_key(&*fault.code), "{name}: {}", fault.code);
        }
    }
}
