//! The commands of this repository: `cargo xtask COMMAND`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for developers, at the edge"
)]

mod api;
mod browser;
mod desk;
mod picture;
mod quality;
mod readme;
mod shell;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test        everything that must hold, as in CI
cargo xtask tidy        the house rules, run as code
cargo xtask readme      runs the README's commands and compares what it shows
                        (--update rewrites it)
cargo xtask quality     precision and recall on the evaluation data beside the checkout,
                        against pinned floors (UPDATE_FLOORS=1 raises them); with names of
                        tasks, only those: quality quantities times names entities speed
cargo xtask desk        how well and how fast stories form and are kept, beside what others reach;
                        with names of parts, only those: stories speed ingest kills fixtures
cargo xtask browser     the page and the desk in a headless browser
cargo xtask picture     the screenshots in docs: the page of a sample story, and the desk
cargo xtask serve-check the API of a running server, asked by schemathesis
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
        ["readme"] => readme::run(false),
        ["readme", "--update"] => readme::run(true),
        ["quality", ref tasks @ ..] => quality::run(tasks),
        ["desk", ref parts @ ..] => desk::run(parts),
        ["browser"] => browser::run(),
        ["serve-check"] => api::run(),
        ["picture"] => picture::run(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no command {:?}\n{HELP}", words.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
