use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// How many requests a machine may send at once, and how many a second from then on.
const BURST: f64 = 400.0;
const A_SECOND: f64 = 100.0;
/// How many machines are remembered.
const MACHINES: usize = 10_000;

/// A bucket of requests for each machine that is not this one.
#[derive(Clone, Default)]
pub(crate) struct Pace(Arc<Mutex<HashMap<IpAddr, (f64, Instant)>>>);

impl Pace {
    fn takes(&self, from: IpAddr, now: Instant) -> bool {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MACHINES && !buckets.contains_key(&from) {
            // A full bucket says the same as none.
            buckets.retain(|_, (left, at)| refilled(*left, *at, now) < BURST);
            if buckets.len() >= MACHINES {
                return false;
            }
        }
        let (left, at) = buckets.entry(from).or_insert((BURST, now));
        *left = refilled(*left, *at, now);
        *at = now;
        let takes = *left >= 1.0;
        *left -= if takes { 1.0 } else { 0.0 };
        takes
    }
}

fn refilled(left: f64, at: Instant, now: Instant) -> f64 {
    (left + now.saturating_duration_since(at).as_secs_f64() * A_SECOND).min(BURST)
}

/// Slows down machines that ask too much; this one may.
pub(crate) async fn paced(State(pace): State<Pace>, request: Request, next: Next) -> Response {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = from.map(|ConnectInfo(from)| from.ip().to_canonical());
    match from {
        Some(from) if !from.is_loopback() && !pace.takes(from, Instant::now()) => {
            Problem::new("too-many", "too many requests; wait a second").into_response()
        }
        _ => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (pace, from) = (Pace::default(), IpAddr::from([192, 0, 2, 1]));
        let begin = Instant::now();
        let taken = (0..1000).filter(|_| pace.takes(from, begin)).count();
        assert_eq!(taken, BURST as usize);
        assert!(pace.takes(IpAddr::from([192, 0, 2, 2]), begin));
        let later = begin + Duration::from_secs(1);
        let taken = (0..1000).filter(|_| pace.takes(from, later)).count();
        assert_eq!(taken, A_SECOND as usize);
    }
}
