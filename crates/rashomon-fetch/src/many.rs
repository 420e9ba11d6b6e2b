//! Fetching many addresses.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use url::Url;

use crate::error::Error;
use crate::fetcher::{Fetcher, Inner};
use crate::hosts::lock;
use crate::message::{Request, Response};
use crate::retry;
use crate::stop::Stop;

/// How long a worker sleeps until it looks again whether a host is ready.
const GLANCE: Duration = Duration::from_millis(20);

/// How long the thread that called waits for an answer until it looks whether it should stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// How long after that what is under way may still answer.
const GRACE: Duration = Duration::from_millis(300);

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
    /// Once `stop` is set, what waits is answered with `cancelled`, and so is what is under way
    /// unless it answers within a third of a second. A server that says nothing keeps nobody: the
    /// thread that listens to it is left behind and ends within its time limits.
    pub fn get_all(
        &self,
        requests: &[Request],
        concurrency: usize,
        stop: &AtomicBool,
        mut on_answer: impl FnMut(usize, Result<Response, Error>),
    ) {
        let work = Arc::new(Work {
            inner: Arc::clone(&self.inner),
            requests: requests.to_vec(),
            board: Mutex::new(Board::of(requests)),
            changed: Condvar::new(),
            stopped: AtomicBool::new(false),
        });
        // However this ends, nobody goes on for it.
        let _ended = Ended(&work);
        // Answers are not fetched faster than they are taken.
        let (sender, receiver) = sync_channel(concurrency.max(1));
        let workers: Vec<JoinHandle<()>> = (0..concurrency.max(1).min(requests.len()))
            .map(|_| {
                let worker = Worker { work: Arc::clone(&work), sender: sender.clone() };
                std::thread::spawn(move || worker.run())
            })
            .collect();
        drop(sender);
        let mut open: BTreeSet<usize> = (0..requests.len()).collect();
        let mut stopped_at = None;
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok((index, answer)) => {
                    open.remove(&index);
                    on_answer(index, answer);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if stopped_at.is_none() && stop.load(Ordering::Relaxed) {
                work.stopped.store(true, Ordering::Relaxed);
                stopped_at = Some(Instant::now());
            }
            if stopped_at.is_some_and(|at| at.elapsed() >= GRACE) {
                for index in open {
                    on_answer(index, Err(Error::cancelled(&requests[index].address)));
                }
                return;
            }
        }
        for worker in workers {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    }
}

/// What the threads of one call share.
struct Work {
    inner: Arc<Inner>,
    requests: Vec<Request>,
    board: Mutex<Board>,
    changed: Condvar,
    /// Whether the caller wants no more.
    stopped: AtomicBool,
}

/// Tells the threads of a call that it is over.
struct Ended<'a>(&'a Work);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.stopped.store(true, Ordering::Relaxed);
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
struct Worker {
    work: Arc<Work>,
    sender: SyncSender<(usize, Result<Response, Error>)>,
}

impl Worker {
    fn stop(&self) -> Stop<'_> {
        Stop(Some(&self.work.stopped))
    }

    fn run(&self) {
        loop {
            if self.stop().is_set() {
                return self.cancel_waiting();
            }
            let mut board = lock(&self.work.board);
            match board.next(&self.work.inner) {
                Next::Leave => return,
                Next::Rest => {
                    let waited = self.work.changed.wait_timeout(board, GLANCE);
                    drop(waited.unwrap_or_else(PoisonError::into_inner));
                }
                Next::Wait(time) => {
                    drop(board);
                    self.work.inner.world.sleep(time.min(GLANCE));
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
        let inner = &self.work.inner;
        let Some(request) = self.work.requests.get(ticket.index) else { return false };
        let answer = inner.attempt(request, &self.stop());
        ticket.tries += 1;
        let again = match &answer {
            Err(error) if !self.stop().is_set() => retry::wait(error, ticket.tries, &inner.options),
            _ => None,
        };
        let mut board = lock(&self.work.board);
        let lane = board.lanes.entry(host.to_owned()).or_default();
        lane.busy -= 1;
        if let Some(wait) = again {
            ticket.not_before = inner.world.elapsed() + wait;
            lane.failed.push(ticket);
        } else {
            board.open -= 1;
        }
        board.queue(host, inner);
        drop(board);
        self.work.changed.notify_all();
        again.is_some() || self.sender.send((ticket.index, answer)).is_ok()
    }

    fn cancel_waiting(&self) {
        let mut board = lock(&self.work.board);
        let mut waiting: Vec<Ticket> = Vec::new();
        for lane in board.lanes.values_mut() {
            waiting.extend(lane.waiting.drain(..));
            waiting.append(&mut lane.failed);
        }
        board.open -= waiting.len();
        drop(board);
        self.work.changed.notify_all();
        waiting.sort_unstable_by_key(|ticket| ticket.index);
        for ticket in waiting {
            if let Some(request) = self.work.requests.get(ticket.index) {
                // Where nobody wants it any more, the call is over.
                let _ = self.sender.send((ticket.index, Err(Error::cancelled(&request.address))));
            }
        }
    }
}

/// The host of an address as given; addresses that are none share the lane of the empty name.
fn host(address: &str) -> String {
    let url = Url::parse(address.trim()).ok();
    url.as_ref().and_then(Url::host_str).unwrap_or_default().trim_end_matches('.').to_owned()
}
