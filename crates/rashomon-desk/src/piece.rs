use jiff::Timestamp;
use rashomon::article::{Article, Document};
use rashomon::language::Language;
use rashomon::read::{
    Given, ReadOptions, Reading, decode, read, read_fragment, read_record, read_text,
};
use serde_json::{Map, Value};
use url::Url;

use crate::again::Errand;

/// Something that holds articles and was not read yet: cheap to hand on, costly to read.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The path, address or member that messages name.
    pub name: String,
    /// What it holds.
    pub matter: Matter,
    /// What is known of it beside.
    pub given: Given,
    /// When it was fetched, which is not when it was published.
    pub fetched: Option<Timestamp>,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// The feed of the store that led to it.
    pub feed: Option<i64>,
    /// The errand on which it was fetched, where it is the page of an entry.
    pub(crate) errand: Option<Box<Errand>>,
    /// Where reading goes on after it, where its container can be read from there.
    pub mark: Option<Mark>,
}

/// What a [`Piece`] holds.
#[derive(Clone, Debug)]
pub enum Matter {
    /// The bytes of a file or page of any kind.
    Bytes(Vec<u8>),
    /// HTML that is the article and nothing else.
    Fragment(String),
    /// A plain text.
    Text(String),
    /// A record with named fields.
    Fields(Map<String, Value>),
}

/// How far a container was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The container.
    pub container: String,
    /// Where reading goes on; `None` where it never does, as the container comes only once.
    pub position: Option<u64>,
}

impl Piece {
    /// Something to read of which nothing is known beside.
    pub fn new(name: impl Into<String>, matter: Matter) -> Piece {
        Piece {
            name: name.into(),
            matter,
            given: Given::default(),
            fetched: None,
            charset: None,
            feed: None,
            errand: None,
            mark: None,
        }
    }

    /// About how many bytes it holds.
    pub fn size(&self) -> usize {
        match &self.matter {
            Matter::Bytes(bytes) => bytes.len(),
            Matter::Fragment(text) | Matter::Text(text) => text.len(),
            Matter::Fields(fields) => fields.values().filter_map(Value::as_str).map(str::len).sum(),
        }
    }

    /// Whether its article has an id of its own rather than one made of its place.
    pub fn has_id(&self) -> bool {
        match &self.matter {
            Matter::Fields(fields) => fields.contains_key("id") || fields.contains_key("uri"),
            _ => self.given.id.is_some(),
        }
    }

    /// The articles in it. A pure function of the piece.
    pub fn read(&self, options: &ReadOptions, language: &Language) -> Reading {
        let one =
            |document: Document| Reading { documents: vec![document], diagnostics: Vec::new() };
        match &self.matter {
            Matter::Bytes(bytes) => {
                let told = self.charset.as_deref().filter(|_| bytes.len() <= options.max_bytes);
                let mut reading = match told {
                    Some(charset) => {
                        let (text, _) = decode(bytes, Some(charset));
                        read(&self.name, text.as_bytes(), options, language)
                    }
                    None => read(&self.name, bytes, options, language),
                };
                for document in &mut reading.documents {
                    complete(document, &self.given);
                }
                reading
            }
            Matter::Fragment(html) => one(read_fragment(&self.name, html, &self.given, language)),
            Matter::Text(text) => one(read_text(&self.name, text, &self.given, language)),
            Matter::Fields(fields) => {
                match read_record(&self.name, &self.name, fields.clone(), language) {
                    Ok(document) => one(document),
                    Err(diagnostic) => {
                        Reading { documents: Vec::new(), diagnostics: vec![diagnostic] }
                    }
                }
            }
        }
    }
}

/// A page says best itself what it is called, by whom and where it belongs; what is given fills
/// the gaps. When it was published, a feed knows better: pages show when they were changed.
fn complete(document: &mut Document, given: &Given) {
    let article = &mut document.article;
    let given = given.clone();
    if names_only_the_host(article) {
        article.outlet = given.outlet.or(article.outlet.take());
    }
    article.source = given.source.or(article.source.take());
    article.canonical = article.canonical.take().or(given.canonical);
    article.title = article.title.take().or(given.title);
    article.published = given.published.or(article.published);
    article.language = article.language.take().or(given.language);
    if article.byline.is_empty() {
        article.byline = given.byline;
    }
    article.extra.extend(given.extra);
}

/// Whether the outlet of a page is nothing but the host of its address.
fn names_only_the_host(article: &Article) -> bool {
    let Some(outlet) = &article.outlet else { return true };
    let addresses = [&article.canonical, &article.source];
    addresses.into_iter().flatten().any(|address| {
        let url = Url::parse(address).ok();
        let host = url.as_ref().and_then(Url::host_str).map(|host| host.trim_start_matches("www."));
        host.is_some_and(|host| host.eq_ignore_ascii_case(outlet.trim_start_matches("www.")))
    })
}
