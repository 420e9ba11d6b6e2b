//! Fetching many addresses.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::AtomicBool;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::time::Duration;

use url::Url;

use crate::error::Error;
use crate::fetcher::{Fetcher, Inner};
use crate::hosts::lock;
use crate::message::{Request, Response};
use crate::retry;
use crate::stop::Stop;

/// How long a worker sleeps until it looks again whether a host is ready.
const GLANCE: Duration = Duration::from_millis(20);

/// The requests that wait, by host.
#[derive(Default)]
struct Board {
    lanes: BTreeMap<String, Lane>,
    /// The hosts that have something to fetch and a place free, by the moment when they can be
    /// asked, as far as it was known when they were put here.
    order: BTreeSet<(Duration, String)>,
    /// Requests without an answer yet, waiting or under way.
    open: usize,
}

/// The requests for one host.
#[derive(Default)]
struct Lane {
    waiting: VecDeque<Ticket>,
    /// Those that failed for the moment.
    failed: Vec<Ticket>,
    busy: usize,
}

/// A request with its failed tries, and the moment of its next one.
#[derive(Clone, Copy)]
struct Ticket {
    index: usize,
    tries: u32,
    not_before: Duration,
}

/// What a worker does next.
enum Next {
    Fetch(String, Ticket),
    Wait(Duration),
    Rest,
    Leave,
}

impl Fetcher {
    /// Fetches many addresses at a time with so many threads: hosts in parallel, one host's
    /// addresses one after another with the delay between them. Each answer is handed over as it
    /// comes, with the index of its request, on the thread that called; each request gets
    /// exactly one. While a host rests or a failure waits to be tried again, the thread serves
    /// other hosts.
    ///
    /// Once `stop` is set, what waits is answered with `cancelled`; what is under way ends
    /// within its time limits.
    pub fn get_all(
        &self,
        requests: &[Request],
        concurrency: usize,
        stop: &AtomicBool,
        mut on_answer: impl FnMut(usize, Result<Response, Error>),
    ) {
        let board = Mutex::new(Board::of(requests));
        let changed = Condvar::new();
        // Answers are not fetched faster than they are taken.
        let (sender, receiver) = mpsc::sync_channel(concurrency.max(1));
        std::thread::scope(|scope| {
            for _ in 0..concurrency.max(1).min(requests.len()) {
                let worker = Worker {
                    inner: &self.inner,
                    requests,
                    board: &board,
                    changed: &changed,
                    stop: Stop(Some(stop)),
                    sender: sender.clone(),
                };
                scope.spawn(move || worker.run());
            }
            drop(sender);
            for (index, answer) in receiver {
                on_answer(index, answer);
            }
        });
    }
}

impl Board {
    fn of(requests: &[Request]) -> Board {
        let mut board = Board { open: requests.len(), ..Board::default() };
        for (index, request) in requests.iter().enumerate() {
            let lane = board.lanes.entry(host(&request.address)).or_default();
            lane.waiting.push_back(Ticket { index, tries: 0, not_before: Duration::ZERO });
        }
        board.order = board.lanes.keys().map(|host| (Duration::ZERO, host.clone())).collect();
        board
    }

    /// The request whose time comes first.
    fn next(&mut self, inner: &Inner) -> Next {
        while let Some((known, host)) = self.order.pop_first() {
            let Some(lane) = self.lanes.get_mut(&host) else { continue };
            if lane.busy >= inner.options.max_concurrency_per_host.max(1) {
                continue;
            }
            let Some(soonest) = lane.soonest() else { continue };
            let now = inner.world.elapsed();
            let ready = soonest.max(ready_at(inner, &host));
            if ready > known.max(now) {
                self.order.insert((ready, host));
                continue;
            }
            if ready > now {
                self.order.insert((ready, host));
                return Next::Wait(ready - now);
            }
            let Some(ticket) = lane.take(now) else { continue };
            self.queue(&host, inner);
            return Next::Fetch(host, ticket);
        }
        if self.open == 0 { Next::Leave } else { Next::Rest }
    }

