//! How fast a store takes articles in and finds them again, and how large it becomes.
//!
//! ```sh
//! cargo run --release -p rashomon-store --example load -- load/allsides.jsonl.gz load.rashomon
//! ```

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement reads files and a clock, and prints"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rashomon::article::{
    Article, Block, BlockKind, Document, Published, Quotation, QuotationKind, Speaker,
};
use rashomon::text::{Span, Text};
use rashomon_store::{Incoming, OpenOptions, Query, Store};
use serde_json::Value;

/// Articles in a batch.
const BATCH: usize = 300;

const QUERIES: &[&str] = &[
    "president",
    "\"supreme court\" ruling",
    "immigra* border -wall",
    "health OR insurance after:2019-06-01 before:2019-09-01",
    "kind:quotation speaker:\"Ada Bell\" people",
    "outlet:news title:trump",
    "the",
];

/// Time on a processor: what else runs on the machine does not count.
fn busy() -> Duration {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = times.split(' ').next().and_then(|time| time.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, input, output, rest @ ..] = &arguments[..] else {
        panic!("name the articles and the store");
    };
    let documents = read(input);
    let bytes: usize = documents.iter().map(|document| document.article.text.len()).sum();
    println!("{} articles, {:.1} MB of text", documents.len(), bytes as f64 / 1e6);

    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{output}{ending}"));
    }
    let synchronous = !rest.iter().any(|argument| argument == "--normal");
    let options = OpenOptions { synchronous, ..OpenOptions::default() };
    let mut store = Store::open(Path::new(output), &options).unwrap();
    let (begin, busy_before) = (Instant::now(), busy());
    let mut slowest = Duration::ZERO;
    for (at, batch) in documents.chunks(BATCH).enumerate() {
        let begin = Instant::now();
        put(&mut store, at * BATCH, batch);
        slowest = slowest.max(begin.elapsed());
    }
    let took = begin.elapsed();
    println!(
        "in: {:.0} articles/s ({:.3} ms each, slowest batch of {BATCH} {slowest:.1?})",
        documents.len() as f64 / took.as_secs_f64(),
        took.as_secs_f64() * 1e3 / documents.len() as f64
    );
    let on_processor = (busy() - busy_before).as_secs_f64() * 1e3;
    println!("in: {:.3} ms each on the processor", on_processor / documents.len() as f64);
    let stats = store.stats().unwrap();
    println!("file: {:.1} MB, {} quotations", stats.bytes as f64 / 1e6, stats.quotations);
    drop(store);

    let begin = Instant::now();
    let store = Store::open(Path::new(output), &options).unwrap();
    println!("open: {:.1?}", begin.elapsed());
    for query in QUERIES {
        search(&store, query);
    }
    let begin = Instant::now();
    let window = store.window(Timestamp::UNIX_EPOCH).count();
    println!("window of {window}: {:.1?}", begin.elapsed());
    let begin = Instant::now();
    let articles = store.articles().filter(|article| article.is_ok()).count();
    println!("all {articles} articles read: {:.1?}", begin.elapsed());
    let begin = Instant::now();
    assert!(store.check().unwrap().is_sound());
    println!("check: {:.1?}", begin.elapsed());
}

fn put(store: &mut Store, from: usize, documents: &[Document]) {
    let mut batch = store.begin().unwrap();
    for (at, document) in (from..).zip(documents) {
        let mut digest = [0; 16];
        digest[..8].copy_from_slice(&(at as u64).to_le_bytes());
        let when = document.article.published.unwrap().instant();
        let key = format!("https://outlet.example/news/{}", document.article.id);
        batch.sight(&key, &digest).unwrap();
        let incoming = Incoming {
            key: &key,
            digest,
            document,
            seen_at: when,
            at: when,
            feed: None,
            signature: &[7; 400],
        };
        let number = batch.add(&incoming).unwrap();
        let why = [("harbour".to_owned(), 0.5), ("strike".to_owned(), 0.25)];
        batch.place(number, (at / 4) as u64, 0.75, &why).unwrap();
    }
    batch.set_engine_state(&[3; 1000]).unwrap();
    batch.checkpoint("load", (from + documents.len()) as u64, false, &Value::Null).unwrap();
    batch.commit().unwrap();
}

fn search(store: &Store, query: &str) {
    let query = Query::parse(query).unwrap();
    const TIMES: u32 = 25;
    let begin = busy();
    for _ in 0..TIMES {
        assert!(store.search(&query, 20, None).unwrap().hits.len() <= 20);
    }
    let each = (busy() - begin) / TIMES;
    println!(
        "{query}: {} hits, 20 shown in {each:.1?} on the processor",
        store.count(&query).unwrap()
    );
}

/// The articles, each with one or two sentences as invented quotations.
fn read(path: &str) -> Vec<Document> {
    let file = flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap());
    let lines = BufReader::new(file).lines();
    lines.map(|line| document(&serde_json::from_str(&line.unwrap()).unwrap())).collect()
}

fn document(record: &Value) -> Document {
    let string = |name: &str| record[name].as_str().map(str::to_owned);
    let text = Text::new(string("text").unwrap_or_default());
    let day = string("published").and_then(|when| when.get(..10)?.parse().ok());
    let blocks = text.lines().filter(|line| !line.is_empty());
    let blocks = blocks.map(|span| Block { span, kind: BlockKind::Paragraph }).collect();
    let quotations = sentences(text.as_str()).map(|span| Quotation {
        span,
        kind: QuotationKind::Direct,
        content: vec![span],
        cue: Vec::new(),
        speaker: Some(Speaker {
            spans: Vec::new(),
            entity: None,
            name: if span.len() % 2 == 0 { "Ada Bell" } else { "Cole Roe" }.to_owned(),
        }),
        reported_by: None,
    });
    let quotations = quotations.collect();
    let mut document = Document::new(Article {
        id: string("id").unwrap_or_default(),
        canonical: string("url"),
        outlet: string("outlet"),
        title: string("title"),
        byline: vec!["Cole Roe".to_owned()],
        published: day.map(Published::Day),
        language: string("lang"),
        text,
        blocks,
        ..Article::default()
    });
    document.quotations = quotations;
    document
}

/// Two sentences of a text.
fn sentences(text: &str) -> impl Iterator<Item = Span> + '_ {
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let mut start = 0;
    let spans = ends.map(move |end| Span::new(std::mem::replace(&mut start, end), end));
    spans.filter(|span| span.len() > 40).step_by(7).take(2)
}
