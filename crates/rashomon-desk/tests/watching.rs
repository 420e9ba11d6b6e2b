//! Feeds and pages of a server on this machine become stories.
#![allow(clippy::disallowed_methods, reason = "tests serve pages and write files")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use rashomon_desk::fetch::{FetchOptions, Fetcher};
use rashomon_desk::store::{Feed, Query};
use rashomon_desk::{Desk, DeskOptions, Gathering, Look, Pages, Unwatched};

/// What a server says under a path: status, head and body.
type Answers = Arc<Mutex<BTreeMap<String, (u16, String, String)>>>;

/// A server that says what it is told to say, and remembers what it was asked.
struct Server {
    address: String,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Server { address, answers: Answers::default(), asked: Arc::default() };
        let (answers, asked) = (Arc::clone(&server.answers), Arc::clone(&server.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away is no trouble of the server.
                let _ = serve(stream, &answers, &asked);
            }
        });
        server
    }

    fn says(&self, path: &str, head: &str, body: impl Into<String>) {
        self.fails(path, 200, head, body);
    }

    fn fails(&self, path: &str, status: u16, head: &str, body: impl Into<String>) {
        let body = body.into().replace("BASE", &self.address);
        let answer = (status, head.to_owned(), body);
        self.answers.lock().expect("no panic").insert(path.to_owned(), answer);
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// How often a path was asked for.
    fn asked(&self, path: &str) -> usize {
        self.asked.lock().expect("no panic").iter().filter(|asked| *asked == path).count()
    }
}

fn serve(
    stream: TcpStream,
    answers: &Mutex<BTreeMap<String, (u16, String, String)>>,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(&stream).lines();
    let Some(first) = lines.next().transpose()? else { return Ok(()) };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut etag = None;
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some(tag) = line.to_ascii_lowercase().strip_prefix("if-none-match: ") {
            etag = Some(tag.to_owned());
        }
    }
    asked.lock().expect("no panic").push(path.clone());
    let known = answers.lock().expect("no panic").get(&path).cloned();
    let (status, head, body) = known.unwrap_or((404, String::new(), String::new()));
    let is_known = etag.is_some_and(|etag| head.to_ascii_lowercase().contains(&etag));
    let (status, body) = if is_known { (304, String::new()) } else { (status, body) };
    let mut stream = &stream;
    write!(
        stream,
        "HTTP/1.1 {status} X\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
const RSS: &str = "Content-Type: application/rss+xml\r\nETag: \"one\"\r\n";

fn page(outlet: &str, title: &str, words: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title}</title><meta property=\"og:site_name\" \
         content=\"{outlet}\"><meta property=\"article:published_time\" \
         content=\"2026-03-02T10:00:00Z\"></head><body><nav><a href=/>Home</a></nav><article>\
         <h1>{title}</h1><p>{words}</p></article></body></html>"
    )
}

const HERALD: &str = "The ferry Marlin with 120 passengers ran aground off Pier Sorrel in Port \
    Ellis on Monday morning, the harbour master said. Two tugs pulled the Marlin free by noon. \
    “Nobody was hurt, and nobody even spilled a drink,” Captain Ida Roos told reporters at the pier.";
const GAZETTE: &str = "Two tugs pulled the ferry Marlin off the rocks at Pier Sorrel on Monday. \
    The ferry had run aground with 120 passengers on its way to Port Ellis. Captain Ida Roos said: \
    “Nobody was hurt, and nobody even spilled a drink.” The harbour master wants a report.";

fn feed(entries: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>Coast wire</title><link>BASE/</link>{entries}\
         </channel></rss>"
    )
}

fn item(path: &str, title: &str) -> String {
    format!(
        "<item><title>{title}</title><link>BASE{path}?utm_source=rss</link>\
         <pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><description>In short.</description></item>"
    )
}

fn fetcher() -> Fetcher {
    let options = FetchOptions {
        allow_private: true,
        delay_per_host: Duration::ZERO,
        retry_wait: Duration::from_millis(5),
        max_retries: 0,
        ..FetchOptions::default()
    };
    Fetcher::new(options).expect("the options are good")
}

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
