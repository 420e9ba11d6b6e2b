//! The `rashomon` command: a thin door over the facade crate.
#![allow(
    clippy::disallowed_methods,
    reason = "the command line is the edge: it reads files and the environment and prints"
)]

mod arguments;
mod commands;
mod desk;
mod inputs;
mod listing;
mod output;
mod progress;
mod report;
mod watched;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Arguments, Command};
use crate::report::say;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Compare(options) => commands::compare::run(options),
        Command::Annotate(options) => commands::annotate::run(options),
        Command::Stories(options) => commands::stories::run(options),
        Command::Ingest(options) => commands::ingest::run(options),
        Command::Watch(options) => commands::watch::run(options),
        Command::Serve(options) => commands::serve::run(options),
        Command::Mcp(options) => commands::mcp::run(options),
        Command::Feeds(options) => commands::feeds::run(options),
        Command::Story(options) => commands::story::run(options),
        Command::Search(options) => commands::search::run(options),
        Command::Revisions(options) => commands::revisions::run(options),
        Command::Export(options) => commands::export::run(options),
        Command::Check(options) => commands::check::run(options),
    };
    match result {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("{error:#}"));
            ExitCode::from(1)
        }
    }
}
