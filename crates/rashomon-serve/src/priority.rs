//! Who goes first where there is work for all cores.

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How far background work stands back: a tenth of the time goes to it while somebody waits, all of
/// it otherwise.
const BACKGROUND: i32 = 10;
/// How far comparing for one who waits stands back behind what takes milliseconds.
const LONG: i32 = 5;

/// Lets the thread at hand, and those that it starts, give way to whoever waits for an answer.
pub(crate) fn give_way() {
    stand_back(BACKGROUND);
}

fn stand_back(by: i32) {
    // Where the system has no such thing, all are equal.
    let _ = rustix::process::nice(by);
}

/// Lets all threads that work in the background give way, where nobody set them up before.
pub(crate) fn background() {
    let _ = ThreadPoolBuilder::new().start_handler(|_| give_way()).build_global();
}

/// Threads that compare while somebody waits.
pub(crate) fn foreground() -> Result<ThreadPool, String> {
    ThreadPoolBuilder::new()
        .start_handler(|_| stand_back(LONG))
        .build()
        .map_err(|error| error.to_string())
}
