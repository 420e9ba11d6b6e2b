//! Redirects: followed, vetted, counted.

use std::time::Duration;

use rashomon_fetch::{FetchOptions, Fetcher, Request, Response};

use crate::server::{Act, Server, answer, header, redirect, send};
use crate::world::{TestWorld, bare};

fn get(server: &Server, path: &str) -> Result<Response, rashomon_fetch::Error> {
    Fetcher::new(bare()).expect("good options").get(&Request::new(server.url(path)))
}

/// A server with redirects of all kinds.
fn server() -> Server {
    Server::start(|path, _| match path {
        "/301" | "/308" | "/302" | "/303" | "/307" => {
            redirect(path[1..].parse().expect("a number"), "/page")
        }
        "/page" => answer("200 OK", "", "text"),
        "/twice" => redirect(301, "/308"),
        "/mixed" => redirect(301, "/302"),
        "/relative/deep" => redirect(301, "../page?a=b#c"),
        "/page?a=b" => answer("200 OK", "", "query"),
        "/schemeless" => redirect(301, "//HOST/page"),
        "/self" => redirect(302, "/self"),
        "/circle" => redirect(302, "/circle/2"),
        "/circle/2" => redirect(302, "/circle"),
        "/nowhere" => answer("302 Found", "", ""),
        "/empty" => redirect(302, ""),
        "/bad" => redirect(302, "http://"),
        "/bad-port" => redirect(302, "http://127.0.0.1:99999/"),
        "/ftp" => redirect(302, "ftp://127.0.0.1/file"),
        "/file" => redirect(302, "file:///etc/passwd"),
        "/data" => redirect(302, "data:text/plain,text"),
        "/javascript" => redirect(302, "javascript:alert(1)"),
        "/password" => redirect(302, "http://ada:secret@127.0.0.1/"),
        "/two-same" => answer("302 Found", "Location: /page\r\nLocation: /page\r\n", ""),
        "/two" => answer("302 Found", "Location: /page\r\nLocation: /302\r\n", ""),
        "/unicode" => redirect(302, "/\u{e9}t\u{e9}"),
        "/latin" => send(b"HTTP/1.1 302 X\r\nLocation: /\xe9t\xe9\r\n\r\n"),
        "/%C3%A9t%C3%A9" => answer("200 OK", "", "unicode"),
        "/%E9t%E9" => answer("200 OK", "", "latin"),
        "/spaces" => redirect(302, "  /page\t"),
        "/endless-body" => vec![
            Act::Send(b"HTTP/1.1 302 X\r\nLocation: /page\r\n\r\n".to_vec()),
            Act::Times(vec![b'a'; 1 << 16], 9999),
        ],
        "/loud" => redirect(302, "/gone"),
        "/gone" => answer("410 Gone", "", ""),
        _ if path.starts_with("/count/") => {
            let number: usize = path["/count/".len()..].parse().expect("a number");
            redirect(302, &format!("/count/{}", number + 1))
        }
        _ => answer("404 Not Found", "", ""),
    })
}

#[test]
fn redirects_lead_on() {
    let server = server();
    let cases = [
        ("/301", "/page", "text", true),
        ("/308", "/page", "text", true),
        ("/302", "/page", "text", false),
        ("/303", "/page", "text", false),
        ("/307", "/page", "text", false),
        ("/twice", "/page", "text", true),
        ("/mixed", "/page", "text", false),
        ("/relative/deep", "/page?a=b", "query", true),
        ("/two-same", "/page", "text", false),
        ("/unicode", "/%C3%A9t%C3%A9", "unicode", false),
        ("/latin", "/%E9t%E9", "latin", false),
        ("/spaces", "/page", "text", false),
        ("/endless-body", "/page", "text", false),
    ];
    for (path, end, body, moved) in cases {
        let response = get(&server, path).expect(path);
        assert_eq!(String::from_utf8_lossy(&response.body), body, "{path}");
        assert_eq!(response.address, server.url(end), "{path}");
        assert_eq!(response.moved_to, moved.then(|| server.url(end)), "{path}");
    }
}

