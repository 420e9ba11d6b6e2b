use std::collections::VecDeque;

use rashomon_article::Diagnostic;

use super::take;
use crate::record::{Counts, Record};
use crate::source::{Bytes, Place, Source};

/// JSON Lines: one object a line. A position is an offset in bytes.
pub(crate) struct Lines<'r> {
    bytes: Bytes<'r>,
    place: Place,
    /// The number of the line that was read last.
    line: u64,
    /// The offset behind the records that were handed out.
    position: u64,
    /// Articles of a line that wraps several.
    waiting: VecDeque<Record>,
    ended: bool,
}

impl<'r> Lines<'r> {
    pub fn new(bytes: Bytes<'r>, place: Place) -> Lines<'r> {
        Lines { bytes, place, line: 0, position: 0, waiting: VecDeque::new(), ended: false }
    }

    /// The next line without its end; `None` for one that is too long.
    fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let most = usize::try_from(self.place.options().max_record_bytes).unwrap_or(usize::MAX);
        let line = self.bytes.line(most.saturating_add(1))?;
        self.line += 1;
        if line.len() <= most || line.ends_with(b"\n") {
            return Ok(Some(line));
        }
        while !self.bytes.line(64 << 10)?.ends_with(b"\n") && !self.bytes.peek(1)?.is_empty() {}
        Ok(None)
    }

    fn take(&mut self, line: &[u8], counts: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
        if line.is_empty() {
            return None;
        }
        let name = format!("{}:{}", self.place.name, self.line);
        take(line, &name, &self.place, counts, &mut self.waiting)
    }
}

impl Source for Lines<'_> {
    fn next(&mut self, counts: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        let waiting = self.waiting.pop_front();
        if self.waiting.is_empty() {
            self.position = self.bytes.position();
        }
        if let Some(record) = waiting {
            return Some(Ok(record));
        }
        while !self.ended {
            let start = self.bytes.position();
            let line = match self.line() {
                Ok(line) => line,
                Err(error) => {
                    self.ended = true;
                    let name = format!("{}:{}", self.place.name, self.line + 1);
                    return Some(Err(self.place.fault(&name, &error)));
                }
            };
            self.ended = line.as_ref().is_some_and(Vec::is_empty);
            if start < self.place.resume {
                self.position = self.bytes.position();
                continue;
            }
            let found = match line {
                Some(line) => self.take(&line, counts),
                None => {
                    Some(Err(self.place.too_large(&format!("{}:{}", self.place.name, self.line))))
                }
            };
            if self.waiting.is_empty() {
                self.position = self.bytes.position();
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
