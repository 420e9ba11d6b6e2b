//! Entries of feeds that were dealt with.

use jiff::Timestamp;
use rusqlite::params;

use crate::Digest;
use crate::batch::Batch;
use crate::error::Result;
use crate::store::Store;

impl Store {
    /// Whether an entry was dealt with and says the same as then. `key` is its address, or else
    /// its id.
    pub fn knows_entry(&self, key: &str, digest: &Digest) -> Result<bool> {
        let sql = "SELECT 1 FROM entry WHERE key = ?1 AND digest = ?2";
        Ok(self.sql.one(sql, params![key, digest], |_| Ok(()))?.is_some())
    }
}

impl Batch<'_> {
    /// Notes that an entry was dealt with.
    pub fn saw_entry(&mut self, key: &str, digest: &Digest, seen_at: Timestamp) -> Result<()> {
        self.run(
            "INSERT INTO entry (key, digest, seen_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, seen_at = excluded.seen_at",
            params![key, digest, seen_at.as_microsecond()],
        )?;
        Ok(())
    }
}
