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

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Monitor for Unwatched {}
