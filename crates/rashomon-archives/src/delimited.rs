//! Rows of cells: CSV and its kin.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use rashomon_article::Diagnostic;
use serde_json::{Map, Value};

use crate::record::{Body, Counts, Record};
use crate::sniff::HEAD;
use crate::source::{Bytes, Place, Source};
use crate::{Error, fault};

/// What may stand between two cells, the likeliest first.
const DELIMITERS: &[u8] = b",\t;|";
/// Names of columns that tell that a first line without a name of a file is a head.
const TELLING: &[&str] =
    &["text", "body", "content", "article", "title", "headline", "url", "link", "article_text"];
/// How many lines are looked at.
const SNIFFED_LINES: usize = 20;

/// What stands between the cells, where the head is one of a table.
pub(crate) fn sniff(head: &[u8], name: &str) -> Option<u8> {
    let text = sample(head);
    let (says_table, says_tabs) =
        (name.ends_with(".csv"), [".tsv", ".tab"].iter().any(|ending| name.ends_with(ending)));
    let counts = |delimiter: u8| -> Vec<usize> { cells(&text, delimiter) };
    let is_even =
        |counts: &[usize]| counts[0] > 1 && counts.iter().all(|count| *count == counts[0]);
    let mut best = (0, None);
    for &delimiter in DELIMITERS {
        let counts = counts(delimiter);
        if counts.is_empty() {
            return (says_table || says_tabs).then_some(if says_tabs { b'\t' } else { b',' });
        }
        // A delimiter that cuts all lines alike goes before one that cuts the head often.
        let score = counts[0] + if is_even(&counts) { 1000 } else { 0 };
        if counts[0] > 1 && score > best.0 {
            best = (score, Some(delimiter));
        }
    }
    if says_tabs {
        return Some(b'\t');
    }
    if says_table {
        return best.1.or(Some(b','));
    }
    let delimiter = best.1?;
    let even = cells(&text, delimiter);
    let head = text.lines().next().unwrap_or_default().to_ascii_lowercase();
    let names: Vec<&str> =
        head.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"')).collect();
    let is_head =
        names.iter().all(|name| !name.is_empty() && name.len() <= 40 && !name.ends_with('.'));
    let is_telling = names.iter().any(|name| TELLING.contains(name));
    (even.len() > 1 && is_even(&even[..2]) && is_head && is_telling).then_some(delimiter)
}

/// How many cells the first rows have.
fn cells(text: &str, delimiter: u8) -> Vec<usize> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader.byte_records().take(SNIFFED_LINES).filter_map(Result::ok).map(|row| row.len()).collect()
}

/// The head as text, without a last line that may be cut.
fn sample(head: &[u8]) -> String {
    let (encoding, mark) = Encoding::for_bom(head).unwrap_or((UTF_8, 0));
    let (text, _) = encoding.decode_without_bom_handling(&head[mark..]);
    let mut text = text.into_owned();
    if head.len() >= HEAD
        && let Some(end) = text.rfind('\n')
    {
        text.truncate(end + 1);
    }
    text
}

/// Opens a table; its first row names the columns.
pub(crate) fn open<'r>(
    mut bytes: Bytes<'r>,
    delimiter: u8,
    place: Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    let head = bytes.peek(HEAD).map_err(|error| Error::io(&place.name, error))?.to_vec();
    let (encoding, reader): (_, Box<dyn Read + 'r>) = match Encoding::for_bom(&head) {
        Some((encoding, _)) if encoding == UTF_8 => (UTF_8, Box::new(bytes)),
        // Cells are found byte by byte, which the marks of UTF-16 do not allow.
        Some((encoding, _)) => (
            UTF_8,
            Box::new(Decoding {
                bytes,
                decoder: encoding.new_decoder(),
                out: Vec::new(),
                at: 0,
                ended: false,
            }),
        ),
        None => (guess(&head), Box::new(bytes)),
    };
    let budget = Rc::new(Cell::new(0));
    let most = place.options().max_record_bytes;
    let reader = Bounded { reader, budget: Rc::clone(&budget), most };
    let reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(reader);
    Ok(Box::new(Rows {
        reader,
        budget,
        encoding,
        place,
        columns: Vec::new(),
        row: ByteRecord::new(),
        position: 0,
        ended: false,
    }))
}

/// The encoding of a table, which nothing declares.
fn guess(head: &[u8]) -> &'static Encoding {
    let cut = std::str::from_utf8(head).err().is_some_and(|error| error.error_len().is_some());
    if !cut {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, false);
    detector.guess(None, Utf8Detection::Allow)
}

