//! When a failure is tried again.

use std::time::Duration;

use crate::error::Error;
use crate::options::FetchOptions;

/// How long to wait before the try after `tries` failed ones, or `None` where there is none: the
/// failure is for good, it was tried often enough, or the server asks for a longer wait than a
/// call may take.
pub(crate) fn wait(error: &Error, tries: u32, options: &FetchOptions) -> Option<Duration> {
    if !error.is_temporary() || error.code() == "cancelled" || tries > options.max_retries {
        return None;
    }
    if let Some(asked) = error.retry_after() {
        return (asked <= options.max_wait).then_some(asked);
    }
    let doubled = options.retry_wait.saturating_mul(1 << (tries - 1).min(16));
    Some(doubled.min(options.max_wait).mul_f64(share(error.address(), tries)))
}

/// Between a half and the whole, by address: those that failed together do not come back
/// together, and the same run waits the same.
fn share(address: &str, tries: u32) -> f64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in address.bytes().chain(tries.to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    0.5 + (hash >> 40) as f64 / f64::from(1_u32 << 25)
}
