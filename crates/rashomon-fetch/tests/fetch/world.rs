//! A world in which nobody waits and every name leads where the test says.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use rashomon_fetch::{FetchOptions, World};

/// What a name leads to, one entry for each look-up, the last one for all later ones.
type Names = BTreeMap<String, Vec<Vec<IpAddr>>>;

#[derive(Debug, Default)]
pub struct TestWorld {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    elapsed: Duration,
    naps: Vec<Duration>,
    names: Names,
    looked_up: Vec<String>,
}

impl TestWorld {
    pub fn new() -> Arc<TestWorld> {
        Arc::new(TestWorld::default())
    }

    /// A name leads to these addresses: at the first look-up, the second, and so on.
    pub fn name(&self, host: &str, answers: &[&[&str]]) {
        let ips = |ips: &&[&str]| ips.iter().map(|ip| ip.parse().expect("an ip")).collect();
        let answers = answers.iter().map(ips).collect();
        self.state.lock().expect("no panic").names.insert(host.to_owned(), answers);
    }

    /// How long somebody waited, each time.
    pub fn naps(&self) -> Vec<Duration> {
        self.state.lock().expect("no panic").naps.clone()
    }

    pub fn looked_up(&self) -> Vec<String> {
        self.state.lock().expect("no panic").looked_up.clone()
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        self.state.lock().expect("no panic").elapsed += time;
    }

    /// 2026-05-04T12:00:00Z and whatever has passed since.
    fn start() -> Timestamp {
        "2026-05-04T12:00:00Z".parse().expect("a time")
    }
}

impl World for TestWorld {
    fn elapsed(&self) -> Duration {
        self.state.lock().expect("no panic").elapsed
    }

    fn now(&self) -> Timestamp {
        TestWorld::start() + self.elapsed()
    }

    fn sleep(&self, time: Duration) {
        let mut state = self.state.lock().expect("no panic");
        state.elapsed += time;
        state.naps.push(time);
    }

    /// A name that begins with `slow.` takes its time, really.
    fn look_up(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        if host.starts_with("slow.") {
            std::thread::sleep(Duration::from_secs(2));
        }
        let mut state = self.state.lock().expect("no panic");
        state.looked_up.push(host.to_owned());
        let Some(answers) = state.names.get_mut(host) else {
            return Err(io::Error::other("no such name"));
        };
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        Ok(answer.into_iter().map(|ip| SocketAddr::new(ip, port)).collect())
    }
}

/// Options for servers of the test, without any politeness.
pub fn bare() -> FetchOptions {
    FetchOptions {
        allow_private: true,
        obey_robots: false,
        delay_per_host: Duration::ZERO,
        max_retries: 0,
        ..FetchOptions::default()
    }
}
