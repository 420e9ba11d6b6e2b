//! Telling an address something, as a webhook does.

use ureq::http::{HeaderName, HeaderValue, header};

use crate::address;
use crate::error::{Error, Kind};
use crate::fetcher::Fetcher;
use crate::wire::Deadline;

/// What to tell an address.
#[derive(Clone, Debug)]
pub struct Message<'m> {
    /// Where to.
    pub address: &'m str,
    /// The type of the body.
    pub media_type: &'m str,
    /// Headers beside it.
    pub headers: &'m [(&'m str, String)],
    /// The body.
    pub body: &'m [u8],
}

impl Fetcher {
    /// Sends a `POST` once, and gives the status, which says that it was taken. Addresses are
    /// vetted as for [`Fetcher::get`]; a redirect is not followed, as the message was meant for
    /// this address. robots.txt, which is about reading, is not asked.
    ///
    /// # Errors
    ///
    /// Those of [`Fetcher::get`] for the address and the connection; `http-status` where the
    /// answer is not of the 200s, `bad-options` where a header cannot be sent.
    pub fn post(&self, message: &Message<'_>) -> Result<u16, Error> {
        let inner = &self.inner;
        let url = address::read(message.address, &inner.guard)?;
        let mut headers = vec![(header::CONTENT_TYPE, value(message.media_type)?)];
        for (name, text) in message.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unsendable(name))?;
            headers.push((name, value(text)?));
        }
        let deadline = Deadline::after(inner.options.total_timeout);
        let answer = inner.wire.tell(&url, &headers, message.body, deadline)?;
        if (200..300).contains(&answer.status) {
            return Ok(answer.status);
        }
        let detail = format!("the host answers {}", answer.status);
        Err(Error::new(Kind::HttpStatus, url.as_str(), detail).with_status(answer.status))
    }
}

fn value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| unsendable(text))
}

fn unsendable(text: &str) -> Error {
    let detail = format!("{text:?} holds characters that HTTP cannot carry");
    Error::new(Kind::BadOptions, "", detail)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;
    use crate::options::FetchOptions;

    fn answering(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let served = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut bytes = Vec::new();
            let mut buffer = [0; 1024];
            while !String::from_utf8_lossy(&bytes).ends_with("told") {
                let read = stream.read(&mut buffer).expect("a request");
                bytes.extend_from_slice(&buffer[..read]);
            }
            stream.write_all(answer.as_bytes()).expect("an answer");
            String::from_utf8_lossy(&bytes).into_owned()
        });
        (address, served)
    }

    fn fetcher(allow_private: bool) -> Fetcher {
        Fetcher::new(FetchOptions { allow_private, ..FetchOptions::default() }).expect("a fetcher")
    }

    #[test]
    fn the_message_arrives_whole() {
        let (address, served) = answering("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        let headers = [("webhook-id", "7".to_owned())];
        let message = Message {
            address: &address,
            media_type: "text/plain",
            headers: &headers,
            body: b"told",
        };
        assert_eq!(fetcher(true).post(&message).expect("it is taken"), 202);
        let request = served.join().expect("it served").to_ascii_lowercase();
        assert!(request.starts_with("post /hook http/1.1\r\n"), "{request}");
        assert!(request.contains("webhook-id: 7\r\n") && request.ends_with("\r\n\r\ntold"));
    }

    #[test]
    fn a_redirect_takes_nothing() {
        let moved =
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";
        let (address, served) = answering(moved);
        let message =
            Message { address: &address, media_type: "text/plain", headers: &[], body: b"told" };
        let error = fetcher(true).post(&message).expect_err("it is no answer of the 200s");
        assert_eq!((error.code(), error.status()), ("http-status", Some(302)));
        served.join().expect("it served");
    }

    #[test]
    fn the_local_network_is_told_nothing() {
        let message = Message {
            address: "http://127.0.0.1:9999/",
            media_type: "text/plain",
            headers: &[],
            body: b"",
        };
        let error = fetcher(false).post(&message).expect_err("it is private");
        assert_eq!(error.code(), "private-address");
    }
}
