//! Answers mutilated at random: whatever comes, it is an answer or an error, and soon.

use std::time::{Duration, Instant};

use rashomon_fetch::{FetchOptions, Fetcher, Request};

use crate::server::{Act, Server};
use crate::world::bare;

/// How many mutilated answers are tried; `MUTATIONS` says otherwise.
fn count() -> usize {
    std::env::var("MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

/// Numbers that are the same in each run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

const SEEDS: &[&[u8]] = &[
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 4\r\n\r\ntext",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nte\r\n2;a=b\r\nxt\r\n0\r\nX: y\r\n\r\n",
    b"HTTP/1.0 200 OK\r\nETag: \"a\"\r\nCache-Control: max-age=9, no-cache\r\nAge: 3\r\n\r\ntext",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 301 Moved\r\nLocation: /a/../b?c#d\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: Mon, 04 May 2026 12:00:20 GMT\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, br\r\nExpires: 0\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\x00\x58\x09\0\0a",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n\x78\x9c\x4b\x04\x00\x00\x62\x00\x62",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x0b\x01\x80text\x03",
];

const PIECES: &[&[u8]] = &[
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b":",
    b" ",
    b"0",
    b"-1",
    b"99999999999999999999",
    b"ffffffff",
    b"chunked",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Length: 5\r\n",
    b"gzip",
    b"\xff",
    b"\0",
    b"HTTP/1.1 103 Hints\r\n\r\n",
    b"Location: //[::1]:0/%zz\r\n",
    b"Connection: close\r\n",
    b";",
    b",",
];

fn mutilated(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = SEEDS[dice.roll(SEEDS.len())].to_vec();
    for _ in 0..=dice.roll(5) {
        let at = dice.roll(bytes.len());
        match dice.roll(6) {
            0 if !bytes.is_empty() => bytes[at] = dice.roll(256) as u8,
            1 => bytes.truncate(at),
            2 => {
                let end = (at + dice.roll(9)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let other = SEEDS[dice.roll(SEEDS.len())];
                bytes.extend_from_slice(&other[dice.roll(other.len())..]);
            }
            _ => {
                let piece = PIECES[dice.roll(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}

#[test]
fn whatever_comes_is_an_answer_or_an_error() {
    let server = Server::start(|path, _| {
        let number: u64 = path[1..].parse().unwrap_or(0);
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let bytes = mutilated(&mut dice);
        let middle = dice.roll(bytes.len());
        let (first, rest) = bytes.split_at(middle);
        vec![Act::Send(first.to_vec()), Act::Send(rest.to_vec())]
    });
    let options = FetchOptions { max_failures: 0, max_bytes: 1 << 20, ..bare() };
    let fetcher = Fetcher::new(options).expect("good options");
    let (mut good, mut bad) = (0, 0);
    for number in 1..=count() {
        let start = Instant::now();
        match fetcher.get(&Request::new(server.url(&format!("/{number}")))) {
            Ok(_) => good += 1,
            Err(error) => {
                assert!(!error.code().is_empty() && error.to_string().len() < 2000);
                bad += 1;
            }
        }
        assert!(start.elapsed() < Duration::from_secs(10), "answer {number}");
    }
    assert!(good > 0 && bad > 0, "{good} good, {bad} bad");
}
