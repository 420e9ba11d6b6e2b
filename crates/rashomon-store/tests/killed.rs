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
/// was, names each batch on standard output once it is committed, and ends where writing fails.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(FILE) else { return };
    if let Err(error) = write(Path::new(&path)) {
        println!("failed {}", error.code());
    }
}

fn write(path: &Path) -> rashomon_store::Result<()> {
    let mut store = Store::open(path, &OpenOptions::default())?;
    let position = store.checkpoint("archive")?.map_or(0, |checkpoint| checkpoint.position);
    for batch_at in (position..).step_by(BATCH as usize) {
        let mut batch = store.begin()?;
        for n in batch_at..batch_at + BATCH {
            let text = format!("Number {n}\n“We strike,” said nobody. {}", "word ".repeat(200));
            let document = invented::article("Herald", &format!("a{n}"), &text);
            let incoming = invented::incoming(&document, "2026-01-05T00:00:00Z");
            assert_eq!(batch.sight(incoming.key, &incoming.digest)?, Sight::New);
            let number = batch.add(&incoming)?;
            batch.place(number, n / 3, 1.0, &[])?;
        }
        batch.checkpoint("archive", batch_at + BATCH, false, &json!({}))?;
        batch.commit()?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "committed {}", batch_at + BATCH).unwrap();
        out.flush().unwrap();
    }
    Ok(())
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

/// Holds the store to what the writer said, and gives the number of its articles.
fn check(path: &Path, known: u64) -> u64 {
    let store = Store::open(path, &OpenOptions::default()).unwrap();
    let articles = store.stats().unwrap().articles;
    // A batch may be committed and the process killed before it could say so.
    assert!([known, known + BATCH].contains(&articles), "{articles} of {known}");
    let position = store.checkpoint("archive").unwrap().map_or(0, |at| at.position);
    assert_eq!(position, articles);
    assert_eq!(store.stats().unwrap().quotations, articles);
    assert_eq!(store.stats().unwrap().stories, articles.div_ceil(3));
    let count = |query: &str| store.count(&Query::parse(query).unwrap()).unwrap();
    assert_eq!(count("word"), articles);
    assert_eq!(count("kind:quotation strike"), articles);
    let checked = store.check().unwrap();
    assert!(checked.is_sound(), "{:?}", checked.problems);
    articles
}

#[test]
fn a_file_that_may_not_grow_keeps_whole_batches() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.rashomon");
    // The limit is inherited, and so is it that the signal about it is not heeded.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 3000; exec \"$0\" --exact writer --nocapture"])
        .arg(std::env::current_exe().unwrap())
        .env(FILE, &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = said.split("committed ").last().unwrap_or_default();
    let known = last.split_whitespace().next().and_then(|count| count.parse().ok());
    assert!(said.contains("failed io") || said.contains("failed disk-full"), "{said}");
    let kept = check(&path, known.unwrap());
    assert!(kept > 0);
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
        known = check(&path, known);
    }
    assert!(known >= KILLS * BATCH, "only {known} articles were written");
}
