//! One file for each command.

pub mod annotate;
pub mod check;
pub mod compare;
pub mod export;
pub mod feeds;
pub mod ingest;
pub mod mcp;
pub mod revisions;
pub mod search;
pub mod serve;
pub mod stories;
pub mod story;
pub mod watch;

use std::process::ExitCode;

use rashomon::article::Diagnostic;

use crate::report::skipped_any;

/// 0, or 3 where some input is not in the result.
fn exit_code(diagnostics: &[Diagnostic]) -> ExitCode {
    ExitCode::from(if skipped_any(diagnostics) { 3 } else { 0 })
}
