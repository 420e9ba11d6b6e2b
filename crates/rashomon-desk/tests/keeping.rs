//! What is kept, by one desk or two, at once or bit by bit, and what is decided by hand.
#![allow(clippy::disallowed_methods, reason = "tests write the files that are read")]

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use rashomon_desk::export::{Rows, Selection, TableFormat};
use rashomon_desk::store::Query;
use rashomon_desk::{Desk, DeskOptions, Gathering, Pages, Report, Unwatched};
use tempfile::TempDir;

/// Reports of three events by three outlets, in the order in which they might come.
const REPORTS: [(&str, &str, &str); 9] = [
    (
        "h1",
        "Herald",
        "The ferry Marlin ran aground off Pier Sorrel in Port Ellis, Captain Ida Roos said.",
    ),
    (
        "g1",
        "Gazette",
        "Velmark bank raised its interest rate to 4 percent, governor Otto Trell announced.",
    ),
    (
        "m1",
        "Mail",
        "Captain Ida Roos of the ferry Marlin, aground at Pier Sorrel, said Port Ellis sent tugs.",
    ),
    (
        "h2",
        "Herald",
        "Governor Otto Trell defended the interest rate of 4 percent that Velmark bank set.",
    ),
    (
        "g2",
        "Gazette",
        "Tugs freed the ferry Marlin from the rocks off Pier Sorrel near Port Ellis.",
    ),
    ("m2", "Mail", "The Kestrel observatory saw comet Brightwater, astronomer Lena Farr reported."),
    (
        "h3",
        "Herald",
        "Comet Brightwater was seen by astronomer Lena Farr at the Kestrel observatory.",
    ),
    (
        "g3",
        "Gazette",
        "Astronomers at Kestrel observatory photographed comet Brightwater, Lena Farr said.",
    ),
    (
        "m3",
        "Mail",
        "Borrowing costs more in Velmark: the bank's interest rate is 4 percent, Otto Trell said.",
    ),
];

fn line((id, outlet, text): (&str, &str, &str)) -> String {
    let text = format!("{text} {text}");
    format!(
        "{{\"id\":\"{id}\",\"outlet\":\"{outlet}\",\"date\":\"2026-03-02\",\"title\":\"{}\",\
         \"text\":\"{text}\"}}\n",
        text.split(' ').take(6).collect::<Vec<_>>().join(" ")
    )
}

fn now() -> Timestamp {
    "2026-03-03T12:00:00Z".parse().expect("an instant")
}

fn open(folder: &TempDir, name: &str) -> Desk {
    let options = DeskOptions { clock: now, ..DeskOptions::default() };
    Desk::open(&folder.path().join(name), &options).expect("a store can be opened")
}

fn ingest(desk: &mut Desk, file: &Path) -> Report {
    let stop = AtomicBool::new(false);
    let gathering =
        Gathering { fetcher: None, pages: Pages::Never, from_start: false, stop: &stop };
    let files = [file.to_owned()];
    desk.ingest(&files, &gathering, &Unwatched).expect("the store can be written")
}

fn write(folder: &TempDir, name: &str, content: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file can be written");
    path
}

/// The ids of the articles of each story.
fn stories(desk: &Desk) -> Vec<Vec<String>> {
    let mut stories = std::collections::BTreeMap::<u64, Vec<String>>::new();
    for article in desk.store().articles() {
        let article = article.expect("a readable store");
        let story = article.story.expect("each article has a story");
        stories.entry(story).or_default().push(article.document.article.id.clone());
    }
    stories.into_values().collect()
}

fn as_one_file(folder: &TempDir) -> PathBuf {
    write(folder, "all.jsonl", &REPORTS.map(line).concat())
}

#[test]
fn two_desks_on_one_file_know_what_the_other_wrote() {
    let folder = TempDir::new().expect("a folder");
    let mut desks = [open(&folder, "two.db"), open(&folder, "two.db")];
    for (at, report) in REPORTS.into_iter().enumerate() {
        let file = write(&folder, &format!("{at}.jsonl"), &line(report));
        assert_eq!(ingest(&mut desks[at % 2], &file).new, 1);
    }
    let mut alone = open(&folder, "one.db");
    for at in 0..REPORTS.len() {
        ingest(&mut alone, &folder.path().join(format!("{at}.jsonl")));
    }
    assert_eq!(stories(&desks[0]), stories(&alone));
    assert_eq!(stories(&alone).len(), 3, "{:?}", stories(&alone));
    assert!(desks[0].store().check().expect("a check").is_sound());
}

