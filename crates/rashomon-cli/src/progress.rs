use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Work on fewer things than this needs no bar.
const FEW: usize = 40;

/// A bar on standard error for long work; nothing where that is no terminal.
pub struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn new(what: &'static str, steps: usize, quiet: bool) -> Progress {
        if quiet || steps < FEW || !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let style = ProgressStyle::with_template("{msg:>12} {bar:32} {pos}/{len} {eta:>4}");
        let bar = ProgressBar::new(steps as u64).with_message(what);
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress(Some(bar))
    }

    /// A bar for work of which the length may not be known: then it only counts.
    pub fn open_ended(what: &str, steps: Option<u64>, quiet: bool) -> Progress {
        let is_short = steps.is_some_and(|steps| steps < FEW as u64);
        if quiet || is_short || !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = steps.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        let template = match steps {
            Some(_) => "{msg:>12} {bar:32} {pos}/{len} {eta:>4}",
            None => "{spinner} {pos} {per_sec} {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress(Some(bar))
    }

    /// So many steps at once.
    pub fn steps(&self, steps: u64) {
        if let Some(bar) = &self.0 {
            bar.inc(steps);
        }
    }

    /// Prints something without drawing over the bar.
    pub fn aside(&self, print: impl FnOnce()) {
        match &self.0 {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    pub fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
