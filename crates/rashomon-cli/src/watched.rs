use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rashomon::article::Diagnostic;
use rashomon_desk::{Monitor, Report};

use crate::arguments::desk::StoreArguments;
use crate::listing::counted;
use crate::progress::Progress;
use crate::report::{is_notice, say, tell};

/// How many diagnostics of one kind are shown one by one without --verbose.
const FEW: u64 = 5;

/// What an archive of the web holds beside its pages: nobody misses it.
const NO_PAGES: [&str; 6] = ["metadata", "no-page", "redirect", "request", "revisit", "warcinfo"];

/// Shows long work on standard error, and ends it on Ctrl-C.
pub struct Watched<'w> {
    quiet: bool,
    verbose: bool,
    /// Whether diagnostics are shown as they come.
    says: bool,
    stop: &'w AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    progress: Option<Progress>,
    told: BTreeMap<String, u64>,
    skipped: BTreeMap<String, u64>,
}

impl<'w> Watched<'w> {
    pub fn new(arguments: &StoreArguments, stop: &'w AtomicBool) -> Watched<'w> {
        let (quiet, verbose) = (arguments.quiet, arguments.verbose);
        Watched { quiet, verbose, says: !quiet, stop, state: Mutex::new(State::default()) }
    }

    /// Shows a bar and says nothing: somebody else reports.
    pub fn silent(quiet: bool, stop: &'w AtomicBool) -> Watched<'w> {
        Watched { quiet, verbose: false, says: false, stop, state: Mutex::new(State::default()) }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes the bar away and says what was not shown one by one. Gives whether anything was
    /// skipped.
    pub fn finish(&self) -> bool {
        let mut state = self.state();
        if let Some(progress) = state.progress.take() {
            progress.finish();
        }
        if self.says {
            for (code, &count) in &state.told {
                if count > FEW && !self.verbose && !is_notice(code) {
                    let more = count - FEW;
                    say(format_args!("{more} more of [{code}]; --verbose shows them"));
                }
            }
            if let (Some(&count), false) = (state.told.get("read-before"), self.verbose) {
                say(read_before(count));
            }
            for (code, &count) in &state.skipped {
                if self.verbose || !NO_PAGES.contains(&code.as_str()) {
                    say(format_args!("{} passed over [{code}]", counted(count, "record")));
                }
            }
        }
        state.told.keys().any(|code| !is_notice(code))
    }
}

impl Monitor for Watched<'_> {
    fn begins(&self, what: &str, steps: Option<u64>) {
        let mut state = self.state();
        if let Some(progress) = state.progress.take() {
            progress.finish();
        }
        state.progress = Some(Progress::open_ended(what, steps, self.quiet));
    }

    fn did(&self, steps: u64) {
        if let Some(progress) = &self.state().progress {
            progress.steps(steps);
        }
    }

    fn told(&self, diagnostic: &Diagnostic) {
        let mut state = self.state();
        let count = state.told.entry(diagnostic.code.to_string()).or_default();
        *count += 1;
        let is_shown = self.verbose || *count <= FEW && !is_notice(&diagnostic.code);
        if self.says && is_shown {
            match &state.progress {
                Some(progress) => progress.aside(|| tell(diagnostic)),
                None => tell(diagnostic),
            }
        }
    }

    fn skipped(&self, _input: &str, code: &str, count: u64) {
        *self.state().skipped.entry(code.to_owned()).or_default() += count;
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// One line about the files that an earlier run read in part or whole.
fn read_before(files: u64) -> String {
    let (were, are, it) = match files {
        1 => ("was", "is", "it"),
        _ => ("were", "are", "them"),
    };
    format!(
        "{} {were} read before and {are} read on from there; --from-start reads {it} again",
        counted(files, "file")
    )
}

/// One line about what a run did.
pub fn summary(report: &Report, seconds: f64) -> String {
    let rate = if seconds > 1.0 && report.read > 100 {
        format!(" · {:.0} articles/s", report.read as f64 / seconds)
    } else {
        String::new()
    };
    let mut parts = vec![format!("{} read", counted(report.read, "article"))];
    for (count, what) in
        [(report.new, "new"), (report.revised, "revised"), (report.unchanged, "known already")]
    {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    if report.elsewhere > 0 {
        parts.push(format!("{} of them at another address", report.elsewhere));
    }
    for (count, noun, what) in [
        (report.stories, "story", "begun"),
        (report.merged, "story", "merged"),
        (report.moved, "article", "moved"),
        (report.compared, "story", "compared"),
    ] {
        if count > 0 {
            parts.push(format!("{} {what}", counted(count, noun)));
        }
    }
    format!("{} · {seconds:.1} s{rate}", parts.join(" · "))
}
