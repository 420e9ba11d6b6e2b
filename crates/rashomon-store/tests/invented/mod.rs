//! Invented articles for the tests.
#![allow(dead_code, reason = "each test binary uses some of them")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use jiff::Timestamp;
use rashomon::article::{
    Article, Block, BlockKind, Document, Entity, EntityIndex, EntityKind, Published, Quotation,
    QuotationKind, Speaker,
};
use rashomon::text::{Span, Text};
use rashomon_store::{ArticleNumber, Batch, Incoming};

/// An article of an outlet: the first line is the headline, each other one a paragraph. Words
/// between “ and ” are a quotation of Ada Bell.
pub fn article(outlet: &str, id: &str, text: &str) -> Document {
    let text = Text::from(text);
    let mut kind = BlockKind::Headline;
    let lines: Vec<Span> = text.lines().filter(|line| !line.is_empty()).collect();
    let blocks = lines.iter().map(|&span| {
        let kind = std::mem::replace(&mut kind, BlockKind::Paragraph);
        Block { span, kind }
    });
    let blocks = blocks.collect();
    let article = Article {
        id: id.to_owned(),
        outlet: Some(outlet.to_owned()),
        title: lines.first().map(|&line| text.slice(line).to_owned()),
        byline: vec!["Cole Roe".to_owned()],
        published: Some(Published::Day("2026-01-05".parse().unwrap())),
        language: Some("en-GB".to_owned()),
        blocks,
        text: text.clone(),
        ..Article::default()
    };
    let mut document = Document::new(article);
    let (kind, name) = (EntityKind::Person, "Ada Bell".to_owned());
    document.entities = vec![Entity { kind, name, roles: Vec::new() }];
    document.quotations = quotations(text.as_str()).into_iter().collect();
    document
}

fn quotations(text: &str) -> Vec<Quotation> {
    let opened = text.match_indices('“').map(|(at, mark)| at + mark.len());
    opened
        .filter_map(|start| Some(Span::new(start, start + text[start..].find('”')?)))
        .map(|span| {
            let speaker = Speaker {
                spans: Vec::new(),
                entity: Some(EntityIndex(0)),
                name: "Ada Bell".to_owned(),
            };
            Quotation {
                span,
                kind: QuotationKind::Direct,
                content: vec![span],
                cue: Vec::new(),
                speaker: Some(speaker),
                reported_by: None,
            }
        })
        .collect()
}

pub fn time(when: &str) -> Timestamp {
    when.parse().unwrap()
}

/// A digest that differs for different texts.
pub fn digest(text: &str) -> [u8; 16] {
    let mut digest = [0u8; 16];
    for (at, byte) in text.bytes().enumerate() {
        let cell = &mut digest[at % 16];
        *cell = cell.wrapping_mul(31).wrapping_add(byte).wrapping_add(at as u8);
    }
    digest
}

/// What comes in of a document, called by its id.
pub fn incoming<'d>(document: &'d Document, at: &str) -> Incoming<'d> {
    Incoming {
        key: &document.article.id,
        digest: digest(document.article.text.as_str()),
        document,
        seen_at: time("2026-01-09T00:00:00Z"),
        at: time(at),
        feed: None,
        signature: b"signature",
    }
}

pub fn add(batch: &mut Batch<'_>, outlet: &str, id: &str, text: &str, at: &str) -> ArticleNumber {
    batch.add(&incoming(&article(outlet, id, text), at)).unwrap()
}
