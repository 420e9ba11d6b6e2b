use std::path::PathBuf;

use rashomon::article::{Diagnostic, Document};
use rashomon::language::english;
use rashomon::read::ReadOptions;
use rashomon_store::ArticleNumber;
use rayon::prelude::*;

use crate::again::Asked;
use crate::gathering::Gathering;
use crate::input::{Input, inputs};
use crate::monitor::Monitor;
use crate::piece::Piece;
use crate::reading::{Found, Limits, read_local};
use crate::web::{Answer, Seen, Taker, Visit, Web};

/// What inputs hold, read and not annotated, in the order of the inputs.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// The articles; ids need not be unique.
    pub documents: Vec<Document>,
    /// What was skipped or mended.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads inputs of all kinds at once and keeps nothing: for a handful of reports.
pub fn collect(
    names: &[PathBuf],
    limits: &Limits,
    gathering: &Gathering<'_>,
    monitor: &dyn Monitor,
) -> Collected {
    let (inputs, diagnostics) = inputs(names);
    monitor.begins("reading", Some(inputs.len() as u64));
    let parts: Vec<Part> = inputs
        .par_iter()
        .map(|input| {
            let part = local(input, limits, monitor);
            monitor.did(1);
            part
        })
        .collect();
    let mut collected = Collected { documents: Vec::new(), diagnostics };
    for part in parts {
        collected.documents.extend(part.collected.documents);
        collected.diagnostics.extend(part.collected.diagnostics);
        fetch(part.addresses, limits, gathering, monitor, &mut collected);
    }
    collected
}

/// What one input gave.
#[derive(Default)]
struct Part {
    collected: Collected,
    addresses: Vec<String>,
}

impl Part {
    fn take(&mut self, found: Found, limits: &Limits) {
        match found {
            Found::Piece(piece) => self.collected.piece(&piece, limits),
            Found::Told(diagnostic) => self.collected.diagnostics.push(diagnostic),
            Found::Address(address) => self.addresses.push(address),
        }
    }
}

impl Collected {
    fn piece(&mut self, piece: &Piece, limits: &Limits) {
        let reading = piece.read(&ReadOptions { max_bytes: limits.max_bytes }, english());
        self.documents.extend(reading.documents);
        self.diagnostics.extend(reading.diagnostics);
    }
}

fn local(input: &Input, limits: &Limits, monitor: &dyn Monitor) -> Part {
    let mut part = Part::default();
    read_local(input, limits, None, monitor, &mut |found| part.take(found, limits));
    part
}

fn fetch(
    addresses: Vec<String>,
    limits: &Limits,
    gathering: &Gathering<'_>,
    monitor: &dyn Monitor,
    collected: &mut Collected,
) {
    if addresses.is_empty() {
        return;
    }
    let Some(fetcher) = gathering.fetcher else {
        for address in addresses {
            let message = format!("{address}: addresses are not fetched here");
            collected.diagnostics.push(Diagnostic::input("not-fetched", message, address));
        }
        return;
    };
    let (pages, stop) = (gathering.pages, gathering.stop);
    let web = Web { fetcher, pages, limits, monitor, stop };
    let visits = addresses.into_iter().map(Visit::to).collect();
    web.visit(visits, &mut Collector { collected, limits });
}

struct Collector<'c> {
    collected: &'c mut Collected,
    limits: &'c Limits,
}

impl Taker for Collector<'_> {
    fn found(&mut self, found: Found) {
        match found {
            Found::Piece(piece) => self.collected.piece(&piece, self.limits),
            Found::Told(diagnostic) => self.collected.diagnostics.push(diagnostic),
            // The web follows what its pages name by itself.
            Found::Address(_) => {}
        }
    }

    fn knows(&mut self, _seen: &Seen) -> bool {
        false
    }

    fn saw(&mut self, _seen: Seen) {}

    fn asked(&mut self, _article: ArticleNumber, _asked: Asked) {}

    fn retry(&mut self, _feed: i64) {}

    fn answer(&mut self, _feed: i64, _answer: Answer) {}

    fn round(&mut self) {}
}
