//! Who holds the lock that one waited for in vain.

use crate::error::{Error, Kind};
use crate::store::Store;

impl Store {
    /// Names the process that writes, where the system tells.
    pub(crate) fn name_holder(&self, error: Error) -> Error {
        if error.kind() != Kind::Locked {
            return error;
        }
        let who = self.path.as_deref().and_then(system::holder);
        let who = who.unwrap_or_else(|| "another process".to_owned());
        let file = &self.sql.file;
        error.with_message(format!(
            "{file}: {who} is writing to it; wait for it or end it, then try again"
        ))
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use crate::header::{beside, real};

    /// The byte of the `-shm` file that a writer locks, by the format of SQLite's log.
    const WRITE_LOCK: u64 = 120;

    /// The process that holds the lock, told from the system's list of locks.
    pub fn holder(path: &Path) -> Option<String> {
        let inode = beside(&real(path), "-shm").metadata().ok()?.ino();
        let locks = std::fs::read_to_string("/proc/locks").ok()?;
        let process = locks.lines().find_map(|line| holds(line, inode))?;
        if process == std::process::id() {
            return Some("another thread of this process".to_owned());
        }
        let name = std::fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
        let name = name.trim();
        Some(match name.is_empty() {
            true => format!("process {process}"),
            false => format!("process {process} ({name})"),
        })
    }

    /// `1: POSIX  ADVISORY  WRITE 4711 08:01:1234 120 120`
    fn holds(line: &str, inode: u64) -> Option<u32> {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, _, _, "WRITE", process, file, from, to] = fields[..] else { return None };
        let of_file = file.rsplit(':').next()?.parse::<u64>().ok()? == inode;
        let (from, to) = (from.parse::<u64>().ok()?, to.parse::<u64>().ok()?);
        (of_file && (from..=to).contains(&WRITE_LOCK)).then(|| process.parse().ok())?
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_writer_is_told_from_readers_and_other_files() {
            let line = "3: POSIX  ADVISORY  WRITE 4711 08:01:1234 120 120";
            assert_eq!(holds(line, 1234), Some(4711));
            assert_eq!(holds(line, 123), None);
            assert_eq!(holds("3: POSIX  ADVISORY  READ 4711 08:01:1234 120 120", 1234), None);
            assert_eq!(holds("3: POSIX  ADVISORY  WRITE 4711 08:01:1234 123 123", 1234), None);
            assert_eq!(holds("3: -> POSIX  ADVISORY  WRITE 4711 08:01:1234 120 120", 1234), None);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    pub fn holder(_: &std::path::Path) -> Option<String> {
        None
    }
}
