use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use tar::{Archive, EntryType};

use super::{Content, Member, Members};
use crate::fault;
use crate::source::Bytes;

/// Heads and contents fill whole blocks.
const BLOCK: u64 = 512;

/// A tar archive, read as it comes.
///
/// The library reads the heads, with long names and their extensions; contents are read here, so
/// that a member may be read on while the archive is held.
pub(super) struct Tar<'r> {
    bytes: Rc<RefCell<Bytes<'r>>>,
    /// What is left of the content of the member at hand.
    left: Rc<Cell<u64>>,
    /// Whether the member at hand came to an end too early, which was told.
    cut: Rc<Cell<bool>>,
    /// What fills its last block.
    padding: u64,
}

impl<'r> Tar<'r> {
    pub fn new(bytes: Bytes<'r>) -> Tar<'r> {
        Tar {
            bytes: Rc::new(RefCell::new(bytes)),
            left: Rc::new(Cell::new(0)),
            cut: Rc::new(Cell::new(false)),
            padding: 0,
        }
    }

    /// Passes over what was not read of the member at hand.
    fn pass(&mut self) -> io::Result<()> {
        let rest = self.left.replace(0) + std::mem::take(&mut self.padding);
        if self.bytes.borrow_mut().skip(rest)? < rest {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive is cut short"));
        }
        Ok(())
    }

    fn member(&mut self) -> io::Result<Option<Member<'r>>> {
        if self.cut.get() {
            return Ok(None);
        }
        self.pass()?;
        let shared = Shared(Rc::clone(&self.bytes));
        let mut archive = Archive::new(shared);
        let Some(entry) = archive.entries()?.next() else {
            return Ok(None);
        };
        let entry = entry.map_err(broken)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        self.padding = size.wrapping_neg() % BLOCK;
        self.left.set(size);
        let content = match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => Content::File(Box::new(Entry {
                bytes: Rc::clone(&self.bytes),
                left: Rc::clone(&self.left),
                cut: Rc::clone(&self.cut),
            })),
            EntryType::GNUSparse => Content::Refused(
                "unsupported-member",
                "a sparse file; pack it again as a whole one",
            ),
            EntryType::Symlink | EntryType::Link => {
                self.left.set(0);
                self.padding = 0;
                Content::Refused("link-member", "a link, which is not followed")
            }
            _ => Content::Folder,
        };
        Ok(Some(Member { path, content }))
    }
}

/// The library tells a broken head by a general error.
fn broken(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::Other if fault::code(&error) == "cannot-read" => {
            fault::new("bad-archive", error.to_string())
        }
        _ => error,
    }
}

impl<'r> Members<'r> for Tar<'r> {
    fn next(&mut self) -> Option<io::Result<Member<'r>>> {
        self.member().transpose()
    }
}

/// The bytes of the archive, for the library to read a head from.
struct Shared<'r>(Rc<RefCell<Bytes<'r>>>);

impl Read for Shared<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(out)
    }
}

/// The content of a member.
struct Entry<'r> {
    bytes: Rc<RefCell<Bytes<'r>>>,
    left: Rc<Cell<u64>>,
    cut: Rc<Cell<bool>>,
}

impl Read for Entry<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = out.len().min(usize::try_from(self.left.get()).unwrap_or(usize::MAX));
        if length == 0 {
            return Ok(0);
        }
        let mut bytes = self.bytes.borrow_mut();
        let ready = bytes.fill_buf()?;
        if ready.is_empty() {
            self.cut.set(true);
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive is cut short"));
        }
        let length = length.min(ready.len());
        out[..length].copy_from_slice(&ready[..length]);
        bytes.consume(length);
        self.left.set(self.left.get() - length as u64);
        Ok(length)
    }
}
