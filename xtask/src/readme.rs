//! The README shows what the program really prints.
//!
//! In a block marked `console` a line after `$ ` is a command and what follows is its output; a
//! line `…` at the end stands for the rest. In a block marked `sh` the commands that call
//! `rashomon` are run and must succeed. A block marked `rust` must stand in the documentation of
//! the facade, where it is a test.

use std::path::Path;
use std::process::Command;

use crate::shell::{Outcome, build_rashomon, read, scratch, write};
use crate::workspace::root;

const README: &str = "README.md";
const FACADE: &str = "crates/rashomon/src/lib.rs";
/// Stands for the rest of the output.
const REST: &str = "…";

/// Runs the commands of the README and compares, or writes what they print into it.
pub fn run(update: bool) -> Outcome {
    let program = build_rashomon()?;
    let folder = scratch("readme")?;
    // Commands may write files, and find the samples where a reader has them.
    copy(&root().join("samples"), &folder.join("samples"))?;
    let before = read(README)?;
    let documented = read(FACADE)?;
    if let Some(code) = rust(&before).find(|code| !documented.contains(code.as_str())) {
        return Err(format!("{README} shows code that is no example of {FACADE}:\n{code}"));
    }
    let after = redraw(&before, |line| execute(line, &program, &folder))?;
    if after == before {
        return Ok(());
    }
    if update {
        return write(README, &after);
    }
    let (old, new): (Vec<&str>, Vec<&str>) = before
        .lines()
        .zip(after.lines())
        .find(|(old, new)| old != new)
        .map_or((vec![], vec![]), |(old, new)| (vec![old], vec![new]));
    Err(format!(
        "{README} does not show what the program prints (cargo xtask readme --update)\n\
         shown    {}\nprinted  {}",
        old.join(""),
        new.join("")
    ))
}

/// The README with the output of every command.
fn redraw(
    markdown: &str,
    mut execute: impl FnMut(&str) -> Result<String, String>,
) -> Result<String, String> {
    let mut out = String::new();
    let mut lines = markdown.lines().peekable();
    let mut fence = "";
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(info) = line.strip_prefix("```") {
            fence = if fence.is_empty() { info } else { "" };
            continue;
        }
        if fence == "sh" && line.starts_with("rashomon ") {
            execute(line)?;
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| fence == "console") else {
            continue;
        };
        let mut shown = Vec::new();
        while let Some(line) =
            lines.next_if(|line| !line.starts_with("```") && !line.starts_with("$ "))
        {
            shown.push(line);
        }
        let printed = execute(command)?;
        let rest = shown.last() == Some(&REST);
        let most = if rest { shown.len() - 1 } else { usize::MAX };
        for line in printed.lines().take(most) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        if rest {
            out.push_str(REST);
            out.push('\n');
        }
    }
    Ok(out)
}

/// The code of the blocks marked `rust`.
fn rust(markdown: &str) -> impl Iterator<Item = String> {
    markdown
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```").map(|(code, _)| code.to_owned()))
}

/// What a command prints in a folder where `rashomon` is installed.
fn execute(line: &str, program: &Path, folder: &Path) -> Result<String, String> {
    let bin = program.parent().unwrap_or(program);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(all).map_err(|error| format!("PATH: {error}"))?;
    let out = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env_remove("NO_COLOR")
        .output()
        .map_err(|error| format!("{line}: {error}"))?;
    if !out.status.success() {
        return Err(format!("{line}: {}\n{}", out.status, String::from_utf8_lossy(&out.stderr)));
    }
    String::from_utf8(out.stdout).map_err(|error| format!("{line}: {error}"))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", from.display());
    std::fs::create_dir_all(to).map_err(fail)?;
    for entry in std::fs::read_dir(from).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target).map_err(fail)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_drawn_under_its_command() {
        let page = "```console\n$ one\nold\n$ two\na\n…\n```\n```sh\nrashomon x\nls\n```\n";
        let mut ran = Vec::new();
        let drawn = redraw(page, |line| {
            ran.push(line.to_owned());
            Ok("new\nmore\n".to_owned())
        });
        let expected =
            "```console\n$ one\nnew\nmore\n$ two\nnew\n…\n```\n```sh\nrashomon x\nls\n```\n";
        assert_eq!(drawn.as_deref(), Ok(expected));
        assert_eq!(ran, ["one", "two", "rashomon x"]);
    }
}
