use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What a page says of itself outside of its text, as it says it.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// `meta` elements: name or property in lower case, and content.
    meta: Vec<(String, String)>,
    /// The `title` element.
    title: String,
    /// The first `h1`.
    heading: String,
    /// `link rel=canonical`.
    canonical: Option<String>,
    language: Option<String>,
    /// `time datetime`, those of a publication first.
    times: Vec<(bool, String)>,
    /// Text of elements marked as the author.
    authors: Vec<String>,
    /// Blocks of JSON-LD, unparsed.
    pub json_ld: Vec<String>,
    /// How deep elements nest.
    pub depth: usize,
}

/// Elements that have no content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that the next of their kind closes, so that leaving out the end tag nests nothing.
fn is_closed_by_next(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "option"
            | "optgroup"
            | "tbody"
            | "thead"
            | "tfoot"
            | "colgroup"
            | "rp"
            | "rt"
            | "html"
            | "head"
            | "body"
    )
}

/// How the tokenizer must go on after a start tag.
pub(super) fn after_start(name: &str) -> TokenSinkResult<()> {
    match name {
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

/// Runs the tokenizer of the HTML standard over a page: time linear in the page, whatever it
/// nests.
pub(super) fn tokenize<S: TokenSink>(html: &str, sink: S) -> S {
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // A script asks to be run between two feeds; nothing runs here.
    while let html5ever::TokenizerResult::Script(_) = tokenizer.feed(&input) {}
    tokenizer.end();
    tokenizer.sink
}

/// The value of an attribute.
pub(super) fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|found| &*found.value)
}

/// What the text between the last start tag and its end tag is for.
#[derive(Clone, Debug, PartialEq)]
enum Collect {
    Title,
    Heading,
    JsonLd,
    Author(String, usize),
}

#[derive(Default)]
struct Scanner {
    state: RefCell<(Page, Option<Collect>, String, usize)>,
}

