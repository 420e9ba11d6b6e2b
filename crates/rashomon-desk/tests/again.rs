//! Pages that are asked again: what an outlet changes in silence becomes a revision.
#![allow(clippy::disallowed_methods, reason = "tests serve pages and write files")]

mod serving;

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rashomon_desk::store::Feed;
use rashomon_desk::{Again, Desk, DeskOptions, Gathering, Look, Pages, Unwatched};

use serving::{HERALD, HTML, RSS, Server, feed, fetcher, item, page};

const FERRY: &str = "/herald/ferry?utm_source=rss";

/// Noon of the day of the reports, in seconds.
const NOON: i64 = 1_772_452_800;
const HOUR: i64 = 3600;

/// A desk, its clock, and the server that it asks.
struct Watch {
    server: Server,
    desk: Desk,
    clock: &'static AtomicI64,
    folder: tempfile::TempDir,
}

impl Watch {
    fn new(again: Again, clock: fn() -> Timestamp, hands: &'static AtomicI64) -> Watch {
        let folder = tempfile::tempdir().expect("a folder");
        let options = DeskOptions { clock, again, ..DeskOptions::default() };
        let desk = Desk::open(&folder.path().join("desk.db"), &options).expect("a store");
        let watch = Watch { server: Server::new(), desk, clock: hands, folder };
        watch.clock.store(NOON, Ordering::SeqCst);
        watch
    }

    fn subscribe(&mut self, entries: &str) {
        self.server.says("/herald.xml", RSS, feed(entries));
        let feed = Feed { address: self.server.at("/herald.xml"), ..Feed::default() };
        self.desk.subscribe(&feed).expect("the store can be written");
    }

    /// Looks some hours after noon.
    fn look(&mut self, hours: i64, pages: Pages) -> Look {
        self.clock.store(NOON + hours * HOUR, Ordering::SeqCst);
        let (stop, fetcher) = (AtomicBool::new(false), fetcher());
        let gathering =
            Gathering { fetcher: Some(&fetcher), pages, from_start: false, stop: &stop };
        let every = Duration::from_secs(600);
        self.desk.look(every, &gathering, &Unwatched).expect("the store can be written")
    }
}

/// A clock that a test sets.
macro_rules! clock {
    () => {{
        static HANDS: AtomicI64 = AtomicI64::new(NOON);
        fn now() -> Timestamp {
            Timestamp::from_second(HANDS.load(Ordering::SeqCst)).expect("a time")
        }
        (now as fn() -> Timestamp, &HANDS)
    }};
}

fn tagged(tag: &str) -> String {
    format!("{HTML}ETag: \"{tag}\"\r\n")
}

#[test]
fn what_is_changed_in_silence_becomes_a_revision() {
    let (now, hands) = clock!();
    let mut watch = Watch::new(Again::default(), now, hands);
    watch.subscribe(&item("/herald/ferry", "Ferry runs aground"));
    let ferry = |words: &str| page("Harbour Herald", "Ferry runs aground", words);
    watch.server.says(FERRY, &tagged("one"), ferry(HERALD));
    let first = watch.look(0, Pages::Auto);
    assert_eq!((first.report.new, first.again), (1, 0), "{first:?}");
    let before = watch.desk.store().article(1).expect("it is kept");

    // After an hour the page is as it was, and says so itself.
    let second = watch.look(1, Pages::Auto);
    assert_eq!((second.again, second.report.read), (1, 0), "{second:?}");
    let seen = watch.desk.store().article(1).expect("it is kept").last_seen;
    assert_eq!(seen.as_second(), NOON + HOUR);

    // The feed says nothing of it, and the page is not asked before its time.
    let corrected = HERALD.replace("120 passengers", "150 passengers");
    watch.server.says(FERRY, &tagged("two"), ferry(&corrected));
    assert_eq!(watch.look(5, Pages::Auto).again, 0);
    assert_eq!(watch.server.asked(FERRY), 2);
    let third = watch.look(6, Pages::Auto);
    assert_eq!((third.again, third.report.revised, third.report.new), (1, 1, 0), "{third:?}");
    let difference = watch.desk.store().compare_revisions(1, 0, 1).expect("two revisions");
    let [change] = &difference.changes[..] else { panic!("one change: {:?}", difference.changes) };
    assert_eq!(difference.newer.slice(change.newer), "150");
    let after = watch.desk.store().article(1).expect("it is kept");
    assert_eq!((after.at, after.story), (before.at, before.story));
    let fields = |document: &rashomon::article::Document| {
        let article = &document.article;
        (article.outlet.clone(), article.published, article.extra.clone())
    };
    assert_eq!(fields(&after.document), fields(&before.document));

    // After a day and after three it is asked once more each time, and then no more.
    let asked: Vec<usize> = [7, 24, 25, 72, 100, 1000]
        .into_iter()
        .map(|hours| watch.look(hours, Pages::Auto).again)
        .collect();
    assert_eq!(asked, [0, 1, 0, 1, 0, 0]);
    assert_eq!(watch.server.asked(FERRY), 5);
    assert_eq!(watch.desk.store().next_page_at().expect("a store"), None);
    assert!(watch.folder.path().join("desk.db").exists());
}

