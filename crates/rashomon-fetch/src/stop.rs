//! Being told to stop while waiting.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::error::Error;
use crate::world::World;

/// How long a wait lasts until it looks whether it should stop.
const SLICE: Duration = Duration::from_millis(50);

/// Whether the work should go on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stop<'a>(pub(crate) Option<&'a AtomicBool>);

impl Stop<'_> {
    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    pub(crate) fn check(&self, address: &str) -> Result<(), Error> {
        if self.is_set() {
            return Err(Error::cancelled(address));
        }
        Ok(())
    }

    /// Waits, and returns early where the work should not go on.
    pub(crate) fn wait(&self, world: &dyn World, time: Duration) {
        let until = world.elapsed() + time;
        while !self.is_set() {
            let left = until.saturating_sub(world.elapsed());
            if left.is_zero() {
                return;
            }
            let slice = if self.0.is_some() { left.min(SLICE) } else { left };
            world.sleep(slice);
        }
    }
}
