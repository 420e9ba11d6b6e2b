//! The page and the desk in a headless Chromium.

use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome, build_rashomon, has, install, scratch};
use crate::workspace::root;

/// The stories whose pages are opened.
const STORIES: &[&str] = &["harbour-strike", "minister-trial", "storm-odile"];
/// Where the program lies that opens pages, with the packages that it needs.
const FOLDER: &str = "tests/browser";
/// Whoever sets it says that the page may go untested.
const WITHOUT: &str = "RASHOMON_NO_BROWSER";

/// Opens the page of each sample story and uses it as people do.
pub fn run() -> Outcome {
    if std::env::var_os(WITHOUT).is_some() {
        eprintln!("xtask: {WITHOUT} is set: the page was NOT tested in a browser");
        return Ok(());
    }
    let folder = scratch("pages")?;
    let mut pages = Vec::new();
    for story in STORIES {
        pages.push(page(story, &folder)?.display().to_string());
    }
    let chromium = ready()
        .map_err(|error| format!("{error}\nset {WITHOUT}=1 to leave the tests of the page out"))?;
    open(&chromium, &pages.join(" "))?;
    desk(&chromium)
}

/// Goes the main ways through the desk, from an empty store on.
fn desk(chromium: &str) -> Outcome {
    let program = build_rashomon()?;
    let test = format!("node --test --test-timeout=300000 {FOLDER}/desk/journeys.test.mjs");
    shell::run_with(&test, |command| {
        command.env("CHROMIUM", chromium).env("RASHOMON", program);
    })
}

/// Takes pictures of the desk over the samples into a folder.
pub fn pictures(folder: &Path) -> Outcome {
    let (program, chromium) = (build_rashomon()?, ready()?);
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(fail)?;
    let command = format!("node {FOLDER}/desk/pictures.mjs {}", folder.display());
    shell::run_with(&command, |command| {
        command.env("CHROMIUM", chromium).env("RASHOMON", program);
    })
}

/// Runs the program that opens pages.
pub fn open(chromium: &str, arguments: &str) -> Outcome {
    shell::run_with(&format!("node {FOLDER}/page.mjs {arguments}"), |command| {
        command.env("CHROMIUM", chromium);
    })
}

/// Writes the page of a sample story into a folder.
pub fn page(story: &str, folder: &Path) -> Result<PathBuf, String> {
    let program = build_rashomon()?;
    let page = folder.join(story).with_extension("html");
    shell::run(&format!("{} compare samples/{story} -q -o {}", program.display(), page.display()))?;
    Ok(page)
}

/// Installs what is missing, and gives the path of the browser.
pub fn ready() -> Result<String, String> {
    if !has("node") || !has("npm") {
        install("nodejs npm")?;
    }
    let folder = root().join(FOLDER);
    if !is_current(&folder) {
        shell::run_with("npm ci --no-audit --no-fund --silent", |command| {
            command.current_dir(&folder);
        })?;
    }
    match chromium() {
        Some(path) => Ok(path),
        None => {
            install("chromium")?;
            chromium().ok_or_else(|| "chromium was installed and is not to be found".to_owned())
        }
    }
}

/// The browser of this machine.
fn chromium() -> Option<String> {
    let given = std::env::var("CHROMIUM").ok();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    given.or_else(|| {
        names.into_iter().find_map(|name| {
            let folders = std::env::var_os("PATH")?;
            let path = std::env::split_paths(&folders).map(|folder| folder.join(name));
            path.into_iter().find(|path| path.is_file()).map(|path| path.display().to_string())
        })
    })
}

/// Whether the installed packages are those of the lock file.
fn is_current(folder: &Path) -> bool {
    let time = |path: &str| std::fs::metadata(folder.join(path)).and_then(|data| data.modified());
    match (time("node_modules/.package-lock.json"), time("package-lock.json")) {
        (Ok(installed), Ok(locked)) => installed >= locked,
        _ => false,
    }
}
