//! Fetching one address.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::{HeaderName, HeaderValue, header};
use url::Url;

use crate::address::{self, Guard};
use crate::encoding::{self, Bounds};
use crate::error::{Error, Kind};
use crate::head;
use crate::hosts::{Hosts, Manners, Turn};
use crate::message::{Request, Response, Status, Warning};
use crate::options::FetchOptions;
use crate::permits::Permits;
use crate::retry;
use crate::stop::Stop;
use crate::wire::{Answer, Deadline, Wire};
use crate::world::{RealWorld, World};

/// Fetches addresses politely. It keeps connections, robots.txt and whose turn it is at each
/// host, so one is made and shared; cloning shares.
#[derive(Clone, Debug)]
pub struct Fetcher {
    pub(crate) inner: Arc<Inner>,
}

/// What clones of a fetcher share.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) options: FetchOptions,
    pub(crate) guard: Guard,
    pub(crate) world: Arc<dyn World>,
    pub(crate) wire: Wire,
    pub(crate) hosts: Hosts,
    permits: Permits,
}

impl Fetcher {
    /// Makes a fetcher.
    ///
    /// # Errors
    ///
    /// `bad-options` where the user agent or the authorities cannot be used.
    pub fn new(options: FetchOptions) -> Result<Fetcher, Error> {
        Fetcher::in_world(options, Arc::new(RealWorld::default()))
    }

    /// Makes a fetcher with a clock and names of its own, for tests.
    ///
    /// # Errors
    ///
    /// As [`Fetcher::new`].
    pub fn in_world(options: FetchOptions, world: Arc<dyn World>) -> Result<Fetcher, Error> {
        let wire = Wire::new(&options, Arc::clone(&world))?;
        let inner = Inner {
            guard: Guard::new(&options),
            options,
            world,
            wire,
            hosts: Hosts::default(),
            permits: Permits::default(),
        };
        Ok(Fetcher { inner: Arc::new(inner) })
    }

    /// Fetches an address: waits for its turn at the host, asks whether robots.txt allows it,
    /// follows redirects, and tries again what failed for the moment.
    ///
    /// # Errors
    ///
    /// See the table at the root of the crate.
    pub fn get(&self, request: &Request) -> Result<Response, Error> {
        let inner = &self.inner;
        let stop = Stop::default();
        let mut tries = 0;
        loop {
            let error = match inner.attempt(request, &stop) {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            tries += 1;
            match retry::wait(&error, tries, &inner.options) {
                Some(wait) => stop.wait(inner.world.as_ref(), wait),
                None => return Err(error),
            }
        }
    }
}

/// Where an attempt has got to.
struct Journey<'a> {
    request: &'a Request,
    stop: &'a Stop<'a>,
    /// Time on the wire that is left.
    left: Duration,
    url: Url,
    seen: Vec<Url>,
    is_permanent: bool,
    keeps_conditions: bool,
    warnings: Vec<Warning>,
}

/// What one step of a journey led to.
enum Step {
    Arrived(Box<Response>),
    Onward(Url),
}

impl Inner {
    /// One try, without waiting for another.
    pub(crate) fn attempt(&self, request: &Request, stop: &Stop) -> Result<Response, Error> {
        let url = address::read(&request.address, &self.guard)?;
        let mut journey = Journey {
            request,
            stop,
            left: self.options.total_timeout,
            url,
            seen: Vec::new(),
            is_permanent: true,
            keeps_conditions: true,
            warnings: Vec::new(),
        };
        let mut turn: Option<(String, Turn)> = None;
        loop {
            let host = address::host(&journey.url).to_owned();
            if turn.as_ref().is_none_or(|(held, _)| *held != host) {
                // The turn at the last host ends before the next one is waited for: two that
                // redirect to each other would wait for ever.
                drop(turn.take());
                turn = Some((host.clone(), self.turn(&host, &journey)?));
            }
            let Some((_, held)) = turn.as_mut() else { continue };
            let step = self.step(&mut journey, held);
            held.note_outcome(step.as_ref().is_err_and(Error::is_of_host));
            match step? {
                Step::Arrived(response) => return Ok(*response),
                Step::Onward(next) => journey.go(next, self.options.max_redirects)?,
            }
        }
    }

