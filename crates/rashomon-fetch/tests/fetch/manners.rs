//! Rests, new tries, and being told to wait.

use std::sync::Arc;
use std::time::Duration;

use rashomon_fetch::{FetchOptions, Fetcher, Request, Status};

use crate::server::{Act, Server, answer, header, redirect, send};
use crate::world::{TestWorld, bare};

const SECOND: Duration = Duration::from_secs(1);

fn fetcher(change: impl FnOnce(&mut FetchOptions)) -> (Fetcher, Arc<TestWorld>) {
    let mut options = bare();
    change(&mut options);
    let world = TestWorld::new();
    (Fetcher::in_world(options, world.clone()).expect("good options"), world)
}

fn page() -> Vec<Act> {
    answer("200 OK", "", "text")
}

#[test]
fn a_host_rests_after_each_answer() {
    let server = Server::start(|path, _| match path {
        "/moved" => redirect(301, "/b"),
        _ => page(),
    });
    let (fetcher, world) = fetcher(|options| options.delay_per_host = 5 * SECOND);
    for path in ["/a", "/moved", "/c"] {
        fetcher.get(&Request::new(server.url(path))).expect(path);
    }
    assert_eq!(world.naps(), [5 * SECOND; 2], "a redirect within a host follows at once");
    world.pass(9 * SECOND);
    fetcher.get(&Request::new(server.url("/d"))).expect("an answer");
    assert_eq!(world.naps().len(), 2);
}

#[test]
fn a_crawl_delay_counts_up_to_a_limit() {
    for (stated, expected) in
        [("7", 7), ("0.5", 2), ("9999", 30), ("-3", 2), ("soon", 2), ("inf", 2)]
    {
        let text = format!("User-agent: *\nCrawl-delay: {stated}\nDisallow: /x");
        let server = Server::start(move |path, _| match path {
            "/robots.txt" => answer("200 OK", "", &text),
            _ => page(),
        });
        let (fetcher, world) = fetcher(|options| {
            options.obey_robots = true;
            options.delay_per_host = 2 * SECOND;
        });
        for path in ["/a", "/b"] {
            fetcher.get(&Request::new(server.url(path))).expect(path);
        }
        assert_eq!(world.naps(), [expected * SECOND], "{stated}");
    }
}

#[test]
fn what_failed_for_the_moment_is_tried_again() {
    let server = Server::start(|_, time| match time {
        0 | 1 => answer("503 Busy", "", ""),
        _ => page(),
    });
    let (fetcher, world) = fetcher(|options| options.max_retries = 2);
    let request = Request::new(server.url("/page"));
    assert_eq!(fetcher.get(&request).expect("an answer").body, b"text");
    let naps = world.naps();
    assert_eq!(naps.len(), 2);
    assert!(naps[0] >= SECOND && naps[0] <= 2 * SECOND, "{naps:?}");
    assert!(naps[1] >= 2 * SECOND && naps[1] <= 4 * SECOND, "{naps:?}");
}

#[test]
fn tries_come_to_an_end() {
    let server = Server::start(|path, _| match path {
        "/reset" => vec![Act::Reset],
        "/cut" => send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ntext"),
        _ => answer(&format!("{} X", &path[1..]), "", ""),
    });
    let (fetcher, _) = fetcher(|options| options.max_retries = 2);
    let cases = [
        ("/500", 3),
        ("/502", 3),
        ("/503", 3),
        ("/504", 3),
        ("/429", 3),
        ("/408", 3),
        ("/reset", 3),
        ("/cut", 3),
        ("/400", 1),
        ("/403", 1),
        ("/404", 1),
        ("/410", 1),
        ("/451", 1),
        ("/501", 1),
        ("/505", 1),
    ];
    for (path, times) in cases {
        let error = fetcher.get(&Request::new(server.url(path))).expect_err(path);
        assert_eq!(error.is_temporary(), times > 1, "{path}");
        assert_eq!(server.paths().iter().filter(|asked| *asked == path).count(), times, "{path}");
    }
}

#[test]
fn the_same_run_waits_the_same() {
    let server = Server::start(|_, _| answer("500 No", "", ""));
    let naps = |path: &str| {
        let (fetcher, world) = fetcher(|options| options.max_retries = 6);
        fetcher.get(&Request::new(server.url(path))).expect_err("broken");
        world.naps()
    };
    let first = naps("/a");
    assert_eq!(first, naps("/a"));
    assert_ne!(first, naps("/b"));
    assert_eq!(first.len(), 6);
    assert!(first.iter().all(|nap| *nap <= 30 * SECOND), "{first:?}");
}

