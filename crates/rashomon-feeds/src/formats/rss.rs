//! RSS of all versions, and CDF, from which it took half of its names.

use std::time::Duration;

use super::modules;
use crate::address::Base;
use crate::date;
use crate::remarks::Remarks;
use crate::scope::{self, Scope};
use crate::xml::{Element, Space};
use crate::{Entry, Feed, Format, Origin, Words};

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
        let entry = entry(item, &within, remarks);
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

fn first_date(
    element: &Element,
    names: &[(Space, &str)],
    remarks: &mut Remarks,
) -> Option<rashomon_article::Published> {
    names.iter().find_map(|&(space, local)| {
        element.all(space, local).find_map(|date| date::read(&date.text(), remarks))
    })
}

/// Elements of an item that are read; all others are kept as they are.
fn is_read(element: &Element) -> bool {
    const PLAIN: &[&str] = &[
        "title",
        "link",
        "body",
        "description",
        "abstract",
        "author",
        "pubdate",
        "guid",
        "category",
        "source",
        "summary",
        "content",
        "id",
    ];
    let local = element.name.local().to_ascii_lowercase();
    match element.name.space {
        Space::Plain => PLAIN.contains(&local.as_str()),
        Space::DublinCore => matches!(
            local.as_str(),
            "creator" | "date" | "subject" | "title" | "description" | "language" | "source"
        ),
        Space::Content => local == "encoded",
        Space::Xhtml => local == "body",
        _ => element.name.prefix().is_empty() && PLAIN.contains(&local.as_str()),
    }
}

fn entry(item: &Element, scope: &Scope, remarks: &mut Remarks) -> Entry {
    let html = |space, local| {
        item.all(space, local).map(|e| e.html()).find(|html| !html.trim().is_empty())
    };
    let mut entry = Entry { language: scope.language.clone(), ..Entry::default() };
    let titles = [Space::Plain, Space::DublinCore, Space::Media, Space::Itunes];
    entry.title = titles.iter().find_map(|&space| modules::plain(&html(space, "title")?));
    let summaries = [
        (Space::Plain, "description"),
        (Space::Plain, "summary"),
        (Space::Plain, "abstract"),
        (Space::DublinCore, "description"),
        (Space::DublinCore, "abstract"),
    ];
    entry.summary = summaries
        .iter()
        .find_map(|&(space, local)| html(space, local).map(Words::Html))
        .or_else(|| modules::media_summary(item));
    entry.content = html(Space::Content, "encoded")
        .or_else(|| html(Space::Xhtml, "body"))
        .or_else(|| html(Space::Plain, "body"))
        .or_else(|| html(Space::Plain, "content"))
        .or_else(|| html(Space::Plain, "fulltext"))
        .map(Words::Html);
    let published = [
        (Space::Plain, "pubDate"),
        (Space::DublinCore, "date"),
        (Space::DublinCore, "issued"),
        (Space::DublinCore, "created"),
        (Space::Atom, "published"),
        (Space::Plain, "date"),
    ];
    entry.published = first_date(item, &published, remarks);
    let updated = [(Space::Atom, "updated"), (Space::DublinCore, "modified")];
    entry.updated = first_date(item, &updated, remarks);
    if let Some(language) = html(Space::DublinCore, "language") {
        entry.language = scope::language(&language);
    }
    authors(&mut entry, item);
    for category in item.all(Space::Plain, "category") {
        entry.categories.extend(modules::plain(&category.html()));
    }
    modules::categories(item, &mut entry.categories);
    identity(&mut entry, item, scope, remarks);
    entry.source = origin(item, scope);
    for element in item.elements().filter(|element| !is_read(element)) {
        modules::keep(&mut entry.extra, element);
    }
    entry
}

fn authors(entry: &mut Entry, item: &Element) {
    let fields =
        [(Space::DublinCore, "creator"), (Space::Plain, "author"), (Space::Itunes, "author")];
    for (space, local) in fields {
        for author in item.all(space, local) {
            let name = author.child(Space::Atom, "name").unwrap_or(author);
            entry.authors.extend(modules::person(&name.text()));
        }
        if !entry.authors.is_empty() {
            return modules::once(&mut entry.authors);
        }
    }
}

/// Id and address: a `guid` is an address too, unless it says that it is none.
fn identity(entry: &mut Entry, item: &Element, scope: &Scope, remarks: &mut Remarks) {
    let guid = item.child(Space::Plain, "guid").or_else(|| item.child(Space::Plain, "id"));
    let id = guid.and_then(|guid| modules::line(&guid.text()));
    let about = item.attribute_local("about");
    entry.id = id.or_else(|| modules::line(about?));
    let written = item
        .all(Space::Plain, "link")
        .map(|link| match link.attribute("href") {
            Some(href) => href.to_owned(),
            None => link.text(),
        })
        .find(|address| !address.trim().is_empty())
        .or_else(|| atom_link(item))
        .or_else(|| item.attribute("href").map(str::to_owned));
    entry.address = written.as_deref().and_then(|address| scope.base.resolve(address));
    if let (None, Some(written)) = (&entry.address, &written) {
        remarks.add("bad-address", written);
    }
    let is_link = guid.and_then(|guid| guid.attribute("isPermaLink")) != Some("false");
    if entry.address.is_none() && is_link {
        let id = entry.id.as_deref().filter(|id| id.starts_with("http"));
        entry.address = id.and_then(|id| scope.base.resolve(id));
    }
}

/// The page of an item in the words of Atom.
fn atom_link(item: &Element) -> Option<String> {
    let links = item.all(Space::Atom, "link");
    let mut pages =
        links.filter(|link| link.attribute("rel").unwrap_or("alternate") == "alternate");
    pages.find_map(|link| link.attribute("href").map(str::to_owned))
}

/// `<source url="…">Name</source>`, which aggregators use for the outlet; Dublin Core has only
/// words or an address.
fn origin(item: &Element, scope: &Scope) -> Option<Origin> {
    let told = item.child(Space::Plain, "source").map(|source| Origin {
        title: source
            .child(Space::Atom, "title")
            .map_or_else(|| modules::plain(&source.html()), |title| modules::plain(&title.html())),
        address: source.attribute("url").and_then(|url| scope.base.resolve(url)),
    });
    let in_words = || {
        let words = item.child(Space::DublinCore, "source")?.text();
        let address = scope.base.resolve(&words).filter(|_| words.contains("://"));
        let title = if address.is_some() { None } else { modules::plain(&words) };
        Some(Origin { title, address })
    };
    told.or_else(in_words).filter(|origin| *origin != Origin::default())
}