    fn turn(&self, host: &str, journey: &Journey) -> Result<Turn, Error> {
        let manners = Manners::new(&self.options);
        let gate = self.hosts.gate(host, self.world.elapsed());
        gate.enter(journey.url.as_str(), &self.world, manners, journey.stop)
    }

    /// Asks the address at hand, within what time is left.
    fn step(&self, journey: &mut Journey, turn: &mut Turn) -> Result<Step, Error> {
        let start = Instant::now();
        let deadline = Deadline::after(journey.left);
        if self.options.obey_robots {
            self.check_robots(journey, turn, deadline)?;
        }
        let headers = journey.headers()?;
        turn.note_use();
        let answer = self.wire.ask(&journey.url, &headers, deadline)?;
        let step = self.judge(answer, journey, turn, deadline);
        journey.left = journey.left.saturating_sub(start.elapsed());
        step
    }

    fn check_robots(
        &self,
        journey: &Journey,
        turn: &mut Turn,
        deadline: Deadline,
    ) -> Result<(), Error> {
        let url = &journey.url;
        let robots = self.permits.of(url, self, turn, deadline, journey.stop)?;
        if let Some(delay) = robots.crawl_delay {
            turn.slow_down(delay.min(self.options.max_crawl_delay));
        }
        let path = &url[url::Position::BeforePath..];
        if robots.allows(path) {
            return Ok(());
        }
        let detail = "robots.txt of the host does not allow this address to be fetched";
        Err(Error::new(Kind::RobotsDisallowed, url.as_str(), detail))
    }

    fn judge(
        &self,
        answer: Answer,
        journey: &mut Journey,
        turn: &Turn,
        deadline: Deadline,
    ) -> Result<Step, Error> {
        let address = journey.url.as_str().to_owned();
        let asked = head::retry_after(&answer.headers, self.world.now());
        let fail = |kind, detail: String| {
            Err(Error::new(kind, &address, detail)
                .with_status(answer.status)
                .with_retry_after(asked))
        };
        match answer.status {
            301 | 302 | 303 | 307 | 308 => {
                journey.is_permanent &= matches!(answer.status, 301 | 308);
                return self.onward(&answer, journey).map(Step::Onward);
            }
            304 if journey.sends_conditions() => {}
            206 => return fail(Kind::HttpStatus, "only a part came, unasked (206)".to_owned()),
            200..=299 => {}
            404 => return fail(Kind::NotFound, "there is nothing at the address (404)".to_owned()),
            410 => {
                return fail(Kind::Gone, "it is gone for good (410); do not ask again".to_owned());
            }
            429 | 503 if answer.status == 429 || asked.is_some() => {
                if let Some(asked) = asked {
                    turn.keep_quiet(asked);
                }
                let detail = format!("the host asks to be left alone ({})", answer.status);
                return fail(Kind::RateLimited, detail);
            }
            status => return fail(Kind::HttpStatus, format!("the host answers {status}")),
        }
        self.arrive(answer, journey, deadline).map(|response| Step::Arrived(Box::new(response)))
    }

    /// Where a redirect leads, vetted.
    fn onward(&self, answer: &Answer, journey: &mut Journey) -> Result<Url, Error> {
        let from = &journey.url;
        let bad = |detail: &str| {
            Error::new(Kind::BadRedirect, from.as_str(), detail).with_status(answer.status)
        };
        if answer.has_many_locations() {
            return Err(bad("the redirect names several addresses"));
        }
        let Some(target) = answer.location() else {
            return Err(bad("the redirect does not say where to"));
        };
        let next = address::read_target(from, &target, &self.guard)?;
        if from.scheme() == "https" && next.scheme() == "http" {
            // An ETag can tell who asks, so it does not go where everybody can read along.
            journey.keeps_conditions = false;
            let message = format!("{from} leads from https to http, which anybody can alter");
            journey.warnings.push(Warning::new("downgraded", message));
        }
        Ok(next)
    }

