//! Answers good and bad, byte by byte.

use std::time::Duration;

use crate::server::{Act, answer, send};
use crate::table::{Case, check};

const LONG: Duration = Duration::from_secs(20);
const TICK: Duration = Duration::from_millis(20);

fn ok(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes()
}

fn chunked(body: &str) -> Vec<Act> {
    send([ok("Transfer-Encoding: chunked\r\n"), body.as_bytes().to_vec()].concat())
}

#[test]
fn heads() {
    let many: String = (0..1000).map(|number| format!("X-{number}: y\r\n")).collect();
    check(vec![
        Case::gives("an answer", answer("200 OK", "", "text"), "text"),
        Case::gives("HTTP/1.0", send("HTTP/1.0 200 OK\r\n\r\ntext"), "text"),
        Case::gives("no reason phrase", send("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na"), "a"),
        Case::gives("bare line feeds", send("HTTP/1.1 200 OK\nContent-Length: 1\n\na"), "a"),
        Case::gives("not in UTF-8", send(b"HTTP/1.1 200 \xe9t\xe9\r\nX: \xff\xfe\r\n\r\na"), "a"),
        Case::gives("cookies", answer("200 OK", "Set-Cookie: a=b\r\n", "text"), "text"),
        Case::gives("203", answer("203 Hearsay", "", "text"), "text"),
        Case::gives("204", send("HTTP/1.1 204 No Content\r\n\r\n"), ""),
        Case::gives("an empty body", answer("200 OK", "", ""), ""),
        Case::gives(
            "100 first",
            send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"),
            "a",
        ),
        Case::gives(
            "103 with headers first",
            send("HTTP/1.1 103 Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\na"),
            "a",
        ),
        Case::fails("101", send("HTTP/1.1 101 Switch\r\nUpgrade: x\r\n\r\n"), "http-status"),
        Case::fails(
            "206",
            answer("206 Part", "Content-Range: bytes 0-3/9\r\n", "text"),
            "http-status",
        ),
        Case::fails("300", answer("300 Many", "", ""), "http-status"),
        Case::fails("304 unasked", send("HTTP/1.1 304 Not Modified\r\n\r\n"), "http-status"),
        Case::fails("403", answer("403 No", "", "no"), "http-status"),
        Case::fails("404", answer("404 No", "", "no"), "not-found"),
        Case::fails("410", answer("410 No", "", "no"), "gone"),
        Case::fails("418", answer("418 Teapot", "", "no"), "http-status"),
        Case::fails("429", answer("429 Slow", "Retry-After: 60\r\n", "no"), "rate-limited"),
        Case::fails("500", answer("500 No", "", "no"), "http-status"),
        Case::fails("503", answer("503 No", "", "no"), "http-status"),
        Case::fails("503 with a time", answer("503 No", "Retry-After: 9\r\n", ""), "rate-limited"),
        Case::fails("999", answer("999 No", "", "no"), "http-status"),
        Case::fails("000", answer("000 No", "", "no"), "bad-response"),
        Case::fails("1,000 headers", send(ok(&many)), "header-too-large"),
        Case::fails(
            "one endless line",
            vec![Act::Send(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), Act::Times(vec![b'a'; 4096], 999)],
            "header-too-large",
        ),
        Case::fails(
            "an endless head",
            vec![
                Act::Send(b"HTTP/1.1 200 OK\r\n".to_vec()),
                Act::Times(b"A: b\r\n".to_vec(), 99999),
            ],
            "header-too-large",
        ),
        Case::fails(
            "an endless status line",
            vec![Act::Times(vec![b'H'; 4096], 999)],
            "bad-response",
        ),
        Case::fails("HTTP/0.9", send("<html>text</html>"), "bad-response"),
        Case::fails("HTTP/2", send("HTTP/2 200 OK\r\n\r\n"), "bad-response"),
        Case::fails("another protocol", send("SSH-2.0-OpenSSH_9.6\r\n"), "bad-response"),
        Case::fails("garbage", send([0xff_u8, 0, 0x16, 3, 1, 9, 9, 9, 9]), "bad-response"),
        Case::fails("a header without a name", send(ok(": x\r\n")), "bad-response"),
        Case::fails("nothing", vec![], "connection"),
        Case::fails("half a head", send("HTTP/1.1 200 OK\r\nContent-"), "connection"),
        Case::fails("a reset at once", vec![Act::Reset], "connection"),
        Case::fails("silence", vec![Act::Pause(LONG)], "timed-out").hurried(),
        Case::fails("a dripping head", vec![Act::Drip(ok(&many), TICK)], "timed-out").hurried(),
    ]);
}