#[test]
fn a_server_says_when_to_come_back() {
    // The clock of the test stands at noon.
    let cases = [
        ("20", Some(20)),
        (" 20 ", Some(20)),
        ("Mon, 04 May 2026 12:00:20 GMT", Some(20)),
        ("Monday, 04-May-26 12:00:20 GMT", Some(20)),
        ("Mon May  4 12:00:20 2026", Some(20)),
        ("Mon, 04 May 2026 11:00:00 GMT", Some(0)),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
    ];
    for (stated, expected) in cases {
        let head = format!("Retry-After: {stated}\r\n");
        let server = Server::start(move |_, time| match time {
            0 => answer("429 Slow", &head, ""),
            _ => page(),
        });
        let (fetcher, world) = fetcher(|options| options.max_retries = 1);
        fetcher.get(&Request::new(server.url("/page"))).expect(stated);
        let waited: Duration = world.naps().iter().sum();
        match expected {
            Some(seconds) => assert_eq!(waited, seconds * SECOND, "{stated}"),
            None => assert!(waited >= SECOND && waited <= 2 * SECOND, "{stated}: {waited:?}"),
        }
    }
}

#[test]
fn a_long_rest_is_left_to_the_caller_and_holds_for_the_whole_host() {
    let server = Server::start(|path, _| match path {
        "/first" => answer("503 Busy", "Retry-After: 3600\r\n", ""),
        _ => page(),
    });
    let (fetcher, world) = fetcher(|options| options.max_retries = 5);
    let error = fetcher.get(&Request::new(server.url("/first"))).expect_err("busy");
    assert_eq!((error.code(), error.retry_after()), ("rate-limited", Some(3600 * SECOND)));
    world.pass(600 * SECOND);
    let error = fetcher.get(&Request::new(server.url("/other"))).expect_err("quiet");
    assert_eq!((error.code(), error.retry_after()), ("rate-limited", Some(3000 * SECOND)));
    assert!(world.naps().is_empty());
    assert_eq!(server.paths(), ["/first"]);
    world.pass(3000 * SECOND);
    assert!(fetcher.get(&Request::new(server.url("/other"))).is_ok());
}

#[test]
fn no_rest_is_longer_than_a_day() {
    for stated in ["99999999", "99999999999999999999999", "Mon, 04 May 2099 12:00:20 GMT"] {
        let head = format!("Retry-After: {stated}\r\n");
        let server = Server::start(move |_, _| answer("429 Slow", &head, ""));
        let (fetcher, _) = fetcher(|_| {});
        let error = fetcher.get(&Request::new(server.url("/page"))).expect_err("slow");
        assert_eq!(error.retry_after(), Some(24 * 3600 * SECOND), "{stated}");
    }
}

#[test]
fn connections_are_kept_and_replaced() {
    let kept = |body: &str| {
        let mut acts = answer("200 OK", "", body);
        acts.push(Act::Keep);
        acts
    };
    let server = Server::start(move |path, _| if path == "/last" { page() } else { kept("text") });
    let (fetcher, _) = fetcher(|_| {});
    for path in ["/a", "/b", "/last", "/c", "/d"] {
        let response = fetcher.get(&Request::new(server.url(path))).expect(path);
        assert_eq!(response.body, b"text");
    }
    assert_eq!(server.connections(), 2);
    assert_eq!(server.paths(), ["/a", "/b", "/last", "/c", "/d"]);
}

#[test]
fn what_is_sent_is_what_is_promised() {
    let server = Server::start(|_, _| answer("200 OK", "Set-Cookie: a=b; Path=/\r\n", "text"));
    let (fetcher, _) = fetcher(|_| {});
    let accept = Some("application/rss+xml, */*;q=0.1".to_owned());
    let request = Request { accept, ..Request::new(server.url("/a b|c?d=\"e\"#f")) };
    for _ in 0..2 {
        fetcher.get(&request).expect("an answer");
    }
    for head in server.heads() {
        let mut names: Vec<_> = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, _)| name)
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
        assert!(head.starts_with("GET /a%20b|c?d=%22e%22 HTTP/1.1\r\n"), "{head}");
        let agent = header(&head, "User-Agent").expect("a user agent");
        assert!(agent.starts_with("rashomon/0.") && agent.contains("(+http"), "{agent}");
        assert_eq!(header(&head, "Accept-Encoding"), Some("gzip, br, zstd, deflate"));
        assert_eq!(header(&head, "Accept"), request.accept.as_deref());
    }
}

