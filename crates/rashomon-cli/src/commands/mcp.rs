use std::io::{BufReader, stdin, stdout};
use std::process::ExitCode;

use crate::arguments::desk::McpArguments;
use crate::desk;

/// Standard output belongs to the protocol: what else is to be said goes to standard error.
pub fn run(arguments: &McpArguments) -> anyhow::Result<ExitCode> {
    let mut desk = desk::open_to_read(arguments.db.as_deref())?;
    let stop = desk::on_interrupt();
    rashomon_serve::mcp::stdio(desk.store_mut(), BufReader::new(stdin()), stdout(), &stop)?;
    Ok(ExitCode::SUCCESS)
}
