//! Feeds and pages of a server on this machine become stories.
#![allow(clippy::disallowed_methods, reason = "tests serve pages and write files")]

mod serving;

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use jiff::Timestamp;
use rashomon_desk::fetch::{FetchOptions, Fetcher};
use rashomon_desk::store::{Feed, Query};
use rashomon_desk::{Desk, DeskOptions, Gathering, Look, Pages, Unwatched};

use serving::{GAZETTE, HERALD, HTML, RSS, Server, feed, fetcher, item, page};

fn noon() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().expect("an instant")
}

/// A desk that writes to a file, as one needs to know what an earlier look brought.
fn desk(folder: &tempfile::TempDir) -> Desk {
    let options = DeskOptions { clock: noon, ..DeskOptions::default() };
    Desk::open(&folder.path().join("desk.db"), &options).expect("a store can be made")
}

fn look(desk: &mut Desk, fetcher: &Fetcher) -> Look {
    let stop = AtomicBool::new(false);
    let gathering =
        Gathering { fetcher: Some(fetcher), pages: Pages::Auto, from_start: false, stop: &stop };
    // The clock stands still: after a look at once, the feed is due again.
    desk.look(Duration::ZERO, &gathering, &Unwatched).expect("the store can be written")
}

#[test]
fn a_story_forms_from_feeds() {
    let server = Server::new();
    server.says("/herald.xml", RSS, feed(&item("/herald/ferry", "Ferry runs aground")));
    server.says("/gazette.xml", RSS, feed(&item("/gazette/marlin", "Tugs free the Marlin")));
    server.says(
        "/herald/ferry?utm_source=rss",
        HTML,
        page("Harbour Herald", "Ferry runs aground", HERALD),
    );
    server.says(
        "/gazette/marlin?utm_source=rss",
        HTML,
        page("Island Gazette", "Tugs free the Marlin", GAZETTE),
    );

    let folder = tempfile::tempdir().expect("a folder");
    let (mut desk, fetcher) = (desk(&folder), fetcher());
    for path in ["/herald.xml", "/gazette.xml"] {
        let feed = Feed { address: server.at(path), ..Feed::default() };
        assert!(desk.subscribe(&feed).expect("the store can be written"));
        assert!(!desk.subscribe(&feed).expect("the store can be written"), "once is enough");
    }
    let first = look(&mut desk, &fetcher);
    assert_eq!((first.asked, first.failed, first.report.new), (2, 0, 2), "{first:?}");
    let story = desk.store().story(1).expect("a story");
    assert_eq!(story.row.articles, 2, "both tell of the Marlin: {story:?}");
    assert_eq!(story.row.outlets, 2, "the pages name their outlets: {story:?}");

    assert_eq!(desk.compare_changed(&Unwatched).expect("the store can be written"), 1);
    let quotations = Query::parse("speaker:Roos spilled").expect("a query");
    assert_eq!(desk.store().count(&quotations).expect("a count"), 2);
    let claims = Query::parse("kind:claim passengers").expect("a query");
    assert_eq!(desk.store().count(&claims).expect("a count"), 1);

    // Nothing is new: the server says so itself, and no page is asked for again.
    let second = look(&mut desk, &fetcher);
    assert_eq!((second.asked, second.report.read), (2, 0), "{second:?}");
    assert_eq!(server.asked("/herald/ferry?utm_source=rss"), 1);
}

#[test]
fn a_page_that_changes_with_its_feed_becomes_a_revision() {
    let server = Server::new();
    let entry = |title: &str| feed(&item("/herald/ferry", title));
    server.says("/herald.xml", RSS, entry("Ferry runs aground"));
    server.says(
        "/herald/ferry?utm_source=rss",
        HTML,
        page("Harbour Herald", "Ferry runs aground", HERALD),
    );
    let folder = tempfile::tempdir().expect("a folder");
    let (mut desk, fetcher) = (desk(&folder), fetcher());
    let feed = Feed { address: server.at("/herald.xml"), ..Feed::default() };
    desk.subscribe(&feed).expect("the store can be written");
    assert_eq!(look(&mut desk, &fetcher).report.new, 1);

    let corrected = HERALD.replace("120 passengers", "150 passengers");
    server.says("/herald.xml", &RSS.replace("one", "two"), entry("Ferry with 150 runs aground"));
    server.says(
        "/herald/ferry?utm_source=rss",
        HTML,
        page("Harbour Herald", "Ferry runs aground", &corrected),
    );
    let second = look(&mut desk, &fetcher);
    assert_eq!((second.report.new, second.report.revised), (0, 1), "{second:?}");
    let difference = desk.store().compare_revisions(1, 0, 1).expect("two revisions");
    let [change] = &difference.changes[..] else { panic!("one change: {:?}", difference.changes) };
    assert_eq!(difference.older.slice(change.older), "120");
    assert_eq!(difference.newer.slice(change.newer), "150");
}

