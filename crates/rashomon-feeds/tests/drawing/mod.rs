//! What was read, as lines for a person.

use std::fmt::Write;

use rashomon_feeds::{Entry, Error, Feed, Published, Sitemap, Source, Subscriptions, Words};

/// Draws what a document says, or why it was refused.
pub fn draw(read: &Result<Source, Error>) -> String {
    let mut out = String::new();
    let source = match read {
        Ok(source) => source,
        Err(error) => return format!("refused {}: {error}\n", error.code()),
    };
    match source {
        Source::Feed(feed) => draw_feed(&mut out, feed),
        Source::Subscriptions(list) => draw_list(&mut out, list),
        Source::Sitemap(sitemap) => draw_sitemap(&mut out, sitemap),
    }
    for told in source.diagnostics() {
        let message = told.message.split_once(": ").map_or("", |(_, message)| message);
        line(&mut out, 0, &told.code, Some(message));
    }
    out
}

fn line(out: &mut String, depth: usize, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        writeln!(out, "{:depth$}{name}: {}", "", value.replace('\n', "⏎")).expect("text");
    }
}

fn date(out: &mut String, depth: usize, name: &str, published: Option<Published>) {
    let text = published.map(|published| match published {
        Published::Day(day) => day.to_string(),
        instant => instant.to_rfc3339(),
    });
    line(out, depth, name, text.as_deref());
}

fn draw_feed(out: &mut String, feed: &Feed) {
    line(out, 0, feed.format.name(), Some(feed.title.as_deref().unwrap_or("-")));
    line(out, 2, "description", feed.description.as_deref());
    line(out, 2, "home", feed.home.as_deref());
    line(out, 2, "address", feed.address.as_deref());
    line(out, 2, "moved", feed.moved.as_deref());
    line(out, 2, "next", feed.next.as_deref());
    line(out, 2, "hub", feed.hubs.first().map(String::as_str));
    line(out, 2, "language", feed.language.as_deref());
    date(out, 2, "updated", feed.updated);
    let minutes = feed.pause.map(|pause| format!("{} min", pause.as_secs() / 60));
    line(out, 2, "pause", minutes.as_deref());
    for entry in &feed.entries {
        draw_entry(out, entry);
    }
}

fn draw_entry(out: &mut String, entry: &Entry) {
    line(out, 0, "entry", Some(entry.title.as_deref().unwrap_or("-")));
    line(out, 2, "id", entry.id.as_deref());
    line(out, 2, "address", entry.address.as_deref());
    let joined = |list: &[String]| (!list.is_empty()).then(|| list.join("; "));
    line(out, 2, "authors", joined(&entry.authors).as_deref());
    date(out, 2, "published", entry.published);
    date(out, 2, "updated", entry.updated);
    for (name, words) in [("summary", &entry.summary), ("content", &entry.content)] {
        match words {
            Some(Words::Plain(text)) => line(out, 2, name, Some(text)),
            Some(Words::Html(html)) => line(out, 2, &format!("{name}, HTML"), Some(html)),
            None => {}
        }
    }
    line(out, 2, "language", entry.language.as_deref());
    line(out, 2, "categories", joined(&entry.categories).as_deref());
    if let Some(source) = &entry.source {
        line(out, 2, "source", Some(source.title.as_deref().unwrap_or("-")));
        line(out, 4, "address", source.address.as_deref());
    }
    for (name, value) in &entry.extra {
        line(out, 2, &format!("extra {name}"), Some(&value.to_string()));
    }
}

fn draw_list(out: &mut String, list: &Subscriptions) {
    line(out, 0, "OPML", Some(list.title.as_deref().unwrap_or("-")));
    for feed in &list.feeds {
        let folder: String = feed.folder.iter().map(|name| format!("{name} / ")).collect();
        line(out, 0, "feed", Some(&format!("{folder}{}", feed.title)));
        line(out, 2, "address", Some(&feed.address));
        line(out, 2, "home", feed.home.as_deref());
        line(out, 2, "kind", feed.kind.as_deref());
    }
}

fn draw_sitemap(out: &mut String, sitemap: &Sitemap) {
    line(out, 0, "sitemap", Some(""));
    for nested in &sitemap.nested {
        line(out, 0, "nested", Some(&nested.address));
        date(out, 2, "modified", nested.modified);
    }
    for entry in &sitemap.entries {
        line(out, 0, "page", Some(&entry.address));
        date(out, 2, "modified", entry.modified);
        let Some(news) = &entry.news else { continue };
        line(out, 2, "publication", news.publication.as_deref());
        line(out, 2, "language", news.language.as_deref());
        date(out, 2, "published", news.published);
        line(out, 2, "title", news.title.as_deref());
        let keywords = (!news.keywords.is_empty()).then(|| news.keywords.join("; "));
        line(out, 2, "keywords", keywords.as_deref());
    }
}
