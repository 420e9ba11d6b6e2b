//! `gzip`: members one after another, and whatever a careless server puts behind them.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::source::Ran;

/// How a member begins.
pub(super) const MAGIC: &[u8] = &[0x1f, 0x8b];

/// The members of a body, read as one.
pub(super) struct Members<R> {
    place: Place<R>,
    ran: Ran,
}

enum Place<R> {
    Before(R),
    In(Box<GzDecoder<R>>),
    After,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(source: R, ran: &Ran) -> Members<R> {
        Members { place: Place::Before(source), ran: ran.clone() }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.place, Place::After) {
                Place::Before(mut source) => {
                    // The library takes a few bytes of something else for a head that was cut.
                    if !source.fill_buf()?.starts_with(&MAGIC[..1]) {
                        return Err(io::Error::new(io::ErrorKind::InvalidData, "no head of gzip"));
                    }
                    self.place = Place::In(Box::new(GzDecoder::new(source)));
                }
                Place::In(mut member) => {
                    let read = member.read(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        self.place = Place::In(member);
                        return Ok(read);
                    }
                    let mut source = member.into_inner();
                    let ahead = source.fill_buf()?;
                    if ahead.starts_with(&MAGIC[..1]) {
                        self.place = Place::In(Box::new(GzDecoder::new(source)));
                    } else if !ahead.is_empty() {
                        self.ran.note_rest();
                    }
                }
                Place::After => return Ok(0),
            }
        }
    }
}
