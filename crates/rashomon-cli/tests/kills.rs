//! Killed at random moments, `rashomon ingest` loses nothing that was committed and doubles
//! nothing, and in the end the stories are those of a run that nobody killed.
//!
//! `KILLS=100 cargo test --release -p rashomon-cli --test kills` runs it as long as that.
#![allow(clippy::disallowed_methods, reason = "tests write files, wait and read the environment")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How often a run is killed where nothing else is asked for.
const KILLS: usize = 5;

/// How many reports there are to read: a run without kills takes some seconds.
const REPORTS: usize = 1600;

const PLACES: [&str; 8] =
    ["Velmark", "Skelhaven", "Port Ellis", "Almada", "Rhodmar", "Trellin", "Orvanto", "Kestrel"];
const THINGS: [&str; 9] = [
    "ferry",
    "bridge",
    "harbour strike",
    "tram depot",
    "lighthouse",
    "grain silo",
    "dam",
    "observatory",
    "fish market",
];
const EVENTS: [&str; 7] =
    ["caught fire", "was closed", "was sold", "collapsed", "reopened", "was flooded", "moved"];

/// Reports of invented events, several of each, by outlets with words of their own.
fn reports() -> String {
    let mut lines = String::new();
    for number in 0..REPORTS {
        let event = number / 3;
        let (place, thing) = (PLACES[event % 8], THINGS[event % 9]);
        let what = EVENTS[event % 7];
        let day = 1 + event % 28;
        let text = format!(
            "The {thing} of {place} {what} on day {event}, the town said. \
             Some {} people saw how the {thing} {what}. \\\"Nobody expected it in {place},\\\" said \
             Mayor Ines Bracke of ward {event}. Outlet {} asked {} neighbours of the {thing}.",
            20 + event % 50,
            number % 3,
            2 + number % 7,
        );
        writeln!(
            lines,
            "{{\"id\":\"r{number}\",\"outlet\":\"Outlet {}\",\"date\":\"2026-03-{day:02}\",\
             \"title\":\"{thing} of {place} {what}\",\"text\":\"{text}\"}}",
            number % 3
        )
        .expect("a string takes every line");
    }
    lines
}

fn rashomon(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rashomon"));
    command.current_dir(folder).args(arguments).stderr(Stdio::null());
    command
}

fn ingest(folder: &Path, db: &str) -> Command {
    rashomon(folder, &["ingest", "--db", db, "reports.jsonl", "--no-compare", "--quiet"])
}

/// How many articles are kept; `None` before there is a store.
fn count(folder: &Path, db: &str) -> Option<u64> {
    let output = rashomon(folder, &["check", "--db", db]).output().expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        assert!(!folder.join(db).exists(), "a store must be sound at any moment: {text}");
        return None;
    }
    assert!(text.contains("sound"), "{text}");
    let line = text.lines().find(|line| line.ends_with(" articles"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The story of each report; fails where one is kept twice.
fn stories(folder: &Path, db: &str) -> BTreeMap<String, String> {
    let output = rashomon(folder, &["export", "--db", db]).output().expect("the program runs");
    assert!(output.status.success());
    let mut stories = BTreeMap::new();
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let article: Value = serde_json::from_str(line).expect("a line of JSON");
        let id = article["id"].as_str().expect("an id").to_owned();
        let story = article["extra"]["story"].as_str().expect("a story").to_owned();
        assert_eq!(stories.insert(id.clone(), story), None, "{id} is kept twice");
    }
    stories
}

/// Numbers that look random and are the same in each run of the test.
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn nothing_committed_is_lost_and_nothing_is_doubled() {
    let kills = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("reports.jsonl"), reports()).expect("the reports can be written");
    let begin = Instant::now();
    assert!(ingest(folder, "whole.db").status().expect("the program runs").success());
    let whole = begin.elapsed();
    let expected = stories(folder, "whole.db");
    assert_eq!(expected.len(), REPORTS);

    let mut state = 0x2545_f491_4f6c_dd1d;
    let (mut run, mut interrupted) = (0, 0);
    for kill in 0..kills {
        // When everything is read, begin anew.
        let mut db = format!("killed-{run}.db");
        if count(folder, &db) == Some(REPORTS as u64) {
            run += 1;
            db = format!("killed-{run}.db");
        }
        let before = count(folder, &db).unwrap_or(0);
        let mut child = ingest(folder, &db).spawn().expect("the program runs");
        let share = random(&mut state) % 1000;
        std::thread::sleep(Duration::from_millis(5) + whole.mul_f64(share as f64 / 1500.0));
        let seen = count(folder, &db).unwrap_or(0);
        child.kill().expect("a child can be killed");
        interrupted += usize::from(!child.wait().expect("it ends").success());
        let after = count(folder, &db).unwrap_or(0);
        assert!(before <= seen && seen <= after, "kill {kill}: {before}, {seen}, {after} articles");
    }
    assert!(interrupted > 0, "no run was killed while it worked");
    for run in 0..=run {
        let db = format!("killed-{run}.db");
        assert!(ingest(folder, &db).status().expect("the program runs").success());
        assert_eq!(stories(folder, &db), expected, "{db}");
    }
    println!("{kills} kills, {interrupted} while it worked, {} stores", run + 1);
}
