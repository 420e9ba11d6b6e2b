//! Whose turn it is at each host.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::error::{Error, Kind};
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
    /// The host asked for quiet until then.
    quiet_until: Duration,
    /// What robots.txt asks for.
    crawl_delay: Duration,
}

/// The rest that hosts get, and how long a caller waits for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    pub(crate) delay: Duration,
    pub(crate) max_wait: Duration,
    pub(crate) at_once: usize,
}

/// Leave to send requests to a host, until dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    gate: Arc<Gate>,
    world: Arc<dyn World>,
    delay: Duration,
}

impl Hosts {
    pub(crate) fn gate(&self, host: &str, now: Duration) -> Arc<Gate> {
        let mut gates = lock(&self.gates);
        if let Some(gate) = gates.get(host) {
            return Arc::clone(gate);
        }
        if gates.len() >= MANY {
            gates.retain(|_, gate| gate.is_at_work(now));
        }
        Arc::clone(gates.entry(host.to_owned()).or_default())
    }

    /// When a host can be asked again; the past where it can be asked now.
    pub(crate) fn ready_at(&self, host: &str) -> Duration {
        let gate = lock(&self.gates).get(host).map(Arc::clone);
        gate.map_or(Duration::ZERO, |gate| {
            let state = lock(&gate.state);
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
            if state.busy >= manners.at_once.max(1) {
                let waited = self.freed.wait_timeout(state, PATIENCE);
                drop(waited);
                continue;
            }
            let now = world.elapsed();
            let quiet = state.quiet_until.saturating_sub(now);
            if quiet > manners.max_wait {
                let detail = format!("the host asked to be left alone for {} s", quiet.as_secs());
                return Err(
                    Error::new(Kind::RateLimited, address, detail).with_retry_after(Some(quiet))
                );
            }
            let wait = state.ready_at.max(state.quiet_until).saturating_sub(now);
            if wait.is_zero() {
                state.busy += 1;
                let delay = manners.delay.max(state.crawl_delay);
                state.ready_at = now + delay;
                drop(state);
                return Ok(Turn { gate: self, world: Arc::clone(world), delay });
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

impl Turn {
    /// Makes the rest after this turn and the next ones at least so long.
    pub(crate) fn slow_down(&mut self, delay: Duration) {
        lock(&self.gate.state).crawl_delay = delay;
        self.delay = self.delay.max(delay);
    }

    /// Leaves the host alone for a time.
    pub(crate) fn keep_quiet(&self, time: Duration) {
        let until = self.world.elapsed() + time;
        let mut state = lock(&self.gate.state);
        state.quiet_until = state.quiet_until.max(until);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = lock(&self.gate.state);
        state.busy -= 1;
        state.ready_at = state.ready_at.max(self.world.elapsed() + self.delay);
        drop(state);
        self.gate.freed.notify_one();
    }
}

/// A lock that outlives a panic elsewhere: what it guards is whole at every moment.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
