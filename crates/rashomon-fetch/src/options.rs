//! What a fetcher is told once.

use std::time::Duration;

/// How to fetch: who asks, how long to wait, how much to take, how polite to be.
///
/// ```
/// use rashomon_fetch::FetchOptions;
/// use std::time::Duration;
///
/// let options = FetchOptions {
///     user_agent: "rashomon/0.1 (+https://newsdesk.example/bot)".to_owned(),
///     delay_per_host: Duration::from_secs(5),
///     ..FetchOptions::default()
/// };
/// assert!(options.obey_robots && !options.allow_private);
/// ```
#[derive(Clone, Debug)]
pub struct FetchOptions {
    /// Who asks: a name, a version, and an address where the asked can complain. The name up to
    /// the slash is the one that robots.txt is read for.
    pub user_agent: String,
    /// The longest that looking up a name, and then connecting, may take.
    pub connect_timeout: Duration,
    /// The longest silence of a server.
    pub read_timeout: Duration,
    /// The longest that one attempt may take on the wire, redirects included, however steadily
    /// the bytes drip. Polite waiting does not count.
    pub total_timeout: Duration,
    /// The most bytes of a body, on the wire and decoded.
    pub max_bytes: usize,
    /// How many times larger than on the wire a body of more than a mebibyte may become.
    pub max_ratio: usize,
    /// The most bytes of the head of an answer.
    pub max_header_bytes: usize,
    /// How many redirects are followed.
    pub max_redirects: usize,
    /// How often a temporary failure is tried again.
    pub max_retries: u32,
    /// The wait before the first new try; it doubles with each one.
    pub retry_wait: Duration,
    /// The longest that a call waits for a new try. Where a server asks for more, the error
    /// says so, and the caller comes back later.
    pub max_wait: Duration,
    /// The rest that a host gets after each answer. A `Crawl-delay` can make it longer.
    pub delay_per_host: Duration,
    /// The longest `Crawl-delay` that is heeded.
    pub max_crawl_delay: Duration,
    /// How many requests one host gets at a time; 0 counts as 1.
    pub max_concurrency_per_host: usize,
    /// Whether robots.txt is asked for and obeyed.
    pub obey_robots: bool,
    /// How long a robots.txt is remembered; RFC 9309 allows a day.
    pub robots_lifetime: Duration,
    /// After so many failures in a row to reach a host, it is left alone for a while; 0 is
    /// never.
    pub max_failures: u32,
    /// How long a host is left alone that fails like that, or whose robots.txt cannot be had.
    pub failure_rest: Duration,
    /// Whether addresses inside the local network may be fetched, and ports of other protocols.
    /// For tests and for an intranet; never where addresses come from strangers.
    pub allow_private: bool,
    /// Hosts that may be inside the local network though others may not, without ports.
    pub private_hosts: Vec<String>,
    /// Certificates of authorities in PEM that are trusted instead of those of the web.
    pub authorities: Option<String>,
}

impl Default for FetchOptions {
    fn default() -> FetchOptions {
        let version = env!("CARGO_PKG_VERSION");
        let repository = env!("CARGO_PKG_REPOSITORY");
        FetchOptions {
            user_agent: format!("rashomon/{version} (+{repository})"),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_secs(60),
            max_bytes: 16 << 20,
            max_ratio: 200,
            max_header_bytes: 64 << 10,
            max_redirects: 8,
            max_retries: 2,
            retry_wait: Duration::from_secs(2),
            max_wait: Duration::from_secs(30),
            delay_per_host: Duration::from_secs(1),
            max_crawl_delay: Duration::from_secs(30),
            max_concurrency_per_host: 1,
            obey_robots: true,
            robots_lifetime: Duration::from_secs(24 * 60 * 60),
            max_failures: 6,
            failure_rest: Duration::from_secs(10 * 60),
            allow_private: false,
            private_hosts: Vec::new(),
            authorities: None,
        }
    }
}
