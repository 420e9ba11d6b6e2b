use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use jiff::Timestamp;
use rashomon::article::Diagnostic;
use rashomon::read::Given;
use rashomon_feeds::{Feed, Source, feeds_of_page};
use rashomon_fetch::{Fetcher, Request, Response, Status};
use rashomon_store::ArticleNumber;

use crate::again::{Asked, Errand, Known};
use crate::entry;
use crate::monitor::Monitor;
use crate::piece::{Matter, Piece};
use crate::reading::{Found, Limits, read_bytes};

/// How many hosts are asked at the same time.
const HOSTS: usize = 8;

/// How many addresses are asked in one round. Between rounds, what was found is kept.
const ROUND: usize = 64;

/// How deep a list may lead to other lists: an OPML file or index of sitemaps to a feed or sitemap,
/// and that to a page.
const DEPTH: u8 = 3;

/// What is asked for in `Accept`.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
     application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

/// Whether the pages of a feed's entries are fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pages {
    /// Where the feed carries less than a report.
    #[default]
    Auto,
    /// For each entry.
    Always,
    /// What the feed carries is all.
    Never,
}

/// An address to ask, and what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    request: Request,
    depth: u8,
    /// The feed of the store that it is, or that led to it.
    feed: Option<i64>,
    /// Whether it is a feed of the store itself.
    is_feed: bool,
    /// The entry that led to it: its name and digest, and what the feed itself carries of it.
    entry: Option<Box<(Seen, Option<Piece>, Given)>>,
    /// The article whose page it is, asked again.
    known: Option<Box<Known>>,
}

/// An entry of a feed as it was met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub key: String,
    pub digest: [u8; 16],
}

impl Visit {
    /// An address that somebody named.
    pub fn to(address: impl Into<String>) -> Visit {
        let request = Request { accept: Some(ACCEPT.to_owned()), ..Request::new(address) };
        Visit { request, depth: 0, feed: None, is_feed: false, entry: None, known: None }
    }

    /// A feed of the store, asked for what is new.
    pub fn feed(number: i64, feed: &rashomon_store::Feed) -> Visit {
        let mut visit = Visit::to(feed.moved_to.as_ref().unwrap_or(&feed.address));
        visit.request.etag = feed.etag.clone();
        visit.request.last_modified = feed.last_modified.clone();
        Visit { feed: Some(number), is_feed: true, ..visit }
    }

    /// The page of an article, asked again.
    pub fn again(known: Known) -> Visit {
        let mut visit = Visit::to(&known.page.address);
        visit.request.etag = known.page.etag.clone();
        visit.request.last_modified = known.page.last_modified.clone();
        Visit { known: Some(Box::new(known)), ..visit }
    }

    /// The address asked for.
    pub fn address(&self) -> &str {
        &self.request.address
    }

    fn deeper(&self, address: String) -> Visit {
        Visit { depth: self.depth + 1, feed: self.feed, ..Visit::to(address) }
    }
}

/// What came of asking a feed of the store.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Nothing is new.
    NotModified { pause: Option<Duration> },
    /// There was something to read.
    Fresh {
        title: Option<String>,
        home: Option<String>,
        etag: Option<String>,
        last_modified: Option<String>,
        moved_to: Option<String>,
        pause: Option<Duration>,
    },
    /// It could not be had, or not be read.
    Failed { code: String, message: String, retry_after: Option<Duration>, gone: bool },
}

/// Who takes what is found in the web.
pub(crate) trait Taker {
    /// A piece to keep, or something to tell.
    fn found(&mut self, found: Found);
    /// Whether an entry was taken before as it is.
    fn knows(&mut self, seen: &Seen) -> bool;
    /// An entry is done with.
    fn saw(&mut self, seen: Seen);
    /// The page of an article was asked again.
    fn asked(&mut self, article: ArticleNumber, asked: Asked);
    /// A page of a feed could not be had for now: the feed is read again as a whole next time.
    fn retry(&mut self, feed: i64);
    /// What came of asking a feed of the store.
    fn answer(&mut self, feed: i64, answer: Answer);
    /// A round is over: a good time to keep what was found.
    fn round(&mut self);
}

