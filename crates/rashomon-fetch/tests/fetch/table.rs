//! Cases in a table: what a server does, and what must come of it.

use std::thread;
use std::time::Duration;

use rashomon_fetch::{FetchOptions, Fetcher, Request};

use crate::server::{Act, Server};
use crate::world::bare;

/// What a server does to one path, and what must come of it.
pub struct Case {
    name: &'static str,
    acts: Vec<Act>,
    expected: Expected,
    warnings: &'static [&'static str],
    options: FetchOptions,
}

enum Expected {
    Body(Vec<u8>),
    Code(&'static str),
}

impl Case {
    pub fn gives(name: &'static str, acts: Vec<Act>, body: impl AsRef<[u8]>) -> Case {
        Case::new(name, acts, Expected::Body(body.as_ref().to_vec()))
    }

    pub fn fails(name: &'static str, acts: Vec<Act>, code: &'static str) -> Case {
        Case::new(name, acts, Expected::Code(code))
    }

    fn new(name: &'static str, acts: Vec<Act>, expected: Expected) -> Case {
        Case { name, acts, expected, warnings: &[], options: bare() }
    }

    pub fn warns(mut self, warnings: &'static [&'static str]) -> Case {
        self.warnings = warnings;
        self
    }

    /// With short time limits, for what must run into them.
    pub fn hurried(self) -> Case {
        let short = Duration::from_millis(200);
        self.with(|options| {
            options.read_timeout = short;
            options.total_timeout = short * 2;
        })
    }

    pub fn with(mut self, change: impl FnOnce(&mut FetchOptions)) -> Case {
        change(&mut self.options);
        self
    }

    /// What is not as expected.
    fn complaint(&self, address: String) -> Option<String> {
        let fetcher = Fetcher::new(self.options.clone()).expect("good options");
        let answer = fetcher.get(&Request::new(address));
        let name = self.name;
        match (&self.expected, answer) {
            (Expected::Code(code), Err(error)) if error.code() == *code => None,
            (Expected::Code(code), Err(error)) => {
                Some(format!("{name}: {code} expected, not {} ({error})", error.code()))
            }
            (Expected::Code(code), Ok(response)) => {
                Some(format!("{name}: {code} expected, not {} bytes", response.body.len()))
            }
            (Expected::Body(_), Err(error)) => {
                Some(format!("{name}: a body expected, not {} ({error})", error.code()))
            }
            (Expected::Body(body), Ok(response)) => {
                let warnings: Vec<_> =
                    response.warnings.iter().map(|warning| warning.code).collect();
                let is_good = response.body == *body && warnings == self.warnings;
                (!is_good).then(|| {
                    let got = String::from_utf8_lossy(&response.body);
                    format!("{name}: {got:?} with warnings {warnings:?}")
                })
            }
        }
    }
}

/// Runs cases side by side and complains about all at once.
pub fn check(cases: Vec<Case>) {
    let scripts: Vec<Vec<Act>> = cases.iter().map(|case| case.acts.clone()).collect();
    let server = Server::start(move |path, _| {
        let index: usize = path.trim_start_matches('/').parse().expect("an index");
        scripts[index].clone()
    });
    let complaints: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = cases
            .iter()
            .enumerate()
            .map(|(index, case)| {
                let address = server.url(&format!("/{index}"));
                scope.spawn(move || case.complaint(address))
            })
            .collect();
        running.into_iter().filter_map(|case| case.join().expect("no panic")).collect()
    });
    assert!(complaints.is_empty(), "{} cases:\n{}", complaints.len(), complaints.join("\n"));
}
