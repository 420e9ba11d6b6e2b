use crate::shell::{self, Outcome, has, install};
use crate::{api, browser, quality, readme, tidy};

/// How many mutations of each sample the short fuzz run tries.
const MUTATIONS: &str = "40";

/// Everything that must hold.
pub fn run() -> Outcome {
    components()?;
    shell::run("cargo fmt --all --check")?;
    tidy::run()?;
    shell::run("cargo clippy --quiet --locked --workspace --all-targets -- -D warnings")?;
    // Unit, property and doc tests, specs, sample stories with their floors, the command line.
    shell::run_with("cargo test --quiet --locked --workspace", |command| {
        command.env("MUTATIONS", MUTATIONS);
    })?;
    readme::run(false)?;
    browser::run()?;
    api::run()?;
    quality::run(&[])
}

/// A bare Rust may come without them, and without a linker.
fn components() -> Outcome {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if !has(program) {
            shell::run(&format!("rustup component add {component}"))?;
        }
    }
    if has("git") { Ok(()) } else { install("git") }
}
