//! The page in a headless Chromium.

use std::path::Path;

use crate::shell::{self, Outcome, build_rashomon, has, install};
use crate::workspace::root;

/// Where the tests of the page lie, with the packages that they need.
const TESTS: &str = "tests/browser";
/// Whoever sets it says that the page may go untested.
const WITHOUT: &str = "RASHOMON_NO_BROWSER";

/// Runs the tests of the page; installs the browser and the packages where they are missing.
pub fn run() -> Outcome {
    if std::env::var_os(WITHOUT).is_some() {
        eprintln!("xtask: {WITHOUT} is set: the page was NOT tested in a browser");
        return Ok(());
    }
    let ready = || -> Result<String, String> {
        if !has("node") || !has("npm") {
            install("nodejs npm")?;
        }
        chromium()
    };
    let chromium = ready()
        .map_err(|error| format!("{error}\nset {WITHOUT}=1 to leave the tests of the page out"))?;
    let folder = root().join(TESTS);
    if !is_current(&folder) {
        shell::run_with("npm ci --no-audit --no-fund", |command| {
            command.current_dir(&folder);
        })?;
    }
    let program = build_rashomon()?;
    shell::run_with("npm test --silent", |command| {
        command.current_dir(&folder).env("CHROMIUM", &chromium).env("RASHOMON", &program);
    })
}

/// The name of the browser; it is installed where it is missing.
pub fn chromium() -> Result<String, String> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = || names.into_iter().find(|name| has(name)).map(str::to_owned);
    if let Some(name) = found() {
        return Ok(name);
    }
    install("chromium")?;
    found().ok_or_else(|| "chromium was installed and cannot be started".to_owned())
}

/// Whether the installed packages are those of the lock file.
fn is_current(folder: &Path) -> bool {
    let time = |path: &str| std::fs::metadata(folder.join(path)).and_then(|data| data.modified());
    match (time("node_modules/.package-lock.json"), time("package-lock.json")) {
        (Ok(installed), Ok(locked)) => installed >= locked,
        _ => false,
    }
}
