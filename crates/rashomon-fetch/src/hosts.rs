//! Whose turn it is at each host.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::error::{Error, Kind};
use crate::options::FetchOptions;
use crate::stop::Stop;
use crate::world::World;

/// How long somebody waits for another's turn to end before looking again.
const PATIENCE: Duration = Duration::from_millis(20);

/// How many hosts are remembered before those that rest no longer are forgotten.
const MANY: usize = 4096;

/// The hosts met so far.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    gates: Mutex<BTreeMap<String, Arc<Gate>>>,
}

/// The way in to one host.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Requests under way.
    busy: usize,
    /// No request starts before.
    ready_at: Duration,
    /// The host is left alone until then.
    quiet_until: Duration,
    /// It is left alone because it failed, and not because it asked.
    is_failing: bool,
    /// Failures since the last answer.
    failures: u32,
    /// What robots.txt asks for.
    crawl_delay: Duration,
}

/// The rest that hosts get, and how long a caller waits for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    pub(crate) delay: Duration,
    pub(crate) max_wait: Duration,
    pub(crate) at_once: usize,
    /// After so many failures in a row…
    pub(crate) max_failures: u32,
    /// … a host is left alone for so long.
    pub(crate) failure_rest: Duration,
}

impl Manners {
    pub(crate) fn new(options: &FetchOptions) -> Manners {
        Manners {
            delay: options.delay_per_host,
            max_wait: options.max_wait,
            at_once: options.max_concurrency_per_host.max(1),
            max_failures: options.max_failures,
            failure_rest: options.failure_rest,
        }
    }
}

/// Leave to send requests to a host, until dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    gate: Arc<Gate>,
    world: Arc<dyn World>,
    manners: Manners,
    delay: Duration,
    /// When the host was ready before this turn, as long as nothing was sent in it.
    unused_since: Option<Duration>,
}

impl Hosts {
    pub(crate) fn gate(&self, host: &str, now: Duration) -> Arc<Gate> {
        let mut gates = lock(&self.gates);
        if let Some(gate) = gates.get(host) {
            return Arc::clone(gate);
        }
        if gates.len() >= MANY {
            gates.retain(|_, gate| Arc::strong_count(gate) > 1 || gate.is_at_work(now));
        }
        Arc::clone(gates.entry(host.to_owned()).or_default())
    }

    /// When a host can be asked again; the past where it can be asked now. A quiet that is longer
    /// than anybody waits does not count: whoever comes is told at once.
    pub(crate) fn ready_at(&self, host: &str, now: Duration, max_wait: Duration) -> Duration {
        let gate = lock(&self.gates).get(host).map(Arc::clone);
        gate.map_or(Duration::ZERO, |gate| {
            let state = *lock(&gate.state);
            if state.quiet_until.saturating_sub(now) > max_wait {
                return Duration::ZERO;
            }
            state.ready_at.max(state.quiet_until)
        })
    }
}

impl Gate {
    /// Waits for a turn. A host that asked for a longer quiet than the caller will wait is not
    /// asked.
    pub(crate) fn enter(
        self: Arc<Gate>,
        address: &str,
        world: &Arc<dyn World>,
        manners: Manners,
        stop: &Stop,
    ) -> Result<Turn, Error> {
        loop {
            stop.check(address)?;
            let mut state = lock(&self.state);
            if state.busy >= manners.at_once {
                let waited = self.freed.wait_timeout(state, PATIENCE);
                drop(waited);
                continue;
            }
            let now = world.elapsed();
            let quiet = state.quiet_until.saturating_sub(now);
            if quiet > manners.max_wait {
                return Err(state.refusal(address, quiet));
            }
            let wait = state.ready_at.max(state.quiet_until).saturating_sub(now);
            if wait.is_zero() {
                let delay = manners.delay.max(state.crawl_delay);
                let unused_since = Some(state.ready_at);
                state.busy += 1;
                state.ready_at = now + delay;
                drop(state);
                let world = Arc::clone(world);
                return Ok(Turn { gate: self, world, manners, delay, unused_since });
            }
            drop(state);
            stop.wait(world.as_ref(), wait);
        }
    }

    fn is_at_work(&self, now: Duration) -> bool {
        let state = lock(&self.state);
        state.busy > 0 || state.ready_at > now || state.quiet_until > now
    }
}

impl State {
    fn refusal(&self, address: &str, quiet: Duration) -> Error {
        let seconds = quiet.as_secs();
        let (kind, detail) = if self.is_failing {
            let detail = format!("the host failed again and again, and rests for {seconds} s");
            (Kind::HostFailing, detail)
        } else {
            (Kind::RateLimited, format!("the host asked to be left alone for {seconds} s"))
        };
        Error::new(kind, address, detail).with_retry_after(Some(quiet))
    }
}

impl Turn {
    /// Notes that something was sent, so that the host needs its rest.
    pub(crate) fn note_use(&mut self) {
        self.unused_since = None;
    }

    /// Notes whether the host answered at all. One that fails again and again is left alone for
    /// a while: its addresses would each wait for the time limit, one after another.
    pub(crate) fn note_outcome(&self, has_failed: bool) {
        let now = self.world.elapsed();
        let mut state = lock(&self.gate.state);
        if !has_failed {
            state.failures = 0;
            return;
        }
        state.failures += 1;
        if state.failures >= self.manners.max_failures && self.manners.max_failures > 0 {
            state.failures = 0;
            state.is_failing = true;
            state.quiet_until = state.quiet_until.max(now + self.manners.failure_rest);
        }
    }

    /// Makes the rest after this turn and the next ones at least so long.
    pub(crate) fn slow_down(&mut self, delay: Duration) {
        lock(&self.gate.state).crawl_delay = delay;
        self.delay = self.delay.max(delay);
    }

    /// Leaves the host alone for a time.
    pub(crate) fn keep_quiet(&self, time: Duration) {
        let until = self.world.elapsed() + time;
        let mut state = lock(&self.gate.state);
        if until > state.quiet_until {
            (state.quiet_until, state.is_failing) = (until, false);
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = lock(&self.gate.state);
        state.busy -= 1;
        state.ready_at = match self.unused_since {
            Some(before) => before,
            None => state.ready_at.max(self.world.elapsed() + self.delay),
        };
        drop(state);
        self.gate.freed.notify_one();
    }
}

/// A lock that outlives a panic elsewhere: what it guards is whole at every moment.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
