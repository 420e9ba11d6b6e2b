//! `deflate`: by the standard in a zlib wrapper, and from some servers without one.

use std::io::{self, BufRead, Read};

use super::source::Ran;
use flate2::{Decompress, FlushDecompress, Status};

/// A deflated body. An end that comes too early is an error here; the readers of the library
/// take it for the end.
pub(super) struct Deflate<R> {
    source: R,
    inflater: Option<Decompress>,
    is_over: bool,
    ran: Ran,
}

impl<R: BufRead> Deflate<R> {
    pub(super) fn new(source: R, ran: &Ran) -> Deflate<R> {
        Deflate { source, inflater: None, is_over: false, ran: ran.clone() }
    }
}

impl<R: BufRead> Read for Deflate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.is_over && !buffer.is_empty() {
            let input = self.source.fill_buf()?;
            let inflater = self.inflater.get_or_insert_with(|| Decompress::new(is_wrapped(input)));
            let is_dry = input.is_empty();
            let (read_before, given_before) = (inflater.total_in(), inflater.total_out());
            let status = inflater
                .decompress(input, buffer, FlushDecompress::None)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            let read = (inflater.total_in() - read_before) as usize;
            let given = (inflater.total_out() - given_before) as usize;
            self.source.consume(read);
            if status == Status::StreamEnd {
                self.is_over = true;
                if !self.source.fill_buf()?.is_empty() {
                    self.ran.note_rest();
                }
            }
            if given > 0 {
                return Ok(given);
            }
            if is_dry && !self.is_over {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(0)
    }
}

/// Whether the first two bytes are the head of a zlib stream (RFC 1950).
fn is_wrapped(input: &[u8]) -> bool {
    let [method, flags, ..] = *input else { return true };
    method & 0x0f == 8 && u16::from_be_bytes([method, flags]) % 31 == 0
}
