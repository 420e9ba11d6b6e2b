//! Precision and recall on gold data, held against pinned floors.
//!
//! The data belong to others and lie beside the checkout, never in it: in `../shared/eval`, or
//! where `RASHOMON_EVAL` says. Without them the step is skipped with a line.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::shell::{self, Outcome, read, scratch, write};
use crate::workspace::root;

const FLOORS: &str = "xtask/quality.txt";

/// One line of the floors: a task with its data, a metric, the least that it may be, and what others
/// have published.
struct Floor {
    task: String,
    metric: String,
    /// Nothing where a figure is only printed.
    least: Option<f64>,
    beside: String,
}

/// Labels of our own, in the checkout; stands in a task as `LABELS`.
const LABELS: &str = "crates/rashomon-eval/labels";
/// The folder of OpenSanctions' name benchmark, which is fetched by whoever wants to measure with
/// it; stands in a task as `NAME_BENCH`.
const NAME_BENCH: &str = "RASHOMON_NAME_BENCH";

/// Runs each task that the floors name once and compares its metrics. With names of tasks, only
/// those.
pub fn run(tasks: &[&str]) -> Outcome {
    let data = std::env::var_os("RASHOMON_EVAL")
        .map_or_else(|| root().join("../shared/eval"), PathBuf::from);
    if !data.is_dir() {
        eprintln!("xtask: no evaluation data beside the checkout: quality was not measured");
        return Ok(());
    }
    shell::run("cargo build --quiet --locked --release --package rashomon-eval")?;
    let text = read(FLOORS)?;
    let mut floors = parse(&text)?;
    let update = std::env::var_os("UPDATE_FLOORS").is_some();
    let out = scratch("quality")?;
    let (mut below, mut metrics, mut last) = (Vec::new(), Value::Null, String::new());
    let asked = |floor: &Floor| {
        let name = floor.task.split_whitespace().next().unwrap_or_default();
        tasks.is_empty() || tasks.contains(&name)
    };
    for floor in floors.iter_mut().filter(|floor| asked(floor)) {
        if floor.task != last {
            last.clone_from(&floor.task);
            let words = words(&floor.task, &data);
            metrics = match missing(&words, &data) {
                Some(file) => {
                    eprintln!("xtask: {} was not measured: there is no {file}", floor.task);
                    Value::Null
                }
                None => measure(&floor.task, &words, &data, &out)?,
            };
        }
        if metrics.is_null() {
            continue;
        }
        let found = lookup(&metrics, &floor.metric)
            .ok_or_else(|| format!("{}: no metric {}: {metrics}", floor.task, floor.metric))?;
        eprintln!("xtask: {} {} {}", floor.task, floor.metric, floor.line(found));
        let Some(least) = floor.least else { continue };
        if update {
            // A little room, so that a change of one finding elsewhere fails nobody.
            floor.least = Some(least.max(((found - 0.005) * 1000.0).floor() / 1000.0));
        } else if found < least {
            below.push(format!("{} {}: {found:.4}", floor.task, floor.metric));
        }
    }
    if update {
        return write(FLOORS, &print(&text, &floors));
    }
    if below.is_empty() {
        return Ok(());
    }
    Err(format!("quality fell below the floors of {FLOORS}\n  {}", below.join("\n  ")))
}

impl Floor {
    /// A figure, the least that it may be, and what others have published.
    fn line(&self, found: f64) -> String {
        let least = self.least.map_or_else(String::new, |least| format!(" (floor {least:.3})"));
        let beside =
            if self.beside.is_empty() { String::new() } else { format!("; {}", self.beside) };
        format!("{found:.3}{least}{beside}")
    }
}

/// The words of a task's command line, with the folders that its placeholders stand for.
fn words(task: &str, data: &Path) -> Vec<String> {
    let labels = root().join(LABELS).display().to_string();
    let names = std::env::var_os(NAME_BENCH).map_or_else(|| data.join("names"), PathBuf::from);
    let names = names.display().to_string();
    let filled = |word: &str| word.replace("LABELS", &labels).replace("NAME_BENCH", &names);
    task.split_whitespace().map(filled).collect()
}

