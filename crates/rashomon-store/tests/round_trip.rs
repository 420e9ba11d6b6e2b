//! Whatever an article holds comes back as it was.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;
use rashomon::article::{Article, Block, BlockKind, Diagnostic, Document, Published};
use rashomon::text::{Span, Text};
use rashomon_store::{Incoming, Store};
use serde_json::{Map, Value, json};

const KINDS: [BlockKind; 7] = [
    BlockKind::Headline,
    BlockKind::Byline,
    BlockKind::Dateline,
    BlockKind::Subheading,
    BlockKind::Paragraph,
    BlockKind::Caption,
    BlockKind::Furniture,
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no other", |x| x.is_finite()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn fields() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((".{0,8}", value()), 0..5).prop_map(|fields| fields.into_iter().collect())
}

fn published() -> impl Strategy<Value = Option<Published>> {
    let (first, last) = (Timestamp::MIN.as_nanosecond(), Timestamp::MAX.as_nanosecond());
    prop_oneof![
        Just(None),
        (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| {
            Some(Published::Day(Date::new(year, month, day).unwrap()))
        }),
        (first..=last, any::<i32>()).prop_map(|(nanosecond, offset)| {
            Some(Published::Instant { at: Timestamp::from_nanosecond(nanosecond).unwrap(), offset })
        }),
    ]
}

/// A text in pieces, of which some are blocks.
fn blocks() -> impl Strategy<Value = (Text, Vec<Block>)> {
    let piece = (any::<String>(), prop::option::of(prop::sample::select(&KINDS[..])));
    prop::collection::vec(piece, 0..6).prop_map(|pieces| {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for (piece, kind) in pieces {
            let start = text.len();
            text += &piece;
            blocks.extend(kind.map(|kind| Block { span: Span::new(start, text.len()), kind }));
        }
        (Text::new(text), blocks)
    })
}

fn diagnostics() -> impl Strategy<Value = Vec<Diagnostic>> {
    let span = (0usize..900, 0usize..90).prop_map(|(start, len)| Span::new(start, start + len));
    let parts = (any::<String>(), prop::option::of(span), prop::option::of(any::<String>()));
    let one = parts.prop_map(|(message, span, source)| Diagnostic {
        code: "bad-date".into(),
        message,
        span,
        source,
    });
    prop::collection::vec(one, 0..3)
}

fn document() -> impl Strategy<Value = Document> {
    let name = || prop::option::of(any::<String>());
    let names = || prop::collection::vec(any::<String>(), 0..3);
    let of_page = (any::<String>(), name(), name(), name(), name(), name());
    (of_page, names(), names(), published(), blocks(), fields(), diagnostics()).prop_map(
        |(
            (id, source, canonical, outlet, title, language),
            byline,
            agencies,
            published,
            text,
            extra,
            diagnostics,
        )| {
            let (text, blocks) = text;
            let blocks = blocks.into_iter().collect();
            let mut document = Document::new(Article {
                id,
                source,
                canonical,
                outlet,
                title,
                byline,
                agencies,
                published,
                language,
                text,
                blocks,
                extra,
            });
            document.diagnostics = diagnostics;
            document
        },
    )
}

fn add(store: &mut Store, document: &Document) -> rashomon_store::Result<u64> {
    let at = Timestamp::UNIX_EPOCH;
    let mut batch = store.begin()?;
    let number = batch.add(&Incoming {
        key: &document.article.id,
        digest: [0; 16],
        document,
        seen_at: at,
        at,
        feed: None,
        signature: &[],
    })?;
    batch.commit()?;
    Ok(number)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_article_comes_back_as_it_was(document in document()) {
        let mut store = Store::in_memory().unwrap();
        let number = add(&mut store, &document).unwrap();
        let stored = store.article(number).unwrap().document;
        let (had, has) = (&document.article, &stored.article);
        prop_assert_eq!(&had.id, &has.id);
        prop_assert_eq!(&had.source, &has.source);
        prop_assert_eq!(&had.canonical, &has.canonical);
        prop_assert_eq!(&had.outlet, &has.outlet);
        prop_assert_eq!(&had.title, &has.title);
        prop_assert_eq!(&had.byline, &has.byline);
        prop_assert_eq!(&had.agencies, &has.agencies);
        prop_assert_eq!(&had.published, &has.published);
        prop_assert_eq!(&had.language, &has.language);
        prop_assert_eq!(had.text.as_str(), has.text.as_str());
        prop_assert_eq!(&had.blocks, &has.blocks);
        // The order of the fields too.
        prop_assert_eq!(
            serde_json::to_string(&had.extra).unwrap(),
            serde_json::to_string(&has.extra).unwrap()
        );
        prop_assert_eq!(&had.extra, &has.extra);
        prop_assert_eq!(&document.diagnostics, &stored.diagnostics);
        prop_assert!(store.check().unwrap().is_sound());
    }
}

#[test]
fn what_could_not_be_read_back_is_refused_and_the_batch_goes_on() {
    let mut deep = json!(1);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    let mut document = Document::default();
    document.article.extra.insert("deep".to_owned(), deep);
    let mut store = Store::in_memory().unwrap();
    assert_eq!(add(&mut store, &document).unwrap_err().code(), "bad-article");
    let mut astray = Document::new(Article { text: "é".into(), ..Article::default() });
    let block = Block { span: Span::new(0, 1), kind: BlockKind::Paragraph };
    astray.article.blocks = [block].into_iter().collect();
    assert_eq!(add(&mut store, &astray).unwrap_err().code(), "bad-article");
    let at = Timestamp::UNIX_EPOCH;
    let fine = Document::default();
    let mut batch = store.begin().unwrap();
    let mut incoming = Incoming {
        key: "a",
        digest: [0; 16],
        document: &document,
        seen_at: at,
        at,
        feed: None,
        signature: &[],
    };
    assert!(batch.add(&incoming).is_err());
    incoming.document = &fine;
    let number = batch.add(&incoming).unwrap();
    batch.commit().unwrap();
    assert_eq!(store.article(number).unwrap().document.article.id, "");
}
