//! A server on this machine, and what it says.
#![allow(dead_code, reason = "each test file needs some of it")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rashomon_desk::fetch::{FetchOptions, Fetcher};

/// What a server says under a path: status, head and body.
type Answers = Arc<Mutex<BTreeMap<String, (u16, String, String)>>>;

/// A server that says what it is told to say, and remembers what it was asked.
pub struct Server {
    pub address: String,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Server { address, answers: Answers::default(), asked: Arc::default() };
        let (answers, asked) = (Arc::clone(&server.answers), Arc::clone(&server.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away is no trouble of the server.
                let _ = serve(stream, &answers, &asked);
            }
        });
        server
    }

    pub fn says(&self, path: &str, head: &str, body: impl Into<String>) {
        self.fails(path, 200, head, body);
    }

    pub fn fails(&self, path: &str, status: u16, head: &str, body: impl Into<String>) {
        let body = body.into().replace("BASE", &self.address);
        let answer = (status, head.to_owned(), body);
        self.answers.lock().expect("no panic").insert(path.to_owned(), answer);
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.asked.lock().expect("no panic").iter().filter(|asked| *asked == path).count()
    }
}

fn serve(
    stream: TcpStream,
    answers: &Mutex<BTreeMap<String, (u16, String, String)>>,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(&stream).lines();
    let Some(first) = lines.next().transpose()? else { return Ok(()) };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut etag = None;
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some(tag) = line.to_ascii_lowercase().strip_prefix("if-none-match: ") {
            etag = Some(tag.to_owned());
        }
    }
    asked.lock().expect("no panic").push(path.clone());
    let known = answers.lock().expect("no panic").get(&path).cloned();
    let (status, head, body) = known.unwrap_or((404, String::new(), String::new()));
    let is_known = etag.is_some_and(|etag| head.to_ascii_lowercase().contains(&etag));
    let (status, body) = if is_known { (304, String::new()) } else { (status, body) };
    let mut stream = &stream;
    write!(
        stream,
        "HTTP/1.1 {status} X\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
pub const RSS: &str = "Content-Type: application/rss+xml\r\nETag: \"one\"\r\n";

pub fn page(outlet: &str, title: &str, words: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title}</title><meta property=\"og:site_name\" \
         content=\"{outlet}\"><meta property=\"article:published_time\" \
         content=\"2026-03-02T10:00:00Z\"></head><body><nav><a href=/>Home</a></nav><article>\
         <h1>{title}</h1><p>{words}</p></article></body></html>"
    )
}

pub const HERALD: &str = "The ferry Marlin with 120 passengers ran aground off Pier Sorrel in Port \
    Ellis on Monday morning, the harbour master said. Two tugs pulled the Marlin free by noon. \
    “Nobody was hurt, and nobody even spilled a drink,” Captain Ida Roos told reporters at the pier.";
pub const GAZETTE: &str = "Two tugs pulled the ferry Marlin off the rocks at Pier Sorrel on Monday. \
    The ferry had run aground with 120 passengers on its way to Port Ellis. Captain Ida Roos said: \
    “Nobody was hurt, and nobody even spilled a drink.” The harbour master wants a report.";

pub fn feed(entries: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>Coast wire</title><link>BASE/</link>{entries}\
         </channel></rss>"
    )
}

pub fn item(path: &str, title: &str) -> String {
    format!(
        "<item><title>{title}</title><link>BASE{path}?utm_source=rss</link>\
         <pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><description>In short.</description></item>"
    )
}

pub fn fetcher() -> Fetcher {
    let options = FetchOptions {
        allow_private: true,
        delay_per_host: Duration::ZERO,
        retry_wait: Duration::from_millis(5),
        max_retries: 0,
        ..FetchOptions::default()
    };
    Fetcher::new(options).expect("the options are good")
}
