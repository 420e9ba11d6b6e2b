//! Decisions by hand that are taken back.
#![allow(clippy::disallowed_methods, reason = "tests write the files that are read")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use proptest::prelude::*;
use rashomon_desk::{Desk, DeskOptions, Gathering, Pages, Unwatched};
use tempfile::TempDir;

/// What events are about.
const EVENTS: [&str; 4] = [
    "The ferry Marlin ran aground off Pier Sorrel in Port Ellis, Captain Ida Roos said",
    "Velmark bank raised its interest rate to 4 percent, governor Otto Trell announced",
    "The Kestrel observatory saw comet Brightwater, astronomer Lena Farr reported",
    "Orchards in Hallin lost pears to the blight, grower Petra Voss told the council",
];

/// What reports say besides.
const OWN: [&str; 5] = ["by noon", "on Monday", "after dark", "in the rain", "once more"];

fn now() -> Timestamp {
    "2026-03-03T12:00:00Z".parse().expect("an instant")
}

fn open(folder: &TempDir) -> Desk {
    let options = DeskOptions { clock: now, ..DeskOptions::default() };
    Desk::open(&folder.path().join("desk.db"), &options).expect("a store can be opened")
}

/// Reports, each of an event with words of its own, from a number on.
fn ingest(desk: &mut Desk, folder: &Path, from: usize, reports: &[(usize, usize)]) {
    let mut lines = String::new();
    for (at, (event, own)) in reports.iter().enumerate() {
        let (event, own, id) = (EVENTS[*event], OWN[*own], from + at);
        lines += &format!(
            "{{\"id\":\"r{id}\",\"outlet\":\"O{}\",\"date\":\"2026-03-02\",\"title\":\"{event} {own}\",\
             \"text\":\"{event} {own}. {event}.\"}}\n",
            id % 3
        );
    }
    let file = folder.join(format!("{from}.jsonl"));
    std::fs::write(&file, lines).expect("a file can be written");
    let stop = AtomicBool::new(false);
    let gathering =
        Gathering { fetcher: None, pages: Pages::Never, from_start: false, stop: &stop };
    desk.ingest(&[file], &gathering, &Unwatched).expect("the store can be written");
}

/// Where each article is, and where each number leads that was ever given before a number.
fn picture(desk: &Desk, below: u64) -> (BTreeMap<u64, u64>, BTreeMap<u64, u64>) {
    let store = desk.store();
    let story = |article| Some((article, store.story_of(article).expect("a store")?));
    let newest = store.newest_article().expect("a store");
    let articles = (1..=newest).filter_map(story).collect();
    let leads = |story: u64| {
        let found = store.story(story).ok()?;
        Some((story, found.row.story))
    };
    (articles, (1..below).filter_map(leads).collect())
}

/// Decides something; tells whether there was anything to decide.
fn decide(desk: &mut Desk, (kind, a, b): (u8, u64, u64)) -> bool {
    let newest = desk.store().newest_article().expect("a store");
    let (a, b) = (a % newest + 1, b % newest + 1);
    let story = |desk: &Desk, article| {
        desk.store().story_of(article).expect("a store").expect("each article has a story")
    };
    let (of_a, of_b) = (story(desk, a), story(desk, b));
    match kind {
        0 => desk.split(of_a, &[a]).is_ok(),
        1 => desk.merge(of_a, of_b).is_ok(),
        _ => desk.pin(&[a], of_b).is_ok(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_a_decision_is_taken_back_all_is_as_before(
        first in proptest::collection::vec((0..EVENTS.len(), 0..OWN.len()), 2..14),
        hands in proptest::collection::vec((0u8..3, 0u64..14, 0u64..14), 1..5),
        restarts in proptest::collection::vec(any::<bool>(), 10),
        then in proptest::collection::vec((0..EVENTS.len(), 0..OWN.len()), 0..5),
    ) {
        let folder = TempDir::new().expect("a folder");
        let mut desk = open(&folder);
        ingest(&mut desk, folder.path(), 0, &first);
        let mut before = Vec::new();
        for hand in hands {
            let below = desk.store().highest_story().expect("a store") + 1;
            let was = picture(&desk, below);
            if decide(&mut desk, hand) {
                before.push((below, was));
            } else {
                prop_assert_eq!(picture(&desk, below), was, "what is refused changes nothing");
            }
        }
        prop_assert_eq!(desk.decisions().expect("a store").len(), before.len());
        for ((below, was), restart) in before.into_iter().rev().zip(restarts) {
            if restart {
                desk = open(&folder);
            }
            let last = desk.decisions().expect("a store").pop().expect("one for each");
            let undone = desk.undo(last.number).expect("it is in force");
            prop_assert!(undone.stay.is_empty());
            prop_assert_eq!(picture(&desk, below), was);
            prop_assert_eq!(desk.undo(last.number).expect_err("once").code(), "not-found");
        }
        prop_assert!(desk.decisions().expect("a store").is_empty());
        // What began by a decision leads somewhere still, and the desk goes on.
        for story in 1..=desk.store().highest_story().expect("a store") {
            prop_assert!(desk.store().story(story).is_ok(), "s{} leads nowhere", story);
        }
        ingest(&mut desk, folder.path(), 100, &then);
        prop_assert!(desk.store().check().expect("a check").is_sound());
    }
}

#[test]
fn a_decision_in_the_middle_is_taken_back_and_later_ones_hold() {
    let folder = TempDir::new().expect("a folder");
    let mut desk = open(&folder);
    let reports = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1)];
    ingest(&mut desk, folder.path(), 0, &reports);
    let story =
        |desk: &Desk, article| desk.store().story_of(article).expect("a store").expect("one");
    let [ferry, bank, comet] = [1, 4, 6].map(|article| story(&desk, article));
    let new = desk.split(ferry, &[2, 3]).expect("a1 stays");
    desk.pin(&[3], bank).expect("both are there");
    let merged = desk.merge(bank, comet).expect("both are there");
    let numbers: Vec<u64> =
        desk.decisions().expect("a store").iter().map(|decision| decision.number).collect();
    let undone = desk.undo(numbers[0]).expect("in force");
    assert_eq!((undone.back, undone.stay), (vec![(2, ferry)], vec![3]));
    assert_eq!(story(&desk, 3), merged, "the pin holds");
    assert_eq!(desk.store().story(new).expect("it leads there").row.story, ferry);

    // The merged stories are apart again, with what was pinned to one of them before.
    desk.undo(numbers[2]).expect("in force");
    assert_eq!([story(&desk, 4), story(&desk, 3), story(&desk, 6)], [bank, bank, comet]);
    let undone = desk.undo(numbers[1]).expect("in force");
    assert_eq!(undone.back, [(3, ferry)], "the story it came from is the first one now");
    assert_eq!([1, 2, 3].map(|article| story(&desk, article)), [ferry; 3]);
}
