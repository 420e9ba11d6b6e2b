//! How fast a stream of articles is clustered:
//! `rashomon-eval stream-speed --gold FILE [--most N] [--days N]`.
//!
//! Signatures are made first, and the time for them is told apart. Then the articles come in the
//! order of their time, as evenly as `--most` articles in `--days` days come (60 where it is not
//! said). Where the file holds fewer, it comes again and again, each time with a third of its terms
//! replaced, so that each round brings stories of its own. At each mark the speed since the last
//! mark is told, corrections among it, and what the process holds at most.

use std::time::Instant;

use rashomon::article::{Document, Published};
use rashomon::language::english;
use rashomon::{Signature, Stream, StreamOptions};
use serde_json::{Value, json};

use super::stories::{document, in_time};
use crate::Options;
use crate::files::read_items;

/// After how many articles the speed is told.
const MARKS: [usize; 8] = [1_000, 5_000, 19_000, 50_000, 100_000, 300_000, 600_000, 1_000_000];

/// In how many days the articles come where it is not said.
const DAYS: usize = 60;

pub fn run(options: &Options) -> Result<Value, String> {
    let mut items = read_items(&options.path("gold")?)?;
    in_time(&mut items);
    let most = options.number("most")?.unwrap_or(items.len());
    items.truncate(most);
    let days = options.number("days")?.unwrap_or(DAYS);
    let begin = Instant::now();
    let signatures: Vec<Signature> = items
        .iter()
        .map(|item| {
            let document: Document = document(item);
            rashomon::signature(&document, english())
        })
        .collect();
    let signing = begin.elapsed().as_secs_f64();
    let bytes: usize = signatures.iter().map(|signature| signature.to_bytes().len()).sum();
    drop(items);
    let start = Published::Day(jiff::civil::date(2024, 1, 1)).instant();
    let mut stream = Stream::new(StreamOptions::default());
    let (mut rows, mut last, mut spent) = (Vec::new(), 0, Spent::default());
    let (mut corrections, mut links) = (0, 0);
    for number in 0..most {
        let (round, at) = (number / signatures.len(), number % signatures.len());
        let signature = signatures[at].varied(round as u32);
        let seconds = (number as f64 / most as f64 * days as f64 * 86_400.0) as i64;
        let at = start.checked_add(jiff::SignedDuration::from_secs(seconds)).ok();
        let begin = Clock::now();
        let step = stream.assign(number as u64, &signature, at);
        spent.add(&begin);
        corrections += step.corrections.len();
        links += step.links.len();
        let done = number + 1;
        if MARKS.contains(&done) || done == most {
            let begin = Clock::now();
            let settled = stream.settle();
            let mut settling = Spent::default();
            settling.add(&begin);
            spent.add(&begin);
            corrections += settled.0.len();
            links += settled.1.len();
            let (live, stories) = stream.size();
            let row = json!({"articles": done, "per_second": ((done - last) as f64 / spent.wall).round(),
                "per_cpu_second": ((done - last) as f64 / spent.cpu).round(),
                "unsettled_per_cpu_second":
                    ((done - last) as f64 / (spent.cpu - settling.cpu)).round(),
                "settling_cpu_seconds": (settling.cpu * 100.0).round() / 100.0, "live": live,
                "stories": stories, "corrections": corrections, "links": links,
                "state_bytes": stream.state().len(), "peak_mb": peak_megabytes()});
            eprintln!("{row}");
            rows.push(row);
            (last, spent) = (done, Spent::default());
        }
    }
    Ok(
        json!({"task": "stream-speed", "signing_per_second": (signatures.len() as f64 / signing).round(),
              "signature_bytes": bytes / signatures.len().max(1), "days": days, "rows": rows}),
    )
}

/// Time by the clock and on the processor.
struct Clock {
    wall: Instant,
    cpu: f64,
}

#[derive(Default)]
struct Spent {
    wall: f64,
    cpu: f64,
}

impl Clock {
    fn now() -> Clock {
        Clock { wall: Instant::now(), cpu: cpu_seconds() }
    }
}

impl Spent {
    fn add(&mut self, since: &Clock) {
        self.wall += since.wall.elapsed().as_secs_f64();
        self.cpu += cpu_seconds() - since.cpu;
    }
}

/// How long this thread has been on a processor, where the system tells it.
fn cpu_seconds() -> f64 {
    let known = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = known.split(' ').next().and_then(|word| word.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

/// The most that the process held, where the system tells it.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kb| kb / 1024)
}