#[test]
fn redirects_that_lead_nowhere_are_errors() {
    let server = server();
    let cases = [
        ("/self", "redirect-loop"),
        ("/circle", "redirect-loop"),
        ("/count/1", "too-many-redirects"),
        ("/nowhere", "bad-redirect"),
        ("/empty", "bad-redirect"),
        ("/bad", "bad-redirect"),
        ("/bad-port", "bad-redirect"),
        ("/two", "bad-redirect"),
        ("/ftp", "unsupported-scheme"),
        ("/file", "unsupported-scheme"),
        ("/data", "unsupported-scheme"),
        ("/javascript", "unsupported-scheme"),
        ("/password", "bad-address"),
        ("/loud", "gone"),
    ];
    for (path, code) in cases {
        let error = get(&server, path).expect_err(path);
        assert_eq!(error.code(), code, "{path}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    let error = get(&server, "/loud").expect_err("gone");
    assert_eq!(error.address(), server.url("/gone"));
    assert!(error.is_gone() && error.status() == Some(410));
    let asked = server.paths().iter().filter(|path| path.starts_with("/count/")).count();
    assert_eq!(asked, FetchOptions::default().max_redirects + 1);
}

#[test]
fn conditions_and_time_go_along() {
    let server = Server::start(|path, _| match path {
        "/feed" => redirect(301, "/new"),
        "/new" => send("HTTP/1.1 304 Not Modified\r\n\r\n"),
        _ => vec![
            Act::Pause(Duration::from_millis(150)),
            Act::Send(b"HTTP/1.1 302 X\r\nLocation: ".to_vec()),
            Act::Send(format!("{path}x\r\n\r\n").into_bytes()),
        ],
    });
    let request = Request { etag: Some("\"a\"".to_owned()), ..Request::new(server.url("/feed")) };
    let response = Fetcher::new(bare()).expect("good").get(&request).expect("an answer");
    assert_eq!(response.moved_to, Some(server.url("/new")));
    assert_eq!(header(&server.heads()[1], "If-None-Match"), Some("\"a\""));

    // Each hop is quick enough; all together are not.
    let options =
        FetchOptions { total_timeout: Duration::from_millis(400), max_redirects: 99, ..bare() };
    let error = Fetcher::new(options).expect("good").get(&Request::new(server.url("/slow")));
    assert_eq!(error.expect_err("late").code(), "timed-out");
}

/// Ways to say an address inside, most of them in disguise.
const INSIDE: &[&str] = &[
    "http://localhost/",
    "http://LOCALHOST./",
    "http://news.localhost/",
    "http://127.0.0.2/",
    "http://127.2/",
    "http://2130706434/",
    "http://0x7f.2/",
    "http://0177.0.0.2/",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:192.168.0.1]/",
    "http://[::ffff:c0a8:1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://10.0.0.1:8080/",
    "http://172.31.255.255/",
    "http://192.168.1.1./",
    "http://100.100.100.200/",
    "http://169.254.169.254/latest/meta-data/",
    "http://\u{ff11}\u{ff10}.0.0.1/",
    "http://\u{2460}\u{2461}\u{2466}.0.0.2/",
    "http://inside.example/",
    "https://inside.example:8443/",
    "http://in\u{ad}side.example/",
    "http://both.inside.example/",
];

#[test]
fn no_hop_leads_inside() {
    let world = TestWorld::new();
    world.name("inside.example", &[&["10.1.2.3"]]);
    world.name("both.inside.example", &[&["192.168.7.7", "fd00::7", "127.0.0.1"]]);
    let server = Server::start(|path, _| {
        let index: usize = path[1..].parse().expect("an index");
        redirect(302, INSIDE[index])
    });
    let options = FetchOptions {
        allow_private: false,
        private_hosts: vec!["127.0.0.1".to_owned()],
        ..bare()
    };
    let fetcher = Fetcher::in_world(options, world).expect("good options");
    for (index, target) in INSIDE.iter().enumerate() {
        let direct = fetcher.get(&Request::new(*target)).expect_err(target);
        assert_eq!(direct.code(), "private-address", "{target}: {direct}");
        let hop = fetcher.get(&Request::new(server.url(&format!("/{index}")))).expect_err(target);
        assert_eq!(hop.code(), "private-address", "{target}: {hop}");
        assert!(!hop.is_temporary());
    }
    assert_eq!(server.paths().len(), INSIDE.len());
}