impl TokenSink for Scanner {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let (page, collect, words, depth) = &mut *self.state.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                if !is_void(&tag.name) && !is_closed_by_next(&tag.name) && !tag.self_closing {
                    *depth += 1;
                    page.depth = page.depth.max(*depth);
                }
                if let Some(Collect::Author(name, inner)) = collect
                    && **name == *tag.name
                {
                    *inner += 1;
                }
                page.start(&tag);
                if collect.is_none() {
                    *collect = page.collects(&tag);
                    words.clear();
                } else if &*tag.name == "br" {
                    words.push(' ');
                }
                return after_start(&tag.name);
            }
            Token::TagToken(tag) => {
                if !is_closed_by_next(&tag.name) {
                    *depth = depth.saturating_sub(1);
                }
                if ends(collect, &tag.name) {
                    page.collected(collect.take(), std::mem::take(words));
                }
            }
            Token::CharacterTokens(characters) if collect.is_some() => {
                // An element left open must not swallow the page.
                let most = if *collect == Some(Collect::JsonLd) { 4 << 20 } else { 2000 };
                if words.len() + characters.len() <= most {
                    words.push_str(&characters);
                } else if *collect != Some(Collect::JsonLd) {
                    *collect = None;
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Whether an end tag closes what is being collected.
fn ends(collect: &mut Option<Collect>, name: &str) -> bool {
    match collect {
        Some(Collect::Title) => name == "title",
        Some(Collect::Heading) => name == "h1",
        Some(Collect::JsonLd) => name == "script",
        Some(Collect::Author(element, inner)) if element == name => {
            *inner = inner.saturating_sub(1);
            *inner == 0
        }
        _ => false,
    }
}

fn tidy(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    /// Reads a page once from its first to its last byte.
    pub fn scan(html: &str) -> Page {
        tokenize(html, Scanner::default()).state.into_inner().0
    }

    fn start(&mut self, tag: &Tag) {
        match &*tag.name {
            "html" => self.language = attribute(tag, "lang").map(tidy).filter(|l| !l.is_empty()),
            "meta" => {
                let name = ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .find_map(|key| attribute(tag, key));
                if let (Some(name), Some(content)) = (name, attribute(tag, "content")) {
                    self.meta.push((name.trim().to_lowercase(), tidy(content)));
                }
            }
            "link"
                if attribute(tag, "rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                self.canonical = self.canonical.take().or(attribute(tag, "href").map(tidy));
            }
            "time" => {
                let published = attribute(tag, "itemprop") == Some("datePublished")
                    || attribute(tag, "pubdate").is_some();
                if let Some(value) = attribute(tag, "datetime") {
                    self.times.push((published, tidy(value)));
                }
            }
            _ => {
                if attribute(tag, "itemprop") == Some("datePublished")
                    && let Some(value) = attribute(tag, "content").or(attribute(tag, "datetime"))
                {
                    self.times.push((true, tidy(value)));
                }
            }
        }
    }

    fn collects(&self, tag: &Tag) -> Option<Collect> {
        match &*tag.name {
            "title" if self.title.is_empty() => Some(Collect::Title),
            "h1" if self.heading.is_empty() => Some(Collect::Heading),
            "script" => attribute(tag, "type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                .then_some(Collect::JsonLd),
            "a" | "span" | "div" | "p" | "address" | "li" | "strong" | "b" | "em" => {
                is_author(tag).then(|| Collect::Author(tag.name.to_string(), 1))
            }
            _ => None,
        }
    }

    fn collected(&mut self, what: Option<Collect>, words: String) {
        match what {
            Some(Collect::Title) => self.title = tidy(&words),
            Some(Collect::Heading) => self.heading = tidy(&words),
            Some(Collect::JsonLd) => self.json_ld.push(words),
            Some(Collect::Author(..)) => {
                let words = tidy(&words);
                if (3..=120).contains(&words.len()) && !self.authors.contains(&words) {
                    self.authors.push(words);
                }
            }
            None => {}
        }
    }

    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.meta.iter().find(|(key, value)| key == name && !value.is_empty());
            found.map(|(_, value)| value.as_str())
        })
    }

    /// The name of the outlet.
    pub fn outlet(&self) -> Option<String> {
        self.meta(&["og:site_name", "application-name", "dc.publisher"]).map(str::to_owned)
    }

    /// The headline: as the page shows it where that agrees with what it says in its head.
    pub fn title(&self, outlet: Option<&str>, headline: Option<&str>) -> Option<String> {
        let said = headline
            .or_else(|| self.meta(&["og:title", "twitter:title", "dc.title", "title"]))
            .map(|title| without_outlet(title, outlet));
        let named = Some(self.title.as_str()).filter(|title| !title.is_empty());
        let title = said.or_else(|| named.map(|title| without_outlet(title, outlet)))?;
        let title = tidy(title);
        (!title.is_empty()).then_some(title)
    }

    /// The names in `meta` elements, or in elements marked as the author.
    pub fn authors(&self) -> Vec<String> {
        let names =
            ["author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator"];
        for name in names {
            let found: Vec<String> = self
                .meta
                .iter()
                .filter(|(key, value)| key == name && !value.is_empty() && !value.contains("://"))
                .map(|(_, value)| value.clone())
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        self.authors.iter().take(4).cloned().collect()
    }

    /// What may be the date of publication, the surest first.
    pub fn dates(&self) -> impl Iterator<Item = String> + '_ {
        let names = [
            "article:published_time",
            "og:article:published_time",
            "article:published",
            "datepublished",
            "date_published",
            "publishdate",
            "publish-date",
            "pubdate",
            "publication_date",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "og:published_time",
            "og:pubdate",
            "date",
        ];
        let said = names.into_iter().filter_map(|name| self.meta(&[name]).map(str::to_owned));
        let marked = self.times.iter().filter(|(published, _)| *published);
        let first = self.times.iter().filter(|(published, _)| !*published).take(1);
        said.chain(marked.chain(first).map(|(_, value)| value.clone()))
    }

    /// The address that the outlet gives for the page.
    pub fn canonical(&self) -> Option<String> {
        let said = self.canonical.as_deref().filter(|address| address.contains("://"));
        said.or_else(|| self.meta(&["og:url"]).filter(|address| address.contains("://")))
            .map(str::to_owned)
    }

    /// The language, BCP 47.
    pub fn language(&self) -> Option<String> {
        let said = self.language.as_deref();
        said.or_else(|| self.meta(&["og:locale", "content-language", "inlanguage"]))
            .map(|language| language.replace('_', "-"))
            .filter(|language| language.len() <= 16 && language.is_ascii())
    }
}

/// Whether an element is marked as the name of the author.
fn is_author(tag: &Tag) -> bool {
    let marks = ["rel", "itemprop"].iter().any(|key| attribute(tag, key) == Some("author"));
    let class = attribute(tag, "class").unwrap_or_default();
    marks
        || class.split_whitespace().any(|class| {
            matches!(
                class.to_ascii_lowercase().as_str(),
                "author"
                    | "byline"
                    | "author-name"
                    | "byline-name"
                    | "article-author"
                    | "byline__name"
                    | "author__name"
                    | "article__author"
                    | "entry-author"
                    | "post-author"
                    | "article-byline"
                    | "byline__author"
                    | "author_name"
            )
        })
}

/// “Old bridge closes | The Herald” without the name of the outlet.
fn without_outlet<'t>(title: &'t str, outlet: Option<&str>) -> &'t str {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · "] {
        if let Some((before, after)) = title.rsplit_once(mark) {
            let is_outlet = outlet.is_some_and(|outlet| {
                let (after, outlet) = (after.trim().to_lowercase(), outlet.trim().to_lowercase());
                after == outlet || outlet.contains(&after) || after.contains(&outlet)
            });
            let is_short = mark == " | " && after.split_whitespace().count() <= 4;
            if (is_outlet || is_short) && before.split_whitespace().count() >= 3 {
                return without_outlet(before, outlet);
            }
        }
    }
    title
}
