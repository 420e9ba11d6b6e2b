//! The robots.txt of each origin, asked for once and remembered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use url::Url;

use crate::address;
use crate::encoding::decode_beginning;
use crate::error::{Error, Kind};
use crate::hosts::{Turn, lock};
use crate::robots::{self, Robots};
use crate::stop::Stop;
use crate::wire::Deadline;
use crate::{FetchOptions, fetcher::Inner};

/// How many redirects of a robots.txt are followed (RFC 9309, 2.3.1.2).
const MAX_REDIRECTS: usize = 5;

/// How many origins are remembered before those whose time is over are forgotten.
const MANY: usize = 4096;

/// What is known of the origins met so far.
#[derive(Debug, Default)]
pub(crate) struct Permits {
    origins: Mutex<BTreeMap<String, Arc<Mutex<Option<Permit>>>>>,
}

/// What the robots.txt of an origin came to.
#[derive(Clone, Debug)]
struct Permit {
    answer: Result<Arc<Robots>, Error>,
    until: Duration,
}

impl Permits {
    /// The rules for an origin; asks for them where they are not known. Whoever comes while
    /// somebody else asks waits for that answer.
    pub(crate) fn of(
        &self,
        url: &Url,
        inner: &Inner,
        turn: &mut Turn,
        deadline: Deadline,
        stop: &Stop,
    ) -> Result<Arc<Robots>, Error> {
        let now = inner.world.elapsed();
        let slot = self.slot(&address::origin(url), now);
        let mut permit = lock(&slot);
        if let Some(known) = permit.as_ref().filter(|known| known.until > now) {
            let told =
                |error: Error| error.at(url.as_str()).with_retry_after(Some(known.until - now));
            return known.answer.clone().map_err(told);
        }
        turn.note_use();
        let mut answer = ask(url, inner, deadline, stop);
        if answer.as_ref().is_err_and(|error| error.code() == "cancelled") {
            return answer;
        }
        let lifetime = lifetime(&answer, &inner.options);
        if !lifetime.is_zero() {
            answer = answer.map_err(|error| error.with_retry_after(Some(lifetime)));
        }
        *permit = Some(Permit { answer: answer.clone(), until: now + lifetime });
        answer
    }

    fn slot(&self, origin: &str, now: Duration) -> Arc<Mutex<Option<Permit>>> {
        let mut origins = lock(&self.origins);
        if origins.len() >= MANY && !origins.contains_key(origin) {
            origins.retain(|_, slot| match slot.try_lock() {
                Ok(permit) => permit.as_ref().is_some_and(|permit| permit.until > now),
                Err(_) => true,
            });
            if origins.len() >= MANY {
                origins.pop_first();
            }
        }
        Arc::clone(origins.entry(origin.to_owned()).or_default())
    }
}

/// A host that has no name, or cannot be reached at all, is worth the next try; one that answers
/// and cannot say what it allows is left alone for longer.
fn lifetime(answer: &Result<Arc<Robots>, Error>, options: &FetchOptions) -> Duration {
    match answer {
        Ok(_) => options.robots_lifetime,
        Err(error) if error.code() == "robots-unreachable" => options.failure_rest,
        Err(_) => Duration::ZERO,
    }
}

fn ask(url: &Url, inner: &Inner, deadline: Deadline, stop: &Stop) -> Result<Arc<Robots>, Error> {
    let mut at = url.clone();
    at.set_path("/robots.txt");
    at.set_query(None);
    let name = robots::product(&inner.options.user_agent);
    for _ in 0..=MAX_REDIRECTS {
        let answer = inner.wire.ask(&at, &[], deadline).map_err(|error| unread(error, url))?;
        match answer.status {
            200..=299 => {
                let encoding = answer.encoding();
                let raw =
                    answer.read(robots::MAX_BYTES, stop).map_err(|error| unread(error, url))?;
                let most = robots::MAX_BYTES;
                let text = decode_beginning(raw.bytes, &encoding, raw.is_cut, most, deadline);
                return Ok(Arc::new(Robots::read(&text, name)));
            }
            301 | 302 | 303 | 307 | 308 => {
                let Some(target) = answer.location() else { break };
                match address::read_target(&at, &target, &inner.guard) {
                    Ok(next) => at = next,
                    Err(_) => break,
                }
            }
            429 | 500.. => return Err(unreachable(url, answer.status)),
            _ => return Ok(Arc::new(Robots::default())),
        }
    }
    // Redirects without an end, or to nowhere: there is no robots.txt (RFC 9309, 2.3.1.2).
    Ok(Arc::new(Robots::default()))
}

fn unreachable(url: &Url, status: u16) -> Error {
    let detail = format!(
        "robots.txt of the host answers {status}, so nothing of it may be fetched for a while"
    );
    Error::new(Kind::RobotsUnreachable, url.as_str(), detail).with_status(status)
}

/// A robots.txt that breaks off or makes no sense as HTTP forbids everything for a while. Where
/// the host itself cannot be reached, that is told instead.
fn unread(error: Error, url: &Url) -> Error {
    if matches!(error.code(), "dns" | "connection" | "tls" | "private-address" | "cancelled") {
        return error;
    }
    let detail = format!("robots.txt of the host cannot be read: {error}");
    Error::new(Kind::RobotsUnreachable, url.as_str(), detail)
}
