//! What a file is, told from its first bytes before SQLite touches it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::migrations::{APPLICATION, NEWEST};

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Refuses what is no store of a version that is known here. Nothing is written.
pub(crate) fn check(path: &Path) -> Result<()> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(|cause| Error::io(path, "open it", cause))?;
    let size = file.metadata().map_err(|cause| Error::io(path, "read it", cause))?;
    if size.is_dir() {
        let message = format!("{}: a folder; name a file", path.display());
        return Err(Error::new(Kind::CannotOpen, message));
    }
    file.take(100).read_to_end(&mut head).map_err(|cause| Error::io(path, "read it", cause))?;
    let refuse = |kind, what: String| Err(Error::new(kind, format!("{}: {what}", path.display())));
    if head.is_empty() {
        let what = "the file is empty; if nothing was kept in it, delete it to begin anew, \
                    else go back to a backup";
        return refuse(Kind::NotADatabase, what.to_owned());
    }
    if !head.starts_with(MAGIC) {
        let what = "no SQLite database; give another file";
        return refuse(Kind::NotADatabase, what.to_owned());
    }
    if head.len() < 100 {
        return refuse(Kind::Corrupt, "the file is cut off; go back to a backup".to_owned());
    }
    if word(&head, 68) != APPLICATION {
        let what = "an SQLite database of another program; give another file";
        return refuse(Kind::NotAStore, what.to_owned());
    }
    if word(&head, 60) > NEWEST {
        return Err(newer(&path.display().to_string(), word(&head, 60)));
    }
    if is_cut_off(path, &head, size.len()) {
        let what = "the file is cut off: it has fewer pages than it says; go back to a backup";
        return refuse(Kind::Corrupt, what.to_owned());
    }
    Ok(())
}

/// The error for a store that a newer program wrote.
pub(crate) fn newer(file: &str, version: u32) -> Error {
    let message = format!(
        "{file}: a newer version of the program wrote it (format {version}, this one knows \
         {NEWEST}); update the program"
    );
    Error::new(Kind::NewerVersion, message)
}

/// Whether the file has fewer pages than its head says. A log beside it may hold the rest.
fn is_cut_off(path: &Path, head: &[u8], size: u64) -> bool {
    let page = match u64::from(u16::from_be_bytes([head[16], head[17]])) {
        1 => 65_536,
        page => page,
    };
    let counted = word(head, 24) == word(head, 92);
    counted && size < page * u64::from(word(head, 28)) && !has_log(path)
}

/// Whether a write-ahead log with something in it lies beside the file.
pub(crate) fn has_log(path: &Path) -> bool {
    beside(&real(path), "-wal").metadata().is_ok_and(|log| log.len() > 0)
}

/// The file that a link leads to: SQLite keeps the log beside that one.
pub(crate) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The path of a file with the same name and an ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The address by which SQLite opens a file that nobody changes, and makes nothing beside it.
pub(crate) fn unchanging(path: &Path) -> String {
    let mut address = "file:".to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address + "?immutable=1"
}

fn word(head: &[u8], at: usize) -> u32 {
    let bytes = [head[at], head[at + 1], head[at + 2], head[at + 3]];
    u32::from_be_bytes(bytes)
}