#[test]
fn a_page_that_is_gone_or_holds_something_else_leaves_what_was_kept() {
    let (now, hands) = clock!();
    let mut watch = Watch::new(Again::default(), now, hands);
    let entries = item("/herald/ferry", "Ferry runs aground")
        + &item("/herald/tugs", "Tugs come")
        + &item("/herald/pier", "Pier closes");
    watch.subscribe(&entries);
    let (ferry, tugs) = (FERRY, "/herald/tugs?utm_source=rss");
    watch.server.says(ferry, HTML, page("Harbour Herald", "Ferry runs aground", HERALD));
    let words = HERALD.replace("ferry", "tug").replace("Marlin", "Merlin");
    watch.server.says(tugs, HTML, page("Harbour Herald", "Tugs come", &words));
    let pier = "/herald/pier?utm_source=rss";
    let words = HERALD.replace("ferry", "crane").replace("Marlin", "Melvin");
    watch.server.says(pier, HTML, page("Harbour Herald", "Pier closes", &words));
    assert_eq!(watch.look(0, Pages::Auto).report.new, 3);

    watch.server.fails(ferry, 410, "", "");
    let other = page("Harbour Herald", "Sport", "Nobody won the match in Port Ellis on Sunday.");
    let canonical = "<link rel=\"canonical\" href=\"BASE/herald/sport\"><title>";
    watch.server.says(tugs, HTML, other.replace("<title>", canonical));
    watch.server.fails(pier, 302, &format!("Location: {}\r\n", watch.server.at("/")), "");
    watch.server.says("/", HTML, page("Harbour Herald", "The Herald", HERALD));
    let look = watch.look(1, Pages::Auto);
    assert_eq!((look.again, look.report.new, look.report.revised), (3, 0, 0), "{look:?}");
    assert_eq!(look.report.told.get("other-page"), Some(&2), "{look:?}");
    assert_eq!(look.report.told.get("gone"), Some(&1), "{look:?}");
    assert_eq!(watch.look(6, Pages::Auto).again, 2, "what is gone is not asked again");
}

#[test]
fn only_some_are_asked_at_once_and_none_where_nobody_wants_it() {
    let (now, hands) = clock!();
    let again = Again { most_per_host: 2, ..Again::default() };
    let mut watch = Watch::new(again, now, hands);
    let paths: Vec<String> = (0..5).map(|at| format!("/herald/{at}")).collect();
    watch.subscribe(&paths.iter().map(|path| item(path, "Ferry runs aground")).collect::<String>());
    for (at, path) in paths.iter().enumerate() {
        let words = HERALD.replace("120", &(120 + at).to_string());
        let page = page("Harbour Herald", "Ferry runs aground", &words);
        watch.server.says(&format!("{path}?utm_source=rss"), &tagged(path), page);
    }
    assert_eq!(watch.look(0, Pages::Auto).report.new, 5);
    assert_eq!(watch.look(1, Pages::Never).again, 0);
    let looks = [(); 4].map(|()| watch.look(1, Pages::Auto));
    assert_eq!(looks.each_ref().map(|look| look.again), [2, 2, 1, 0]);
    let pause = looks[0].next.expect("more are due").as_second() - NOON - HOUR;
    assert_eq!(pause, 60, "the others have time");

    let (now, hands) = clock!();
    let mut never = Watch::new(Again { after: Vec::new(), ..Again::default() }, now, hands);
    never.subscribe(&item("/herald/ferry", "Ferry runs aground"));
    never.server.says(FERRY, HTML, page("Harbour Herald", "Ferry runs aground", HERALD));
    assert_eq!(never.look(0, Pages::Auto).report.new, 1);
    assert_eq!(never.look(1, Pages::Auto).again, 0);
    assert_eq!(never.desk.store().next_page_at().expect("a store"), None);
}
