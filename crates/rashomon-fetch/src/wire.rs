//! One exchange of HTTP: a request out, an answer back. Everything that knows `ureq` is here.

mod faults;
mod names;
mod sockets;

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, HeaderName, HeaderValue, Response, Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};
use url::Url;

use crate::address::Guard;
use crate::error::{Error, Kind};
use crate::options::FetchOptions;
use crate::stop::Stop;
use crate::world::World;
use faults::Stage;

/// The connections of a fetcher.
#[derive(Debug)]
pub(crate) struct Wire {
    agent: Agent,
    connect_timeout: Duration,
}

/// The head of an answer, with the body still on the wire.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    body: Body,
    address: String,
}

/// The moment at which an attempt is over, whatever is still missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn after(time: Duration) -> Deadline {
        Deadline(Instant::now() + time)
    }

    pub(crate) fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    pub(crate) fn is_over(self) -> bool {
        self.left().is_zero()
    }
}

impl Wire {
    pub(crate) fn new(options: &FetchOptions, world: Arc<dyn World>) -> Result<Wire, Error> {
        HeaderValue::from_str(&options.user_agent)
            .map_err(|_| bad_options("the user agent holds characters that HTTP cannot carry"))?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(options.user_agent.as_str())
            .accept_encoding("gzip, br, zstd, deflate")
            .max_response_header_size(options.max_header_bytes)
            .timeout_per_read(Some(options.read_timeout))
            .timeout_per_write(Some(options.read_timeout))
            .tls_config(tls(options)?)
            .build();
        let resolver = names::VettedNames::new(world, Guard::new(options));
        let agent = Agent::with_parts(config, sockets::connector(), resolver);
        Ok(Wire { agent, connect_timeout: options.connect_timeout })
    }

    /// Sends a request and reads the head of the answer. A connection that was kept may have been
    /// closed from the other side at that very moment, which says nothing about the request
    /// (RFC 9112, 9.3.1): it goes out again at once.
    pub(crate) fn ask(
        &self,
        url: &Url,
        headers: &[(HeaderName, HeaderValue)],
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        let uri = uri(url)?;
        loop {
            let send = || self.send(&uri, headers, deadline);
            let (outcome, is_fresh) = sockets::noting_dials(send);
            match outcome {
                Ok(response) => {
                    let (parts, body) = Response::into_parts(response);
                    let (status, headers) = (parts.status.as_u16(), parts.headers);
                    return Ok(Answer { status, headers, body, address: url.as_str().to_owned() });
                }
                Err(error) => {
                    let error = faults::read(error, url.as_str(), Stage::Head);
                    if is_fresh || error.code() != "connection" {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Sends a body and reads the head of the answer. It goes out once: what was sent may have been
    /// taken although no answer came.
    pub(crate) fn tell(
        &self,
        url: &Url,
        headers: &[(HeaderName, HeaderValue)],
        body: &[u8],
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        let mut request = self
            .agent
            .post(&uri(url)?)
            .config()
            .timeout_global(Some(deadline.left().max(Duration::from_millis(1))))
            .timeout_resolve(Some(self.connect_timeout))
            .timeout_connect(Some(self.connect_timeout))
            .build();
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let response =
            request.send(body).map_err(|error| faults::read(error, url.as_str(), Stage::Head))?;
        let (parts, body) = Response::into_parts(response);
        let (status, headers) = (parts.status.as_u16(), parts.headers);
        Ok(Answer { status, headers, body, address: url.as_str().to_owned() })
    }

    fn send(
        &self,
        uri: &Uri,
        headers: &[(HeaderName, HeaderValue)],
        deadline: Deadline,
    ) -> Result<Response<Body>, ureq::Error> {
        let mut request = self
            .agent
            .get(uri)
            .config()
            .timeout_global(Some(deadline.left().max(Duration::from_millis(1))))
            .timeout_resolve(Some(self.connect_timeout))
            .timeout_connect(Some(self.connect_timeout))
            .build();
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.call()
    }
}

/// What came of reading a body.
pub(crate) struct RawBody {
    pub(crate) bytes: Vec<u8>,
    /// There was more than the limit, and it was left on the wire.
    pub(crate) is_cut: bool,
    /// The connection ended without saying that this was all.
    pub(crate) is_torn: bool,
}

impl Answer {
    /// Where a redirect leads, as the server wrote it.
    pub(crate) fn location(&self) -> Option<String> {
        let value = self.headers.get(header::LOCATION)?;
        let bytes = value.as_bytes().trim_ascii();
        let target = match std::str::from_utf8(bytes) {
            Ok(target) => target.to_owned(),
            // Bytes of another encoding go back to the server as they are.
            Err(_) => escaped(bytes),
        };
        (!target.is_empty()).then_some(target)
    }

    /// Whether a redirect leads to several addresses at once.
    pub(crate) fn has_many_locations(&self) -> bool {
        let mut targets = self.headers.get_all(header::LOCATION).iter();
        let first = targets.next();
        targets.any(|target| Some(target) != first)
    }

    /// The encodings of the body, as all lines of the head name them.
    pub(crate) fn encoding(&self) -> String {
        let lines = self.headers.get_all(header::CONTENT_ENCODING).iter();
        let lines: Vec<_> =
            lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned()).collect();
        lines.join(",")
    }

    /// How long the body will be on the wire, where the server says so.
    pub(crate) fn stated_length(&self) -> Option<u64> {
        self.body.content_length()
    }

    /// Reads the body up to a number of bytes, until the deadline with which it was asked for.
    pub(crate) fn read(self, max_bytes: usize, stop: &Stop) -> Result<RawBody, Error> {
        let mut reader = self.body.into_reader();
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 32 << 10];
        loop {
            stop.check(&self.address)?;
            let room = buffer.len().min(max_bytes - bytes.len() + 1);
            let read = reader
                .read(&mut buffer[..room])
                .map_err(|error| faults::read(error.into(), &self.address, Stage::Body))?;
            if read == 0 {
                return Ok(RawBody { bytes, is_cut: false, is_torn: sockets::is_torn() });
            }
            bytes.extend_from_slice(&buffer[..read]);
            if bytes.len() > max_bytes {
                bytes.truncate(max_bytes);
                return Ok(RawBody { bytes, is_cut: true, is_torn: false });
            }
        }
    }
}

/// The address as the HTTP library wants it. Browsers leave some characters bare that it does
/// not know; escaped they mean the same.
fn uri(url: &Url) -> Result<Uri, Error> {
    if let Ok(uri) = url.as_str().parse() {
        return Ok(uri);
    }
    escaped(url.as_str().as_bytes()).parse().map_err(|error| {
        let detail = format!("the address cannot be put into a request: {error}");
        Error::new(Kind::BadAddress, url.as_str(), detail)
    })
}

/// An address in which every byte that is none of an address is escaped.
fn escaped(address: &[u8]) -> String {
    let mut escaped = String::new();
    for &byte in address {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

fn tls(options: &FetchOptions) -> Result<TlsConfig, Error> {
    let builder = TlsConfig::builder();
    let Some(pem) = &options.authorities else {
        return Ok(builder.root_certs(RootCerts::WebPki).build());
    };
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(error) => {
                return Err(bad_options(&format!("the authorities are no PEM: {error}")));
            }
        }
    }
    if certificates.is_empty() {
        return Err(bad_options("the authorities hold no certificate in PEM"));
    }
    Ok(builder.root_certs(RootCerts::Specific(Arc::new(certificates))).build())
}

fn bad_options(detail: &str) -> Error {
    Error::new(Kind::BadOptions, "", detail)
}
