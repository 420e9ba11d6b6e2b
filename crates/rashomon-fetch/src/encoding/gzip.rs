//! `gzip`: members one after another, and whatever a careless server puts behind them.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::source::Ran;

/// How a member begins.
pub(super) const MAGIC: &[u8] = &[0x1f, 0x8b];

/// The members of a body, read as one.
pub(super) struct Members<R> {
    member: Option<GzDecoder<R>>,
    ran: Ran,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(source: R, ran: &Ran) -> Members<R> {
        Members { member: Some(GzDecoder::new(source)), ran: ran.clone() }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            let Some(member) = self.member.take() else { break };
            let mut source = member.into_inner();
            let ahead = source.fill_buf()?;
            if ahead.first() == MAGIC.first() {
                self.member = Some(GzDecoder::new(source));
            } else if !ahead.is_empty() {
                self.ran.note_rest();
            }
        }
        Ok(0)
    }
}