/// The rows of a table. A position is an offset in bytes.
struct Rows<'r> {
    reader: Reader<Bounded<'r>>,
    budget: Rc<Cell<u64>>,
    encoding: &'static Encoding,
    place: Place,
    columns: Vec<String>,
    row: ByteRecord,
    position: u64,
    ended: bool,
}

impl Rows<'_> {
    fn text(&self, cell: &[u8]) -> (String, bool) {
        let (text, replaced) = self.encoding.decode_without_bom_handling(cell);
        (text.into_owned(), replaced)
    }

    /// Reads the next row; `false` at the end.
    fn advance(&mut self) -> Result<bool, Diagnostic> {
        self.budget.set(0);
        let line = self.reader.position().line();
        self.reader.read_byte_record(&mut self.row).map_err(|error| {
            self.ended = true;
            let name = format!("{}:{line}", self.place.name);
            match error.into_kind() {
                csv::ErrorKind::Io(error) => self.place.fault(&name, &error),
                other => self.place.diagnostic("bad-record", &name, format!("{other:?}")),
            }
        })
    }

    /// The names of the columns: each has one, and no two have the same.
    fn head(&mut self) -> Result<bool, Diagnostic> {
        if !self.advance()? {
            return Ok(false);
        }
        for (at, cell) in self.row.iter().enumerate() {
            let cell =
                if at == 0 { cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell) } else { cell };
            let name = self.text(cell).0.trim().to_owned();
            let name = if name.is_empty() { format!("column {}", at + 1) } else { name };
            let twice = self.columns.contains(&name);
            self.columns.push(if twice { format!("{name} {}", at + 1) } else { name });
        }
        Ok(true)
    }

    fn record(&self, counts: &mut Counts) -> Result<Record, Diagnostic> {
        let line = self.row.position().map_or(0, csv::Position::line);
        let name = format!("{}:{line}", self.place.name);
        let more = self.row.iter().skip(self.columns.len());
        if more.clone().any(|cell| !cell.trim_ascii().is_empty()) {
            let why = format!(
                "{} cells under {} columns; put cells with the delimiter in quotation marks; \
                 the row is skipped",
                self.row.len(),
                self.columns.len()
            );
            return Err(self.place.diagnostic("ragged-row", &name, why));
        }
        if self.row.len() < self.columns.len() {
            counts.note("short-row");
        }
        let mut fields = Map::new();
        let mut amiss = false;
        for (column, cell) in self.columns.iter().zip(&self.row) {
            if !cell.is_empty() {
                let (text, replaced) = self.text(cell);
                amiss |= replaced;
                fields.insert(column.clone(), Value::String(text));
            }
        }
        if amiss {
            counts.note("encoding-errors");
        }
        Ok(Record::new(name, Body::Fields(fields)))
    }
}

impl Source for Rows<'_> {
    fn next(&mut self, counts: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        if self.columns.is_empty() && !self.ended {
            match self.head() {
                Ok(true) => {}
                Ok(false) => self.ended = true,
                Err(diagnostic) => return Some(Err(diagnostic)),
            }
        }
        while !self.ended {
            match self.advance() {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    break;
                }
                Err(diagnostic) => return Some(Err(diagnostic)),
            }
            let start = self.row.position().map_or(0, csv::Position::byte);
            self.position = self.reader.position().byte();
            if start >= self.place.resume && self.row.iter().any(|cell| !cell.is_empty()) {
                return Some(self.record(counts));
            }
        }
        None
    }

    fn position(&self) -> u64 {
        self.position
    }
}

/// A reader that gives up on a row which a quotation mark that is never closed makes endless.
struct Bounded<'r> {
    reader: Box<dyn Read + 'r>,
    budget: Rc<Cell<u64>>,
    most: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(out)?;
        self.budget.set(self.budget.get() + length as u64);
        if self.budget.get() > self.most.saturating_add(HEAD as u64) {
            let why = format!(
                "a row of more than {} bytes: a quotation mark in it is never closed; close it, as \
                 the table is not read from there on",
                self.most
            );
            return Err(fault::new("too-large", why));
        }
        Ok(length)
    }
}

/// UTF-16 as UTF-8.
struct Decoding<'r> {
    bytes: Bytes<'r>,
    decoder: Decoder,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Decoding<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        use std::io::BufRead as _;
        while self.at == self.out.len() && !self.ended {
            let ready = self.bytes.fill_buf()?;
            let last = ready.is_empty();
            self.out.resize(4 * ready.len() + 16, 0);
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(ready, &mut self.out, last);
            self.out.truncate(written);
            self.at = 0;
            self.ended = last && result == CoderResult::InputEmpty;
            self.bytes.consume(read);
        }
        let length = out.len().min(self.out.len() - self.at);
        out[..length].copy_from_slice(&self.out[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
