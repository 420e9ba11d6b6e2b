use std::fmt::Display;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use rashomon_desk::feeds::{Source, read};
use rashomon_desk::store::Feed;
use rashomon_desk::{Desk, outline};

use crate::arguments::desk::{FeedsAction, FeedsArguments};
use crate::listing::{counted, times};
use crate::report::say;
use crate::{desk, output};

pub fn run(options: &FeedsArguments) -> anyhow::Result<ExitCode> {
    match options.action.as_ref().unwrap_or(&FeedsAction::List) {
        FeedsAction::List => list(options)?,
        FeedsAction::Add { addresses } => {
            let mut desk = desk::open(&options.store)?;
            for address in addresses {
                let is_new = add(&mut desk, &Feed { address: address.clone(), ..Feed::default() })?;
                let what = if is_new { "added" } else { "was there already" };
                done(options, format_args!("{address}: {what}"));
            }
        }
        FeedsAction::Remove { addresses } => {
            let mut desk = desk::open_existing(&options.store)?;
            for address in addresses {
                if !desk.unsubscribe(address)? {
                    bail!("{address}: is not among the feeds; `rashomon feeds` lists them");
                }
                done(options, format_args!("{address}: removed; what it brought stays"));
            }
        }
        FeedsAction::Import { file } => {
            let mut desk = desk::open(&options.store)?;
            let mut new = 0;
            let feeds = read_opml(file)?;
            for feed in &feeds {
                new += usize::from(add(&mut desk, feed)?);
            }
            let read = counted(feeds.len() as u64, "feed");
            done(options, format_args!("{read} read, {new} new"));
        }
        FeedsAction::Export { output } => {
            let desk = desk::open_to_read(options.store.db.as_deref())?;
            let feeds = desk.store().feeds()?.into_iter().map(|(_, feed)| feed).collect();
            output::write(output.as_deref(), &outline::write(feeds))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn done(options: &FeedsArguments, what: impl Display) {
    if !options.store.quiet {
        say(what);
    }
}

/// Adds a feed by its address, which must be one of the web.
pub fn add(desk: &mut Desk, feed: &Feed) -> anyhow::Result<bool> {
    if !rashomon_desk::is_address(&feed.address) {
        bail!("{}: is no address of the web; it begins with https:// or http://", feed.address);
    }
    Ok(desk.subscribe(feed)?)
}

/// The feeds of an OPML file.
pub fn read_opml(file: &Path) -> anyhow::Result<Vec<Feed>> {
    let name = file.display();
    let bytes = if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        bytes
    } else {
        std::fs::read(file).with_context(|| format!("{name}: cannot be read"))?
    };
    let Source::Subscriptions(list) = read(&bytes, None, None).with_context(|| name.to_string())?
    else {
        bail!("{name}: is no OPML; `rashomon ingest` reads feeds and sitemaps");
    };
    for diagnostic in &list.diagnostics {
        say(format_args!("{name}: {} [{}]", diagnostic.message, diagnostic.code));
    }
    Ok(list.feeds.into_iter().map(outline::feed).collect())
}

fn list(options: &FeedsArguments) -> anyhow::Result<()> {
    let desk = desk::open_to_read(options.store.db.as_deref())?;
    let feeds = desk.store().feeds()?;
    if feeds.is_empty() {
        done(options, "no feed is kept yet; `rashomon feeds add ADDRESS` adds one");
    }
    let mut text = String::new();
    for (_, feed) in feeds {
        let health = match (&feed.last_error, feed.last_ok, feed.gone) {
            (_, _, true) => "gone".to_owned(),
            (Some(error), _, _) => format!("failed {}: {error}", times(feed.failures.into())),
            (None, Some(ok), _) => format!("last read {}", ok.strftime("%Y-%m-%d %H:%M")),
            (None, None, _) => "never asked".to_owned(),
        };
        let title = feed.title.as_deref().unwrap_or("-");
        text.push_str(&format!("{}\t{title}\t{health}\n", feed.address));
    }
    output::write(None, &text)
}
