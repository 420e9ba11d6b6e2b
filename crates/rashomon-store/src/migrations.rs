//! The form of the file, grown step by step. A step that was released never changes.

use rusqlite::params;

use crate::error::Result;
use crate::header;
use crate::speakers;
use crate::sql::Sql;

/// `RSHM`, which tells a store from other SQLite files.
pub(crate) const APPLICATION: u32 = 0x5253_484d;

/// Steps from an empty file to the form of today; the version of a file is how many it has.
const STEPS: &[&str] = &[
    include_str!("../migrations/1.sql"),
    include_str!("../migrations/2.sql"),
    include_str!("../migrations/3.sql"),
    include_str!("../migrations/4.sql"),
    include_str!("../migrations/5.sql"),
];

/// The version of today.
pub(crate) const NEWEST: u32 = STEPS.len() as u32;

/// The version from which on speakers have rows of their own.
const SPEAKERS: u32 = 3;

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
    if found < SPEAKERS && target >= SPEAKERS {
        name_speakers(sql)?;
    }
    sql.script(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {target}"))
}

/// Gives the quotations that are there their speakers: SQL cannot fold names. What kind of thing
/// they are was not kept; who has a capital letter counts as named.
fn name_speakers(sql: &Sql) -> Result<()> {
    let names = "SELECT DISTINCT speaker FROM quotation WHERE speaker IS NOT NULL ORDER BY speaker";
    let names: Vec<String> = sql.all(names, [], |row| row.get(0))?;
    sql.script("CREATE TEMP TABLE naming (speaker TEXT PRIMARY KEY, who INTEGER NOT NULL)")?;
    for name in &names {
        let key = speakers::key(name);
        if key.is_empty() {
            continue;
        }
        let named = name.chars().any(char::is_uppercase);
        let insert = "INSERT INTO speaker (key, named, name) VALUES (?1, ?2, ?3)
                      ON CONFLICT DO NOTHING";
        sql.run(insert, params![key, named, name])?;
        let naming = "INSERT INTO naming
                      SELECT ?3, number FROM speaker WHERE key = ?1 AND named = ?2";
        sql.run(naming, params![key, named, name])?;
    }
    sql.script(
        "UPDATE quotation SET who = (SELECT who FROM naming n WHERE n.speaker = quotation.speaker)
         WHERE speaker IS NOT NULL;
         DROP TABLE naming",
    )
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::{OpenOptions, Store};

    /// A file as the program of a version left it, with an article in it.
    fn file_of(version: u32) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.rashomon");
        let connection = Connection::open(&path).unwrap();
        let sql = Sql { connection, file: String::new() };
        sql.only("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
        migrate_to(&sql, version).unwrap();
        sql.script(
            "INSERT INTO article (number, key, id, digest, version, at, dated, first_seen, last_seen,
                 outlet)
             VALUES (1, 'a', 'a', x'00', 1, 0, 0, 0, 0, 'a');
             INSERT INTO version (number, article, revision, seen_at, digest, id, byline, agencies,
                 blocks, text)
             VALUES (1, 1, 0, 0, x'00', 'a', '[]', '[]', x'', 'Bridge closes');
             INSERT INTO quotation (number, article, kind, content, speaker)
             VALUES (1, 1, 'direct', x'0006', 'Ada Bell'), (2, 1, 'direct', x'0706', 'ADÁ  bell'),
                 (3, 1, 'direct', x'0706', NULL);
             INSERT INTO quotation_words (rowid, text, speaker)
             VALUES (1, 'Bridge', 'Ada Bell'), (2, 'closes', 'ADÁ  bell'), (3, 'closes', NULL);
             INSERT INTO article_words (rowid, title, text, outlet, byline)
             VALUES (1, NULL, 'Bridge closes', NULL, '');",
        )
        .unwrap();
        (folder, path)
    }

    #[test]
    fn older_files_are_brought_up_to_date() {
        for older in 1..NEWEST {
            let (_folder, path) = file_of(older);
            let only_read = OpenOptions { read_only: true, ..OpenOptions::default() };
            assert_eq!(Store::open(&path, &only_read).unwrap_err().code(), "read-only");
            let store = Store::open(&path, &OpenOptions::default()).unwrap();
            assert_eq!(store.migrated_from(), Some(older));
            assert_eq!(store.stats().unwrap().version, NEWEST);
            assert_eq!(store.article(1).unwrap().document.article.text.as_str(), "Bridge closes");
            assert_eq!(store.count(&crate::Query::parse("bridge").unwrap()).unwrap(), 1);
            assert!(store.saved_searches().unwrap().is_empty());
            let remarks = store.remarks_of("ada bell", 9, None).unwrap().rows;
            let words: Vec<&str> = remarks.iter().map(|said| &*said.variants[0].words[0]).collect();
            // A file that has speakers already is given none by a later step.
            let told: &[&str] = if older < SPEAKERS { &["closes", "Bridge"] } else { &[] };
            assert_eq!(words, told);
            assert!(store.check().unwrap().is_sound());
            drop(store);
            let store = Store::open(&path, &OpenOptions::default()).unwrap();
            assert_eq!(store.migrated_from(), None);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let (_folder, path) = file_of(1);
        let connection = Connection::open(&path).unwrap();
        let sql = Sql { connection, file: String::new() };
        // The second step makes a table of this name, late.
        sql.script("CREATE TABLE saved_search (x)").unwrap();
        let tables = "SELECT count(*) FROM sqlite_schema";
        let before: i64 = sql.only(tables, [], |row| row.get(0)).unwrap();
        assert!(Store::open(&path, &OpenOptions::default()).is_err());
        assert_eq!(version(&sql).unwrap(), 1);
        assert_eq!(sql.only(tables, [], |row| row.get::<_, i64>(0)).unwrap(), before);
    }
}