#[test]
fn a_desk_that_is_opened_for_each_report_forms_the_same_stories() {
    let folder = TempDir::new().expect("a folder");
    for (at, report) in REPORTS.into_iter().enumerate() {
        let file = write(&folder, &format!("{at}.jsonl"), &line(report));
        ingest(&mut open(&folder, "reopened.db"), &file);
    }
    let mut held = open(&folder, "held.db");
    for at in 0..REPORTS.len() {
        ingest(&mut held, &folder.path().join(format!("{at}.jsonl")));
    }
    assert_eq!(stories(&open(&folder, "reopened.db")), stories(&held));
}

#[test]
fn a_file_that_grows_is_read_anew_and_nothing_is_doubled() {
    let folder = TempDir::new().expect("a folder");
    let mut desk = open(&folder, "desk.db");
    let file =
        write(&folder, "all.jsonl", &REPORTS[..4].iter().copied().map(line).collect::<String>());
    assert_eq!(ingest(&mut desk, &file).new, 4);
    let again = ingest(&mut desk, &file);
    assert_eq!((again.read, again.told.get("read-before")), (0, Some(&1)), "{again:?}");
    let report = ingest(&mut desk, &as_one_file(&folder));
    assert_eq!((report.new, report.unchanged), (5, 4), "{report:?}");
}

#[test]
fn an_id_that_stands_for_two_articles_of_a_file_keeps_both_and_revises_none() {
    let folder = TempDir::new().expect("a folder");
    let mut desk = open(&folder, "desk.db");
    let (id, outlet, text) = REPORTS[0];
    let lines = line((id, outlet, text)) + &line((id, outlet, REPORTS[5].2));
    let file = write(&folder, "twice.jsonl", &lines);
    let stop = AtomicBool::new(false);
    let gathering = Gathering { fetcher: None, pages: Pages::Never, from_start: true, stop: &stop };
    let mut read = || {
        let files = [file.clone()];
        desk.ingest(&files, &gathering, &Unwatched).expect("the store can be written")
    };
    let first = read();
    assert_eq!((first.new, first.told.get("duplicate-id")), (2, Some(&1)), "{first:?}");
    let again = read();
    assert_eq!((again.new, again.revised, again.unchanged), (0, 0, 2), "{again:?}");
}

#[test]
fn other_words_become_a_revision_in_the_same_story() {
    let folder = TempDir::new().expect("a folder");
    let mut desk = open(&folder, "desk.db");
    ingest(&mut desk, &as_one_file(&folder));
    let before = stories(&desk);
    let (id, outlet, text) = REPORTS[1];
    let text = text.replace("4 percent", "5 percent");
    let file = write(&folder, "corrected.jsonl", &line((id, outlet, &text)));
    let report = ingest(&mut desk, &file);
    assert_eq!((report.new, report.revised), (0, 1), "{report:?}");
    assert_eq!(stories(&desk), before);
    let revised = Query::parse("is:revised").expect("a query");
    let hits = desk.store().search(&revised, 10, None).expect("hits").hits;
    assert_eq!(hits.len(), 1);
    let difference = desk.store().compare_revisions(hits[0].article, 0, 1).expect("a difference");
    assert!(difference.changes.iter().all(|change| difference.newer.slice(change.newer) == "5"));
}

#[test]
fn decisions_by_hand_are_kept_whatever_comes_later() {
    let folder = TempDir::new().expect("a folder");
    let mut desk = open(&folder, "desk.db");
    let early: String = REPORTS[..5].iter().copied().map(line).collect();
    ingest(&mut desk, &write(&folder, "early.jsonl", &early));
    let number = |desk: &Desk, id: &str| desk.store().articles_by_id(id).expect("a store")[0];
    let story = |desk: &Desk, id: &str| {
        desk.store().article(number(desk, id)).expect("it").story.expect("a story")
    };
    assert_eq!(story(&desk, "h1"), story(&desk, "g2"));
    let taken = number(&desk, "g2");
    let new = desk.split(story(&desk, "g2"), &[taken]).expect("it is in the window");
    assert_eq!((story(&desk, "g2"), desk.store().story(new).expect("it").row.articles), (new, 1));
    let merged = desk.merge(story(&desk, "h1"), story(&desk, "g1")).expect("both are there");
    assert_eq!(story(&desk, "h1"), story(&desk, "h2"));

    // Opened anew, and with the rest of the reports, it still holds.
    drop(desk);
    let mut desk = open(&folder, "desk.db");
    ingest(&mut desk, &as_one_file(&folder));
    assert_eq!(story(&desk, "g2"), new);
    assert_eq!(story(&desk, "h1"), story(&desk, "g1"));
    assert_eq!(story(&desk, "h1"), merged);
    let comet = story(&desk, "m2");
    desk.pin(&[taken], comet).expect("both are there");
    assert_eq!(story(&desk, "g2"), comet);
    assert_eq!(desk.store().story(new).expect("it leads there").row.story, comet);
    let error = desk.split(comet, &[9999]).expect_err("nobody knows it");
    assert_eq!(error.code(), "not-found");
}

