//! OPML 1 and 2: outlines that name feeds.

use quick_xml::escape::escape;

use super::modules::{self, MOST_ENTRIES};
use crate::address::Base;
use crate::remarks::Remarks;
use crate::scope::Scope;
use crate::xml::{Element, Space};
use crate::{Subscription, Subscriptions};

/// Reads a list from its root.
pub(crate) fn read(root: &Element, base: Base, remarks: &mut Remarks) -> Subscriptions {
    let scope = Scope { base, language: None }.within(root);
    let head = root.child(Space::Plain, "head");
    let title = head.and_then(|head| modules::line(&head.child(Space::Plain, "title")?.text()));
    let body = root.child(Space::Plain, "body").unwrap_or(root);
    let mut list = Subscriptions { title, ..Subscriptions::default() };
    gather(body, &scope, &mut Vec::new(), &mut list.feeds, remarks);
    list
}

/// The deepest folder; each subscription repeats the names of its folders.
const DEEPEST_FOLDER: usize = 16;

/// The longest name of a folder, in characters.
const LONGEST_FOLDER: usize = 256;

fn gather(
    element: &Element,
    scope: &Scope,
    folder: &mut Vec<String>,
    feeds: &mut Vec<Subscription>,
    remarks: &mut Remarks,
) {
    for outline in element.elements() {
        let named = ["text", "title"].iter().find_map(|name| {
            outline.attribute(name).filter(|title| !title.is_empty()).and_then(modules::line)
        });
        let mut is_folder = false;
        if let Some(written) = outline.attribute("xmlUrl") {
            match scope.base.resolve(written) {
                Some(_) if feeds.len() >= MOST_ENTRIES => {
                    remarks.add("too-many", &format!("{MOST_ENTRIES} subscriptions"));
                    return;
                }
                Some(address) => feeds.push(Subscription {
                    title: named.clone().or_else(|| modules::line(&address)).unwrap_or_default(),
                    address,
                    home: outline.attribute("htmlUrl").and_then(|home| scope.base.resolve(home)),
                    folder: folder.clone(),
                    kind: outline.attribute("type").and_then(modules::line),
                }),
                None => remarks.add("bad-address", written),
            }
        } else if let Some(name) = named.filter(|_| outline.is(Space::Plain, "outline")) {
            if folder.len() < DEEPEST_FOLDER {
                let short: String = name.chars().take(LONGEST_FOLDER).collect();
                if short.len() < name.len() {
                    let limit = format!("{LONGEST_FOLDER} characters of the name of a folder");
                    remarks.add("too-many", &limit);
                }
                folder.push(short);
                is_folder = true;
            } else {
                remarks.add("nesting-cut", "");
            }
        }
        gather(outline, scope, folder, feeds, remarks);
        if is_folder {
            folder.pop();
        }
    }
}

/// Writes a list as OPML 2.0. Reading it gives the same subscriptions, those of one folder
/// together where the first of them stood.
pub(crate) fn write(feeds: &[Subscription], title: &str) -> String {
    let mut opml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    opml.push_str(&format!("<head><title>{}</title></head>\n<body>\n", attribute(title)));
    let mut open: &[String] = &[];
    for feed in feeds {
        let shared = open.iter().zip(&feed.folder).take_while(|(a, b)| a == b).count();
        for depth in (shared..open.len()).rev() {
            opml.push_str(&format!("{}</outline>\n", indent(depth)));
        }
        for (depth, name) in feed.folder.iter().enumerate().skip(shared) {
            let name = attribute(name);
            let folder = format!("<outline text=\"{name}\" title=\"{name}\">");
            opml.push_str(&format!("{}{folder}\n", indent(depth)));
        }
        open = &feed.folder;
        opml.push_str(&line(feed));
    }
    for depth in (0..open.len()).rev() {
        opml.push_str(&format!("{}</outline>\n", indent(depth)));
    }
    opml.push_str("</body>\n</opml>\n");
    opml
}

fn line(feed: &Subscription) -> String {
    let mut line = format!("{}<outline", indent(feed.folder.len()));
    let home = feed.home.as_deref();
    let fields = [
        // Some readers show the one, some the other.
        ("text", Some(feed.title.as_str())),
        ("title", Some(feed.title.as_str())),
        ("type", feed.kind.as_deref()),
        ("xmlUrl", Some(feed.address.as_str())),
        ("htmlUrl", home),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            line.push_str(&format!(" {name}=\"{}\"", attribute(value)));
        }
    }
    line.push_str("/>\n");
    line
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth + 1)
}

/// Escaped, without what XML cannot hold.
fn attribute(text: &str) -> String {
    let text: String = text.chars().filter(|&c| crate::references::is_allowed(c)).collect();
    escape(text).into_owned()
}
