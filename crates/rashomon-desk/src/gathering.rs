use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use rashomon::article::Diagnostic;
use rashomon_fetch::Fetcher;
use rashomon_store::{ArticleNumber, Store};

use crate::Error;
use crate::again::Asked;
use crate::desk::Desk;
use crate::input::{Input, inputs};
use crate::keeping::Intake;
use crate::monitor::Monitor;
use crate::reading::{Found, Limits, Resume, read_local};
use crate::report::Report;
use crate::web::{Answer, Pages, Seen, Taker, Visit, Web};

/// How inputs are gathered.
pub struct Gathering<'g> {
    /// Who fetches addresses; without one they are named and skipped.
    pub fetcher: Option<&'g Fetcher>,
    /// Whether pages of a feed's entries are fetched.
    pub pages: Pages,
    /// Read containers from their beginning, also where an earlier run got further.
    pub from_start: bool,
    /// Set by whoever wants the work to end: at the next safe place, nothing is lost.
    pub stop: &'g AtomicBool,
}

impl Desk {
    /// Reads inputs of all kinds and keeps the articles in them. What was kept before is left as
    /// it is; what changed becomes a revision. A container that was read in part goes on where it
    /// was left.
    pub fn ingest(
        &mut self,
        names: &[PathBuf],
        gathering: &Gathering<'_>,
        monitor: &dyn Monitor,
    ) -> Result<Report, Error> {
        let (inputs, diagnostics) = inputs(names);
        let reader = self.reader()?;
        let limits = self.limits.clone();
        let mut report = self.keep(monitor, |intake, monitor| {
            diagnostics.into_iter().for_each(|diagnostic| intake.told(diagnostic));
            let mut visits = Vec::new();
            for input in &inputs {
                if monitor.stopped() {
                    break;
                }
                local(input, &limits, gathering, reader.as_ref(), monitor, intake, &mut visits);
            }
            fetch(visits, gathering, &limits, reader.as_ref(), monitor, intake);
        })?;
        self.settle(monitor, &mut report)?;
        Ok(report)
    }
}

fn local(
    input: &Input,
    limits: &Limits,
    gathering: &Gathering<'_>,
    reader: Option<&Store>,
    monitor: &dyn Monitor,
    intake: &mut Intake<'_>,
    visits: &mut Vec<Visit>,
) {
    monitor.begins(&input.name(), None);
    let from = |container: &str| -> Option<u64> {
        let checkpoint = reader.filter(|_| !gathering.from_start)?.checkpoint(container).ok()??;
        Some(checkpoint.position)
    };
    let resume = container(input).map(|container| Resume { container, from: &from });
    read_local(input, limits, resume.as_ref(), monitor, &mut |found| {
        visits.extend(intake.found(found).map(Visit::to));
    });
}

/// What a file's places are kept under: its full path, size and time of change, so that a file
/// that was written anew is read anew.
fn container(input: &Input) -> Option<String> {
    let Input::File(path) = input else { return None };
    let about = std::fs::metadata(path).ok()?;
    let changed = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let full = std::fs::canonicalize(path).ok()?;
    Some(format!("{}|{}|{}", full.display(), about.len(), changed.as_nanos()))
}

fn fetch(
    visits: Vec<Visit>,
    gathering: &Gathering<'_>,
    limits: &Limits,
    reader: Option<&Store>,
    monitor: &dyn Monitor,
    intake: &mut Intake<'_>,
) {
    if visits.is_empty() {
        return;
    }
    let Some(fetcher) = gathering.fetcher else {
        for visit in visits {
            let message = format!("{}: addresses are not fetched here", visit.address());
            intake.told(Diagnostic::input("not-fetched", message, visit.address()));
        }
        return;
    };
    let (pages, stop) = (gathering.pages, gathering.stop);
    let web = Web { fetcher, pages, limits, monitor, stop };
    let mut taker = Gatherer::new(intake, reader);
    web.visit(visits, &mut taker);
}

/// Hands what is found in the web to the intake.
pub(crate) struct Gatherer<'g, 'i> {
    pub intake: &'g mut Intake<'i>,
    pub reader: Option<&'g Store>,
    /// Entries that were dealt with in this run.
    pub seen: BTreeSet<Seen>,
    /// What came of asking feeds.
    pub answers: Vec<(i64, Answer)>,
    /// Feeds of which a page could not be had for now.
    pub retries: BTreeSet<i64>,
}

impl<'g, 'i> Gatherer<'g, 'i> {
    pub fn new(intake: &'g mut Intake<'i>, reader: Option<&'g Store>) -> Gatherer<'g, 'i> {
        let (seen, answers, retries) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        Gatherer { intake, reader, seen, answers, retries }
    }
}

impl Taker for Gatherer<'_, '_> {
    fn found(&mut self, found: Found) {
        // Addresses that a page of the web names are followed by the web itself.
        let _ = self.intake.found(found);
    }

    fn knows(&mut self, seen: &Seen) -> bool {
        self.seen.contains(seen)
            || self
                .reader
                .is_some_and(|reader| reader.knows_entry(&seen.key, &seen.digest).unwrap_or(false))
    }

    fn saw(&mut self, seen: Seen) {
        self.intake.saw(seen.clone());
        self.seen.insert(seen);
    }

    fn asked(&mut self, article: ArticleNumber, asked: Asked) {
        self.intake.asked(article, asked);
    }

    fn retry(&mut self, feed: i64) {
        self.retries.insert(feed);
    }

    fn answer(&mut self, feed: i64, answer: Answer) {
        self.answers.push((feed, answer));
    }

    fn round(&mut self) {
        self.intake.flush();
    }
}