#[test]
fn bodies() {
    let lengthy = |length: &str, body: &str| {
        send([ok(&format!("Content-Length: {length}\r\n")), body.as_bytes().to_vec()].concat())
    };
    let drip = |headers: &str| {
        vec![Act::Send(ok(headers)), Act::Drip(vec![b'a'; 9999], Duration::from_millis(20))]
    };
    check(vec![
        Case::gives("until the end", send([ok(""), b"text".to_vec()].concat()), "text"),
        Case::gives("more than stated", lengthy("2", "text"), "te"),
        Case::gives("stated twice", lengthy("4\r\nContent-Length: 4", "text"), "text"),
        Case::gives("chunks", chunked("2\r\nte\r\n2;a=b\r\nxt\r\n0\r\n\r\n"), "text"),
        Case::gives("chunks with a trailer", chunked("4\r\ntext\r\n0\r\nX: y\r\n\r\n"), "text"),
        Case::gives("the last line missing", chunked("4\r\ntext\r\n0\r\n"), "text"),
        Case::gives(
            "in pieces",
            vec![
                Act::Send(ok("Content-Length: 4\r\n")),
                Act::Send(b"te".to_vec()),
                Act::Pause(Duration::from_millis(30)),
                Act::Send(b"xt".to_vec()),
            ],
            "text",
        ),
        Case::gives("of exactly the most bytes", answer("200 OK", "", "text"), "text")
            .with(|options| options.max_bytes = 4),
        Case::fails("one byte too many", answer("200 OK", "", "texts"), "too-large")
            .with(|options| options.max_bytes = 4),
        Case::fails("one byte too many in chunks", chunked("5\r\ntexts\r\n0\r\n\r\n"), "too-large")
            .with(|options| options.max_bytes = 4),
        Case::fails("stated to be huge", lengthy("99999999999999", "text"), "too-large"),
        Case::fails(
            "without an end",
            vec![Act::Send(ok("")), Act::Times(vec![b'a'; 1 << 16], 9999)],
            "too-large",
        ),
        Case::fails("less than stated", lengthy("9", "text"), "cut-short"),
        Case::fails(
            "stated differently",
            lengthy("4\r\nContent-Length: 5", "text"),
            "bad-response",
        ),
        Case::fails("a length that is none", lengthy("four", "text"), "bad-response"),
        Case::fails("a negative length", lengthy("-4", "text"), "bad-response"),
        Case::fails("a cut chunk", chunked("9\r\ntext"), "cut-short"),
        Case::fails("the last chunk missing", chunked("4\r\ntext\r\n"), "cut-short"),
        Case::fails("a chunk of no size", chunked("xyz\r\ntext\r\n0\r\n\r\n"), "bad-response"),
        Case::fails("a negative chunk", chunked("-4\r\ntext\r\n0\r\n\r\n"), "bad-response"),
        Case::fails("a gigantic chunk", chunked("ffffffffffffffffff\r\ntext"), "bad-response"),
        Case::fails("a chunk longer than said", chunked("2\r\ntext\r\n0\r\n\r\n"), "bad-response"),
        Case::fails(
            "an endless chunk size",
            vec![
                Act::Send(ok("Transfer-Encoding: chunked\r\n")),
                Act::Times(vec![b'1'; 1 << 16], 999),
            ],
            "bad-response",
        ),
        Case::fails(
            "an endless trailer",
            vec![
                Act::Send(ok("Transfer-Encoding: chunked\r\n")),
                Act::Send(b"1\r\na\r\n0\r\nX: ".to_vec()),
                Act::Times(vec![b'y'; 1 << 16], 999),
            ],
            "bad-response",
        ),
        Case::fails(
            "a reset in the middle",
            vec![Act::Send(ok("Content-Length: 9\r\n")), Act::Send(b"text".to_vec()), Act::Reset],
            "cut-short",
        ),
        Case::fails(
            "a reset in place of an end",
            vec![Act::Send(ok("")), Act::Send(b"text".to_vec()), Act::Reset],
            "cut-short",
        ),
        Case::fails(
            "a reset between chunks",
            vec![
                Act::Send(ok("Transfer-Encoding: chunked\r\n")),
                Act::Send(b"1\r\na\r\n".to_vec()),
                Act::Reset,
            ],
            "cut-short",
        ),
        Case::fails("one byte at a time", drip("Content-Length: 9999\r\n"), "timed-out").hurried(),
        Case::fails("one byte at a time, unstated", drip(""), "timed-out").hurried(),
        Case::fails(
            "silence in the middle",
            vec![
                Act::Send(ok("Content-Length: 9\r\n")),
                Act::Send(b"te".to_vec()),
                Act::Pause(LONG),
            ],
            "timed-out",
        )
        .hurried(),
    ]);
}
