use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::state::Office;

/// The upper ends of the steps of the histogram, in seconds.
const STEPS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// What was asked since the server began.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    /// By method, route and status.
    requests: BTreeMap<(String, String, u16), u64>,
    /// By route: how many took as long as each step at most, all, and their seconds.
    times: BTreeMap<String, ([u64; STEPS.len()], u64, f64)>,
}

impl Figures {
    pub fn note(&self, method: &str, route: &str, status: u16, took: Duration) {
        // Whatever somebody calls a method, there are only so many.
        let known = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];
        let method = if known.contains(&method) { method } else { "OTHER" };
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (method.to_owned(), route.to_owned(), status);
        *inner.requests.entry(key).or_default() += 1;
        let (steps, count, sum) = inner.times.entry(route.to_owned()).or_default();
        let seconds = took.as_secs_f64();
        for (step, end) in steps.iter_mut().zip(STEPS) {
            *step += u64::from(seconds <= end);
        }
        *count += 1;
        *sum += seconds;
    }

    fn write(&self, text: &mut String) {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        head(text, "rashomon_requests_total", "counter", "Requests by route and status.");
        for ((method, route, status), count) in &inner.requests {
            line(
                text,
                "rashomon_requests_total",
                &format!("method=\"{method}\",route=\"{route}\",status=\"{status}\""),
                *count as f64,
            );
        }
        let name = "rashomon_request_seconds";
        head(text, name, "histogram", "How long requests take until their answer begins.");
        for (route, (steps, count, sum)) in &inner.times {
            for (step, end) in steps.iter().zip(STEPS) {
                let labels = format!("route=\"{route}\",le=\"{end}\"");
                line(text, &format!("{name}_bucket"), &labels, *step as f64);
            }
            let route = format!("route=\"{route}\"");
            let all = format!("{route},le=\"+Inf\"");
            line(text, &format!("{name}_bucket"), &all, *count as f64);
            line(text, &format!("{name}_sum"), &route, *sum);
            line(text, &format!("{name}_count"), &route, *count as f64);
        }
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(text: &mut String, name: &str, labels: &str, value: f64) {
    let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
    let _ = writeln!(text, "{name}{labels} {value}");
}

/// The figures in the text format of Prometheus.
pub(crate) async fn metrics(State(office): State<Office>) -> Result<Response, Problem> {
    let read = |store: &mut rashomon_desk::store::Store| {
        let failing = store.feeds()?.iter().filter(|(_, feed)| feed.failures > 0).count();
        Ok::<_, Problem>((store.stats()?, failing))
    };
    let (stats, failing) = office.readers.read(read).await?;
    let mut text = String::new();
    office.figures.write(&mut text);
    let gauges = [
        ("rashomon_articles", "Articles that are kept.", Some(stats.articles)),
        ("rashomon_stories", "Stories that are kept.", Some(stats.stories)),
        ("rashomon_quotations", "Quotations that are kept.", Some(stats.quotations)),
        ("rashomon_claims", "Claims that are kept.", Some(stats.claims)),
        ("rashomon_feeds", "Feeds that are watched.", Some(stats.feeds)),
        ("rashomon_feeds_failing", "Feeds that failed when last asked.", Some(failing as u64)),
        ("rashomon_store_bytes", "Bytes of the store.", Some(stats.bytes)),
        ("rashomon_queue", "Wishes that wait for the newsroom.", Some(office.newsroom.waiting())),
        ("rashomon_event_clients", "Who listens to events.", Some(office.events.listeners())),
        ("rashomon_shelf_bytes", "Bytes of held pages.", Some(office.shelf.bytes())),
        ("process_resident_memory_bytes", "Memory of the process.", resident()),
    ];
    for (name, help, value) in gauges {
        if let Some(value) = value {
            head(&mut text, name, "gauge", help);
            line(&mut text, name, "", value as f64);
        }
    }
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, text).into_response())
}

/// The resident bytes of this process, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_up() {
        let figures = Figures::default();
        for ms in [2, 20, 40_000] {
            figures.note("GET", "/x", 200, Duration::from_millis(ms));
        }
        figures.note("BREW", "/x", 405, Duration::ZERO);
        let mut text = String::new();
        figures.write(&mut text);
        for expected in [
            "rashomon_requests_total{method=\"GET\",route=\"/x\",status=\"200\"} 3",
            "rashomon_requests_total{method=\"OTHER\",route=\"/x\",status=\"405\"} 1",
            "rashomon_request_seconds_bucket{route=\"/x\",le=\"0.001\"} 1",
            "rashomon_request_seconds_bucket{route=\"/x\",le=\"0.025\"} 3",
            "rashomon_request_seconds_bucket{route=\"/x\",le=\"30\"} 3",
            "rashomon_request_seconds_bucket{route=\"/x\",le=\"+Inf\"} 4",
            "rashomon_request_seconds_count{route=\"/x\"} 4",
        ] {
            assert!(text.lines().any(|line| line == expected), "{expected} in\n{text}");
        }
    }
}