    fn arrive(
        &self,
        answer: Answer,
        journey: &mut Journey,
        deadline: Deadline,
    ) -> Result<Response, Error> {
        let address = journey.url.as_str().to_owned();
        let headers = &answer.headers;
        let now = self.world.now();
        let (media_type, charset) = head::content_type(headers);
        let has_moved = !journey.seen.is_empty() && journey.is_permanent;
        let mut response = Response {
            status: if answer.status == 304 { Status::NotModified } else { Status::Fresh },
            moved_to: has_moved.then(|| address.clone()),
            address,
            etag: head::validator(headers, &header::ETAG),
            last_modified: head::validator(headers, &header::LAST_MODIFIED),
            media_type,
            charset,
            body: Vec::new(),
            fetched_at: now,
            max_age: head::max_age(headers, now),
            retry_after: head::retry_after(headers, now),
            warnings: std::mem::take(&mut journey.warnings),
        };
        if response.status == Status::NotModified {
            // A server need not say again what has not changed.
            let Request { etag, last_modified, .. } = journey.request;
            response.etag = response.etag.or_else(|| etag.clone());
            response.last_modified = response.last_modified.or_else(|| last_modified.clone());
        } else {
            self.fill(&mut response, answer, journey.stop, deadline)?;
        }
        response.fetched_at = self.world.now();
        Ok(response)
    }

    /// Reads and unpacks the body.
    fn fill(
        &self,
        response: &mut Response,
        answer: Answer,
        stop: &Stop,
        deadline: Deadline,
    ) -> Result<(), Error> {
        let most = self.options.max_bytes;
        let too_large = |address: &str| {
            let detail = format!("the body has more than {most} bytes");
            Error::new(Kind::TooLarge, address, detail)
        };
        if answer.stated_length().is_some_and(|length| length > most as u64) {
            return Err(too_large(&response.address));
        }
        let encoding = answer.encoding();
        let raw = answer.read(most, stop)?;
        if raw.is_cut {
            return Err(too_large(&response.address));
        }
        if raw.is_torn {
            let message = "the connection ended without saying that the body was complete";
            response.warnings.push(Warning::new("end-unmarked", message));
        }
        let is_text = response.media_type.as_deref().is_some_and(is_text);
        let bounds = self.bounds(deadline);
        response.body =
            encoding::decode(raw.bytes, &encoding, is_text, bounds, &mut response.warnings)
                .map_err(|(kind, detail)| Error::new(kind, &response.address, detail))?;
        Ok(())
    }

    fn bounds(&self, deadline: Deadline) -> Bounds {
        let FetchOptions { max_bytes, max_ratio, .. } = self.options;
        Bounds { max_bytes, max_ratio, deadline }
    }
}

impl Journey<'_> {
    fn sends_conditions(&self) -> bool {
        self.keeps_conditions && self.request.is_conditional()
    }

    fn headers(&mut self) -> Result<Vec<(HeaderName, HeaderValue)>, Error> {
        let accept = self.request.accept.as_deref().unwrap_or("*/*");
        let accept = HeaderValue::from_str(accept).map_err(|_| {
            let detail = "the media types wanted hold characters that HTTP cannot carry";
            Error::new(Kind::BadOptions, self.url.as_str(), detail)
        })?;
        let mut headers = vec![(header::ACCEPT, accept)];
        if !self.keeps_conditions {
            return Ok(headers);
        }
        let conditions = [
            (header::IF_NONE_MATCH, &self.request.etag),
            (header::IF_MODIFIED_SINCE, &self.request.last_modified),
        ];
        for (name, validator) in conditions {
            let Some(validator) = validator else { continue };
            match head::validator_value(validator) {
                Some(value) => headers.push((name, value)),
                None => {
                    let message = format!("{validator:?} cannot be sent back and is left out");
                    self.warnings.push(Warning::new("condition-dropped", message));
                }
            }
        }
        Ok(headers)
    }

    fn go(&mut self, next: Url, max_redirects: usize) -> Result<(), Error> {
        let from = std::mem::replace(&mut self.url, next);
        self.seen.push(from);
        let address = self.url.as_str();
        if self.seen.contains(&self.url) {
            let detail = "the redirects lead in a circle";
            return Err(Error::new(Kind::RedirectLoop, address, detail));
        }
        if self.seen.len() > max_redirects {
            let detail = format!("there are more than {max_redirects} redirects");
            return Err(Error::new(Kind::TooManyRedirects, address, detail));
        }
        Ok(())
    }
}

/// Whether a media type is one of text, whose bytes are no archive.
fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/")
        || media_type.ends_with("+xml")
        || media_type.ends_with("+json")
        || matches!(media_type, "application/xml" | "application/json")
}
