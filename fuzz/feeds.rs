//! What must hold for any bytes that are read as a feed, a list of feeds or a sitemap. The fuzz
//! target runs these laws on what libFuzzer makes up, the tests of the crate on mutilated samples.

use rashomon_feeds::{Entry, Feed, Source, Subscription, opml, read};

/// Bytes are read or refused with a code, twice the same, and what was read keeps its promises.
pub fn read_by_the_laws(bytes: &[u8], address: Option<&str>) -> Option<Source> {
    let first = read(bytes, address, Some("text/xml; charset=utf-8"));
    let again = read(bytes, address, Some("text/xml; charset=utf-8"));
    assert_eq!(format!("{first:?}"), format!("{again:?}"), "the same bytes give the same");
    let source = match first {
        Ok(source) => source,
        Err(error) => {
            assert!(!error.code().is_empty() && !error.to_string().is_empty(), "a reason");
            return None;
        }
    };
    for told in source.diagnostics() {
        assert!(told.message.len() > told.code.len(), "a diagnostic is a sentence");
    }
    match &source {
        Source::Feed(feed) => kept(feed),
        Source::Subscriptions(list) => round_trip(&list.feeds),
        Source::Sitemap(sitemap) => {
            sitemap.entries.iter().for_each(|entry| on_the_web(&entry.address));
            sitemap.nested.iter().for_each(|nested| on_the_web(&nested.address));
        }
    }
    Some(source)
}

fn kept(feed: &Feed) {
    [&feed.home, &feed.address, &feed.moved, &feed.next]
        .into_iter()
        .flatten()
        .chain(&feed.hubs)
        .for_each(|address| on_the_web(address));
    feed.title.iter().for_each(|title| one_line(title));
    feed.entries.iter().for_each(entry);
}

fn entry(entry: &Entry) {
    entry.address.iter().for_each(|address| on_the_web(address));
    entry.title.iter().for_each(|title| one_line(title));
    entry.authors.iter().chain(&entry.categories).for_each(|words| one_line(words));
    for words in entry.summary.iter().chain(&entry.content) {
        assert!(!words.as_str().trim().is_empty(), "words are words");
        let plain = words.to_plain();
        assert!(plain.is_empty() || plain.trim() == plain, "plain words are trimmed");
    }
    if let Some(source) = &entry.source {
        assert!(source.title.is_some() || source.address.is_some(), "an origin has a name");
        source.address.iter().for_each(|address| on_the_web(address));
    }
}

fn on_the_web(address: &str) {
    let lower = address.to_ascii_lowercase();
    assert!(lower.starts_with("http:") || lower.starts_with("https:"), "{address:?} is absolute");
}

fn one_line(text: &str) {
    assert!(!text.is_empty() && text.trim() == text && !text.contains(['\n', '\t']), "{text:?}");
}

/// Subscriptions are written and read again as they were.
pub fn round_trip(feeds: &[Subscription]) {
    let written = opml(feeds, "feeds");
    match read(written.as_bytes(), None, None) {
        Ok(Source::Subscriptions(list)) => {
            assert_eq!(list.feeds, feeds, "{written}");
            assert!(list.diagnostics.is_empty(), "{:?}", list.diagnostics);
        }
        other => panic!("{other:?}"),
    }
}
