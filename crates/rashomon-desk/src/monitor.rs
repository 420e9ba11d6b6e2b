use std::sync::atomic::{AtomicBool, Ordering};

use rashomon::article::Diagnostic;

/// Who watches long work: a progress bar, a log, a test. All calls may come from any thread.
pub trait Monitor: Sync {
    /// Work of a kind begins, of so many steps where that is known.
    fn begins(&self, what: &str, steps: Option<u64>) {
        let _ = (what, steps);
    }

    /// So many more steps are done.
    fn did(&self, steps: u64) {
        let _ = steps;
    }

    /// Something was skipped or mended.
    fn told(&self, diagnostic: &Diagnostic) {
        let _ = diagnostic;
    }

    /// So many records of an input were passed over for a reason; broken ones were told one by
    /// one.
    fn skipped(&self, input: &str, code: &str, count: u64) {
        let _ = (input, code, count);
    }

    /// Whether to stop at the next safe place.
    fn stopped(&self) -> bool {
        false
    }
}

/// The same watcher, who also says stop once the thread that keeps has given up.
pub(crate) struct Until<'u> {
    pub monitor: &'u dyn Monitor,
    pub failed: &'u AtomicBool,
}

impl Monitor for Until<'_> {
    fn begins(&self, what: &str, steps: Option<u64>) {
        self.monitor.begins(what, steps);
    }

    fn did(&self, steps: u64) {
        self.monitor.did(steps);
    }

    fn told(&self, diagnostic: &Diagnostic) {
        self.monitor.told(diagnostic);
    }

    fn skipped(&self, input: &str, code: &str, count: u64) {
        self.monitor.skipped(input, code, count);
    }

    fn stopped(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.monitor.stopped()
    }
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Monitor for Unwatched {}
