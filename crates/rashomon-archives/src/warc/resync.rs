//! Where reading goes on after something broken.

use std::io::{self, Read};

use flate2::read::GzDecoder;

use super::Format;
use super::block::starts_record;
use crate::source::Bytes;
use crate::window::Window;

/// How much is looked at in one go.
const LOOK: usize = 64 << 10;
/// How much of a member is unpacked to see whether it begins a record.
const PROBE: usize = 2 << 10;

/// Goes to the next head of a record behind the mark, or to the end; an error once it is further
/// away than anything honest.
pub(super) fn block<R: Read>(
    window: &mut Window<R>,
    format: Format,
    furthest: u64,
) -> io::Result<()> {
    let start = window.rewind();
    window.skip(1)?;
    loop {
        if window.position() - start > furthest {
            let why = format!("no record begins within {furthest} bytes");
            return Err(crate::fault::new("bomb", why));
        }
        let bytes = window.peek(LOOK)?;
        let length = bytes.len();
        if length == 0 {
            return Ok(());
        }
        let found = match format {
            Format::Warc => (0..length).find(|&at| starts_warc(&bytes[at..])),
            Format::Arc => (1..length)
                .find(|&at| bytes[at - 1] == b'\n' && starts_record(&bytes[at..], format)),
        };
        if let Some(at) = found {
            window.skip(at as u64)?;
            return Ok(());
        }
        // A head may lie across the border of what is looked at.
        let step = if length < LOOK { length } else { length - 1024 };
        window.skip(step as u64)?;
    }
}

/// The first line of a record and a name of a field: prose that mentions the format has not both.
fn starts_warc(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"WARC/") || !starts_record(bytes, Format::Warc) {
        return false;
    }
    let mut lines = bytes[..bytes.len().min(200)].split(|&byte| byte == b'\n');
    let version = lines.next().unwrap_or_default().trim_ascii_end();
    let field = lines.next().unwrap_or_default();
    version.len() <= 9 && (field.contains(&b':') || field.is_empty())
}

/// Goes to the next member of gzip behind the mark that unpacks to the head of a record; `false`
/// where there is none.
pub(super) fn member(bytes: &mut Bytes<'_>, format: Format) -> io::Result<bool> {
    bytes.rewind();
    bytes.skip(1)?;
    // What lies behind is not gone back to again.
    bytes.mark();
    loop {
        let ahead = bytes.peek(LOOK)?;
        let length = ahead.len();
        let end = if length < LOOK { length } else { length - PROBE };
        let found = (0..end).find(|&at| begins_member(&ahead[at..], format));
        if let Some(at) = found {
            bytes.skip(at as u64)?;
            return Ok(true);
        }
        if length < LOOK {
            bytes.skip(length as u64)?;
            return Ok(false);
        }
        bytes.skip(end as u64)?;
        bytes.mark();
    }
}

fn begins_member(bytes: &[u8], format: Format) -> bool {
    if !bytes.starts_with(b"\x1f\x8b\x08") || bytes.get(3).is_none_or(|flags| flags & 0xe0 != 0) {
        return false;
    }
    let mut head = Vec::new();
    let probe = &bytes[..bytes.len().min(PROBE)];
    // The probe ends somewhere in the member: what comes before is enough.
    let _ = GzDecoder::new(probe).take(PROBE as u64).read_to_end(&mut head);
    starts_record(head.trim_ascii_start(), format)
}