/// Asks addresses and whatever they lead to.
pub(crate) struct Web<'w> {
    pub fetcher: &'w Fetcher,
    pub pages: Pages,
    pub limits: &'w Limits,
    pub monitor: &'w dyn Monitor,
    pub stop: &'w AtomicBool,
}

impl Web<'_> {
    /// Asks all, the lists among them first, until nothing is left or the monitor says stop.
    pub fn visit(&self, visits: Vec<Visit>, taker: &mut dyn Taker) {
        let mut waiting: VecDeque<Visit> = visits.into();
        while !waiting.is_empty() && !self.monitor.stopped() {
            let round: Vec<Visit> = waiting.drain(..waiting.len().min(ROUND)).collect();
            let requests: Vec<Request> = round.iter().map(|visit| visit.request.clone()).collect();
            // Answers come as they come; they are taken in the order of the asking, so that the
            // same answers give the same stories.
            let mut answers = BTreeMap::new();
            self.fetcher.get_all(&requests, HOSTS, self.stop, |index, answer| {
                self.monitor.did(1);
                answers.insert(index, answer);
            });
            for (index, answer) in answers {
                let next = match answer {
                    Ok(response) => self.take(&round[index], response, taker),
                    Err(error) => {
                        fail(&round[index], &error, taker);
                        Vec::new()
                    }
                };
                waiting.extend(next);
            }
            taker.round();
        }
    }

    fn take(&self, visit: &Visit, response: Response, taker: &mut dyn Taker) -> Vec<Visit> {
        if response.status == Status::NotModified {
            if let (Some(feed), true) = (visit.feed, visit.is_feed) {
                let pause = response.max_age.max(response.retry_after);
                taker.answer(feed, Answer::NotModified { pause });
            }
            if let Some(known) = &visit.known {
                let asked = Asked { is_same: true, ..Asked::of(&response) };
                taker.asked(known.page.article, asked);
            }
            return Vec::new();
        }
        let source = match &visit.entry {
            // An entry leads to a page. If that were a feed, one could go round in a circle.
            Some(_) => None,
            None if visit.known.is_some() => None,
            None => list(&response),
        };
        match source {
            Some(Ok(source)) => self.take_list(visit, &response, source, taker),
            _ if visit.is_feed => {
                no_feed(visit, &response, taker);
                Vec::new()
            }
            _ => {
                self.take_page(visit, response, taker);
                Vec::new()
            }
        }
    }

    fn take_list(
        &self,
        visit: &Visit,
        response: &Response,
        source: Source,
        taker: &mut dyn Taker,
    ) -> Vec<Visit> {
        for diagnostic in source.diagnostics() {
            let mut diagnostic = diagnostic.clone();
            diagnostic.source.get_or_insert_with(|| visit.request.address.clone());
            taker.found(Found::Told(diagnostic));
        }
        if let (Some(number), true) = (visit.feed, visit.is_feed) {
            taker.answer(number, fresh(response, &source));
        }
        if visit.depth >= DEPTH {
            let message = format!(
                "{}: a list in a list in a list; what it names is not fetched",
                visit.request.address
            );
            taker.found(Found::Told(Diagnostic::input(
                "too-deep",
                message,
                visit.request.address.clone(),
            )));
            return Vec::new();
        }
        match source {
            Source::Feed(feed) => self.take_feed(visit, &feed, taker),
            Source::Subscriptions(list) => {
                list.feeds.into_iter().map(|feed| visit.deeper(feed.address)).collect()
            }
            Source::Sitemap(sitemap) => {
                let nested = sitemap.nested.into_iter().map(|nested| visit.deeper(nested.address));
                let nested: Vec<Visit> = nested.collect();
                let pages = sitemap
                    .entries
                    .into_iter()
                    .filter_map(|entry| page_of_sitemap(visit, entry, taker));
                let pages: Vec<Visit> = pages.collect();
                nested.into_iter().chain(pages).collect()
            }
        }
    }

    fn take_feed(&self, visit: &Visit, feed: &Feed, taker: &mut dyn Taker) -> Vec<Visit> {
        let mut pages = Vec::new();
        for entry in &feed.entries {
            let name = &visit.request.address;
            let seen = Seen {
                key: entry
                    .address
                    .clone()
                    .or_else(|| entry.id.clone())
                    .unwrap_or_else(|| name.clone()),
                digest: entry::digest(entry),
            };
            if taker.knows(&seen) {
                continue;
            }
            let carried =
                entry::piece(feed, entry, name).map(|piece| Piece { feed: visit.feed, ..piece });
            let wants_page = match self.pages {
                Pages::Auto => !entry::is_report(entry),
                Pages::Always => true,
                Pages::Never => false,
            };
            match (&entry.address, carried) {
                (Some(address), carried) if wants_page => {
                    let mut page = visit.deeper(address.clone());
                    page.entry = Some(Box::new((seen, carried, entry::given(feed, entry))));
                    pages.push(page);
                }
                (_, Some(piece)) => {
                    taker.found(Found::Piece(Box::new(piece)));
                    taker.saw(seen);
                }
                (_, None) => taker.found(Found::Told(entry::empty(entry, name))),
            }
        }
        pages
    }

    fn take_page(&self, visit: &Visit, response: Response, taker: &mut dyn Taker) {
        let address = response.address.clone();
        let fetched = Some(response.fetched_at);
        if let Some(known) = &visit.known {
            taker.asked(known.page.article, Asked::of(&response));
            return taker.found(Found::Piece(Box::new(known.piece(response))));
        }
        let is_page = response.media_type.as_deref().is_none_or(|media_type| {
            media_type.starts_with("text/")
                || media_type.ends_with("html")
                || media_type.ends_with("xml")
        });
        if let Some(entry) = &visit.entry {
            let (seen, _, given) = &**entry;
            // Two entries may lead to one page: the address that answered is the one to go by.
            let (source, canonical) = (Some(address.clone()), Some(address.clone()));
            let given = Given { source, canonical, ..given.clone() };
            // What a watched feed leads to is asked again.
            let errand = Errand { asked: Asked::of(&response), looked_for: None };
            let errand = visit.feed.map(|_| Box::new(errand));
            let piece = Piece {
                given,
                fetched,
                charset: response.charset,
                feed: visit.feed,
                errand,
                ..Piece::new(address, Matter::Bytes(response.body))
            };
            taker.found(Found::Piece(Box::new(piece)));
            return taker.saw(seen.clone());
        }
        if is_page {
            let piece = Piece {
                fetched,
                charset: response.charset,
                feed: visit.feed,
                ..Piece::new(address, Matter::Bytes(response.body))
            };
            return taker.found(Found::Piece(Box::new(piece)));
        }
        let mut take = |found| match found {
            Found::Piece(piece) => {
                let piece = Piece { fetched: piece.fetched.or(fetched), ..*piece };
                taker.found(Found::Piece(Box::new(piece)));
            }
            Found::Address(inner) => {
                let message =
                    format!("{inner}: named inside of {address}, and not fetched from there");
                taker.found(Found::Told(Diagnostic::input(
                    "not-fetched",
                    message,
                    address.clone(),
                )));
            }
            told @ Found::Told(_) => taker.found(told),
        };
        read_bytes(&address, response.body, self.limits, self.monitor, &mut take);
    }
}

