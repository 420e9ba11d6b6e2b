use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::workspace::root;

/// What went wrong, for a person to read.
pub type Outcome = Result<(), String>;

/// A command in the root of the repository, its words split at blanks.
pub fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(root());
    command
}

/// Runs a command and says so, with the time that it took.
pub fn run(line: &str) -> Outcome {
    run_with(line, |_| {})
}

/// Runs a command that is changed before it starts: other folder, other environment.
pub fn run_with(line: &str, change: impl FnOnce(&mut Command)) -> Outcome {
    eprintln!("xtask: {line}");
    let start = Instant::now();
    let mut command = command(line);
    change(&mut command);
    let status = command.status().map_err(|error| format!("{line}: {error}"))?;
    if !status.success() {
        return Err(format!("{line}: {status}"));
    }
    eprintln!("xtask: {line}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Whether a program can be started.
pub fn has(program: &str) -> bool {
    let mut command = command(&format!("{program} --version"));
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Installs Debian packages where this user may; otherwise says what is missing.
pub fn install(packages: &str) -> Outcome {
    if !has("apt-get") {
        return Err(format!("{packages} is missing, and there is no apt-get to install it with"));
    }
    let as_root = if command("id -u").output().is_ok_and(|id| id.stdout == b"0\n") {
        ""
    } else if has("sudo") {
        "sudo -n "
    } else {
        return Err(format!("{packages} is missing, and only root could install it"));
    };
    run(&format!("{as_root}apt-get update -qq"))?;
    run_with(&format!("{as_root}apt-get install -y -qq --no-install-recommends {packages}"), |c| {
        c.env("DEBIAN_FRONTEND", "noninteractive");
    })
}

/// A program that the build in which xtask itself lies has made.
pub fn built(program: &str) -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| format!("xtask itself: {error}"))?;
    Ok(own.with_file_name(program).with_extension(std::env::consts::EXE_EXTENSION))
}

/// Builds the command line program as a developer does, and says where it lies.
pub fn build_rashomon() -> Result<PathBuf, String> {
    run("cargo build --quiet --locked --package rashomon-cli")?;
    built("rashomon")
}

/// A fresh folder below the target folder; the one of the last run is removed.
pub fn scratch(name: &str) -> Result<PathBuf, String> {
    let folder = built("xtask")?.with_file_name("xtask-scratch").join(name);
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(fail)?;
    }
    std::fs::create_dir_all(&folder).map_err(fail)?;
    Ok(folder)
}

/// Reads a text file of the repository.
pub fn read(path: impl AsRef<Path>) -> Result<String, String> {
    let path = root().join(path);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a text file of the repository.
pub fn write(path: impl AsRef<Path>, text: &str) -> Outcome {
    let path = root().join(path);
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
