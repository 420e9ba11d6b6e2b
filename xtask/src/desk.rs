//! How well and how fast stories form and are kept, in one table.
//!
//! Needs the evaluation data beside the checkout; takes the better part of an hour. The quality
//! floors are held by `cargo xtask quality`, this prints what stands around them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::shell::{self, Outcome, scratch};
use crate::workspace::root;

/// At how many articles the speed of `ingest` is printed.
const MARKS: [Option<usize>; 3] = [Some(1000), Some(5000), None];

/// To how many articles the clustering alone is driven, spread over a year.
const MOST: &str = "1000000";

/// How often `ingest` is killed.
const KILLS: &str = "100";

/// The articles of which speed is told, below the folder of the evaluation data.
const LOAD: &str = "load/allsides.jsonl.gz";

/// Prints all of it, or only the parts named: stories, speed, ingest, kills, fixtures.
pub fn run(parts: &[&str]) -> Outcome {
    let data = std::env::var_os("RASHOMON_EVAL")
        .map_or_else(|| root().join("../shared/eval"), PathBuf::from);
    if !data.is_dir() {
        return Err("no evaluation data beside the checkout: there is nothing to measure".into());
    }
    let asked = |part: &str| parts.is_empty() || parts.contains(&part);
    shell::run(
        "cargo build --quiet --locked --release --package rashomon-eval --package rashomon-cli",
    )?;
    let out = scratch("desk")?;
    if asked("fixtures") {
        evaluate(&["feeds", "--gold", "feeds"], &data, &out)?;
        evaluate(&["warc", "--gold", "warc"], &data, &out)?;
    }
    if asked("stories") {
        stories(&data, &out)?;
    }
    if asked("ingest") {
        ingest(&data, &out)?;
    }
    if asked("speed") {
        evaluate(&["stream-speed", "--gold", LOAD, "--most", MOST, "--days", "365"], &data, &out)?;
    }
    if asked("kills") {
        let test = "cargo test --quiet --locked --release --package rashomon-cli --test kills -- --nocapture";
        shell::run_with(test, |command| {
            command.env("KILLS", KILLS);
        })?;
    }
    Ok(())
}

fn release(program: &str) -> Result<PathBuf, String> {
    let built = shell::built(program)?;
    let folder = built.ancestors().nth(2).unwrap_or(&built);
    Ok(folder.join("release").join(built.file_name().unwrap_or_default()))
}

/// Runs a task of the evaluation on the data; it prints its figures itself.
fn evaluate(words: &[&str], data: &Path, out: &Path) -> Outcome {
    println!("\n## rashomon-eval {}", words.join(" "));
    let mut command = Command::new(release("rashomon-eval")?);
    command.args(words).arg("--pred").arg(out.join("predictions.jsonl")).current_dir(data);
    let status = command.status().map_err(|error| format!("rashomon-eval: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("rashomon-eval {}: {status}", words[0])) }
}

/// Ours and those of others on the same articles.
fn stories(data: &Path, out: &Path) -> Outcome {
    let mixed = ["--gold", "stories/ground-news.dev.jsonl.gz", "--distractors", LOAD];
    evaluate(&[&["stories"], &mixed[..]].concat(), data, out)?;
    others(&mixed[1..], data)?;
    for gold in ["allsides", "open-ground-news", "ground-news", "galaxy", "hscluster"] {
        let gold = format!("stories/{gold}.dev.jsonl.gz");
        evaluate(&["stories", "--gold", &gold], data, out)?;
        others(&[&gold], data)?;
    }
    Ok(())
}

/// Where the weights of Miranda et al. lie, if somebody has them.
const MIRANDA: &str = "RASHOMON_MIRANDA";

/// What other methods reach on the same articles, where Python has what they need.
fn others(words: &[&str], data: &Path) -> Outcome {
    let needs = ["-c", "import numpy, scipy, sklearn"];
    if !Command::new("python3").args(needs).output().is_ok_and(|done| done.status.success()) {
        println!("other methods were not measured: python3 with numpy, scipy and scikit-learn");
        return Ok(());
    }
    let mut command = Command::new("python3");
    command.arg(root().join("crates/rashomon-eval/peers/stories.py")).args(words);
    // It holds every article against every group, which takes long among twenty thousand.
    if let (Some(weights), 1) = (std::env::var_os(MIRANDA), words.len()) {
        command.arg("--miranda").arg(weights);
    }
    let status = command.current_dir(data).status().map_err(|error| format!("python3: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("peers/stories.py: {status}")) }
}

/// Everything from clean text to the store, at some sizes.
fn ingest(data: &Path, out: &Path) -> Outcome {
    println!("\n## rashomon ingest --no-compare");
    for mark in MARKS {
        let file = out.join("articles.jsonl");
        let count = unpack(&data.join(LOAD), &file, mark)?;
        let db = out.join("desk.db");
        // A store of the mark before; none is there the first time.
        let _ = std::fs::remove_file(&db);
        let begin = Instant::now();
        let mut command = Command::new(release("rashomon")?);
        command.args(["ingest", "--quiet", "--no-compare", "--db"]).arg(&db).arg(&file);
        let mut child = command.spawn().map_err(|error| format!("rashomon: {error}"))?;
        let mut peak = 0;
        let status = loop {
            peak = peak.max(resident(child.id()));
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                break status;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        };
        let seconds = begin.elapsed().as_secs_f64();
        if !status.success() {
            return Err(format!("rashomon ingest: {status}"));
        }
        println!(
            "{count:>7} articles {seconds:>8.1} s {:>6.0} articles/s {:>6} MB at most",
            count as f64 / seconds,
            peak / 1024
        );
    }
    Ok(())
}

/// The resident kilobytes of a process; 0 where the system does not tell.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Writes the first lines of a packed file, or all; gives how many there were.
fn unpack(packed: &Path, to: &Path, most: Option<usize>) -> Result<usize, String> {
    let output = Command::new("gzip").arg("-dc").arg(packed).stdout(Stdio::piped()).output();
    let output = output.map_err(|error| format!("gzip: {error}"))?;
    let lines = output.stdout.split_inclusive(|&byte| byte == b'\n');
    let fail = |error: std::io::Error| format!("{}: {error}", to.display());
    let mut file = std::io::BufWriter::new(std::fs::File::create(to).map_err(fail)?);
    let mut count = 0;
    for line in lines.take(most.unwrap_or(usize::MAX)) {
        file.write_all(line).map_err(fail)?;
        count += 1;
    }
    file.flush().map_err(fail)?;
    Ok(count)
}
