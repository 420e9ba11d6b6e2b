//! Fetching many addresses.

use std::collections::{BTreeMap, VecDeque};
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
    /// Requests without an answer yet, waiting or under way.
    open: usize,
}

/// The requests for one host.
#[derive(Default)]
struct Lane {
    waiting: VecDeque<Ticket>,
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
        let (sender, receiver) = mpsc::channel();
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
        board
    }

    /// The request whose time comes first, with one host at its limit left aside.
    fn next(&mut self, inner: &Inner) -> Next {
        if self.open == 0 {
            return Next::Leave;
        }
        let now = inner.world.elapsed();
        let most = inner.options.max_concurrency_per_host.max(1);
        let mut first: Option<(Duration, &String)> = None;
        for (host, lane) in &self.lanes {
            if lane.busy >= most {
                continue;
            }
            let Some(soonest) = lane.waiting.iter().map(|ticket| ticket.not_before).min() else {
                continue;
            };
            let ready = soonest.max(inner.hosts.ready_at(host));
            if first.is_none_or(|(earliest, _)| ready < earliest) {
                first = Some((ready, host));
            }
        }
        let Some((ready, host)) = first else { return Next::Rest };
        if ready > now {
            return Next::Wait(ready - now);
        }
        let host = host.clone();
        match self.lanes.get_mut(&host).and_then(|lane| lane.take(now)) {
            Some(ticket) => Next::Fetch(host, ticket),
            None => Next::Rest,
        }
    }
}

impl Lane {
    fn take(&mut self, now: Duration) -> Option<Ticket> {
        let place = self.waiting.iter().position(|ticket| ticket.not_before <= now)?;
        self.busy += 1;
        self.waiting.remove(place)
    }
}

/// One thread of [`Fetcher::get_all`].
struct Worker<'a> {
    inner: &'a Inner,
    requests: &'a [Request],
    board: &'a Mutex<Board>,
    changed: &'a Condvar,
    stop: Stop<'a>,
    sender: mpsc::Sender<(usize, Result<Response, Error>)>,
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
                    self.fetch(&host, ticket);
                }
            }
        }
    }

    fn fetch(&self, host: &str, mut ticket: Ticket) {
        let Some(request) = self.requests.get(ticket.index) else { return };
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
        match again {
            Some(wait) => {
                ticket.not_before = self.inner.world.elapsed() + wait;
                lane.waiting.push_back(ticket);
            }
            None => {
                board.open -= 1;
                // The receiver lives as long as any worker.
                let _ = self.sender.send((ticket.index, answer));
            }
        }
        drop(board);
        self.changed.notify_all();
    }

    fn cancel_waiting(&self) {
        let mut board = lock(self.board);
        let waiting: Vec<_> =
            board.lanes.values_mut().flat_map(|lane| lane.waiting.drain(..)).collect();
        board.open -= waiting.len();
        for ticket in waiting {
            let address = self.requests.get(ticket.index).map(|request| request.address.as_str());
            if let Err(error) = self.stop.check(address.unwrap_or_default()) {
                let _ = self.sender.send((ticket.index, Err(error)));
            }
        }
        drop(board);
        self.changed.notify_all();
    }
}

/// The host of an address as given; addresses that are none share the lane of the empty name.
fn host(address: &str) -> String {
    let url = Url::parse(address.trim()).ok();
    url.as_ref().and_then(Url::host_str).unwrap_or_default().trim_end_matches('.').to_owned()
}
