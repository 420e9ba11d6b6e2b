//! A short fuzz run on a stable compiler: the sample stories, mutilated in every way that files
//! are found mutilated in, must keep the laws of `fuzz/laws.rs`.
//!
//! The mutations come from a fixed seed; `MUTATIONS=200` tries more of them. The real fuzzer
//! (`cargo +nightly fuzz run compare`) finds what no list of mutations thinks of.
#![cfg(feature = "html")]
#![allow(clippy::disallowed_methods, reason = "a test reads the samples and its number of rounds")]

#[path = "../../../fuzz/figures.rs"]
mod figures;
#[path = "../../../fuzz/laws.rs"]
mod laws;

use std::path::{Path, PathBuf};

/// Rounds for each story when nothing else is asked.
const ROUNDS: usize = 4;
/// Texts of numbers and dates for each round.
const FIGURES: usize = 120;

/// Pieces that break parsers: marks that open and do not close, odd blanks, other directions,
/// characters of several bytes, halves of markup, numbers without end.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "\u{202e}",
    "e\u{301}",
    "👩‍👩‍👧",
    "ﷺ",
    "İ",
    "ß",
    "<div>",
    "</",
    "<!--",
    "&#x;",
    "&amp",
    "{\"text\":",
    "\\u d83d",
    "\r\n\r\n",
    "999999999999999999999999999",
    "1,2,3.4.5",
    "$ ",
    "%",
    "-",
    "Mr. ",
    "said said said",
    "\n\n",
];

#[test]
fn mutilated_samples_keep_the_laws() {
    let rounds = rounds();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for story in ["harbour-strike", "minister-trial", "storm-odile"] {
        let files = files(story);
        for round in 0..rounds {
            let mut documents = Vec::new();
            for (name, bytes) in &files {
                let other = &files[random.below(files.len())].1;
                let bytes = mutilate(bytes, other, &mut random);
                documents.extend(laws::read(name, &bytes).into_iter().map(laws::annotated));
            }
            laws::compared(documents, round % 2 == 0);
        }
    }
}

#[test]
fn figures_and_dates_glued_at_random_keep_the_laws() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for round in 0..FIGURES * rounds() {
        let pieces = 1 + random.below(24);
        let text = figures::text((0..pieces).map(|_| random.below(1 << 16) as u16));
        let mut document = rashomon::read::read_plain("a", &text, rashomon::language::english());
        // Half of the texts are undated.
        if round % 2 == 0 {
            document.article.published = laws::day_of("2026-03-05");
        }
        laws::annotated(document);
    }
}

#[test]
fn mutilations_are_the_same_in_every_run() {
    let run = || mutilate(b"one two three", b"four", &mut Random(7));
    assert_eq!(run(), run());
}

fn rounds() -> usize {
    std::env::var("MUTATIONS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS)
}

fn files(story: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(story);
    let entries = std::fs::read_dir(folder).expect("the sample is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().expect("a file").to_string_lossy().into_owned();
    paths
        .iter()
        .filter(|path| path.extension().is_none_or(|ending| ending != "md"))
        .map(|path| (name(path), std::fs::read(path).expect("a sample can be read")))
        .collect()
}

/// A file cut, doubled, mixed with another, sprinkled with odd pieces or with noise.
fn mutilate(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let (from, to) = random.range(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(to),
            1 => drop(bytes.drain(from..to.min(from + 400))),
            2 => {
                let piece = bytes[from..to.min(from + 900)].to_vec();
                bytes.splice(from..from, piece);
            }
            3 => {
                let (start, end) = random.range(other.len());
                bytes.splice(from..to.min(from + 50), other[start..end].iter().copied());
            }
            4 => {
                for _ in 0..20 {
                    let at = random.below(bytes.len() + 1);
                    bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes());
                }
            }
            _ => {
                for byte in &mut bytes[from..to.min(from + 8)] {
                    *byte = random.below(256) as u8;
                }
            }
        }
    }
    bytes
}

/// Xorshift (Marsaglia 2003): the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn range(&mut self, end: usize) -> (usize, usize) {
        let (a, b) = (self.below(end + 1), self.below(end + 1));
        (a.min(b), a.max(b))
    }
}
