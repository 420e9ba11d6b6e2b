//! Whatever the bytes, reading gives articles whose blocks lie in order inside of their text.

use proptest::prelude::*;
use rashomon_article::Document;
use rashomon_language::english;
use rashomon_read::{Given, ReadOptions, read, read_fragment, read_plain};

/// The promise of every reader: blocks sorted, apart, not empty, on character boundaries.
fn check(document: &Document) {
    let text = &document.article.text;
    let mut end = 0;
    for block in &document.article.blocks {
        assert!(block.span.start() >= end, "{:?} overlaps the block before", block.span);
        assert!(!block.span.is_empty());
        let words = text.get(block.span).expect("a span of whole characters inside the text");
        assert_eq!(words.trim(), words);
        end = block.span.end();
    }
    for diagnostic in &document.diagnostics {
        if let Some(span) = diagnostic.span {
            assert!(text.get(span).is_some());
        }
    }
}

fn check_bytes(name: &str, bytes: &[u8]) {
    let reading = read(name, bytes, &ReadOptions::default(), english());
    reading.documents.iter().for_each(check);
    assert!(!reading.documents.is_empty() || !reading.diagnostics.is_empty());
}

/// Lines of the kinds that the rules look for, put together at random.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("By Ada Bell".to_owned()),
        Just("LISBON (NPA) — The port is shut, the city said on Monday.".to_owned()),
        Just("LISBON".to_owned()),
        Just("Published: 31 February 2026".to_owned()),
        Just("Title: Öffnung".to_owned()),
        Just("Title:".to_owned()),
        Just("Related stories".to_owned()),
        Just("The port is shut for a year, she said. (NPA)".to_owned()),
        Just("(Reuters) - ".to_owned()),
        Just("— AFP".to_owned()),
        Just("Photo: Ada Bell".to_owned()),
        Just(String::new()),
        "\\PC{0,60}",
        "[A-Z“”(): ,./—-]{0,30}",
    ];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

/// Tags, cut and crossed.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<div><p>".to_owned()),
        Just("</p></div>".to_owned()),
        Just(
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ä"
                .to_owned()
        ),
        Just("\"}</script>".to_owned()),
        Just("<table><tr><td><h1>".to_owned()),
        Just("<time datetime='2026-13-41'>".to_owned()),
        Just("<meta property=og:title content='".to_owned()),
        Just("<!-- ".to_owned()),
        Just("<plaintext>".to_owned()),
        "\\PC{0,40}",
        Just("The port is shut for a year, the city said on Monday, and nobody came. ".to_owned()),
    ];
    prop::collection::vec(piece, 0..16)
        .prop_map(|pieces| format!("<html><body>{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check_bytes("input", &bytes);
        check_bytes("input.jsonl", &bytes);
        check_bytes("input.html", &bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,300}") {
        check(&read_plain("input", &text, english()));
        check_bytes("input.txt", text.as_bytes());
    }

    #[test]
    fn any_lines(text in lines()) {
        check(&read_plain("input", &text, english()));
        check(&read_plain("input", &text.replace('\n', "\r\n"), english()));
    }

    #[test]
    fn any_markup(text in markup()) {
        check_bytes("input.html", text.as_bytes());
        check(&read_fragment("input", &text, &Given::default(), english()));
    }

    /// What stands in no element that is left out is in the article, in its order.
    #[test]
    fn no_word_of_a_fragment_is_lost(words in prop::collection::vec("[a-z]{1,8}", 0..40), tags in prop::collection::vec(0usize..8, 40)) {
        let marks = ["<p>", "</p>", "<b>", "<br>", " ", "<li>", "<h2>", "</div>"];
        let html: String =
            words.iter().zip(tags).map(|(word, tag)| format!("{word} {}", marks[tag])).collect();
        let document = read_fragment("input", &html, &Given::default(), english());
        let found: Vec<&str> = document.article.text.as_str().split_whitespace().collect();
        assert_eq!(found, words);
    }

    #[test]
    fn any_record(text in lines(), title in "\\PC{0,30}", cut in 0usize..80) {
        let line = serde_json::json!({"id": 7, "text": text, "title": title, "date": title}).to_string();
        let twice = format!("{line}\n{line}\n{}", line.chars().take(cut).collect::<String>());
        check_bytes("input.jsonl", twice.as_bytes());
    }
}
