use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::Crc;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::{Content, Member, Members};
use crate::layer::{inflate, unpack};
use crate::records::ReadSeek;
use crate::sniff::Packing;
use crate::source::{Context, Place};
use crate::window::Window;
use crate::{Error, fault};

/// A zip archive. The library reads its directory; contents are inflated here, so that a member
/// may be read on while the archive is held.
pub(super) struct Zip<'r> {
    archive: ZipArchive<Shared<'r>>,
    reader: Shared<'r>,
    context: Rc<Context>,
    next: usize,
}

impl<'r> Zip<'r> {
    pub fn open(reader: Box<dyn ReadSeek + 'r>, place: &Place) -> Result<Zip<'r>, Error> {
        let reader = Shared(Rc::new(RefCell::new(reader)));
        let archive = ZipArchive::new(reader.clone()).map_err(|error| match error {
            ZipError::Io(error) if fault::code(&error) == "cannot-read" => {
                Error::io(&place.name, error)
            }
            error => {
                let message = format!(
                    "{}: a zip archive without a sound directory ({error}); was it cut short?",
                    place.name
                );
                Error::new("bad-archive", message)
            }
        })?;
        Ok(Zip { archive, reader, context: Rc::clone(&place.context), next: 0 })
    }

    fn member(&mut self, number: usize) -> Member<'r> {
        let path = self.archive.name_for_index(number).and_then(Result::ok);
        let path = path.map(Cow::into_owned).unwrap_or_else(|| format!("member {number}"));
        let Ok(entry) = self.archive.by_index_raw(number) else {
            let why = "the directory says where it is, and it is not there";
            return Member { path, content: Content::Refused("bad-archive", why) };
        };
        let content = if entry.is_dir() {
            Content::Folder
        } else if entry.encrypted() {
            Content::Refused("encrypted-member", "encrypted; unpack it with its password first")
        } else if entry.is_symlink() {
            Content::Refused("link-member", "a link, which is not followed")
        } else {
            let start = entry.data_start();
            let packed = Stretch {
                reader: self.reader.clone(),
                at: start.unwrap_or_default(),
                left: entry.compressed_size(),
            };
            let checked = |reader: Box<dyn Read + 'r>| {
                let (crc, size) = (entry.crc32(), entry.size());
                Content::File(Box::new(Checked { reader, crc: Crc::new(), told: crc, size }))
            };
            match entry.compression() {
                _ if start.is_none() => Content::Refused("bad-archive", "its content is not there"),
                CompressionMethod::Stored => checked(Box::new(packed)),
                CompressionMethod::Deflated => checked(inflate(packed, &self.context)),
                // The numbers of bzip2 and Zstandard, which the library knows only with them.
                #[allow(deprecated, reason = "the only name of a method that is not built in")]
                CompressionMethod::Unsupported(12) => {
                    checked(unpack(Packing::Bzip2, Window::new(packed), &self.context))
                }
                #[allow(deprecated, reason = "the only name of a method that is not built in")]
                CompressionMethod::Unsupported(93) => {
                    checked(unpack(Packing::Zstd, Window::new(packed), &self.context))
                }
                _ => Content::Refused(
                    "unsupported-member",
                    "packed in a way that is not read; pack it again with deflate",
                ),
            }
        };
        Member { path, content }
    }
}

impl<'r> Members<'r> for Zip<'r> {
    fn next(&mut self) -> Option<io::Result<Member<'r>>> {
        let number = self.next;
        self.next += 1;
        (number < self.archive.len()).then(|| Ok(self.member(number)))
    }
}

/// The reader of the archive, which its directory and its members share.
#[derive(Clone)]
pub(super) struct Shared<'r>(Rc<RefCell<Box<dyn ReadSeek + 'r>>>);

impl Read for Shared<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(out)
    }
}

impl Seek for Shared<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.borrow_mut().seek(to)
    }
}

/// A stretch of the archive.
struct Stretch<'r> {
    reader: Shared<'r>,
    at: u64,
    left: u64,
}

impl Read for Stretch<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = out.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if length == 0 {
            return Ok(0);
        }
        self.reader.seek(SeekFrom::Start(self.at))?;
        let length = self.reader.read(&mut out[..length])?;
        if length == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the member is cut short"));
        }
        self.at += length as u64;
        self.left -= length as u64;
        Ok(length)
    }
}

/// A member that is held against its checksum at its end, and may not be longer than it says.
struct Checked<'r> {
    reader: Box<dyn Read + 'r>,
    crc: Crc,
    told: u32,
    size: u64,
}

impl Read for Checked<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(out)?;
        self.crc.update(&out[..length]);
        if length == 0 && !out.is_empty() && self.crc.sum() != self.told {
            let why = "its content is not what its checksum says";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        if u64::from(self.crc.amount()) > self.size && self.size < u64::from(u32::MAX) {
            return Err(fault::new("bomb", "it holds more than the directory says"));
        }
        Ok(length)
    }
}
