use std::collections::VecDeque;
use std::io::BufRead;

use rashomon_article::Diagnostic;

use super::take;
use crate::record::{Counts, Record};
use crate::source::{Bytes, Place, Source};

/// An array of objects, or objects that go over several lines, taken apart by their brackets, so
/// that one that is broken inside costs no other. A position counts the items before it.
pub(crate) struct Items<'r> {
    bytes: Bytes<'r>,
    place: Place,
    /// How many items were read.
    read: u64,
    /// How many items lie behind the records that were handed out.
    position: u64,
    in_array: bool,
    waiting: VecDeque<Record>,
    ended: bool,
}

/// What the scan for the next item came upon.
enum Found {
    Item(Vec<u8>),
    TooLarge,
    /// The end stands in the middle of an item.
    Cut,
    End,
}

impl<'r> Items<'r> {
    pub fn new(bytes: Bytes<'r>, place: Place) -> Items<'r> {
        Items {
            bytes,
            place,
            read: 0,
            position: 0,
            in_array: false,
            waiting: VecDeque::new(),
            ended: false,
        }
    }

    /// The next byte that is no white space, comma or mark of the byte order.
    fn start(&mut self) -> std::io::Result<Option<u8>> {
        loop {
            let ready = self.bytes.fill_buf()?;
            let Some(&first) = ready.first() else {
                return Ok(None);
            };
            match first {
                b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf | 0x1e => {}
                b'[' if self.read == 0 && !self.in_array => self.in_array = true,
                b']' if self.in_array => return Ok(None),
                first => return Ok(Some(first)),
            }
            self.bytes.consume(1);
        }
    }

    fn scan(&mut self) -> std::io::Result<Found> {
        let Some(first) = self.start()? else {
            return Ok(Found::End);
        };
        let most = usize::try_from(self.place.options().max_record_bytes).unwrap_or(usize::MAX);
        let nested = matches!(first, b'{' | b'[');
        let mut item = Vec::new();
        let (mut length, mut depth, mut quoted, mut escaped) = (0usize, 0usize, false, false);
        loop {
            let ready = self.bytes.fill_buf()?;
            if ready.is_empty() {
                return Ok(if nested { Found::Cut } else { Found::Item(item) });
            }
            let mut taken = 0;
            let mut done = false;
            for &byte in ready {
                if quoted {
                    (quoted, escaped) = match byte {
                        _ if escaped => (true, false),
                        b'\\' => (true, true),
                        byte => (byte != b'"', false),
                    };
                    taken += 1;
                    continue;
                }
                match byte {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => {
                        depth -= 1;
                        done = depth == 0;
                    }
                    b',' | b']' | b'\n' if depth == 0 && length + taken > 0 => break,
                    _ => {}
                }
                taken += 1;
                if done {
                    break;
                }
            }
            let ends = done || taken < ready.len();
            if length + taken <= most {
                item.extend_from_slice(&ready[..taken]);
            }
            length += taken;
            self.bytes.consume(taken);
            if ends {
                return Ok(if length > most { Found::TooLarge } else { Found::Item(item) });
            }
        }
    }

    fn name(&self) -> String {
        format!("{}[{}]", self.place.name, self.read - 1)
    }
}

impl Source for Items<'_> {
    fn next(&mut self, counts: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        let waiting = self.waiting.pop_front();
        if self.waiting.is_empty() {
            self.position = self.read;
        }
        if let Some(record) = waiting {
            return Some(Ok(record));
        }
        while !self.ended {
            let found = match self.scan() {
                Ok(Found::End) => {
                    self.ended = true;
                    return None;
                }
                Ok(found) => found,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(self.place.fault(&self.place.name, &error)));
                }
            };
            self.read += 1;
            if self.read <= self.place.resume {
                self.position = self.read;
                continue;
            }
            let found = match found {
                Found::Item(item) => {
                    let name = self.name();
                    take(&item, &name, &self.place, counts, &mut self.waiting)
                }
                Found::TooLarge => Some(Err(self.place.too_large(&self.name()))),
                Found::Cut | Found::End => {
                    self.ended = true;
                    let why = "the end stands in the middle of it; the record is skipped";
                    Some(Err(self.place.diagnostic("cut-short", &self.name(), why)))
                }
            };
            if self.waiting.is_empty() {
                self.position = self.read;
            }
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn position(&self) -> u64 {
        self.position
    }
}
