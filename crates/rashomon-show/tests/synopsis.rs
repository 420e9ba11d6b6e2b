//! The law of a synopsis: whatever came, changed and left in whatever order, the story is the one
//! that comparing the same reports at once gives, to the byte of its JSON.
#![allow(clippy::disallowed_methods, reason = "a test reads the samples")]

use std::path::{Path, PathBuf};

use rashomon::language::english;
use rashomon::read::ReadOptions;
use rashomon::{Synopsis, annotate, compare_story};
use rashomon_article::{Document, Published, Story};
use rashomon_show::wire::comparison;

/// Changes of each walk.
const STEPS: usize = 14;

#[test]
fn harbour_strike() {
    walk(&reports(&["harbour-strike"]), 1);
    walk(&reports(&["harbour-strike"]), 2);
}

#[test]
fn minister_trial() {
    walk(&reports(&["minister-trial"]), 3);
    walk(&reports(&["minister-trial"]), 4);
}

#[test]
fn storm_odile() {
    walk(&reports(&["storm-odile"]), 5);
    walk(&reports(&["storm-odile"]), 6);
}

#[test]
fn strangers_in_one_story() {
    walk(&reports(&["harbour-strike", "minister-trial", "storm-odile"]), 7);
}

#[test]
fn in_any_rotation() {
    let documents = reports(&["harbour-strike"]);
    for turn in 0..documents.len() {
        let mut turned = documents.clone();
        turned.rotate_left(turn);
        let mut synopsis = Synopsis::new("s1".into(), english());
        for (at, document) in turned.iter().enumerate() {
            synopsis.add(document.clone());
            hold(&mut synopsis, &turned[..=at]);
        }
    }
}

/// Reports without a date borrow the day of others, and lose it again when those leave.
#[test]
fn dates_are_borrowed_and_given_back() {
    let mut documents = reports(&["harbour-strike"]);
    for document in documents.iter_mut().skip(1).step_by(2) {
        document.article.published = None;
        *document = annotate(document.clone(), english());
    }
    walk(&documents, 8);
    let mut synopsis = Synopsis::new("s1".into(), english());
    documents.iter().for_each(|document| synopsis.add(document.clone()));
    hold(&mut synopsis, &documents);
    while documents.iter().any(|document| document.article.published.is_some()) {
        let at = documents.iter().position(|one| one.article.published.is_some()).expect("some");
        let left = documents.remove(at);
        let own = synopsis.remove(&left.article.id).expect("it was there");
        assert_eq!(format!("{own:?}"), format!("{left:?}"));
        hold(&mut synopsis, &documents);
    }
}

/// Adds, replaces and removes in an order that a number decides, and looks after each step.
fn walk(reports: &[Document], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut free: Vec<Document> = reports.to_vec();
    let mut documents: Vec<Document> = Vec::new();
    let mut synopsis = Synopsis::new("s1".into(), english());
    for _ in 0..STEPS {
        match next(6) {
            0..=2 if !free.is_empty() => {
                let document = free.remove(next(free.len()));
                synopsis.add(document.clone());
                documents.push(document);
            }
            3 if !documents.is_empty() => {
                let at = next(documents.len());
                let id = documents[at].article.id.clone();
                let own = synopsis.remove(&id).expect("it was there");
                assert_eq!(format!("{own:?}"), format!("{:?}", documents[at]));
                free.push(documents.remove(at));
            }
            _ if !documents.is_empty() => {
                let at = next(documents.len());
                let id = documents[at].article.id.clone();
                documents[at] = revised(&documents[at], next(4));
                synopsis.replace(&id, documents[at].clone());
            }
            _ => {}
        }
        hold(&mut synopsis, &documents);
    }
    assert_eq!(synopsis.len(), documents.len());
}

/// A later state of a report: another day, a sentence more, a sentence less, or the same.
fn revised(document: &Document, how: usize) -> Document {
    let mut article = document.article.clone();
    let text = article.text.as_str().to_owned();
    match how {
        0 => {
            let day = article.published.map_or(jiff::civil::date(2026, 3, 2), Published::day);
            article.published = day.tomorrow().ok().map(Published::Day);
        }
        1 => {
            let more = "\n\nThe talks went on for 19 hours, the mayor said, and nobody agreed.";
            let mut again = rashomon::read::read_plain(&article.id, &(text + more), english());
            again.article.outlet = article.outlet;
            again.article.published = article.published;
            return annotate(again, english());
        }
        2 => {
            let end = text.rfind("\n\n").unwrap_or(text.len());
            let mut again = rashomon::read::read_plain(&article.id, &text[..end], english());
            again.article.outlet = article.outlet;
            again.article.published = article.published;
            return annotate(again, english());
        }
        _ => {}
    }
    annotate(Document::new(article), english())
}

fn hold(synopsis: &mut Synopsis<'_>, documents: &[Document]) {
    let at_once = compare_story("s1".into(), documents.to_vec(), english());
    let kept = synopsis.story();
    assert_eq!(json(kept), json(&at_once));
    assert_eq!(format!("{kept:#?}"), format!("{at_once:#?}"));
}

fn json(story: &Story) -> String {
    let stories = std::slice::from_ref(story);
    serde_json::to_string(&comparison(stories, &[])).expect("a comparison is JSON")
}

/// The reports of sample stories that need no reader of web pages.
fn reports(stories: &[&str]) -> Vec<Document> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut documents = Vec::new();
    for story in stories {
        let folder = samples.join(story);
        let entries = std::fs::read_dir(&folder).expect("the sample is there");
        let mut files: Vec<PathBuf> =
            entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "txt" || end == "jsonl"));
        files.sort();
        for file in files {
            let name = file.file_name().expect("a file has a name").to_string_lossy();
            let bytes = std::fs::read(&file).expect("the file can be read");
            let reading = rashomon::read::read(&name, &bytes, &ReadOptions::default(), english());
            documents.extend(reading.documents.into_iter().map(|one| annotate(one, english())));
        }
    }
    assert!(documents.len() >= 3, "the samples have reports");
    documents
}
