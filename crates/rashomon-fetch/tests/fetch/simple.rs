//! The simple path.

use std::time::Duration;

use crate::server::{Server, answer};
use rashomon_fetch::{FetchOptions, Fetcher, Request, Status};

#[test]
fn a_page_comes_with_what_its_head_says() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => answer("404 Not Found", "", ""),
        _ => answer(
            "200 OK",
            "Content-Type: text/html; charset=\"UTF-8\"\r\nETag: \"a1\"\r\n\
             Last-Modified: yesterday\r\nCache-Control: max-age=60\r\n",
            "<p>Hello",
        ),
    });
    let options = FetchOptions {
        allow_private: true,
        delay_per_host: Duration::ZERO,
        ..FetchOptions::default()
    };
    let fetcher = Fetcher::new(options).unwrap();
    let response = fetcher.get(&Request::new(server.url("/page#part"))).unwrap();
    assert_eq!(response.status, Status::Fresh);
    assert_eq!(response.address, server.url("/page"));
    assert_eq!(response.body, b"<p>Hello");
    assert_eq!(response.media_type.as_deref(), Some("text/html"));
    assert_eq!(response.charset.as_deref(), Some("utf-8"));
    assert_eq!(response.etag.as_deref(), Some("\"a1\""));
    assert_eq!(response.last_modified.as_deref(), Some("yesterday"));
    assert_eq!(response.max_age, Some(Duration::from_secs(60)));
    assert_eq!(response.moved_to, None);
    assert!(response.warnings.is_empty());
    assert_eq!(server.paths(), ["/robots.txt", "/page"]);
}
