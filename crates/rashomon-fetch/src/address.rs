//! Addresses, read as browsers do and vetted before anything is sent.

use std::net::IpAddr;

use url::{Host, Url};

use crate::error::{Error, Kind};
use crate::options::FetchOptions;
use crate::public::is_public;

/// The longest address that is taken; servers refuse longer ones too.
const MAX_LENGTH: usize = 8 << 10;

/// Ports of other protocols, which no browser speaks HTTP to (the Fetch standard's "bad ports").
const BAD_PORTS: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
];

/// Which addresses of the local network may be fetched after all.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    allow_private: bool,
    private_hosts: Vec<String>,
}

impl Guard {
    pub(crate) fn new(options: &FetchOptions) -> Guard {
        let bare = |host: &String| {
            let host = host.trim_end_matches('.');
            Host::parse(host).map_or_else(|_| host.to_ascii_lowercase(), |host| host.to_string())
        };
        let private_hosts = options.private_hosts.iter().map(bare).collect();
        Guard { allow_private: options.allow_private, private_hosts }
    }

    /// Whether a host may be anywhere.
    pub(crate) fn trusts(&self, host: &str) -> bool {
        self.allow_private || self.private_hosts.iter().any(|trusted| trusted == host)
    }
}

/// Reads an address and vets it.
pub(crate) fn read(address: &str, guard: &Guard) -> Result<Url, Error> {
    let url = parse(address.trim())
        .map_err(|detail| Error::new(Kind::BadAddress, &shortened(address), detail))?;
    vet(url, guard)
}

/// Reads the target of a redirect and vets it.
pub(crate) fn read_target(base: &Url, target: &str, guard: &Guard) -> Result<Url, Error> {
    let bad = |detail: String| Error::new(Kind::BadRedirect, base.as_str(), detail);
    if target.len() > MAX_LENGTH {
        return Err(bad("the redirect leads to an address of absurd length".to_owned()));
    }
    let url = base
        .join(target)
        .map_err(|error| bad(format!("the redirect leads to no address: {error}")))?;
    vet(url, guard)
}

fn parse(address: &str) -> Result<Url, String> {
    if address.is_empty() {
        return Err("there is no address".to_owned());
    }
    if address.len() > MAX_LENGTH {
        return Err(format!("an address of {} bytes is too long", address.len()));
    }
    Url::parse(address)
        .map_err(|error| format!("this is no address: {error}; write http://… or https://…"))
}

fn vet(mut url: Url, guard: &Guard) -> Result<Url, Error> {
    if !matches!(url.scheme(), "http" | "https") {
        let detail = format!("only http and https are fetched, not {}", url.scheme());
        return Err(Error::new(Kind::UnsupportedScheme, &shortened(url.as_str()), detail));
    }
    url.set_fragment(None);
    let bad = |url: &Url, detail: &str| Err(Error::new(Kind::BadAddress, &shown(url), detail));
    if !url.username().is_empty() || url.password().is_some() {
        return bad(&url, "a name or password in the address is not sent; leave it out");
    }
    strip_trailing_dot(&mut url);
    if host(&url).is_empty() {
        return bad(&url, "there is no host in the address");
    }
    if guard.trusts(host(&url)) {
        return Ok(url);
    }
    if url.port().is_some_and(|port| BAD_PORTS.binary_search(&port).is_ok()) {
        return bad(&url, "the port belongs to another protocol");
    }
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        _ => None,
    };
    if ip.is_some_and(|ip| !is_public(ip)) || is_local_name(host(&url)) {
        return Err(Error::new(Kind::PrivateAddress, url.as_str(), PRIVATE));
    }
    Ok(url)
}

/// Why an address of the local network is refused.
pub(crate) const PRIVATE: &str = "the host is this machine, inside a local network, or otherwise \
    not public; allow private addresses if you mean it";

/// Names that stand for this machine without being looked up (RFC 6761).
fn is_local_name(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

/// `news.example.` is `news.example`; certificates and servers know only the latter.
fn strip_trailing_dot(url: &mut Url) {
    if let Some(bare) = url.host_str().and_then(|host| host.strip_suffix('.')) {
        let bare = bare.to_owned();
        if url.set_host(Some(&bare)).is_err() {
            let _ = url.set_host(None);
        }
    }
}

/// The host in the form in which it is compared.
pub(crate) fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// Scheme, host and port: what one robots.txt speaks for.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// An address for a message, without what must not be shown.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    shortened(url.as_str())
}

fn shortened(address: &str) -> String {
    const SHOWN: usize = 200;
    if address.chars().count() <= SHOWN {
        return address.to_owned();
    }
    address.chars().take(SHOWN).chain(['…']).collect()
}
