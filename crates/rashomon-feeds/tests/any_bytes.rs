//! The laws of `fuzz/feeds.rs` for arbitrary bytes, and for the documents of the specs with pieces
//! cut out, doubled and swapped.
#![allow(clippy::disallowed_methods, reason = "tests read their samples from files")]

#[path = "../../../fuzz/feeds.rs"]
mod laws;

use std::path::Path;

use proptest::prelude::*;
use rashomon_feeds::{Source, Subscription, read};

/// The documents of the specs.
fn samples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("specs")
        .map(|entry| entry.expect("spec").path())
        .collect();
    paths.sort();
    let mut samples = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path).expect("a spec");
        let blocks = text.split("```").skip(1).step_by(2);
        let documents = blocks.filter_map(|block| block.split_once('\n'));
        let documents = documents.filter(|(language, _)| *language != "says");
        samples.extend(documents.map(|(_, document)| document.as_bytes().to_vec()));
    }
    samples
}

/// A cut, a doubling, or a swap of two pieces.
fn mutilated(mut bytes: Vec<u8>, kind: u8, a: usize, b: usize, with: &[u8]) -> Vec<u8> {
    let (a, b) = (a % (bytes.len() + 1), b % (bytes.len() + 1));
    let (a, b) = (a.min(b), a.max(b));
    match kind % 5 {
        0 => bytes.truncate(a),
        1 => drop(bytes.drain(a..b)),
        2 => {
            let piece = bytes[a..b].to_vec();
            bytes.splice(b..b, piece);
        }
        3 => {
            let piece: Vec<u8> = bytes.drain(a..b).collect();
            bytes.splice(0..0, piece);
        }
        _ => drop(bytes.splice(a..a, with.iter().copied())),
    }
    bytes
}

/// Pieces of documents that mean something.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml",
    "?>",
    "<!DOCTYPE x [",
    "]>",
    "&",
    "&amp;",
    "&#x0;",
    "&#146;",
    "&x;",
    "\"",
    "'",
    " = ",
    "<item>",
    "</item>",
    "<entry>",
    "<link href=x>",
    " xml:base='/a'",
    " xmlns:a='b'",
    "{",
    "}",
    "\\\"",
    "\u{feff}",
    "\u{0}",
    "é",
    "http://",
    "<html>",
    "<rss",
    "<title>",
    "</title>",
    "<!ENTITY x \"y\">",
    "2026-03-14T",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

fn name() -> impl Strategy<Value = String> {
    "[ -~\u{a1}-\u{17f}\u{4e00}-\u{4eff}<>&\"']{1,20}"
        .prop_map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .prop_filter("a name", |name| !name.is_empty())
}

fn subscription() -> impl Strategy<Value = Subscription> {
    let address = "https://[a-z]{1,9}\\.example/[a-z0-9?=&'\"<>%]{0,12}";
    let kind = prop::option::of(prop::sample::select(vec!["rss".to_owned(), "atom".to_owned()]));
    let folder = prop::collection::vec(name(), 0..4);
    (name(), address, prop::option::of(address), folder, kind).prop_map(
        |(title, address, home, folder, kind)| Subscription { title, address, home, folder, kind },
    )
}

#[test]
fn marks_before_a_document() {
    for document in ["{\"items\": []}", "https://npa.example/1", "<rss/>"] {
        for mark in ["\u{feff}", "\u{feff}\u{feff} \n"] {
            let text = format!("{mark}{document}");
            assert!(laws::read_by_the_laws(text.as_bytes(), None).is_some(), "{document}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        laws::read_by_the_laws(&bytes, None);
    }

    #[test]
    fn packed_bytes(mut bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        bytes.splice(0..0, [0x1f, 0x8b, 8, 0]);
        laws::read_by_the_laws(&bytes, None);
    }

    #[test]
    fn glued_pieces(text in pieces()) {
        laws::read_by_the_laws(text.as_bytes(), Some("https://lusa-herald.example/feed"));
        let text = format!("<rss><channel><item>{text}</item></channel></rss>");
        laws::read_by_the_laws(text.as_bytes(), None);
    }

    #[test]
    fn mutilated_samples(
        at in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<u8>(), any::<usize>(), any::<usize>()), 1..4),
        piece in prop::sample::select(PIECES),
    ) {
        let samples = samples();
        let mut bytes = at.get(&samples).clone();
        for (kind, a, b) in cuts {
            bytes = mutilated(bytes, kind, a, b, piece.as_bytes());
        }
        laws::read_by_the_laws(&bytes, Some("https://lusa-herald.example/feed"));
    }

    #[test]
    fn subscriptions_survive_writing(feeds in prop::collection::vec(subscription(), 0..8)) {
        laws::round_trip(&feeds);
    }

    /// A cut feed gives the entries before the cut as the whole one does.
    #[test]
    fn a_cut_feed_gives_its_start(count in 1usize..20, share in 0.0..1.0f64) {
        let item = |n| format!(
            "<item><title>Report {n}</title><link>https://npa.example/{n}</link></item>\n"
        );
        let items: Vec<String> = (0..count).map(item).collect();
        let text = format!("<rss version='2.0'><channel>{}</channel></rss>", items.concat());
        let end = (text.len() as f64 * share) as usize;
        let Some(Source::Feed(whole)) = laws::read_by_the_laws(text.as_bytes(), None) else {
            panic!("a feed")
        };
        prop_assert_eq!(whole.entries.len(), count);
        if let Ok(Source::Feed(cut)) = read(&text.as_bytes()[..end], None, None) {
            let closed = text[..end].matches("</item>").count();
            prop_assert_eq!(&cut.entries[..], &whole.entries[..closed]);
            prop_assert_eq!(&*cut.diagnostics.last().expect("told").code, "feed-truncated");
        }
    }
}
