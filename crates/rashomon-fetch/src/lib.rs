/*!
Polite fetching: robots.txt, conditional requests, limits, no way into the local network.

A [`Fetcher`] is made once and shared by a few threads. [`Fetcher::get`] fetches one address and
blocks until it is there; [`Fetcher::get_all`] fetches many, hosts in parallel and each host in
turn. What comes back is a [`Response`] with the body unpacked, or an [`Error`] with a code.

```
use rashomon_fetch::{FetchOptions, Fetcher, Request};

let fetcher = Fetcher::new(FetchOptions::default())?;

// The metadata service of a cloud, in a spelling that hides it.
let error = fetcher.get(&Request::new("http://0xA9FEA9FE/latest/")).unwrap_err();
assert_eq!(error.code(), "private-address");
assert_eq!(error.address(), "http://169.254.169.254/latest/");
assert!(!error.is_temporary());
# Ok::<(), rashomon_fetch::Error>(())
```

Many at a time, with each answer as it comes:

```
use std::sync::atomic::AtomicBool;

use rashomon_fetch::{FetchOptions, Fetcher, Request};

let fetcher = Fetcher::new(FetchOptions::default())?;
let stop = AtomicBool::new(false);
let requests = ["http://localhost/feed", "ftp://news.example/feed"].map(Request::new);
let mut codes = vec![""; requests.len()];
fetcher.get_all(&requests, 4, &stop, |index, answer| {
    codes[index] = answer.map_or_else(|error| error.code(), |_| "ok");
});
assert_eq!(codes, ["private-address", "unsupported-scheme"]);
# Ok::<(), rashomon_fetch::Error>(())
```

To poll a feed, keep [`Response::etag`] and [`Response::last_modified`] and send them with the
next [`Request`]: where nothing is new, the answer is [`Status::NotModified`] and has no body.
Where [`Response::moved_to`] is set, ask there from now on; where the error is `gone`, not again.

# Promises

- **Politeness.** robots.txt is asked for once for each origin and obeyed (RFC 9309, with
  `Crawl-delay`). A host gets one request at a time and a rest after each. Redirects within a
  host, and the page after its robots.txt, follow without a rest. `Retry-After` silences the
  whole host. What failed for the moment is tried again after a growing wait.
- **No way inside.** Names are looked up here, only public addresses are kept
  ([`is_public`]), and the connection goes to the very address that was vetted. That holds for
  each redirect and for robots.txt. There is no proxy, and the environment is not asked for one.
- **Limits.** Time limits hold for looking up, connecting, each silence, and the whole attempt
  however the bytes drip. The head, the body on the wire, the unpacked body and the ratio of the
  two are bounded, encodings upon encodings too.
- **No half articles.** A body that breaks off is an error. Only where a server states no length
  and speaks no TLS can the end of the connection not be told from the end of the body.
- **No traces.** Cookies are neither kept nor sent; of a request, a server sees the user agent,
  what is accepted, and the validators that it gave itself.

# Errors

| code | what happened | temporary |
| --- | --- | --- |
| `bad-options` | user agent or authorities of [`FetchOptions`], or [`Request::accept`], cannot be used | |
| `bad-address` | the address is none, or has a password or the port of another protocol | |
| `unsupported-scheme` | neither http nor https, also after a redirect | |
| `private-address` | the host is inside a local network or otherwise not public | |
| `robots-disallowed` | robots.txt does not allow it | |
| `robots-unreachable` | robots.txt answers 429 or 5xx or cannot be read, which forbids all for a while | yes |
| `not-found` | 404 | |
| `gone` | 410: unsubscribe | |
| `rate-limited` | 429, 503 with `Retry-After`, or a host that still asked for quiet; see [`Error::retry_after`] | yes |
| `host-failing` | the host failed [`FetchOptions::max_failures`] times in a row and is left alone for a while | yes |
| `http-status` | any other status that is no answer; see [`Error::status`] | 408, 421, 425, 500, 502 to 504, 520 to 524 |
| `too-many-redirects` | more redirects than [`FetchOptions::max_redirects`] | |
| `redirect-loop` | redirects in a circle | |
| `bad-redirect` | a redirect to nowhere, or to several places | |
| `timed-out` | no answer, or not all of it, in time | yes |
| `too-large` | more bytes on the wire than [`FetchOptions::max_bytes`] | |
| `too-large-decoded` | unpacks to more than that, or to more than [`FetchOptions::max_ratio`] times its size | |
| `header-too-large` | the head has too many bytes or lines | |
| `bad-encoding` | the body is not in the encoding that the head names | |
| `bad-response` | no proper HTTP | |
| `cut-short` | the body breaks off | yes |
| `tls` | no safe connection: certificate, name or protocol | |
| `dns` | the host has no address | yes |
| `connection` | refused, reset or closed without an answer | yes |
| `cancelled` | stopped by the caller | yes |

# Warnings

| code | what was odd |
| --- | --- |
| `condition-dropped` | an `ETag` or `Last-Modified` of the request cannot be sent back; the page comes in full |
| `downgraded` | a redirect led from https to http |
| `encoding-untrue` | the head names an encoding and the body is plain text |
| `encoding-untold` | the body of a text was packed with gzip and the head does not say so |
| `end-unmarked` | a body of no stated length ended without the farewell of TLS: it may be cut |
| `trailing-bytes` | bytes after the end of a body in gzip, deflate or zstd were left out |
*/
#![allow(
    clippy::disallowed_methods,
    reason = "a door: the only crate that speaks to the network, which goes by the clock"
)]

mod address;
mod encoding;
mod error;
mod fetcher;
mod head;
mod hosts;
mod many;
mod message;
mod options;
mod permits;
mod post;
mod public;
mod retry;
mod robots;
mod stop;
mod wire;
mod world;

pub use error::Error;
pub use fetcher::Fetcher;
pub use message::{Request, Response, Status, Warning};
pub use options::FetchOptions;
pub use post::Message;
pub use public::is_public;
pub use world::{RealWorld, World};
