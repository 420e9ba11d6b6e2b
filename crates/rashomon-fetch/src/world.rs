//! The clock and the names of the world outside.

use std::fmt::Debug;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// What a fetcher learns from the machine that it runs on. Tests bring their own, in which
/// nobody waits and every name leads where it should.
pub trait World: Debug + Send + Sync + 'static {
    /// Time that only goes forward, for delays.
    fn elapsed(&self) -> Duration;
    /// The time of day.
    fn now(&self) -> Timestamp;
    /// Waits.
    fn sleep(&self, time: Duration);
    /// The addresses of a host.
    fn look_up(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// The real one.
#[derive(Debug)]
pub struct RealWorld {
    start: Instant,
}

impl Default for RealWorld {
    fn default() -> RealWorld {
        RealWorld { start: Instant::now() }
    }
}

impl World for RealWorld {
    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn look_up(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }
}
