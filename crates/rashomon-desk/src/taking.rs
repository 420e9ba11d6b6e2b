use std::sync::{Mutex, PoisonError};

use rashomon::article::Diagnostic;

use crate::Error;
use crate::desk::Desk;
use crate::input::Input;
use crate::monitor::Monitor;
use crate::piece::Mark;
use crate::reading::{Found, read_bytes};
use crate::report::Report;

/// What became of reports that somebody sent.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// What was kept.
    pub report: Report,
    /// What was skipped or mended.
    pub diagnostics: Vec<Diagnostic>,
}

impl Desk {
    /// Keeps the reports in bytes that somebody sent, as [`ingest`](Desk::ingest) keeps those of a
    /// file: one that is known by its address or id is met again, and one that has neither is
    /// known by its words. Addresses that are named in the bytes are not fetched.
    pub fn take(&mut self, bytes: Vec<u8>) -> Result<Taken, Error> {
        let told = Told::default();
        let limits = self.limits.clone();
        let mut report = self.keep(&told, |intake, monitor| {
            read_bytes(Input::POSTED, bytes, &limits, monitor, &mut |mut found| {
                if let Found::Piece(piece) = &mut found {
                    let container = Input::POSTED.to_owned();
                    piece.mark = Some(Mark { container, position: None });
                }
                if let Some(address) = intake.found(found) {
                    let message = format!("{address}: addresses are not fetched here");
                    intake.told(Diagnostic::input("not-fetched", message, address));
                }
            });
        })?;
        self.settle(&told, &mut report)?;
        let diagnostics = told.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Taken { report, diagnostics })
    }
}

/// Notes what is told.
#[derive(Default)]
struct Told(Mutex<Vec<Diagnostic>>);

impl Monitor for Told {
    fn told(&self, diagnostic: &Diagnostic) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.push(diagnostic.clone());
    }
}
