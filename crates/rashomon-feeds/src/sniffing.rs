//! What a document is, by what it holds.

use crate::address::Base;
use crate::decoding::{self, MAX_BYTES};
use crate::error::Error;
use crate::formats::{atom, json, opml, rss, sitemap};
use crate::remarks::{Remarks, counted};
use crate::xml::{self, Element, Tree};
use crate::{Feed, Source};

/// Reads one document.
///
/// `address` is where it was found: relative addresses are relative to it, and diagnostics name
/// it. `media_type` is what the server calls it (`text/xml; charset=windows-1252`): only its
/// charset is believed, and only where the bytes do not say otherwise.
pub fn read(
    bytes: &[u8],
    address: Option<&str>,
    media_type: Option<&str>,
) -> Result<Source, Error> {
    let name = address.unwrap_or("feed");
    if bytes.len() > MAX_BYTES {
        let message = format!("{name}: more than {MAX_BYTES} bytes are no feed; read it in parts");
        return Err(Error::new("too-large", message));
    }
    let mut remarks = Remarks::about(address);
    let text = decoding::text(bytes, media_type, &mut remarks)?;
    let base = Base::new(address);
    // A second byte order mark is left where two programs have each set one.
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if trimmed.is_empty() {
        return Err(Error::new("empty-input", format!("{name}: there is nothing in it")));
    }
    if trimmed.starts_with(['{', '[']) {
        return read_json(trimmed, name, base, remarks);
    }
    if sitemap::is_list(trimmed) {
        let mut list = sitemap::read_list(trimmed, &base, &mut remarks);
        list.diagnostics = remarks.diagnostics();
        return Ok(Source::Sitemap(list));
    }
    let tree = xml::read(&text, &mut remarks);
    let Some((root, kind)) = root(&tree) else {
        return Err(refused(name, &tree));
    };
    if let Some(first) = tree.roots.first().filter(|first| !std::ptr::eq(*first, root)) {
        remarks.add("feed-repaired", &format!("<{}> stands before it", first.name.written));
    }
    let cut = tree.cut || tree.limited;
    let source = match kind {
        Kind::Rss => Source::Feed(rss::read(root, base, cut, &mut remarks)),
        Kind::Atom => Source::Feed(atom::read(root, base, cut, &mut remarks)),
        Kind::Opml => Source::Subscriptions(opml::read(root, base, &mut remarks)),
        Kind::Sitemap => Source::Sitemap(sitemap::read(root, base, cut, &mut remarks)),
    };
    if cut && !tree.limited {
        remarks.add("feed-truncated", &kept(&source));
    }
    Ok(with_diagnostics(source, remarks))
}

/// What was read of a document that ends too early.
fn kept(source: &Source) -> String {
    let (read, one, many) = match source {
        Source::Feed(Feed { entries, .. }) => (entries.len(), "entry", "entries"),
        Source::Subscriptions(list) => (list.feeds.len(), "subscription", "subscriptions"),
        Source::Sitemap(sitemap) => (sitemap.entries.len() + sitemap.nested.len(), "page", "pages"),
    };
    format!("read before its end: {}", counted(read, one, many))
}

fn with_diagnostics(mut source: Source, remarks: Remarks) -> Source {
    let diagnostics = match &mut source {
        Source::Feed(feed) => &mut feed.diagnostics,
        Source::Subscriptions(list) => &mut list.diagnostics,
        Source::Sitemap(sitemap) => &mut sitemap.diagnostics,
    };
    *diagnostics = remarks.diagnostics();
    source
}

#[derive(Clone, Copy)]
enum Kind {
    Rss,
    Atom,
    Opml,
    Sitemap,
}

/// The first element that is the root of something known, the outermost first. What a web page
/// holds is no feed, what stands after it may be one.
fn root<'e, 't>(tree: &'e Tree<'t>) -> Option<(&'e Element<'t>, Kind)> {
    let is_page = |root: &&Element| root.name.local().eq_ignore_ascii_case("html");
    let mut level: Vec<&Element> = tree.roots.iter().filter(|root| !is_page(root)).collect();
    while !level.is_empty() {
        if let Some(found) = level.iter().find_map(|&element| Some((element, kind(element)?))) {
            return Some(found);
        }
        level = level.into_iter().flat_map(Element::elements).collect();
    }
    None
}

fn kind(element: &Element) -> Option<Kind> {
    match element.name.local().to_ascii_lowercase().as_str() {
        "rss" | "rdf" | "channel" => Some(Kind::Rss),
        "feed" | "entry" => Some(Kind::Atom),
        "opml" => Some(Kind::Opml),
        "urlset" | "sitemapindex" => Some(Kind::Sitemap),
        _ => None,
    }
}

fn read_json(text: &str, name: &str, base: Base, mut remarks: Remarks) -> Result<Source, Error> {
    if text.len() > json::MOST_BYTES {
        let message = format!("{name}: more than {} bytes of JSON are no feed", json::MOST_BYTES);
        return Err(Error::new("too-large", message));
    }
    let value = match json::parse(text, &mut remarks) {
        Ok(value) => value,
        Err(error) => {
            let message = format!("{name}: neither a feed nor JSON ({error})");
            return Err(Error::new("not-a-feed", message));
        }
    };
    let Some(mut feed) = json::read(value, base, &mut remarks) else {
        let message = format!("{name}: JSON, but no JSON Feed: it has no array of items");
        return Err(Error::new("not-a-feed", message));
    };
    feed.diagnostics = remarks.diagnostics();
    Ok(Source::Feed(feed))
}

fn refused(name: &str, tree: &Tree) -> Error {
    let what = match tree.roots.first().map(|root| root.name.written) {
        Some(html) if html.eq_ignore_ascii_case("html") => {
            "a web page and no feed; look for the address of its feed in it".to_owned()
        }
        Some(root) => format!("no feed: its root is <{root}>"),
        None => "no feed: there is no element in it".to_owned(),
    };
    Error::new("not-a-feed", format!("{name}: {what}"))
}
