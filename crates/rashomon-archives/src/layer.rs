//! What is packed as one stream, with a guard against bombs.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use ruzstd::decoding::StreamingDecoder;

use crate::Options;
use crate::fault;
use crate::sniff::Packing;
use crate::source::Context;

/// The unpacked bytes; an error once there are more than anything honest would have.
pub(crate) fn unpack<'r>(
    packing: Packing,
    packed: impl BufRead + 'r,
    context: &Rc<Context>,
) -> Box<dyn Read + 'r> {
    let read = Rc::new(Cell::new(0));
    let packed = Counted { inner: packed, read: Rc::clone(&read) };
    match packing {
        Packing::Gzip => guard(MultiGzDecoder::new(packed), read, context),
        Packing::Bzip2 => guard(bzip2::bufread::MultiBzDecoder::new(packed), read, context),
        Packing::Zstd => guard(Frames { frame: None, packed: Some(packed) }, read, context),
    }
}

/// Zstandard without a guard: the caller takes no more than it can hold.
pub(crate) fn zstd<'r>(packed: impl BufRead + 'r) -> impl Read + 'r {
    Frames { frame: None, packed: Some(packed) }
}

/// The unpacked bytes of a deflated member of an archive.
pub(crate) fn inflate<'r>(packed: impl Read + 'r, context: &Rc<Context>) -> Box<dyn Read + 'r> {
    let read = Rc::new(Cell::new(0));
    let packed = Counted { inner: BufReader::new(packed), read: Rc::clone(&read) };
    guard(DeflateDecoder::new(packed), read, context)
}

fn guard<'r>(
    decoder: impl Read + 'r,
    packed: Rc<Cell<u64>>,
    context: &Rc<Context>,
) -> Box<dyn Read + 'r> {
    Box::new(Guarded { decoder, packed, unpacked: 0, context: Rc::clone(context) })
}

/// A decoder whose output is weighed against its input.
struct Guarded<D> {
    decoder: D,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    context: Rc<Context>,
}

impl<D: Read> Read for Guarded<D> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.decoder.read(out)?;
        self.unpacked += length as u64;
        self.context.unpack(length)?;
        let ratio = self.context.options.max_ratio;
        let most = self.packed.get().saturating_mul(ratio);
        if self.unpacked > Options::BOMB_FROM && self.unpacked > most {
            let why = format!("it unpacks to more than {ratio} times its size; raise max-ratio");
            return Err(fault::new("bomb", why));
        }
        Ok(length)
    }
}

/// A reader that tells how much was taken from it.
struct Counted<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(out)?;
        self.read.set(self.read.get() + length as u64);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read.set(self.read.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Zstandard frames one after the other, as one stream.
struct Frames<R: Read> {
    frame: Option<Box<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>>,
    packed: Option<R>,
}

impl<R: BufRead> Frames<R> {
    /// Opens the next frame; `false` at the end.
    fn open(&mut self) -> io::Result<bool> {
        let Some(mut packed) = self.packed.take() else {
            return Ok(false);
        };
        loop {
            let ready = packed.fill_buf()?;
            if ready.is_empty() {
                return Ok(false);
            }
            // A frame that decoders pass over: a mark, and how long it is.
            if ready.len() >= 8
                && (0x50..=0x5f).contains(&ready[0])
                && ready[1..4] == *b"\x2a\x4d\x18"
            {
                let length = u32::from_le_bytes([ready[4], ready[5], ready[6], ready[7]]);
                packed.consume(8);
                io::copy(&mut (&mut packed).take(u64::from(length)), &mut io::sink())?;
                continue;
            }
            let decoder = StreamingDecoder::new(packed)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            self.frame = Some(Box::new(decoder));
            return Ok(true);
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !out.is_empty() {
            if self.frame.is_none() && !self.open()? {
                return Ok(0);
            }
            let Some(frame) = &mut self.frame else {
                return Ok(0);
            };
            let length = frame
                .read(out)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            if length > 0 {
                return Ok(length);
            }
            self.packed = self.frame.take().map(|frame| frame.into_inner());
        }
        Ok(0)
    }
}
