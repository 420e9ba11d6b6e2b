use std::time::Duration;

use rashomon_article::{Diagnostic, Published};
use serde_json::{Map, Value};

use crate::Words;

/// The family and version that a feed is written in, as its root element says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// RSS 0.90, Netscape's RDF of 1999.
    Rss090,
    /// RSS 0.91.
    Rss091,
    /// RSS 0.92, and 0.93 and 0.94, which nobody told apart.
    Rss092,
    /// RSS 1.0, which is RDF.
    Rss10,
    /// RSS 2.0, and RSS that names no version.
    Rss20,
    /// Atom 0.3, a draft that outlived itself.
    Atom03,
    /// Atom 1.0, RFC 4287.
    Atom10,
    /// JSON Feed 1.
    JsonFeed10,
    /// JSON Feed 1.1.
    JsonFeed11,
    /// Microsoft's Channel Definition Format of 1997.
    Cdf,
}

impl Format {
    /// The name to show: `RSS 2.0`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Rss090 => "RSS 0.90",
            Format::Rss091 => "RSS 0.91",
            Format::Rss092 => "RSS 0.92",
            Format::Rss10 => "RSS 1.0",
            Format::Rss20 => "RSS 2.0",
            Format::Atom03 => "Atom 0.3",
            Format::Atom10 => "Atom 1.0",
            Format::JsonFeed10 => "JSON Feed 1",
            Format::JsonFeed11 => "JSON Feed 1.1",
            Format::Cdf => "CDF",
        }
    }
}

/// What an outlet says is new, and how it wants to be asked again.
#[derive(Clone, Debug)]
pub struct Feed {
    /// What it is written in.
    pub format: Format,
    /// Its title, as plain text.
    pub title: Option<String>,
    /// What it says about itself, as plain text.
    pub description: Option<String>,
    /// The page that it is the feed of.
    pub home: Option<String>,
    /// The address that it gives for itself (`rel="self"`).
    pub address: Option<String>,
    /// The address that it has moved to: ask there from now on.
    pub moved: Option<String>,
    /// Where older entries stand (RFC 5005, JSON Feed's `next_url`).
    pub next: Option<String>,
    /// Hubs that push new entries (WebSub).
    pub hubs: Vec<String>,
    /// BCP 47, as the feed says it.
    pub language: Option<String>,
    /// When it last changed, as it says.
    pub updated: Option<Published>,
    /// How long to wait before it is asked again (`ttl`, `sy:updatePeriod`).
    pub pause: Option<Duration>,
    /// Its entries, in its own order.
    pub entries: Vec<Entry>,
    /// What was mended, left out or cannot be read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Feed {
    pub(crate) fn new(format: Format) -> Feed {
        Feed {
            format,
            title: None,
            description: None,
            home: None,
            address: None,
            moved: None,
            next: None,
            hubs: Vec::new(),
            language: None,
            updated: None,
            pause: None,
            entries: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// One report as a feed announces it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// What tells it apart from the other entries of its feed: `guid`, `atom:id`, `rdf:about`.
    pub id: Option<String>,
    /// The address of the report, absolute; `http` or `https`.
    pub address: Option<String>,
    /// Its headline as plain text: tags dropped, references decoded as often as the format says.
    pub title: Option<String>,
    /// Who wrote it, each as the feed names them; those of the feed where the format says so.
    pub authors: Vec<String>,
    /// When it was published. A time of day without its zone is left out, the day stays.
    pub published: Option<Published>,
    /// When it last changed.
    pub updated: Option<Published>,
    /// What it tells, in short.
    pub summary: Option<Words>,
    /// The report itself, where the feed carries it.
    pub content: Option<Words>,
    /// BCP 47: the entry's own, or else the feed's.
    pub language: Option<String>,
    /// Its subjects, as the feed names them, each once.
    pub categories: Vec<String>,
    /// The outlet that told it first, where this feed passes it on.
    pub source: Option<Origin>,
    /// Whatever else the entry holds, by the name that stands in the feed.
    pub extra: Map<String, Value>,
}

/// The outlet that an entry was taken over from: RSS `source`, `atom:source`, `dc:source`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its name, as plain text.
    pub title: Option<String>,
    /// Its address: of its feed in RSS, of its page where Atom has one.
    pub address: Option<String>,
}
