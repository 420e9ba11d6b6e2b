//! Atom 1.0 (RFC 4287) and 0.3.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::modules;
use crate::address::{self, Base};
use crate::date;
use crate::remarks::Remarks;
use crate::scope::{self, Scope};
use crate::xml::{Element, Space};
use crate::{Entry, Feed, Format, Origin, Words};

/// Reads a feed from its root: `feed`, or a document of one `entry`.
pub(crate) fn read(root: &Element, base: Base, cut: bool, remarks: &mut Remarks) -> Feed {
    let mut feed = Feed::new(format(root));
    let mut scope = Scope { base, language: None }.within(root);
    if root.is(Space::Atom, "entry") {
        let entry = entry(root, &scope, &[], remarks);
        modules::add_entry(&mut feed, entry, &[], remarks);
        return feed;
    }
    // What is relative to nothing else is relative to the feed, and then to its page.
    let own = Links::of(root, &scope, None).first("self");
    scope.base = scope.base.or(&Base::new(own.as_deref()));
    describe(&mut feed, root, &scope, remarks);
    scope.base = scope.base.or(&Base::new(feed.home.as_deref()));
    let authors = modules::heritable(authors(root));
    scope.language = feed.language.clone();
    for element in entries(root) {
        if cut && !element.whole {
            continue;
        }
        let entry = entry(element, &scope.within(element), &authors, remarks);
        if !modules::add_entry(&mut feed, entry, &authors, remarks) {
            break;
        }
    }
    feed
}

/// The entries, also those that an unclosed element before them has swallowed.
fn entries<'e, 't>(element: &'e Element<'t>) -> Vec<&'e Element<'t>> {
    let mut found = Vec::new();
    for inner in element.elements() {
        if inner.is(Space::Atom, "entry") {
            found.push(inner);
        } else if inner.has_elements() {
            found.extend(entries(inner));
        }
    }
    found
}

fn format(root: &Element) -> Format {
    let is_old = root.attribute("version").is_some_and(|version| version.starts_with("0."))
        || root
            .attributes
            .iter()
            .any(|a| a.name.starts_with("xmlns") && a.value.contains("atom/ns"));
    if is_old { Format::Atom03 } else { Format::Atom10 }
}

fn describe(feed: &mut Feed, root: &Element, scope: &Scope, remarks: &mut Remarks) {
    feed.title = root.child(Space::Atom, "title").and_then(plain);
    let described = ["subtitle", "tagline", "info"];
    feed.description =
        described.iter().find_map(|local| root.child(Space::Atom, local).and_then(plain));
    feed.language = scope
        .language
        .clone()
        .or_else(|| scope::language(&root.child(Space::DublinCore, "language")?.text()));
    let links = Links::of(root, scope, Some(remarks));
    feed.home = links.page();
    feed.address = links.first("self");
    feed.next = links.first("next").or_else(|| links.first("prev-archive"));
    feed.hubs = links.all("hub");
    modules::moved(root, feed, &scope.base);
    feed.updated = first_date(root, &["updated", "modified"], remarks);
    feed.pause = modules::pause(root);
}

fn entry(element: &Element, scope: &Scope, of_feed: &[String], remarks: &mut Remarks) -> Entry {
    let mut entry = Entry { language: scope.language.clone(), ..Entry::default() };
    let title = element.child(Space::Atom, "title").and_then(plain);
    let in_media = || plain(modules::media(element, "title").next()?);
    entry.title = title.or_else(in_media);
    entry.id = element.child(Space::Atom, "id").and_then(|id| modules::line(&id.text()));
    let links = Links::of(element, scope, Some(remarks));
    let content = element.child(Space::Atom, "content");
    let elsewhere = || scope.within(content?).base.resolve(content?.attribute("src")?);
    let of_id = || entry.id.as_deref().and_then(address::of_id);
    entry.address = links.page().or_else(elsewhere).or_else(of_id);
    entry.content = content.and_then(words);
    entry.summary = element
        .child(Space::Atom, "summary")
        .and_then(words)
        .or_else(|| modules::media_summary(element));
    entry.published = first_date(element, &["published", "issued", "created"], remarks);
    entry.updated = first_date(element, &["updated", "modified"], remarks);
    let source = element.child(Space::Atom, "source");
    entry.authors = authors(element);
    let inherited = source.map(authors).filter(|authors| !authors.is_empty());
    if entry.authors.is_empty() {
        entry.authors = inherited.unwrap_or_else(|| of_feed.to_vec());
    }
    for category in element.all(Space::Atom, "category") {
        entry.categories.extend(subject(category));
    }
    modules::categories(element, &mut entry.categories);
    entry.source = source.and_then(|source| origin(source, scope, remarks));
    for inner in element.elements().filter(|inner| !is_read(inner)) {
        modules::keep(&mut entry.extra, inner);
    }
    entry
}

/// Elements of an entry that are read; all others are kept as they are.
fn is_read(element: &Element) -> bool {
    const READ: &[&str] = &[
        "title",
        "id",
        "link",
        "content",
        "summary",
        "published",
        "issued",
        "created",
        "updated",
        "modified",
        "author",
        "category",
        "source",
    ];
    if element.is(Space::Atom, "link") {
        // A picture or a recording that belongs to the entry.
        return element.attribute("rel") != Some("enclosure");
    }
    READ.iter().any(|local| element.is(Space::Atom, local))
        || element.is(Space::DublinCore, "creator")
        || element.is(Space::DublinCore, "subject")
}

