//! `zstd`: frames one after another.

use std::io::{self, BufRead, Read};

use super::source::Ran;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The largest window that a stream may ask for; RFC 9659 grants this much on the web.
const MAX_WINDOW: u64 = 8 << 20;

/// The frames of a body, read as one; those that are to be skipped are.
pub(super) struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_in_frame: bool,
    is_over: bool,
    frames: usize,
    ran: Ran,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(source: R, ran: &Ran) -> Frames<R> {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW);
        Frames { source, decoder, is_in_frame: false, is_over: false, frames: 0, ran: ran.clone() }
    }

    /// Goes to the next frame; false where there is none.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => skip(&mut self.source, u64::from(length))?,
                Err(FrameDecoderError::ReadFrameHeaderError(
                    ReadFrameHeaderError::BadMagicNumber(_),
                )) if self.frames > 0 => {
                    self.ran.note_rest();
                    return Ok(false);
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    /// Holds a finished frame against its checksum, where it has one.
    fn check(&self) -> io::Result<()> {
        let told = self.decoder.get_checksum_from_data();
        if told.is_some() && told != self.decoder.get_calculated_checksum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum is wrong"));
        }
        Ok(())
    }
}

fn skip(source: &mut impl BufRead, length: u64) -> io::Result<()> {
    let skipped = io::copy(&mut source.by_ref().take(length), &mut io::sink())?;
    if skipped < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_in_frame {
                if self.is_over || !self.begin()? {
                    self.is_over = true;
                    return Ok(0);
                }
                self.is_in_frame = true;
                self.frames += 1;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(io::Error::other)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.check()?;
            self.is_in_frame = false;
        }
    }
}
