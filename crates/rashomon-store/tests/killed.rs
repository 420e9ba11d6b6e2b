//! A process that writes is killed at any moment: what it said was committed is there, whole, and
//! nothing else is.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "a test of processes and files")]
#![cfg(unix)]

mod invented;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rashomon_store::{OpenOptions, Query, Sight, Store};
use serde_json::json;

/// Tells the process that it is the one that writes, and where.
const FILE: &str = "RASHOMON_STORE_TEST_FILE";
const BATCH: u64 = 20;
const KILLS: u64 = 20;

/// Not a test of its own: what the process runs that is killed. Goes on where the one before it
/// was, and names each batch on standard output once it is committed.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let mut store = Store::open(Path::new(&path), &OpenOptions::default()).unwrap();
    let position = store.checkpoint("archive").unwrap().map_or(0, |checkpoint| checkpoint.position);
    for batch_at in (position..).step_by(BATCH as usize) {
        let mut batch = store.begin().unwrap();
        for n in batch_at..batch_at + BATCH {
            let text = format!("Number {n}\n“We strike,” said nobody. {}", "word ".repeat(200));
            let document = invented::article("Herald", &format!("a{n}"), &text);
            let incoming = invented::incoming(&document, "2026-01-05T00:00:00Z");
            assert_eq!(batch.sight(incoming.key, &incoming.digest).unwrap(), Sight::New);
            let number = batch.add(&incoming).unwrap();
            batch.place(number, n / 3, 1.0, &[]).unwrap();
        }
        batch.checkpoint("archive", batch_at + BATCH, false, &json!({})).unwrap();
        batch.commit().unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "committed {}", batch_at + BATCH).unwrap();
        out.flush().unwrap();
    }
}

/// Runs the writer, kills it after a while, and gives the last batch that it named.
fn run_and_kill(path: &Path, after: Duration) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--nocapture", "--test-threads=1"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        let batches = lines.filter_map(|line| line.split("committed ").nth(1)?.parse().ok());
        batches.last()
    });
    std::thread::sleep(after);
    assert!(child.try_wait().unwrap().is_none(), "the writer ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn nothing_committed_is_lost_and_nothing_is_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.rashomon");
    let mut known = 0;
    for kill in 0..KILLS {
        // Moments spread over the first batches; the first ones fall into the making of the file.
        let after = Duration::from_micros(3_000 + kill * kill * 1_307 % 300_000);
        known = run_and_kill(&path, after).unwrap_or(known).max(known);
        if !path.exists() {
            continue;
        }
        let store = Store::open(&path, &OpenOptions::default()).unwrap();
        let articles = store.stats().unwrap().articles;
        // A batch may be committed and the process killed before it could say so.
        assert!([known, known + BATCH].contains(&articles), "{articles} of {known}");
        known = articles;
        let position = store.checkpoint("archive").unwrap().map_or(0, |at| at.position);
        assert_eq!(position, articles);
        assert_eq!(store.stats().unwrap().quotations, articles);
        assert_eq!(store.stats().unwrap().stories, articles.div_ceil(3));
        let count = |query: &str| store.count(&Query::parse(query).unwrap()).unwrap();
        assert_eq!(count("word"), articles);
        assert_eq!(count("kind:quotation strike"), articles);
        let checked = store.check().unwrap();
        assert!(checked.is_sound(), "{:?}", checked.problems);
    }
    assert!(known >= KILLS * BATCH, "only {known} articles were written");
}