fn first_date(
    element: &Element,
    names: &[&str],
    remarks: &mut Remarks,
) -> Option<rashomon_article::Published> {
    names.iter().find_map(|local| {
        element.all(Space::Atom, local).find_map(|date| date::read(&date.text(), remarks))
    })
}

fn authors(element: &Element) -> Vec<String> {
    let mut names = Vec::new();
    for author in element.all(Space::Atom, "author") {
        let part = |local| author.child(Space::Atom, local).map(|part| part.text());
        let name = match author.has_elements() {
            true => part("name").filter(|name| !name.trim().is_empty()).or_else(|| part("email")),
            false => Some(author.text()),
        };
        names.extend(name.and_then(|name| modules::person(&name)));
    }
    if names.is_empty() {
        for creator in element.all(Space::DublinCore, "creator") {
            names.extend(modules::person(&creator.text()));
        }
    }
    modules::once(&mut names);
    names
}

/// The word for a subject: the term, or its label where the term is a number or an address.
fn subject(category: &Element) -> Option<String> {
    let term = category.attribute("term").and_then(modules::line);
    let is_word = |term: &String| term.contains(char::is_alphabetic) && !term.contains("://");
    let label = || category.attribute("label").and_then(modules::line);
    let text = || modules::line(&category.text());
    term.clone().filter(is_word).or_else(label).or(term).or_else(text)
}

/// The feed that an entry was taken from.
fn origin(source: &Element, scope: &Scope, remarks: &mut Remarks) -> Option<Origin> {
    let scope = scope.within(source);
    let links = Links::of(source, &scope, Some(remarks));
    let address = links
        .page()
        .or_else(|| links.first("self"))
        .or_else(|| address::of_id(&source.child(Space::Atom, "id")?.text()));
    let title = source.child(Space::Atom, "title").and_then(plain);
    Some(Origin { title, address }).filter(|origin| *origin != Origin::default())
}

/// The links of an element, absolute.
struct Links(Vec<Link>);

struct Link {
    relation: String,
    is_html: bool,
    address: String,
}

impl Links {
    fn of(element: &Element, scope: &Scope, mut remarks: Option<&mut Remarks>) -> Links {
        let mut links = Vec::new();
        for link in element.all(Space::Atom, "link") {
            let written = link.attribute("href").map(str::to_owned);
            // Atom of old, and RSS in disguise, have the address as text.
            let written = written.unwrap_or_else(|| link.text());
            if written.trim().is_empty() {
                continue;
            }
            let Some(address) = scope.within(link).base.resolve(&written) else {
                // Other links may well lead off the web: to a thread, to a mailbox.
                if let Some(remarks) = &mut remarks
                    && matches!(link.attribute("rel"), None | Some("alternate"))
                {
                    remarks.add("bad-address", &written);
                }
                continue;
            };
            let relation = link.attribute("rel").filter(|relation| !relation.is_empty());
            let relation = relation.unwrap_or("alternate").to_ascii_lowercase();
            let relation = relation.rsplit('/').next().unwrap_or_default().to_owned();
            let kind = link.attribute("type").unwrap_or("text/html");
            links.push(Link { relation, is_html: kind.contains("html"), address });
        }
        Links(links)
    }

    /// The page that the element is about: HTML before other forms of it.
    fn page(&self) -> Option<String> {
        let pages = || self.0.iter().filter(|link| link.relation == "alternate");
        let page = pages().find(|link| link.is_html).or_else(|| pages().next());
        page.map(|link| link.address.clone())
    }

    fn first(&self, relation: &str) -> Option<String> {
        self.0.iter().find(|link| link.relation == relation).map(|link| link.address.clone())
    }

    fn all(&self, relation: &str) -> Vec<String> {
        let those = self.0.iter().filter(|link| link.relation == relation);
        those.map(|link| link.address.clone()).collect()
    }
}

/// A text construct as plain text on one line.
fn plain(element: &Element) -> Option<String> {
    modules::line(&words(element)?.to_plain())
}

/// A text construct: `type` says in 1.0 how it is written, `type` and `mode` in 0.3.
fn words(element: &Element) -> Option<Words> {
    let kind = element.attribute("type").unwrap_or("text").to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or_default().to_ascii_lowercase();
    let is_text = matches!(kind.as_str(), "text" | "text/plain" | "plain" | "");
    let written = if element.has_elements() {
        Words::Html(inner(element).markup())
    } else if mode == "base64" || is_binary(&kind) {
        let packed: String = element.text().split_whitespace().collect();
        let bytes = STANDARD.decode(packed).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if is_text { Words::Plain(text) } else { Words::Html(text) }
    } else if kind == "xhtml" || kind == "application/xhtml+xml" && mode != "escaped" {
        Words::Html(element.markup())
    } else if is_text && mode != "escaped" {
        Words::Plain(element.text())
    } else {
        Words::Html(element.text())
    };
    written.filled()
}

/// The `div` around XHTML is no part of it.
fn inner<'e, 't>(element: &'e Element<'t>) -> &'e Element<'t> {
    let mut elements = element.elements();
    match (elements.next(), elements.next()) {
        (Some(div), None) if div.name.local() == "div" && element.text() == div.text() => div,
        _ => element,
    }
}

/// Media types that RFC 4287 has in base64: all but text and XML.
fn is_binary(kind: &str) -> bool {
    let is_word = matches!(kind, "text" | "html" | "xhtml" | "plain" | "");
    !is_word && kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml")
}