#[test]
fn what_fails_is_named_and_the_rest_goes_on() {
    let server = Server::new();
    let told = "The pier at Port Ellis will be closed from Monday on, the town said in a notice.";
    let entries = item("/gone", "A page that is gone").replace("In short.", told)
        + &item("/mute", "Another one, of which the feed says nothing")
        + &item("/herald/ferry", "Ferry runs aground");
    server.says("/herald.xml", RSS, feed(&entries));
    server.says(
        "/herald/ferry?utm_source=rss",
        HTML,
        page("Harbour Herald", "Ferry runs aground", HERALD),
    );
    server.fails("/broken.xml", 500, "", "");
    server.fails("/away.xml", 410, "", "");
    let link = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/herald.xml\"><title>";
    let front = page("Harbour Herald", "No feed at all", HERALD).replace("<title>", link);
    server.says("/page.xml", HTML, front);
    let folder = tempfile::tempdir().expect("a folder");
    let (mut desk, fetcher) = (desk(&folder), fetcher());
    for path in ["/herald.xml", "/broken.xml", "/away.xml", "/nobody.xml", "/page.xml"] {
        let feed = Feed { address: server.at(path), ..Feed::default() };
        desk.subscribe(&feed).expect("the store can be written");
    }
    let look = look(&mut desk, &fetcher);
    assert_eq!((look.asked, look.failed), (5, 4), "{look:?}");
    // Of the page that is gone there are the words of the feed itself, where it has some.
    assert_eq!(look.report.new, 2, "{look:?}");
    assert_eq!(look.report.told.get("not-found"), Some(&3), "{look:?}");
    let feeds = desk.store().feeds().expect("feeds");
    let feed = |path: &str| {
        let address = server.at(path);
        feeds.iter().find(|(_, feed)| feed.address == address).map(|(_, feed)| feed).expect("it")
    };
    assert!(feed("/away.xml").gone, "a feed that is gone is not asked again");
    assert_eq!(feed("/broken.xml").failures, 1);
    let error = feed("/page.xml").last_error.as_deref().expect("a page is no feed");
    assert!(error.contains("not-a-feed") && error.contains("/herald.xml"), "{error}");
    assert!(feed("/nobody.xml").last_error.as_deref().is_some_and(|e| e.contains("not-found")));
}

#[test]
fn addresses_inside_the_network_are_refused() {
    let server = Server::new();
    server.says("/herald.xml", RSS, feed(""));
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = desk(&folder);
    let fetcher = Fetcher::new(FetchOptions::default()).expect("the options are good");
    let stop = AtomicBool::new(false);
    let gathering =
        Gathering { fetcher: Some(&fetcher), pages: Pages::Auto, from_start: false, stop: &stop };
    let report = desk.ingest(&[server.at("/herald.xml").into()], &gathering, &Unwatched);
    let report = report.expect("the store can be written");
    assert_eq!(report.told.get("private-address"), Some(&1), "{report:?}");
    assert_eq!(server.asked("/herald.xml"), 0);
}

#[test]
fn lists_of_feeds_and_of_pages_are_followed() {
    let server = Server::new();
    server.says("/herald.xml", RSS, feed(&item("/herald/ferry", "Ferry runs aground")));
    server.says(
        "/herald/ferry?utm_source=rss",
        HTML,
        page("Harbour Herald", "Ferry runs aground", HERALD),
    );
    server.says("/gazette/marlin", HTML, page("Island Gazette", "Tugs free the Marlin", GAZETTE));
    server.says(
        "/all.opml",
        "Content-Type: text/x-opml\r\n",
        "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"H\" xmlUrl=\"BASE/herald.xml\"/></body></opml>",
    );
    server.says(
        "/sitemap.xml",
        "Content-Type: application/xml\r\n",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>BASE/gazette/marlin</loc></url></urlset>",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("addresses.txt");
    let addresses = format!("{}\n{}\n", server.at("/all.opml"), server.at("/sitemap.xml"));
    std::fs::write(&list, addresses).expect("a file can be written");
    let (mut desk, fetcher) = (desk(&folder), fetcher());
    let stop = AtomicBool::new(false);
    let gathering =
        Gathering { fetcher: Some(&fetcher), pages: Pages::Auto, from_start: false, stop: &stop };
    let report = desk.ingest(&[list], &gathering, &Unwatched).expect("the store can be written");
    assert_eq!((report.read, report.new), (2, 2), "{report:?}");
    assert!(report.told.is_empty(), "{report:?}");
}
