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