/// The first file of a task that is not there.
fn missing(words: &[String], data: &Path) -> Option<String> {
    let files = words.windows(2).filter(|pair| matches!(pair[0].as_str(), "--gold" | "--docs"));
    files.map(|pair| &pair[1]).find(|file| !data.join(file).exists()).cloned()
}

/// The metrics that the evaluation prints: its last line.
fn measure(task: &str, words: &[String], data: &Path, out: &Path) -> Result<Value, String> {
    let evaluation = shell::built("rashomon-eval")?;
    let folder = evaluation.ancestors().nth(2).unwrap_or(&evaluation);
    let program = folder.join("release").join(evaluation.file_name().unwrap_or_default());
    let mut words = words.iter();
    let mut command = std::process::Command::new(&program);
    command.args(words.next()).current_dir(data);
    command.args(words).arg("--pred").arg(out.join("predictions.jsonl"));
    let result = command.output().map_err(|error| format!("{}: {error}", program.display()))?;
    if !result.status.success() {
        return Err(format!("{task}: {}", String::from_utf8_lossy(&result.stderr)));
    }
    let printed = String::from_utf8_lossy(&result.stdout);
    let line = printed.lines().last().unwrap_or_default();
    serde_json::from_str(line).map_err(|error| format!("{task}: {error}: {line}"))
}

/// `a.b` is the member `b` of the member `a`.
fn lookup(metrics: &Value, name: &str) -> Option<f64> {
    name.split('.').try_fold(metrics, |value, key| value.get(key))?.as_f64()
}

fn parse(text: &str) -> Result<Vec<Floor>, String> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let (task, metric, least, beside) = match parts[..] {
                [task, metric, least] => (task, metric, least, ""),
                [task, metric, least, beside] => (task, metric, least, beside),
                _ => {
                    let form = "task | metric | floor or - | what others have published";
                    return Err(format!("{FLOORS}: {form} is due in: {line}"));
                }
            };
            let least = match least {
                "-" => None,
                least => Some(least.parse().map_err(|error| format!("{FLOORS}: {line}: {error}"))?),
            };
            let (task, metric) = (task.to_owned(), metric.to_owned());
            Ok(Floor { task, metric, least, beside: beside.to_owned() })
        })
        .collect()
}

/// The comments at the head of the file, then the floors.
fn print(before: &str, floors: &[Floor]) -> String {
    let mut out = String::new();
    for line in before.lines().take_while(|line| line.is_empty() || line.starts_with('#')) {
        let _ = writeln!(out, "{line}");
    }
    for floor in floors {
        let least = floor.least.map_or_else(|| "-".to_owned(), |least| format!("{least:.3}"));
        let _ = write!(out, "{} | {} | {least}", floor.task, floor.metric);
        let _ = if floor.beside.is_empty() {
            writeln!(out)
        } else {
            writeln!(out, " | {}", floor.beside)
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_are_read_and_printed() {
        let text = "# Why.\n\nreuse --gold a | f1 | 0.500\nreuse --gold a | b.p | 0.750\n\
                    speed --gold a | ms | - | others 3\n";
        let floors = parse(text).expect("the floors are well formed");
        assert_eq!(floors[1].metric, "b.p");
        assert_eq!(print(text, &floors), text);
        assert_eq!(floors[0].line(0.25), "0.250 (floor 0.500)");
        assert_eq!(floors[2].line(2.0), "2.000; others 3");
        assert!(parse("reuse | 0.5\n").is_err());
        let metrics = serde_json::json!({"b": {"p": 0.25}});
        assert_eq!(lookup(&metrics, "b.p"), Some(0.25));
        assert_eq!(lookup(&metrics, "b.q"), None);
    }
}
