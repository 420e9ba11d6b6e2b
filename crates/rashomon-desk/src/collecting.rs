use std::fs::File;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use rashomon::article::{Diagnostic, Document};
use rashomon::language::english;
use rashomon::read::{ReadOptions, read};
use rayon::prelude::*;

use crate::gathering::Gathering;
use crate::input::{Input, inputs};
use crate::monitor::Monitor;
use crate::piece::Piece;
use crate::reading::{Found, Limits, is_markup_or_list, read_bytes};
use crate::web::{Answer, Seen, Taker, Visit, Web};

/// What inputs hold, read and not annotated, in the order of the inputs.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// The articles; ids need not be unique.
    pub documents: Vec<Document>,
    /// What was skipped or mended.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads inputs of all kinds at once and keeps nothing: for a handful of reports. An archive is
/// read whole.
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
    let name = input.name();
    let bytes = match input {
        Input::Address(address) => {
            part.addresses.push(address.clone());
            return part;
        }
        Input::Standard => standard(limits.max_bytes),
        Input::File(path) => file(path, limits.max_bytes),
    };
    match bytes {
        Err(why) => part.collected.diagnostics.push(Diagnostic::input("unreadable", why, name)),
        Ok(bytes) if is_container(&name, &bytes) => {
            read_bytes(&name, bytes, limits, monitor, &mut |found| part.take(found, limits));
        }
        Ok(bytes) => {
            let options = ReadOptions { max_bytes: limits.max_bytes };
            let reading = read(&name, &bytes, &options, english());
            part.collected.documents.extend(reading.documents);
            part.collected.diagnostics.extend(reading.diagnostics);
        }
    }
    part
}

/// The bytes of a file. Of one that is no archive, at most one byte more than allowed: then its
/// reader knows that it is too large.
fn file(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let mut file = File::open(path).map_err(|error| format!("cannot be opened: {error}"))?;
    read_some(&mut file, &path.display().to_string(), most)
}

fn standard(most: usize) -> Result<Vec<u8>, String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        let message = "standard input is the keyboard; pipe a report into it or name a file";
        return Err(message.to_owned());
    }
    read_some(&mut stdin.lock(), "stdin", most)
}

/// Archives hold many records, each of which has the limit; a thousand times that is enough for
/// something that is read into memory as a whole.
const ARCHIVE: usize = 1000;

fn read_some(reader: &mut dyn std::io::Read, name: &str, most: usize) -> Result<Vec<u8>, String> {
    let fail = |error: std::io::Error| format!("cannot be read: {error}");
    let mut bytes = Vec::new();
    reader.take(most as u64 + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() > most && is_container(name, &bytes) {
        let more = most.saturating_mul(ARCHIVE) as u64;
        reader.take(more).read_to_end(&mut bytes).map_err(fail)?;
    }
    Ok(bytes)
}

/// Whether bytes hold records that a reader of single reports does not know: an archive, a table, a
/// feed, a list of addresses.
fn is_container(name: &str, bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 6] =
        [b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"PAR1", b"WARC/"];
    let name = name.to_ascii_lowercase();
    let is_named = [".csv", ".tsv", ".arc", ".tar"].iter().any(|ending| name.ends_with(ending));
    is_named
        || BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
        || bytes.get(257..262) == Some(b"ustar")
        || is_markup_or_list(bytes) && rashomon_feeds::read(bytes, None, None).is_ok()
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

    fn retry(&mut self, _feed: i64) {}

    fn answer(&mut self, _feed: i64, _answer: Answer) {}

    fn round(&mut self) {}
}
