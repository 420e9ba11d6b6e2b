//! The form of the file, grown step by step. A step that was released never changes.

use crate::error::Result;
use crate::header;
use crate::sql::Sql;

/// `RSHM`, which tells a store from other SQLite files.
pub(crate) const APPLICATION: u32 = 0x5253_484d;

/// Steps from an empty file to the form of today; the version of a file is how many it has.
const STEPS: &[&str] = &[include_str!("../migrations/1.sql"), include_str!("../migrations/2.sql")];

/// The version of today.
pub(crate) const NEWEST: u32 = STEPS.len() as u32;

/// The version that a file has.
pub(crate) fn version(sql: &Sql) -> Result<u32> {
    let version: i64 = sql.only("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(u32::try_from(version).unwrap_or(u32::MAX))
}

/// Brings a file to the version of today, in one transaction. Gives the version that it had.
pub(crate) fn migrate(sql: &Sql) -> Result<u32> {
    migrate_to(sql, NEWEST)
}

/// Brings a file to a version.
pub(crate) fn migrate_to(sql: &Sql, target: u32) -> Result<u32> {
    let found = version(sql)?;
    if found > NEWEST {
        return Err(header::newer(&sql.file, found));
    }
    if found >= target {
        return Ok(found);
    }
    sql.script("BEGIN IMMEDIATE")?;
    match steps(sql, target) {
        Ok(()) => sql.script("COMMIT").map(|()| found),
        Err(error) => {
            // The error that made the steps fail is the one to tell.
            let _ = sql.script("ROLLBACK");
            Err(error)
        }
    }
}

fn steps(sql: &Sql, target: u32) -> Result<()> {
    // Another process may have done it while this one waited for the lock.
    let found = version(sql)?.min(target);
    for step in &STEPS[found as usize..target as usize] {
        sql.script(step)?;
    }
    sql.script(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {target}"))
}
