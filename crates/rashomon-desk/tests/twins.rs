//! One article at two addresses.
#![allow(clippy::disallowed_methods, reason = "tests write the files that are read")]

use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use rashomon_desk::{Desk, DeskOptions, Gathering, Pages, Report, Unwatched};
use serde_json::json;

fn now() -> Timestamp {
    "2026-03-03T12:00:00Z".parse().expect("an instant")
}

/// A record of an outlet, at an address of the web.
fn record(outlet: &str, path: &str, date: &str, text: &str) -> serde_json::Value {
    let url = format!("https://{path}");
    json!({"outlet": outlet, "url": url, "date": date, "title": "Ferry aground", "text": text})
}

fn ingest(desk: &mut Desk, records: &[serde_json::Value]) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    let file = folder.path().join("reports.jsonl");
    std::fs::write(&file, lines).expect("a file can be written");
    let stop = AtomicBool::new(false);
    let gathering =
        Gathering { fetcher: None, pages: Pages::Never, from_start: false, stop: &stop };
    desk.ingest(&[file], &gathering, &Unwatched).expect("the store can be written")
}

fn desk() -> Desk {
    let options = DeskOptions { clock: now, ..DeskOptions::default() };
    Desk::in_memory(&options).expect("a store")
}

/// Some sixty words.
fn text(passengers: u32) -> String {
    format!(
        "The ferry Marlin with {passengers} passengers ran aground off Pier Sorrel in Port Ellis on \
         Monday morning, the harbour master said. Two tugs pulled the Marlin free by noon. Nobody \
         was hurt, and nobody even spilled a drink, Captain Ida Roos told reporters at the pier. \
         The ferry will be inspected before it sails again, which the line expects for Thursday. \
         Until then a smaller boat serves the islands."
    )
}

#[test]
fn the_same_words_at_two_addresses_of_an_outlet_are_one_article() {
    let mut desk = desk();
    let first = record("Herald", "herald.example/news/ferry", "2026-03-02", &text(120));
    let other = record("Herald", "herald.example/islands/ferry", "2026-03-02", &text(120));
    let copy = record("Gazette", "gazette.example/ferry", "2026-03-02", &text(120));
    let report = ingest(&mut desk, &[first.clone(), other.clone(), copy]);
    assert_eq!((report.new, report.unchanged, report.elsewhere), (2, 1, 1), "{report:?}");
    assert_eq!(
        desk.store().other_addresses(1).expect("a store"),
        ["https://herald.example/islands/ferry"]
    );
    assert_eq!(desk.store().article_at("herald.example/islands/ferry").expect("a store"), Some(1));
    assert_eq!(desk.store().story(1).expect("a story").members.len(), 2, "a copy is an article");

    // The article is corrected; its other address has the old words for a while.
    let corrected = record("Herald", "herald.example/news/ferry", "2026-03-02", &text(150));
    let report = ingest(&mut desk, &[corrected, other]);
    assert_eq!((report.new, report.revised, report.unchanged), (0, 1, 1), "{report:?}");
    assert_eq!(report.elsewhere, 0, "it was met there before");

    // Words that it never had are no revision of it.
    let apart = record("Herald", "herald.example/islands/ferry", "2026-03-02", &text(99));
    let report = ingest(&mut desk, std::slice::from_ref(&apart));
    assert_eq!((report.new, report.revised), (1, 0), "{report:?}");
    assert!(desk.store().other_addresses(1).expect("a store").is_empty());
    let report = ingest(&mut desk, &[apart, first]);
    assert_eq!((report.unchanged, report.revised), (1, 1), "{report:?}");
    assert!(desk.store().check().expect("a check").is_sound());
}

#[test]
fn what_may_be_another_article_stays_one() {
    let short = "The library is closed today.";
    let at = |path: &str, date: &str, text: &str| record("Herald", path, date, text);
    let no_outlet = |path: &str| {
        let url = format!("https://{path}");
        json!({"url": url, "date": "2026-03-02", "title": "Ferry aground", "text": text(120)})
    };
    let with_id = |id: &str| {
        json!({"id": id, "outlet": "Herald", "date": "2026-03-02", "title": "Ferry aground",
            "text": text(120)})
    };
    for [one, other] in [
        // Other days.
        [
            at("herald.example/a", "2026-03-02", &text(120)),
            at("herald.example/b", "2026-03-09", &text(120)),
        ],
        // A few words.
        [at("herald.example/a", "2026-03-02", short), at("herald.example/b", "2026-03-02", short)],
        // Nobody says who tells it.
        [no_outlet("herald.example/a"), no_outlet("other.example/b")],
        // Records that say by their ids what they are.
        [with_id("a"), with_id("b")],
    ] {
        let report = ingest(&mut desk(), &[one, other]);
        assert_eq!((report.new, report.elsewhere), (2, 0), "{report:?}");
    }
}
