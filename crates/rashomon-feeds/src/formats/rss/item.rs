//! An item of RSS: a report that is announced.

use super::first_date;
use crate::address;
use crate::formats::modules;
use crate::remarks::Remarks;
use crate::scope::{self, Scope};
use crate::xml::{Element, Space};
use crate::{Entry, Origin, Words};

/// Reads an item.
pub(super) fn read(item: &Element, scope: &Scope, remarks: &mut Remarks) -> Entry {
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
        .or_else(|| full_text(item))
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

/// The report itself, as Yandex asks outlets for it.
fn full_text(item: &Element) -> Option<String> {
    let named = |element: &&Element| element.name.local().eq_ignore_ascii_case("full-text");
    item.elements().find(named).map(Element::html).filter(|html| !html.trim().is_empty())
}

fn authors(entry: &mut Entry, item: &Element) {
    let fields = [
        (Space::DublinCore, "creator"),
        (Space::Plain, "author"),
        (Space::Plain, "byline"),
        (Space::Itunes, "author"),
    ];
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
        entry.address = entry.id.as_deref().and_then(address::of_id);
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

/// Elements of an item that are read; all others are kept as they are.
fn is_read(element: &Element) -> bool {
    const PLAIN: &[&str] = &[
        "title",
        "link",
        "body",
        "description",
        "abstract",
        "author",
        "byline",
        "full-text",
        "fulltext",
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
            "creator"
                | "date"
                | "issued"
                | "created"
                | "modified"
                | "subject"
                | "title"
                | "description"
                | "abstract"
                | "language"
                | "source"
        ),
        Space::Content => local == "encoded",
        Space::Xhtml => local == "body",
        Space::Atom => matches!(local.as_str(), "published" | "updated"),
        _ => element.name.prefix().is_empty() && PLAIN.contains(&local.as_str()),
    }
}