#[test]
fn tables_that_are_written_are_read_again() {
    let folder = TempDir::new().expect("a folder");
    let mut desk = open(&folder, "desk.db");
    ingest(&mut desk, &as_one_file(&folder));
    for (format, name) in [(TableFormat::Csv, "all.csv"), (TableFormat::Parquet, "all.parquet")] {
        let mut table = Vec::new();
        let rows = desk.write_table(&Selection::All, Rows::Articles, format, &mut table);
        assert_eq!(rows.expect("it can be written"), 9);
        let path = folder.path().join(name);
        std::fs::write(&path, table).expect("a file can be written");
        let mut other = open(&folder, &format!("{name}.db"));
        let report = ingest(&mut other, &path);
        assert_eq!((report.read, report.new), (9, 9), "{name}: {report:?}");
        assert_eq!(stories(&other), stories(&desk), "{name}");
    }
    let mut lines = Vec::new();
    desk.write_lines(&Selection::All, &mut lines).expect("lines");
    let path = folder.path().join("again.jsonl");
    std::fs::write(&path, lines).expect("a file can be written");
    let report = ingest(&mut desk, &path);
    assert_eq!((report.new, report.revised, report.unchanged), (0, 0, 9), "{report:?}");
    let mut lines = Vec::new();
    assert_eq!(desk.write_lines(&Selection::Story(1), &mut lines).expect("lines"), 3);
    let feed = desk.feed(&Selection::Search(Query::parse("comet").expect("a query")), 10);
    assert_eq!(feed.expect("a feed").matches("<entry>").count(), 3);
}

/// The words, tellers and certainty of all claims, by story.
fn claims(desk: &Desk) -> Vec<String> {
    let mut all = Vec::new();
    for story in 1..20 {
        for claim in desk.store().claims(story).unwrap_or_default() {
            let tellers: Vec<u64> = claim.tellings.iter().map(|place| place.article).collect();
            all.push(format!("{story} {} {tellers:?} {:?}", claim.words, claim.counts));
        }
    }
    all
}

#[test]
fn synopses_that_are_held_find_what_comparing_at_once_finds() {
    let folder = TempDir::new().expect("a folder");
    let holding = DeskOptions { clock: now, held_synopses: 2, ..DeskOptions::default() };
    let mut held = Desk::open(&folder.path().join("held.db"), &holding).expect("a store");
    let mut plain = open(&folder, "plain.db");
    let (id, outlet, text) = REPORTS[0];
    let corrected = (id, outlet, &*text.replace("Marlin", "Merlin"));
    for (at, report) in REPORTS.into_iter().chain([corrected]).enumerate() {
        let file = write(&folder, &format!("{at}.jsonl"), &line(report));
        for desk in [&mut held, &mut plain] {
            ingest(desk, &file);
            desk.compare_changed(&Unwatched).expect("it can be written");
        }
        assert_eq!(claims(&held), claims(&plain), "after {at}");
    }
    assert!(!claims(&held).is_empty());
}

#[test]
fn claims_are_found_once_stories_are_compared() {
    let folder = TempDir::new().expect("a folder");
    let mut desk = open(&folder, "desk.db");
    ingest(&mut desk, &as_one_file(&folder));
    assert_eq!(desk.compare_changed(&Unwatched).expect("it can be written"), 3);
    assert_eq!(desk.compare_changed(&Unwatched).expect("it can be written"), 0, "nothing changed");
    let claims = desk.store().stats().expect("counts").claims;
    let query = Query::parse("kind:claim").expect("a query");
    assert!(claims >= 1);
    assert_eq!(desk.store().count(&query).expect("a count"), claims, "each is found");
}
