//! robots.txt: asked for once, obeyed, and what comes of a bad one.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use rashomon_fetch::{Error, FetchOptions, Fetcher, Request};

use crate::server::{Act, Server, answer, redirect, send};
use crate::world::{TestWorld, bare};

const MINUTE: Duration = Duration::from_secs(60);

fn options() -> FetchOptions {
    FetchOptions {
        obey_robots: true,
        read_timeout: Duration::from_millis(500),
        total_timeout: Duration::from_secs(2),
        ..bare()
    }
}

/// A fetcher, its world, and a server with one robots.txt and a page at every other path.
fn with_robots(acts: Vec<Act>) -> (Fetcher, Arc<TestWorld>, Server) {
    let server = Server::start(move |path, _| match path {
        "/robots.txt" => acts.clone(),
        _ => answer("200 OK", "", "text"),
    });
    let world = TestWorld::new();
    let fetcher = Fetcher::in_world(options(), world.clone()).expect("good options");
    (fetcher, world, server)
}

/// The code of what comes of a path, or `ok`.
fn code(fetcher: &Fetcher, server: &Server, path: &str) -> &'static str {
    let answer = fetcher.get(&Request::new(server.url(path)));
    answer.map_or_else(|error: Error| error.code(), |_| "ok")
}

#[test]
fn rules_are_obeyed_and_asked_for_once() {
    let text = "User-agent: *\nDisallow: /\n\nUser-agent: Rashomon\nDisallow: /private\nAllow: /private/open";
    let (fetcher, world, server) = with_robots(answer("200 OK", "", text));
    assert_eq!(code(&fetcher, &server, "/page"), "ok");
    assert_eq!(code(&fetcher, &server, "/private/page"), "robots-disallowed");
    assert_eq!(code(&fetcher, &server, "/%70rivate"), "robots-disallowed");
    assert_eq!(code(&fetcher, &server, "/private/open"), "ok");
    assert_eq!(server.paths(), ["/robots.txt", "/page", "/private/open"]);
    world.pass(25 * 60 * MINUTE);
    assert_eq!(code(&fetcher, &server, "/page"), "ok");
    assert_eq!(server.paths()[3..], ["/robots.txt", "/page"]);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn answers_for_robots_decide() {
    let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    let close = "User-agent: *\nDisallow: /";
    let late = [vec![b'#'; 600 << 10], b"\nUser-agent: *\nDisallow: /".to_vec()].concat();
    let early = [b"User-agent: *\nDisallow: /\n".to_vec(), vec![b'#'; 600 << 10]].concat();
    let cut = [
        b"User-agent: *\n".to_vec(),
        vec![b'#'; (500 << 10) - 26],
        b"\nDisallow: /page-not-this".to_vec(),
    ]
    .concat();
    let packed = |text: &[u8]| answer("200 OK", "Content-Encoding: gzip\r\n", gzip(text));
    let whole = gzip(&early);
    let head_of_packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
    let packed_and_cut = [&head_of_packed[..], &whole[..whole.len() / 2]].concat();
    let cases = [
        ("none", answer("404 Not Found", "", close), "ok"),
        ("forbidden", answer("403 Forbidden", "", close), "ok"),
        ("gone", answer("410 Gone", "", close), "ok"),
        ("empty", answer("200 OK", "", ""), "ok"),
        ("no content", send("HTTP/1.1 204 No Content\r\n\r\n"), "ok"),
        ("a page", answer("200 OK", "", "<!doctype html><p>Not here"), "ok"),
        ("garbage", answer("200 OK", "", [0_u8, 255, 13, 58, 10, 58]), "ok"),
        ("closed", answer("200 OK", "", close), "robots-disallowed"),
        ("with a mark", answer("200 OK", "", format!("\u{feff}{close}")), "robots-disallowed"),
        ("old line ends", answer("200 OK", "", close.replace('\n', "\r")), "robots-disallowed"),
        ("closed after the limit", answer("200 OK", "", &late), "ok"),
        ("closed before the limit", answer("200 OK", "", &early), "robots-disallowed"),
        ("a rule cut by the limit", answer("200 OK", "", cut), "ok"),
        ("packed", packed(close.as_bytes()), "robots-disallowed"),
        ("packed and closed before the limit", packed(&early), "robots-disallowed"),
        ("packed and closed after the limit", packed(&late), "ok"),
        ("packed and cut", send(&packed_and_cut), "robots-disallowed"),
        (
            "called packed",
            answer("200 OK", "Content-Encoding: gzip\r\n", close),
            "robots-disallowed",
        ),
        ("packed, untold", answer("200 OK", "", gzip(close.as_bytes())), "robots-disallowed"),
        ("no end", vec![Act::Send(head.clone()), Act::Times(vec![b'#'; 1 << 16], 9999)], "ok"),
        ("broken server", answer("500 No", "", ""), "robots-unreachable"),
        ("overloaded", answer("503 No", "", ""), "robots-unreachable"),
        ("too many", answer("429 No", "", ""), "robots-unreachable"),
        ("garbage instead of HTTP", send("nonsense\r\n\r\n"), "robots-unreachable"),
        ("silence", vec![Act::Pause(Duration::from_secs(9))], "robots-unreachable"),
        ("cut", send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser"), "robots-unreachable"),
        ("slammed door", vec![Act::Reset], "connection"),
        ("a circle", redirect(302, "/robots.txt"), "ok"),
        ("to a file", redirect(302, "file:///etc/passwd"), "ok"),
        ("to nowhere", answer("302 Found", "", ""), "ok"),
    ];
    for (name, acts, expected) in cases {
        let (fetcher, _, server) = with_robots(acts);
        assert_eq!(code(&fetcher, &server, "/page"), expected, "{name}");
        let asked = server.paths().iter().filter(|path| *path == "/page").count();
        assert_eq!(asked, usize::from(expected == "ok"), "{name}");
    }
}

#[test]
fn redirects_of_robots_are_followed_five_times() {
    let server = |hops: usize| {
        Server::start(move |path, _| {
            let hop = match path {
                "/robots.txt" => 0,
                "/page" => return answer("200 OK", "", "text"),
                _ => path[1..].parse().expect("a number"),
            };
            match hop {
                hop if hop == hops => answer("200 OK", "", "User-agent: *\nDisallow: /"),
                hop => redirect(301, &format!("/{}", hop + 1)),
            }
        })
    };
    for (hops, expected) in [(1, "robots-disallowed"), (5, "robots-disallowed"), (6, "ok")] {
        let server = server(hops);
        let fetcher = Fetcher::new(options()).expect("good options");
        assert_eq!(code(&fetcher, &server, "/page"), expected, "{hops}");
    }
}

#[test]
fn a_host_without_an_answer_is_left_alone_for_a_while() {
    let server = Server::start(|path, time| match (path, time) {
        ("/robots.txt", 0) => answer("500 No", "", ""),
        ("/robots.txt", _) => answer("404 No", "", ""),
        _ => answer("200 OK", "", "text"),
    });
    let world = TestWorld::new();
    let options = FetchOptions { max_retries: 3, ..options() };
    let fetcher = Fetcher::in_world(options, world.clone()).expect("good options");
    let first = fetcher.get(&Request::new(server.url("/a"))).expect_err("unreachable");
    assert_eq!((first.code(), first.status()), ("robots-unreachable", Some(500)));
    world.pass(MINUTE);
    let second = fetcher.get(&Request::new(server.url("/b"))).expect_err("unreachable");
    assert_eq!(second.address(), server.url("/b"));
    assert_eq!(second.retry_after(), Some(9 * MINUTE));
    assert!(second.is_temporary());
    assert_eq!(server.paths(), ["/robots.txt"]);
    assert!(world.naps().is_empty());
    world.pass(9 * MINUTE);
    assert_eq!(code(&fetcher, &server, "/b"), "ok");
}

#[test]
fn each_origin_and_each_hop_has_its_own_robots() {
    let closed = Server::start(|path, _| match path {
        "/robots.txt" => answer("200 OK", "", "User-agent: *\nDisallow: /"),
        _ => answer("200 OK", "", "text"),
    });
    let target = closed.url("/page");
    let open = Server::start(move |path, _| match path {
        "/robots.txt" => answer("404 No", "", ""),
        _ => redirect(302, &target),
    });
    let fetcher = Fetcher::new(options()).expect("good options");
    let error = fetcher.get(&Request::new(open.url("/page"))).expect_err("disallowed");
    assert_eq!(error.code(), "robots-disallowed");
    assert_eq!(error.address(), closed.url("/page"));
    assert_eq!(closed.paths(), ["/robots.txt"]);
}

#[test]
fn robots_is_under_the_same_guard() {
    let inside = Server::start(|_, _| answer("200 OK", "", "User-agent: *\nDisallow: /"));
    let target = format!("http://localhost:{}/robots.txt", inside.address.port());
    let server = Server::start(move |path, _| match path {
        "/robots.txt" => redirect(302, &target),
        _ => answer("200 OK", "", "text"),
    });
    let options = FetchOptions {
        allow_private: false,
        private_hosts: vec!["127.0.0.1".to_owned()],
        ..options()
    };
    let fetcher = Fetcher::new(options).expect("good options");
    assert_eq!(code(&fetcher, &server, "/page"), "ok");
    assert!(inside.paths().is_empty());
}

#[test]
fn whoever_does_not_want_to_need_not_obey() {
    let (_, world, server) = with_robots(answer("200 OK", "", "User-agent: *\nDisallow: /"));
    let options = FetchOptions { obey_robots: false, ..options() };
    let fetcher = Fetcher::in_world(options, world).expect("good options");
    assert_eq!(code(&fetcher, &server, "/page"), "ok");
    assert_eq!(server.paths(), ["/page"]);
}
