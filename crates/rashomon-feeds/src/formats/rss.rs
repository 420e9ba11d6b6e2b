//! RSS of all versions, and CDF, from which it took half of its names.

mod item;

use std::time::Duration;

use super::modules;
use crate::address::Base;
use crate::date;
use crate::remarks::Remarks;
use crate::scope::{self, Scope};
use crate::xml::{Element, Space};
use crate::{Feed, Format};

/// Reads a feed from its root: `rss`, `rdf:RDF`, or a bare `channel`.
pub(crate) fn read(root: &Element, base: Base, cut: bool, remarks: &mut Remarks) -> Feed {
    let format = format(root);
    let mut feed = Feed::new(format);
    let scope = Scope { base, language: None }.within(root);
    let mut items = Vec::new();
    gather(root, &scope, &mut items);
    let channel = channel(root);
    let mut scope = scope.within(channel);
    links(&mut feed, channel, &scope);
    // What is relative to nothing else is relative to the feed, and then to its page.
    scope.base = scope.base.or(&Base::new(feed.address.as_deref()));
    describe(&mut feed, channel, &scope, remarks);
    scope.base = scope.base.or(&Base::new(feed.home.as_deref()));
    for (item, outer) in items {
        if cut && !item.whole {
            continue;
        }
        let mut within = outer.within(item);
        within.base = within.base.or(&scope.base);
        within.language = within.language.or_else(|| feed.language.clone());
        let entry = item::read(item, &within, remarks);
        if !modules::add_entry(&mut feed, entry, &[], remarks) {
            break;
        }
    }
    feed
}

fn format(root: &Element) -> Format {
    let local = root.name.local().to_ascii_lowercase();
    if local == "rdf" {
        let old = |e: &Element| e.attributes.iter().any(|a| a.value.contains("netscape.com/rdf"));
        return if old(root) { Format::Rss090 } else { Format::Rss10 };
    }
    if local != "rss" {
        let is_cdf = root.attribute("href").is_some() || !is_rss_channel(root);
        return if is_cdf { Format::Cdf } else { Format::Rss20 };
    }
    match root.attribute("version").unwrap_or_default() {
        version if version.starts_with("0.90") => Format::Rss090,
        version if version.starts_with("0.91") => Format::Rss091,
        version if version.starts_with("0.9") => Format::Rss092,
        version if version.starts_with("1.") => Format::Rss10,
        _ => Format::Rss20,
    }
}

/// Whether a bare channel has what RSS has and CDF has not.
fn is_rss_channel(root: &Element) -> bool {
    ["link", "description", "language"].iter().any(|name| root.child(Space::Plain, name).is_some())
}

/// The channel, which some forget to open.
fn channel<'e, 't>(root: &'e Element<'t>) -> &'e Element<'t> {
    root.child(Space::Plain, "channel").unwrap_or(root)
}

/// All items, wherever they stand, with what holds there.
fn gather<'e, 't>(
    element: &'e Element<'t>,
    scope: &Scope,
    items: &mut Vec<(&'e Element<'t>, Scope)>,
) {
    for inner in element.elements() {
        if inner.is(Space::Plain, "item") || inner.is(Space::Plain, "entry") {
            items.push((inner, scope.clone()));
        } else if inner.has_elements() {
            gather(inner, &scope.within(inner), items);
        }
    }
}

fn describe(feed: &mut Feed, channel: &Element, scope: &Scope, remarks: &mut Remarks) {
    let text = |space, local| channel.child(space, local).map(|element| element.html());
    let plain = |space, local| text(space, local).as_deref().and_then(modules::plain);
    feed.title = plain(Space::Plain, "title").or_else(|| plain(Space::DublinCore, "title"));
    let described = ["description", "abstract", "tagline"];
    feed.description = described
        .iter()
        .find_map(|local| plain(Space::Plain, local))
        .or_else(|| plain(Space::DublinCore, "description"))
        .or_else(|| plain(Space::Itunes, "summary"));
    let home = channel
        .all(Space::Plain, "link")
        .find_map(|link| scope.base.resolve(&link.text()))
        .or_else(|| scope.base.resolve(channel.attribute("href")?));
    feed.home = home.or_else(|| feed.home.take());
    let language = text(Space::Plain, "language").or_else(|| text(Space::DublinCore, "language"));
    feed.language =
        language.as_deref().and_then(scope::language).or_else(|| scope.language.clone());
    modules::moved(channel, feed, &scope.base);
    let dates = [
        (Space::Plain, "lastBuildDate"),
        (Space::Plain, "pubDate"),
        (Space::DublinCore, "date"),
        (Space::Atom, "updated"),
        (Space::DublinCore, "modified"),
    ];
    feed.updated = first_date(channel, &dates, remarks);
    let ttl = text(Space::Plain, "ttl").and_then(|text| text.trim().parse::<u64>().ok());
    let ttl = ttl.filter(|&minutes| minutes > 0 && minutes < 1 << 32);
    feed.pause =
        ttl.map(|minutes| Duration::from_secs(minutes * 60)).or_else(|| modules::pause(channel));
}

/// Links in the words of Atom.
fn links(feed: &mut Feed, channel: &Element, scope: &Scope) {
    let links = channel.elements().filter(|e| e.is(Space::Atom, "link"));
    for link in links {
        let address = || scope.base.resolve(link.attribute("href")?);
        match link.attribute("rel").unwrap_or("alternate") {
            "self" => feed.address = feed.address.take().or_else(address),
            "next" | "prev-archive" => feed.next = feed.next.take().or_else(address),
            "hub" => feed.hubs.extend(address()),
            "alternate" => feed.home = feed.home.take().or_else(address),
            _ => {}
        }
    }
}

pub(super) fn first_date(
    element: &Element,
    names: &[(Space, &str)],
    remarks: &mut Remarks,
) -> Option<rashomon_article::Published> {
    names.iter().find_map(|&(space, local)| {
        element.all(space, local).find_map(|date| date::read(&date.text(), remarks))
    })
}
