//! How long the lists of a store take that a page of it shows.
//!
//! ```sh
//! cargo run --release -p rashomon-store --example lists -- desk.rashomon
//! ```

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement reads a clock, and prints"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rashomon_store::{
    OpenOptions, OutletRow, Page, Query, Result, SpeakerFilter, Store, StoryFilter, StoryOrder,
    StoryPage,
};

/// Rows of a page.
const ROWS: usize = 50;

/// How often each list is read; the median counts.
const ROUNDS: usize = 9;

fn time<T>(what: &str, rows: impl Fn(&T) -> usize, read: impl Fn() -> Result<T>) {
    let mut times = Vec::new();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        count = rows(&read().unwrap());
        times.push(begin.elapsed());
    }
    times.sort();
    let (first, median): (Duration, Duration) = (times[0], times[ROUNDS / 2]);
    println!("{what:44} {count:5} rows {median:10.2?} ({first:.2?} at best)");
}

fn of_page<T>(page: &Page<T>) -> usize {
    page.rows.len()
}

fn of_stories(page: &StoryPage) -> usize {
    page.stories.len()
}

fn main() {
    let path = std::env::args().nth(1).expect("name the store");
    let options = OpenOptions { read_only: true, create: false, ..OpenOptions::default() };
    let store = Store::open(Path::new(&path), &options).unwrap();
    println!("{:?}", store.stats().unwrap());
    let all = StoryFilter::default();
    let since = Some(Timestamp::from_second(1_577_836_800).unwrap());
    let filters = [
        ("newest", all.clone(), StoryOrder::Newest),
        ("most origins", all.clone(), StoryOrder::Origins),
        ("most conflicts", all.clone(), StoryOrder::Conflicts),
        ("disputed", StoryFilter { disputed: true, ..all.clone() }, StoryOrder::Newest),
        ("of 3 origins", StoryFilter { origins: 3, ..all.clone() }, StoryOrder::Newest),
        ("with counts", StoryFilter { count_since: since, ..all.clone() }, StoryOrder::Newest),
        ("seen since", StoryFilter { seen_since: since, ..all.clone() }, StoryOrder::Newest),
    ];
    for (what, filter, order) in filters {
        let read = || store.stories(&filter, order, ROWS, None);
        time(&format!("stories, {what}"), of_stories, read);
    }
    for words in ["trump", "supreme court"] {
        let query = Some(Query::parse(words).unwrap());
        let filter = StoryFilter { query, ..all.clone() };
        let read = || store.stories(&filter, StoryOrder::Newest, ROWS, None);
        time(&format!("stories, {words}"), of_stories, read);
    }
    time("newest conflicts", of_page, || store.newest_conflicts(ROWS, None));
    let most = store.speakers(&SpeakerFilter { named: true, ..Default::default() }, 3, None);
    for (what, prefix) in [("all", None), ("beginning with j", Some("j".to_owned()))] {
        let filter = SpeakerFilter { prefix, named: true, kind: None };
        let read = || store.speakers(&filter, ROWS, None);
        time(&format!("speakers, {what}"), of_page, read);
    }
    for speaker in most.unwrap().rows {
        let read = || store.remarks_of(&speaker.name, ROWS, None);
        time(&format!("remarks, of {}", speaker.remarks), of_page, read);
    }
    time("outlets", of_page, || store.outlets(None, ROWS, None));
    for row in store.outlets(None, 2, None).unwrap().rows {
        let (outlet, of) = (&row.outlet, row.articles);
        time(&format!("outlet of {of}"), |_: &Option<OutletRow>| 1, || store.outlet(outlet));
        let read = || store.articles_by(outlet, ROWS, None);
        time(&format!("outlet of {of}, articles"), of_page, read);
        let read = || store.alone(outlet, ROWS, None);
        time(&format!("outlet of {of}, alone"), of_page, read);
        let read = || store.left_out(outlet, ROWS, None);
        time(&format!("outlet of {of}, left out"), of_page, read);
        time(&format!("outlet of {of}, copies"), Vec::len, || store.copied_from(outlet));
        time(&format!("outlet of {of}, copied"), Vec::len, || store.copied_by(outlet));
        let read = || store.copies(Some(outlet), None, ROWS, None);
        time(&format!("outlet of {of}, its copies"), of_page, read);
    }
    let last = store.stats().unwrap().articles.saturating_sub(20);
    time("changes since", Vec::len, || store.changes_since(last, ROWS));
}
