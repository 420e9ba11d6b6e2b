//! Documents that are meant to do harm: each is read or refused, in time and in space.
#![allow(clippy::disallowed_methods, reason = "tests look at the clock")]

use std::io::Write;
use std::time::{Duration, Instant};

use rashomon_feeds::{Feed, Source, read};

/// Much more than any of them takes, and much less than what is quadratic in a million.
const PATIENCE: Duration = Duration::from_secs(20);

fn feed(text: &str) -> Feed {
    let started = Instant::now();
    let source = read(text.as_bytes(), None, None).expect("a feed");
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    match source {
        Source::Feed(feed) => feed,
        other => panic!("{other:?}"),
    }
}

fn codes(feed: &Feed) -> Vec<&str> {
    feed.diagnostics.iter().map(|told| &*told.code).collect()
}

#[test]
fn a_billion_laughs() {
    let mut text = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        let inner = format!("&a{};", n - 1).repeat(10);
        text.push_str(&format!("<!ENTITY a{n} \"{inner}\">"));
    }
    text.push_str("]><rss><channel><title>&a0;&a29;</title></channel></rss>");
    let feed = feed(&text);
    assert_eq!(feed.title.as_deref(), Some("ha"));
    assert_eq!(codes(&feed), ["entity-refused"]);
}

#[test]
fn a_long_entity_many_times() {
    let text = format!(
        "<!DOCTYPE rss [<!ENTITY a \"{}\">]><rss><channel><title>{}</title></channel></rss>",
        "x".repeat(4000),
        "&a;".repeat(60_000)
    );
    let feed = feed(&text);
    assert!(feed.title.expect("a title").len() <= 1 << 16);
    assert_eq!(feed.diagnostics[0].code, "entity-refused");
}

#[test]
fn entities_from_elsewhere() {
    let text = "<!DOCTYPE rss SYSTEM \"https://evil.example/x.dtd\" [
        <!ENTITY a SYSTEM \"file:///etc/passwd\"> <!ENTITY b PUBLIC \"x\" \"https://evil.example/\">
        <!ENTITY % c SYSTEM \"https://evil.example/c\"> %c;]>
        <rss><channel><title>[&a;&b;]</title></channel></rss>";
    let feed = feed(text);
    assert_eq!(feed.title.as_deref(), Some("[]"));
    assert_eq!(codes(&feed), ["entity-refused"]);
}

#[test]
fn deep_nesting() {
    let text =
        format!("<rss><channel><item><title>Deep</title><description>{}x", "<b>".repeat(300_000));
    assert_eq!(codes(&feed(&text)), ["feed-truncated", "nesting-cut"]);
    let text = format!(
        "<rss><channel><item><title>{}x{}</title></item></channel></rss>",
        "<b>".repeat(100_000),
        "</b>".repeat(100_000)
    );
    let feed = feed(&text);
    assert_eq!(feed.entries[0].title.as_deref(), Some("x"));
    assert_eq!(codes(&feed), ["nesting-cut"]);
    let text = format!(
        "<rss><channel><item><title>One</title><description>{}</description></item>
        <item><title>Two</title></item></channel></rss>",
        "<p>x".repeat(200)
    );
    assert_eq!(self::feed(&text).entries.len(), 2);
    let json = format!("{{\"items\": {}", "[".repeat(1_000_000));
    assert_eq!(read(json.as_bytes(), None, None).expect_err("no feed").code(), "not-a-feed");
}

#[test]
fn what_would_be_read_again_and_again() {
    let pieces = [
        "<",
        "<a ",
        "<a '",
        "<a \"",
        "<![CDATA[",
        "<!--",
        "<?x",
        "<!DOCTYPE",
        "<!",
        "</",
        "&",
        "&a",
        "<a b='<c d=\"",
        "]]>",
        "<item>",
        "<item",
        "</b>",
        "<a b=c ",
    ];
    for piece in pieces {
        let text = format!("<rss><channel><title>T</title>{}", piece.repeat(60_000));
        feed(&text);
        let text = format!(
            "<rss><channel><item><title>T</title><description>{}</description></item></channel></rss>",
            piece.repeat(60_000).replace('&', "&amp;").replace('<', "&lt;")
        );
        let feed = feed(&text);
        let started = Instant::now();
        feed.entries[0].summary.as_ref().expect("words").to_plain();
        assert!(started.elapsed() < PATIENCE, "{piece}");
    }
}

#[test]
fn what_every_entry_repeats() {
    let long = "x".repeat(1 << 20);
    let entries = "<entry><id>1</id><link href='a'/></entry>".repeat(20_000);
    let text = format!(
        "<feed xml:base='https://npa.example/{long}' xml:lang='{long}'>
        <author><name>{long}</name></author>{entries}</feed>"
    );
    let feed = feed(&text);
    let size = |words: &Option<String>| words.as_ref().map_or(0, String::len);
    let repeated: usize = feed
        .entries
        .iter()
        .map(|entry| {
            let authors: usize = entry.authors.iter().map(String::len).sum();
            size(&entry.address) + size(&entry.language) + authors
        })
        .sum();
    assert!(repeated < 1 << 22, "{repeated}");
}

#[test]
fn many_of_everything() {
    let attributes: String = (0..50_000).map(|n| format!(" xmlns:a{n}='b'")).collect();
    let items = "<item><title>x</title></item>".repeat(150_000);
    let categories: String = (0..100_000).map(|n| format!("<category>{n}</category>")).collect();
    let text = format!(
        "<rss{attributes}><channel><item><title>x</title>{categories}</item>{items}</channel></rss>"
    );
    let feed = feed(&text);
    assert_eq!(feed.entries[0].categories.len(), 100_000);
    assert_eq!(feed.entries.len(), 100_000);
    assert_eq!(codes(&feed), ["too-many"]);
    let elements = format!("<rss><channel>{}", "<a/>".repeat(1_100_000));
    assert_eq!(codes(&self::feed(&elements)), ["too-many"]);
}

#[test]
fn a_bomb_in_a_zip() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..80 {
        packed.write_all(&zeros).expect("memory");
    }
    let packed = packed.finish().expect("memory");
    assert!(packed.len() < 200_000);
    assert_eq!(read(&packed, None, None).expect_err("too large").code(), "too-large");
}

#[test]
fn a_packed_sitemap_that_is_cut() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    let page = |n| format!("<url><loc>https://npa.example/{n}</loc></url>");
    let pages: String = (0..2000).map(page).collect();
    packed.write_all(format!("<urlset>{pages}</urlset>").as_bytes()).expect("memory");
    let packed = packed.finish().expect("memory");
    let Ok(Source::Sitemap(sitemap)) = read(&packed[..packed.len() / 2], None, None) else {
        panic!("a sitemap")
    };
    assert!(sitemap.entries.len() > 500, "{}", sitemap.entries.len());
    let told: Vec<&str> = sitemap.diagnostics.iter().map(|told| told.code.as_ref()).collect();
    assert!(told.contains(&"feed-truncated"), "{told:?}");
}