/// Where a feed should be, something else stands: often the page of the outlet, which names its
/// feeds.
fn no_feed(visit: &Visit, response: &Response, taker: &mut dyn Taker) {
    let address = &visit.request.address;
    let media_type = response.media_type.as_deref();
    let mut message = format!("{address}: holds no feed");
    let feeds = feeds_of_page(&response.body, Some(&response.address), media_type);
    let named: Vec<&str> = feeds.iter().take(3).map(|feed| feed.address.as_str()).collect();
    if !named.is_empty() {
        message.push_str(&format!("; the page names {}", named.join(", ")));
    }
    let code = "not-a-feed";
    taker.found(Found::Told(Diagnostic::input(code, message.clone(), address.clone())));
    if let Some(feed) = visit.feed {
        let code = code.to_owned();
        taker.answer(feed, Answer::Failed { code, message, retry_after: None, gone: false });
    }
}

/// Reads a body that is a feed, a sitemap or a list; `None` where it is plainly something else.
fn list(response: &Response) -> Option<Result<Source, rashomon_feeds::Error>> {
    let media_type = response.media_type.as_deref().unwrap_or_default();
    let with_charset = match &response.charset {
        Some(charset) => format!("{media_type}; charset={charset}"),
        None => media_type.to_owned(),
    };
    let says =
        ["rss", "atom", "xml", "feed+json", "opml"].iter().any(|kind| media_type.contains(kind));
    let is_list =
        says && !media_type.contains("html") || crate::reading::is_markup_or_list(&response.body);
    is_list
        .then(|| rashomon_feeds::read(&response.body, Some(&response.address), Some(&with_charset)))
}

