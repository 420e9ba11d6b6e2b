use std::io::{self, BufRead, Read};

/// How much is read at a time.
const CHUNK: usize = 64 << 10;
/// How far reading can be taken back, where nobody asks for more.
const KEEP: usize = 8 << 20;

/// A buffered reader that tells how far it is, looks ahead, and can be taken back to a mark.
///
/// Broken archives are read on from the next sound record, which may begin inside of what was
/// just taken for the broken one.
pub(crate) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    /// The next byte to hand out, in the buffer.
    at: usize,
    /// Where the buffer begins, in the stream.
    base: u64,
    /// The mark.
    mark: Option<u64>,
    /// How many bytes are held behind the mark at most.
    keep: usize,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub fn new(inner: R) -> Window<R> {
        Window::starting_at(inner, 0)
    }

    /// A reader that was moved to some place of its stream already.
    pub fn starting_at(inner: R, base: u64) -> Window<R> {
        Window { inner, buffer: Vec::new(), at: 0, base, mark: None, keep: KEEP, ended: false }
    }

    /// The reader inside; what was read ahead of it is lost.
    pub fn into_inner(self) -> R {
        self.inner
    }

    /// Makes reading go back so many bytes where it must.
    pub fn keep(&mut self, bytes: u64) {
        self.keep = usize::try_from(bytes).unwrap_or(usize::MAX).max(KEEP);
    }

    /// How many bytes of the stream were handed out.
    pub fn position(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Marks the place to which [`rewind`](Window::rewind) goes back.
    pub fn mark(&mut self) {
        self.mark = Some(self.position());
    }

    /// The place that was marked last.
    pub fn marked(&self) -> u64 {
        self.mark.unwrap_or_default()
    }

    /// Goes back to the mark, or as far as bytes are still held; tells where that is.
    pub fn rewind(&mut self) -> u64 {
        if let Some(mark) = self.mark {
            self.at = mark.saturating_sub(self.base).min(self.at as u64) as usize;
        }
        self.position()
    }

    /// The next bytes without taking them: as many as asked for, or all that there are.
    pub fn peek(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < length && !self.ended {
            self.read_more()?;
        }
        let end = self.buffer.len().min(self.at + length);
        Ok(&self.buffer[self.at..end])
    }

    /// Passes over bytes; tells how many there were.
    pub fn skip(&mut self, length: u64) -> io::Result<u64> {
        let mut left = length;
        while left > 0 {
            let ready = self.fill_buf()?.len() as u64;
            if ready == 0 {
                break;
            }
            let step = ready.min(left);
            self.consume(step as usize);
            left -= step;
        }
        Ok(length - left)
    }

    /// Takes so many bytes, or as many as there are.
    pub fn take_bytes(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(length.min(1 << 20) as usize);
        while (bytes.len() as u64) < length {
            let ready = self.fill_buf()?;
            if ready.is_empty() {
                break;
            }
            let step = ready.len().min((length - bytes.len() as u64) as usize);
            bytes.extend_from_slice(&ready[..step]);
            self.consume(step);
        }
        Ok(bytes)
    }

    /// Takes a line with its end; one that is longer than the limit is cut there. Empty at the
    /// end.
    pub fn line(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.by_ref_take(most, &mut line)?;
        Ok(line)
    }

    fn by_ref_take(&mut self, most: usize, line: &mut Vec<u8>) -> io::Result<()> {
        while line.len() < most {
            let ready = self.fill_buf()?;
            if ready.is_empty() {
                return Ok(());
            }
            let ready = &ready[..ready.len().min(most - line.len())];
            let end = ready.iter().position(|&byte| byte == b'\n').map(|at| at + 1);
            let step = end.unwrap_or(ready.len());
            line.extend_from_slice(&ready[..step]);
            self.consume(step);
            if end.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn read_more(&mut self) -> io::Result<()> {
        self.forget();
        let held = self.buffer.len();
        self.buffer.resize(held + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(held + read.as_ref().map_or(0, |read| *read));
        self.ended = read? == 0;
        Ok(())
    }

    /// Drops what lies before the mark, or before the next byte where nothing is marked.
    fn forget(&mut self) {
        let marked = self.mark.map(|mark| mark.saturating_sub(self.base) as usize);
        let mut start = marked.map_or(self.at, |mark| mark.min(self.at));
        if self.at - start > self.keep {
            start = self.at;
        }
        // Moving the rest is worth it only where it is the smaller part.
        if start > self.buffer.len() / 2 {
            self.buffer.drain(..start);
            self.at -= start;
            self.base += start as u64;
        }
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(out.len());
        out[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.buffer.len() && !self.ended {
            self.read_more()?;
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.buffer.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_to_the_mark() {
        let bytes: Vec<u8> = (0..300_000u32).map(|n| (n % 251) as u8).collect();
        let mut window = Window::new(&bytes[..]);
        window.skip(100_000).expect("bytes in memory");
        window.mark();
        assert_eq!(window.take_bytes(150_000).expect("bytes"), bytes[100_000..250_000]);
        assert_eq!(window.position(), 250_000);
        assert_eq!(window.rewind(), 100_000);
        assert_eq!(window.peek(4).expect("bytes"), &bytes[100_000..100_004]);
        assert_eq!(window.take_bytes(1 << 30).expect("bytes"), bytes[100_000..]);
        assert!(window.peek(1).expect("the end").is_empty());
    }

    #[test]
    fn lines_are_cut_at_the_limit() {
        let mut window = Window::new(&b"one\r\ntwo three\nfour"[..]);
        let lines: Vec<_> = std::iter::from_fn(|| {
            Some(window.line(6).expect("bytes")).filter(|line| !line.is_empty())
        })
        .collect();
        assert_eq!(lines, [&b"one\r\n"[..], b"two th", b"ree\n", b"four"]);
    }

    #[test]
    fn memory_stays_bounded_whatever_is_marked() {
        let mut window = Window::new(io::repeat(7));
        window.mark();
        window.skip(64 << 20).expect("bytes without end");
        assert!(window.buffer.len() <= 2 * KEEP + 2 * CHUNK, "{}", window.buffer.len());
        assert!(window.rewind() > 0);
    }
}