    /// Puts a host in its place where it has something to fetch and a place free.
    fn queue(&mut self, host: &str, inner: &Inner) {
        let Some(lane) = self.lanes.get(host) else { return };
        let most = inner.options.max_concurrency_per_host.max(1);
        if let (Some(soonest), true) = (lane.soonest(), lane.busy < most) {
            let ready = soonest.max(ready_at(inner, host));
            self.order.insert((ready, host.to_owned()));
        }
    }
}

fn ready_at(inner: &Inner, host: &str) -> Duration {
    inner.hosts.ready_at(host, inner.world.elapsed(), inner.options.max_wait)
}

impl Lane {
    fn soonest(&self) -> Option<Duration> {
        let failed = self.failed.iter().map(|ticket| ticket.not_before);
        self.waiting.front().map(|ticket| ticket.not_before).into_iter().chain(failed).min()
    }

    fn take(&mut self, now: Duration) -> Option<Ticket> {
        let failed = self.failed.iter().position(|ticket| ticket.not_before <= now);
        let ticket = match failed {
            Some(place) => self.failed.remove(place),
            None => self.waiting.pop_front()?,
        };
        self.busy += 1;
        Some(ticket)
    }
}

/// One thread of [`Fetcher::get_all`].
struct Worker<'a> {
    inner: &'a Inner,
    requests: &'a [Request],
    board: &'a Mutex<Board>,
    changed: &'a Condvar,
    stop: Stop<'a>,
    sender: mpsc::SyncSender<(usize, Result<Response, Error>)>,
}

impl Worker<'_> {
    fn run(&self) {
        loop {
            if self.stop.is_set() {
                return self.cancel_waiting();
            }
            let mut board = lock(self.board);
            match board.next(self.inner) {
                Next::Leave => return,
                Next::Rest => {
                    let waited = self.changed.wait_timeout(board, GLANCE);
                    drop(waited.unwrap_or_else(PoisonError::into_inner));
                }
                Next::Wait(time) => {
                    drop(board);
                    self.inner.world.sleep(time.min(GLANCE));
                }
                Next::Fetch(host, ticket) => {
                    drop(board);
                    if !self.fetch(&host, ticket) {
                        return;
                    }
                }
            }
        }
    }

    /// Fetches one address; false where nobody wants answers any more.
    fn fetch(&self, host: &str, mut ticket: Ticket) -> bool {
        let Some(request) = self.requests.get(ticket.index) else { return false };
        let answer = self.inner.attempt(request, &self.stop);
        ticket.tries += 1;
        let again = match &answer {
            Err(error) if !self.stop.is_set() => {
                retry::wait(error, ticket.tries, &self.inner.options)
            }
            _ => None,
        };
        let mut board = lock(self.board);
        let lane = board.lanes.entry(host.to_owned()).or_default();
        lane.busy -= 1;
        if let Some(wait) = again {
            ticket.not_before = self.inner.world.elapsed() + wait;
            lane.failed.push(ticket);
        } else {
            board.open -= 1;
        }
        board.queue(host, self.inner);
        drop(board);
        self.changed.notify_all();
        again.is_some() || self.sender.send((ticket.index, answer)).is_ok()
    }

    fn cancel_waiting(&self) {
        let mut board = lock(self.board);
        let mut waiting: Vec<Ticket> = Vec::new();
        for lane in board.lanes.values_mut() {
            waiting.extend(lane.waiting.drain(..));
            waiting.append(&mut lane.failed);
        }
        board.open -= waiting.len();
        drop(board);
        self.changed.notify_all();
        waiting.sort_unstable_by_key(|ticket| ticket.index);
        for ticket in waiting {
            let address = self.requests.get(ticket.index).map(|request| request.address.as_str());
            if let Err(error) = self.stop.check(address.unwrap_or_default()) {
                let _ = self.sender.send((ticket.index, Err(error)));
            }
        }
    }
}

/// The host of an address as given; addresses that are none share the lane of the empty name.
fn host(address: &str) -> String {
    let url = Url::parse(address.trim()).ok();
    url.as_ref().and_then(Url::host_str).unwrap_or_default().trim_end_matches('.').to_owned()
}