fn fresh(response: &Response, source: &Source) -> Answer {
    let (title, home, pause, moved) = match source {
        Source::Feed(feed) => {
            (feed.title.clone(), feed.home.clone(), feed.pause, feed.moved.clone())
        }
        _ => (None, None, None, None),
    };
    Answer::Fresh {
        title,
        home,
        etag: response.etag.clone(),
        last_modified: response.last_modified.clone(),
        moved_to: response.moved_to.clone().or(moved),
        pause: pause.max(response.max_age).max(response.retry_after),
    }
}

fn page_of_sitemap(
    visit: &Visit,
    entry: rashomon_feeds::SitemapEntry,
    taker: &mut dyn Taker,
) -> Option<Visit> {
    let changed = entry.modified.map(|modified| modified.to_rfc3339()).unwrap_or_default();
    let digest = xxhash_rust::xxh3::xxh3_128(changed.as_bytes()).to_be_bytes();
    let seen = Seen { key: entry.address.clone(), digest };
    if taker.knows(&seen) {
        return None;
    }
    let news = entry.news.unwrap_or_default();
    let given = Given {
        canonical: Some(entry.address.clone()),
        outlet: news.publication,
        title: news.title,
        published: news.published,
        language: news.language,
        ..Given::default()
    };
    let mut page = visit.deeper(entry.address);
    page.entry = Some(Box::new((seen, None, given)));
    Some(page)
}

/// An address could not be had: what a feed itself carries of it is better than nothing.
fn fail(visit: &Visit, error: &rashomon_fetch::Error, taker: &mut dyn Taker) {
    // Whoever says stop is told nothing of what was not asked any more.
    if error.code() == "cancelled" {
        return;
    }
    let address = visit.request.address.clone();
    let mut message = error.to_string();
    if let Some(entry) = &visit.entry
        && let (seen, carried, _) = &**entry
    {
        if let Some(carried) = carried.as_ref().filter(|carried| entry::tells_something(carried)) {
            message.push_str("; what the feed itself carries is kept");
            taker.found(Found::Piece(Box::new(carried.clone())));
        }
        match visit.feed {
            Some(feed) if error.is_temporary() => taker.retry(feed),
            _ => taker.saw(seen.clone()),
        }
    }
    if let Some(known) = &visit.known {
        message.push_str("; what was kept stays");
        let asked = known.unanswered(error.is_gone());
        taker.asked(known.page.article, asked);
    }
    taker.found(Found::Told(Diagnostic::input(error.code(), message, address)));
    if let (Some(feed), true) = (visit.feed, visit.is_feed) {
        taker.answer(
            feed,
            Answer::Failed {
                code: error.code().to_owned(),
                message: error.to_string(),
                retry_after: error.retry_after(),
                gone: error.is_gone(),
            },
        );
    }
}

/// When a feed is asked again: after the usual time, or later where it asks for that, or ever later
/// as long as it fails.
pub(crate) fn next_time(
    now: Timestamp,
    every: Duration,
    asked: Option<Duration>,
    failures: u32,
) -> Timestamp {
    const LONGEST: Duration = Duration::from_secs(24 * 3600);
    let waiting = every.saturating_mul(1 << failures.min(10));
    let pause = waiting.max(asked.unwrap_or_default()).min(LONGEST.max(every));
    now.saturating_add(pause).unwrap_or(now)
}
