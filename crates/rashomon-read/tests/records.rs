//! One record, under the names that agencies and tables give its fields.

use rashomon_article::{BlockKind, Diagnostic, Document};
use rashomon_language::english;
use rashomon_read::read_record;
use serde_json::{Value, json};

fn read(record: Value) -> Result<Document, Diagnostic> {
    let Value::Object(record) = record else { panic!("a record is an object") };
    read_record("items.jsonl", "items.jsonl:3", record, english())
}

fn article(record: Value) -> rashomon_article::Article {
    read(record).expect("a record with a text").article
}

#[test]
fn the_three_versions_of_ninjs_say_the_same() {
    let first = json!({
        "uri": "urn:npa:1", "type": "text", "versioncreated": "2026-03-14T10:30:00Z",
        "firstcreated": "2026-03-14T08:00:00Z", "headline": "Old bridge closes",
        "title": "bridge-2", "byline": "By Ada Bell", "located": "Lisbon", "usageterms": "none",
        "language": "en", "copyrightholder": "Northern Press Agency",
        "body_text": "The bridge is shut. It is old.",
        "body_html": "<p>The bridge is shut.</p><p>It is old.</p>",
    });
    let second = json!({
        "uri": "urn:npa:1", "type": "text", "versioncreated": "2026-03-14T10:30:00Z",
        "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Old bridge closes"}],
        "by": "Ada Bell", "language": "en", "copyrightholder": "Northern Press Agency",
        "bodies": [
            {"role": "main", "contenttype": "text/plain", "value": "The bridge is shut. It is old."},
            {"role": "rich", "contenttype": "text/html", "value": "<p>The bridge is shut.</p><p>It is old.</p>"},
        ],
    });
    let third = json!({
        "uri": "urn:npa:1", "standard": {"name": "ninjs", "version": "3.0"}, "type": "text",
        "versionCreated": "2026-03-14T10:30:00Z", "copyrightHolder": "Northern Press Agency",
        "headlines": [{"value": "Old bridge closes"}], "by": "Ada Bell", "language": "en",
        "bodies": [{"contentType": "application/xhtml+xml",
            "value": "<p>The bridge is shut.</p><p>It is old.</p>"}],
    });
    for record in [first.clone(), second, third] {
        let article = article(record);
        assert_eq!(article.id, "urn:npa:1");
        assert_eq!(article.title.as_deref(), Some("Old bridge closes"));
        assert_eq!(article.byline, ["Ada Bell"]);
        assert_eq!(article.outlet.as_deref(), Some("Northern Press Agency"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(
            article.published.map(|at| at.to_rfc3339()).as_deref(),
            Some("2026-03-14T10:30:00Z")
        );
        let paragraphs: Vec<_> = article
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph)
            .map(|block| article.text.slice(block.span))
            .collect();
        assert_eq!(paragraphs, ["The bridge is shut.", "It is old."]);
    }
    let extra = article(first).extra;
    for field in ["usageterms", "located", "firstcreated"] {
        assert!(extra.contains_key(field), "{field} passes through");
    }
}

#[test]
fn pictures_and_withdrawn_items_are_named() {
    let table = [
        (
            json!({"uri": "urn:npa:2", "type": "picture", "versioncreated": "2026-03-14"}),
            "not-text",
        ),
        (json!({"uri": "urn:npa:3", "type": "video", "versioncreated": "2026-03-14"}), "not-text"),
        (
            json!({"uri": "urn:npa:4", "type": "text", "pubstatus": "withheld", "body_text": "No."}),
            "withdrawn",
        ),
        (json!({"uri": "urn:npa:5", "type": "text", "pubstatus": "usable"}), "no-text"),
        (json!({"Section": "City"}), "no-text"),
    ];
    for (record, code) in table {
        let diagnostic = read(record).expect_err("nothing to read");
        assert_eq!(diagnostic.code, code);
        assert!(diagnostic.message.starts_with("items.jsonl:3: "), "{}", diagnostic.message);
    }
}

#[test]
fn columns_as_people_call_them() {
    let article = article(json!({
        "Article": "The old bridge will close on Monday, the city said in a letter.",
        "HEADLINE": "Old bridge closes",
        "Source": "Harbour Herald",
        "Link": "https://herald.example/bridge",
        "Date": "14 March 2026",
        "Authors": "['Ada Bell', 'Ben Cole']",
        "Unnamed: 0": "17",
    }));
    assert_eq!(article.id, "items-3");
    assert_eq!(article.title.as_deref(), Some("Old bridge closes"));
    assert_eq!(article.outlet.as_deref(), Some("Harbour Herald"));
    assert_eq!(article.canonical.as_deref(), Some("https://herald.example/bridge"));
    assert_eq!(article.byline, ["Ada Bell", "Ben Cole"]);
    assert_eq!(article.published.map(|at| at.day().to_string()).as_deref(), Some("2026-03-14"));
    assert_eq!(article.extra.keys().collect::<Vec<_>>(), ["Unnamed: 0"]);
}

#[test]
fn a_source_may_be_an_address_and_a_date_a_number() {
    let article = article(json!({
        "_id": 7, "Body": "The bridge is shut.", "source": "https://herald.example/bridge",
        "publishedAt": "1773484200",
    }));
    assert_eq!(article.id, "7");
    assert_eq!(article.canonical.as_deref(), Some("https://herald.example/bridge"));
    assert_eq!(article.outlet.as_deref(), Some("herald.example"));
    assert_eq!(
        article.published.map(|at| at.to_rfc3339()).as_deref(),
        Some("2026-03-14T10:30:00Z")
    );
}