#[test]
fn a_copy_at_hand_need_not_come_again() {
    let etags: &[&[u8]] =
        &[b"\"a1\"", b"W/\"weak\"", b"unquoted", b"\"\xc3\xa9\xff\"", b"\"a, b\"", b"\"\""];
    for etag in etags {
        let head = [b"ETag: ", *etag, b"\r\nLast-Modified: about noon\r\n"].concat();
        let fresh = [b"HTTP/1.1 200 OK\r\n", &head[..], b"Content-Length: 4\r\n\r\ntext"].concat();
        let server = Server::start(move |_, time| match time {
            0 => send(&fresh),
            _ => send("HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n"),
        });
        let (fetcher, _) = fetcher(|_| {});
        let first = fetcher.get(&Request::new(server.url("/feed"))).expect("an answer");
        assert_eq!(first.status, Status::Fresh);
        let request = Request {
            etag: first.etag.clone(),
            last_modified: first.last_modified.clone(),
            ..Request::new(server.url("/feed"))
        };
        let second = fetcher.get(&request).expect("an answer");
        assert_eq!(second.status, Status::NotModified);
        assert!(second.body.is_empty());
        assert_eq!((&second.etag, &second.last_modified), (&first.etag, &first.last_modified));
        let sent = header(&server.heads()[1], "If-None-Match").map(str::to_owned);
        assert_eq!(sent, Some(etag.iter().map(|&byte| char::from(byte)).collect()));
        assert_eq!(header(&server.heads()[1], "If-Modified-Since"), Some("about noon"));
    }
}

#[test]
fn a_condition_that_cannot_be_sent_is_told() {
    let server = Server::start(|_, _| page());
    let (fetcher, _) = fetcher(|_| {});
    let etag = Some("\"a\"\r\nX-Smuggled: 1".to_owned());
    let request = Request { etag, ..Request::new(server.url("/feed")) };
    let response = fetcher.get(&request).expect("an answer");
    assert_eq!(response.warnings[0].code, "condition-dropped");
    assert!(!server.heads()[0].contains("Smuggled"));
    let accept = Some("text/html\r\nX-Smuggled: 1".to_owned());
    let error = fetcher.get(&Request { accept, ..request }).expect_err("bad");
    assert_eq!(error.code(), "bad-options");
}

#[test]
fn a_closed_port_is_no_endless_loop() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", server.local_addr().expect("an address"));
    drop(server);
    let (fetcher, _) = fetcher(|_| {});
    assert_eq!(fetcher.get(&Request::new(address)).expect_err("closed").code(), "connection");
}

#[test]
fn what_is_not_sent_needs_no_rest() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => answer("200 OK", "", "User-agent: *\nDisallow: /closed"),
        _ => page(),
    });
    let (fetcher, world) = fetcher(|options| {
        options.obey_robots = true;
        options.delay_per_host = 5 * SECOND;
    });
    for path in ["/a", "/closed/1", "/closed/2", "/closed/3"] {
        let _ = fetcher.get(&Request::new(server.url(path)));
    }
    // One rest after the page; what robots.txt forbids is answered without asking anybody.
    assert_eq!(world.naps(), [5 * SECOND]);
    assert_eq!(server.paths(), ["/robots.txt", "/a"]);
}

#[test]
fn a_host_that_fails_again_and_again_is_left_alone() {
    let server = Server::start(|path, _| match path {
        "/good" => page(),
        "/status" => answer("500 No", "", ""),
        _ => vec![],
    });
    let (fetcher, world) = fetcher(|options| options.max_failures = 3);
    let code = |path: &str| {
        let answer = fetcher.get(&Request::new(server.url(path)));
        answer.map_or_else(|error| error.code(), |_| "ok")
    };
    let cases = [
        ("/bad", "connection"),
        ("/bad", "connection"),
        ("/good", "ok"),
        ("/bad", "connection"),
        ("/bad", "connection"),
        ("/status", "http-status"),
        ("/bad", "connection"),
        ("/bad", "connection"),
        ("/bad", "connection"),
        ("/bad", "host-failing"),
        ("/good", "host-failing"),
    ];
    for (number, (path, expected)) in cases.into_iter().enumerate() {
        assert_eq!(code(path), expected, "request {number}");
    }
    let asked = server.paths().len();
    let error = fetcher.get(&Request::new(server.url("/good"))).expect_err("resting");
    assert!(error.is_temporary());
    assert_eq!(error.retry_after(), Some(600 * SECOND));
    assert_eq!(server.paths().len(), asked);
    world.pass(600 * SECOND);
    assert_eq!(code("/good"), "ok");
}
