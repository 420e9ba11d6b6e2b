use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::bail;
use jiff::Timestamp;
use rashomon_desk::store::Feed;
use rashomon_desk::{Again, Desk, DeskOptions, Gathering, Look};

use super::feeds::{add, read_opml};
use crate::arguments::desk::WatchArguments;
use crate::desk;
use crate::listing::counted;
use crate::report::say;
use crate::watched::{Watched, summary};

/// How many synopses of growing stories are held in memory.
const HELD: usize = 16;

/// Of the pages that are asked again at once, one host has at most a part of so many.
const HOSTS: usize = 8;

/// The longest nap between two looks at the clock and at Ctrl-C.
const NAP: Duration = Duration::from_millis(200);

pub fn run(options: &WatchArguments) -> anyhow::Result<ExitCode> {
    crate::inputs::set_threads(options.threads);
    let stop = desk::on_interrupt();
    let again = Again {
        after: options.again.0.clone(),
        most: options.again_most,
        most_per_host: options.again_most.div_ceil(HOSTS),
    };
    let held = DeskOptions { held_synopses: HELD, again, ..DeskOptions::default() };
    let mut desk = desk::open_with(&options.store, &held)?;
    for address in &options.feeds {
        add(&mut desk, &Feed { address: address.clone(), ..Feed::default() })?;
    }
    if let Some(file) = &options.opml {
        for feed in read_opml(file)? {
            add(&mut desk, &feed)?;
        }
    }
    let feeds = desk.store().feeds()?.len() as u64;
    if feeds == 0 {
        bail!("there are no feeds to watch; name some, or an OPML file with --feeds");
    }
    if !options.store.quiet {
        say(format_args!("watching {}", counted(feeds, "feed")));
    }
    let fetcher = desk::fetcher(&options.fetch)?;
    let gathering = Gathering {
        fetcher: Some(&fetcher),
        pages: desk::pages(&options.fetch),
        from_start: false,
        stop: &stop,
    };
    loop {
        let begin = Instant::now();
        let watched = Watched::new(&options.store, &stop);
        let look = look(&mut desk, options, &gathering, &watched);
        let skipped = watched.finish();
        let look = look?;
        if !options.store.quiet && look.asked + look.again > 0 {
            let line = summary(&look.report, begin.elapsed().as_secs_f64());
            let asked = counted(look.asked as u64, "feed");
            let again = match look.again {
                0 => String::new(),
                pages => format!(", {} asked again", counted(pages as u64, "page")),
            };
            say(format_args!("{asked} asked, {} failed{again} · {line}", look.failed));
        } else if let (false, Some(next)) = (options.store.quiet, look.next) {
            say(format_args!("nothing is due before {}", next.strftime("%Y-%m-%d %H:%M:%S UTC")));
        }
        if stop.load(Ordering::Relaxed) {
            // Who watches without an end is stopped so; one look was to be whole.
            return Ok(ExitCode::from(if options.once { desk::STOPPED } else { 0 }));
        }
        if options.once {
            let failed = look.asked > 0 && look.failed == look.asked;
            return Ok(ExitCode::from(if failed {
                1
            } else if skipped {
                3
            } else {
                0
            }));
        }
        sleep_until(look.next, options.every, &stop);
        if stop.load(Ordering::Relaxed) {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

fn look(
    desk: &mut Desk,
    options: &WatchArguments,
    gathering: &Gathering<'_>,
    watched: &Watched<'_>,
) -> anyhow::Result<Look> {
    let mut look = desk.look(options.every, gathering, watched)?;
    look.report.compared = desk.compare_changed(watched)?;
    Ok(look)
}

/// Waits until a feed is due, or somebody says stop.
fn sleep_until(next: Option<Timestamp>, every: Duration, stop: &AtomicBool) {
    let pause = next.map_or(every, |next| {
        Duration::try_from(next.duration_since(Timestamp::now())).unwrap_or_default()
    });
    let end = Instant::now() + pause.max(NAP);
    while Instant::now() < end && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(NAP);
    }
}
