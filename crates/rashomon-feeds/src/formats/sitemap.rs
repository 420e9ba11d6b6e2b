//! Sitemaps, indexes of them, Google's extension for news, and plain lists of addresses.

use super::modules::{self, MOST_ENTRIES};
use crate::address::Base;
use crate::date;
use crate::remarks::Remarks;
use crate::scope::Scope;
use crate::xml::{Element, Space};
use crate::{NestedSitemap, News, Sitemap, SitemapEntry};

/// Reads a sitemap from its root: `urlset` or `sitemapindex`.
pub(crate) fn read(root: &Element, base: Base, cut: bool, remarks: &mut Remarks) -> Sitemap {
    let scope = Scope { base, language: None }.within(root);
    let mut sitemap = Sitemap::default();
    for element in root.elements().filter(|element| element.whole || !cut) {
        if sitemap.entries.len() + sitemap.nested.len() >= MOST_ENTRIES {
            remarks.add("too-many", &format!("{MOST_ENTRIES} pages"));
            break;
        }
        let is_page = element.is(Space::Plain, "url");
        if !is_page && !element.is(Space::Plain, "sitemap") {
            continue;
        }
        let written = element.child(Space::Plain, "loc").map(|loc| loc.text());
        let written = written.unwrap_or_default();
        let Some(address) = scope.base.resolve(&written) else {
            match written.trim() {
                "" => remarks.add("bad-entry", ""),
                written => remarks.add("bad-address", written),
            }
            continue;
        };
        let modified = element.child(Space::Plain, "lastmod");
        let modified = modified.and_then(|date| date::read(&date.text(), remarks));
        if is_page {
            let news = element.child(Space::News, "news").map(|news| news_of(news, remarks));
            sitemap.entries.push(SitemapEntry { address, modified, news });
        } else {
            sitemap.nested.push(NestedSitemap { address, modified });
        }
    }
    sitemap
}

fn news_of(news: &Element, remarks: &mut Remarks) -> News {
    let text = |element: &Element, local| {
        element.child(Space::News, local).and_then(|e| modules::plain(&e.html()))
    };
    let publication = news.child(Space::News, "publication");
    let date = news.child(Space::News, "publication_date");
    let keywords = text(news, "keywords").unwrap_or_default();
    News {
        publication: publication.and_then(|publication| text(publication, "name")),
        language: publication
            .and_then(|publication| text(publication, "language"))
            .or_else(|| text(news, "language")),
        published: date.and_then(|date| date::read(&date.text(), remarks)),
        title: text(news, "title"),
        keywords: keywords.split(',').filter_map(modules::line).collect(),
    }
}

/// Whether a text is a list of addresses, one a line.
pub(crate) fn is_list(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(20).peekable();
    let is_address = |line: &str| line.starts_with("http://") || line.starts_with("https://");
    lines.peek().is_some() && lines.all(is_address)
}

/// Reads a list of addresses, one a line.
pub(crate) fn read_list(text: &str, base: &Base, remarks: &mut Remarks) -> Sitemap {
    let mut sitemap = Sitemap::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match base.resolve(line).filter(|_| line.contains("://")) {
            Some(_) if sitemap.entries.len() >= MOST_ENTRIES => {
                remarks.add("too-many", &format!("{MOST_ENTRIES} pages"));
                break;
            }
            Some(address) => {
                sitemap.entries.push(SitemapEntry { address, ..SitemapEntry::default() });
            }
            None => remarks.add("bad-address", line),
        }
    }
    sitemap
}
