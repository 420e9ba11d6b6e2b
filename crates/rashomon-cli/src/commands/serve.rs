use std::io::IsTerminal as _;
use std::process::ExitCode;

use rashomon_serve::{MailOptions, ServeOptions};
use tracing_subscriber::EnvFilter;

use super::feeds::{add, read_opml};
use crate::arguments::desk::{LogFormat, ServeArguments};
use crate::desk;
use crate::report::say;

pub fn run(arguments: &ServeArguments) -> anyhow::Result<ExitCode> {
    log(arguments);
    let stop = desk::on_interrupt();
    if let Some(file) = &arguments.opml {
        let mut desk = desk::open(&arguments.store)?;
        for feed in read_opml(file)? {
            add(&mut desk, &feed)?;
        }
    }
    let mail = arguments.smtp.clone().zip(arguments.mail_from.clone());
    let options = ServeOptions {
        address: arguments.listen,
        token: arguments.token.clone(),
        hosts: arguments.hosts.clone(),
        fetch: (!arguments.no_fetch).then(|| desk::fetching(&arguments.fetch)),
        pages: desk::pages(&arguments.fetch),
        every: arguments.every,
        mail: mail.map(|(server, from)| MailOptions { server, from }),
        ..ServeOptions::new(desk::place(&arguments.store)?)
    };
    let quiet = arguments.store.quiet;
    rashomon_serve::serve(options, stop, |address| {
        if !quiet {
            say(format_args!("the desk is open at http://{address}/ – Ctrl-C closes it"));
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The log goes to standard error; `RUST_LOG` says more or less of it.
fn log(arguments: &ServeArguments) {
    let level = match (arguments.store.quiet, arguments.store.verbose) {
        (true, _) => "error",
        (_, true) => "debug",
        _ => "info",
    };
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new(format!("warn,rashomon_serve={level}")));
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter);
    let log = log.with_ansi(std::io::stderr().is_terminal());
    let begun = match arguments.log {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    // A log that began before goes on.
    let _ = begun;
}
