//! Feeds that a web page names.

use crate::address::Base;
use crate::formats::modules;
use crate::remarks::Remarks;
use crate::xml::{Tag, Token, Tokens};
use crate::{Subscription, decoding, references};

/// Media types of feeds.
const KINDS: &[(&str, &str)] = &[
    ("application/rss+xml", "rss"),
    ("application/atom+xml", "atom"),
    ("application/rdf+xml", "rss"),
    ("application/feed+json", "json"),
    ("application/json", "json"),
];

/// How much of a page is looked at: links stand in its head.
const HEAD: usize = 1 << 20;

/// The feeds that a web page names (`<link rel="alternate" type="application/rss+xml">`), in its
/// own order, each once. Comments and the like are often the later ones.
///
/// ```
/// let page = br#"<html><head><title>Lusa Herald</title>
///   <link rel="alternate" type="application/rss+xml" title="World" href="/world.xml">
///   </head><body><p>News</p></body></html>"#;
/// let feeds = rashomon_feeds::feeds_of_page(page, Some("https://lusa-herald.example/"), None);
/// assert_eq!(feeds[0].title, "World");
/// assert_eq!(feeds[0].address, "https://lusa-herald.example/world.xml");
/// ```
pub fn feeds_of_page(
    bytes: &[u8],
    address: Option<&str>,
    media_type: Option<&str>,
) -> Vec<Subscription> {
    let mut remarks = Remarks::about(address);
    let head = &bytes[..bytes.len().min(HEAD)];
    let Ok(text) = decoding::text(head, media_type, &mut remarks) else {
        return Vec::new();
    };
    let mut found = Found { base: Base::new(address), feeds: Vec::new() };
    let mut tokens = Tokens::of(&text);
    while let Some(token) = tokens.next() {
        match token {
            Token::Start(tag) | Token::Empty(tag) => found.take(tag),
            _ => {}
        }
    }
    let home = address.and_then(|address| found.base.resolve(address));
    for feed in &mut found.feeds {
        feed.home.clone_from(&home);
    }
    found.feeds
}

struct Found {
    base: Base,
    feeds: Vec<Subscription>,
}

impl Found {
    fn take(&mut self, tag: Tag) {
        let attribute = |name: &str| {
            let mut named = tag.attributes().filter(|(known, _)| known.eq_ignore_ascii_case(name));
            named.next().map(|(_, value)| references::decode(value))
        };
        if tag.name.eq_ignore_ascii_case("base") {
            self.base = self.base.within(attribute("href").as_deref());
        }
        if !tag.name.eq_ignore_ascii_case("link") {
            return;
        }
        let relation = attribute("rel").unwrap_or_default().to_ascii_lowercase();
        let media_type = attribute("type").unwrap_or_default().to_ascii_lowercase();
        let bare = media_type.split(';').next().unwrap_or_default().trim();
        let kind = KINDS.iter().find(|(known, _)| *known == bare);
        let names_feed = relation.split_whitespace().any(|word| word == "alternate");
        let (Some(&(_, kind)), true) = (kind, names_feed) else {
            return;
        };
        let Some(address) = attribute("href").and_then(|href| self.base.resolve(&href)) else {
            return;
        };
        if self.feeds.iter().any(|feed| feed.address == address) || self.feeds.len() >= 100 {
            return;
        }
        let title = attribute("title").as_deref().and_then(modules::line);
        self.feeds.push(Subscription {
            title: title.or_else(|| modules::line(&address)).unwrap_or_default(),
            address,
            kind: Some(kind.to_owned()),
            ..Subscription::default()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_page_as_pages_are() {
        let metas = "<meta name=a content=b><link rel=icon href=c>".repeat(100);
        let page = format!("<!doctype html>\n<head><meta charset=utf-8><base href='https://cdn.example/a/'>
            {metas}<script>if (a < b && c > d) {{ document.write('<p>'); }}</script>
            <link rel=stylesheet href=x.css>
            <LINK REL='alternate feed' TYPE='application/atom+xml; charset=utf-8' HREF='feed'>
            <link rel=alternate type=application/rss+xml href=\"/rss?a=1&amp;b=2\" title='A &amp; B'>
            <link rel=alternate type=application/rss+xml href=\"/rss?a=1&amp;b=2\">
            <link rel=alternate hreflang=pt href=/pt>
            <body><img src=x><p>News");
        let feeds = feeds_of_page(page.as_bytes(), Some("https://lusa-herald.example/"), None);
        let told: Vec<_> = feeds.iter().map(|feed| (&*feed.title, &*feed.address)).collect();
        let expected = [
            ("https://cdn.example/a/feed", "https://cdn.example/a/feed"),
            ("A & B", "https://cdn.example/rss?a=1&b=2"),
        ];
        assert_eq!(told, expected);
        assert_eq!(feeds[0].kind.as_deref(), Some("atom"));
    }
}
