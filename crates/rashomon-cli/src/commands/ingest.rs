use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Instant;

use rashomon_desk::Gathering;

use crate::arguments::desk::IngestArguments;
use crate::desk;
use crate::report::say;
use crate::watched::{Watched, summary};

pub fn run(options: &IngestArguments) -> anyhow::Result<ExitCode> {
    crate::inputs::set_threads(options.threads);
    let begin = Instant::now();
    let stop = desk::on_interrupt();
    let watched = Watched::new(&options.store, &stop);
    let mut desk = desk::open(&options.store)?.limited(options.max_size);
    let fetcher = desk::fetcher(&options.fetch)?;
    let gathering = Gathering {
        fetcher: Some(&fetcher),
        pages: desk::pages(&options.fetch),
        from_start: options.from_start,
        stop: &stop,
    };
    let kept = desk.ingest(&options.inputs, &gathering, &watched);
    let compared = match (&kept, options.no_compare) {
        (Ok(_), false) => desk.compare_changed(&watched),
        _ => Ok(0),
    };
    let skipped = watched.finish();
    let mut report = kept?;
    report.compared = compared?;
    if !options.store.quiet {
        say(summary(&report, begin.elapsed().as_secs_f64()));
    }
    if stop.load(Ordering::Relaxed) {
        if !options.store.quiet {
            say("stopped; run it again to go on");
        }
        return Ok(ExitCode::from(desk::STOPPED));
    }
    if report.read == 0 && skipped {
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::from(if skipped { 3 } else { 0 }))
}
