//! Counts, checks, copies.

use std::path::Path;

use crate::error::{Error, Kind, Result};
use crate::migrations;
use crate::store::Store;

/// How much a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// The version of the form of the file.
    pub version: u32,
    /// Articles.
    pub articles: u64,
    /// Older words of articles that changed.
    pub revisions: u64,
    /// Quotations.
    pub quotations: u64,
    /// Stories with an article at least.
    pub stories: u64,
    /// Claims.
    pub claims: u64,
    /// Feeds.
    pub feeds: u64,
    /// Bytes of the file, without its log.
    pub bytes: u64,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// One sentence for each thing that is wrong, a hundred at most.
    pub problems: Vec<String>,
}

impl Checked {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// The indexes of words.
pub(crate) const INDEXES: [&str; 3] = ["article_words", "quotation_words", "claim_words"];

impl Store {
    /// A number that changes when somebody else has written to the file: another process, or
    /// another connection of this one. In a batch it holds until the batch ends.
    pub fn written_by_others(&self) -> Result<i64> {
        self.sql.only("PRAGMA data_version", [], |row| row.get(0))
    }

    /// Counts what the store holds.
    pub fn stats(&self) -> Result<Stats> {
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version),
                       (SELECT count(*) FROM quotation),
                       (SELECT count(*) FROM story WHERE articles > 0),
                       (SELECT count(*) FROM claim), (SELECT count(*) FROM feed),
                       (SELECT page_count FROM pragma_page_count)
                           * (SELECT page_size FROM pragma_page_size)";
        let counts = self.sql.only(sql, [], |row| {
            (0..7).map(|column| crate::coding::number(row, column)).collect::<Result<Vec<u64>, _>>()
        })?;
        Ok(Stats {
            version: migrations::version(&self.sql)?,
            articles: counts[0],
            revisions: counts[1].saturating_sub(counts[0]),
            quotations: counts[2],
            stories: counts[3],
            claims: counts[4],
            feeds: counts[5],
            bytes: counts[6],
        })
    }

    /// Looks over the whole file: every page, every reference between rows, and whether the words
    /// of each article can be searched. Changes nothing.
    pub fn check(&self) -> Result<Checked> {
        let mut problems = self.integrity("integrity_check")?;
        if !problems.is_empty() {
            return Ok(Checked { problems });
        }
        problems.extend(self.sql.all("PRAGMA foreign_key_check", [], |row| {
            let (table, number) = (row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?);
            let other: String = row.get(2)?;
            let number = number.map_or_else(String::new, |number| format!(" {number}"));
            Ok(format!("{table}{number} refers to a row of {other} that is not there"))
        })?);
        for (table, index) in
            [("article", INDEXES[0]), ("quotation", INDEXES[1]), ("claim", INDEXES[2])]
        {
            problems.extend(self.unsearchable(table, index)?);
        }
        problems.truncate(100);
        Ok(Checked { problems })
    }

    /// Gives room back that deleted rows have left, and the indexes of words their best form. Takes
    /// time and room in proportion to the file.
    pub fn vacuum(&mut self) -> Result<()> {
        for index in INDEXES {
            self.sql.run(&format!("INSERT INTO {index} ({index}) VALUES ('optimize')"), [])?;
        }
        self.sql.script("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Writes a copy of the store as it is now into a new file; others may write meanwhile.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.try_exists().map_err(|cause| Error::io(to, "look at it", cause))? {
            let message = format!("{}: exists already; name a file that does not", to.display());
            return Err(Error::new(Kind::Exists, message));
        }
        let Some(name) = to.to_str() else {
            let message = format!("{}: the name is not UTF-8; take another", to.display());
            return Err(Error::new(Kind::BadValue, message));
        };
        self.sql.run("VACUUM INTO ?1", [name]).inspect_err(|_| {
            // Half a copy is none.
            let _ = std::fs::remove_file(to);
        })?;
        let written = std::fs::File::open(to).and_then(|copy| copy.sync_all());
        written.map_err(|cause| Error::io(to, "write it through", cause))
    }

    /// Lets the file grow to so many bytes and no further, as long as the store is open: what would
    /// make it larger gives the error `disk-full`. A file that is larger already stays as it is.
    pub fn limit_bytes(&mut self, bytes: u64) -> Result<()> {
        let page: u64 =
            self.sql.only("PRAGMA page_size", [], |row| crate::coding::number(row, 0))?;
        let pages = (bytes / page.max(1)).clamp(1, u64::from(u32::MAX) - 1);
        self.sql.only(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
    }

    pub(crate) fn quick_check(&self) -> Result<()> {
        match self.integrity("quick_check")?.first() {
            None => Ok(()),
            Some(problem) => {
                let message = format!(
                    "{}: the file is damaged ({problem}); keep a copy, and go back to a backup \
                     or to the sources",
                    self.sql.file
                );
                Err(Error::new(Kind::Corrupt, message))
            }
        }
    }

    fn integrity(&self, pragma: &str) -> Result<Vec<String>> {
        let sql = format!("SELECT {pragma} FROM pragma_{pragma} WHERE {pragma} <> 'ok'");
        match self.sql.all(&sql, [], |row| row.get(0)) {
            Ok(problems) => Ok(problems),
            // Some damage stops the check itself.
            Err(error) if error.kind() == Kind::Corrupt => Ok(vec![error.to_string()]),
            Err(error) => Err(error),
        }
    }

    /// Rows that the index of words does not have, and words without a row.
    fn unsearchable(&self, table: &str, index: &str) -> Result<Vec<String>> {
        let sql = format!(
            "SELECT number, 1 FROM {table}
             WHERE number NOT IN (SELECT id FROM {index}_docsize)
             UNION ALL
             SELECT id, 0 FROM {index}_docsize WHERE id NOT IN (SELECT number FROM {table})
             LIMIT 100"
        );
        self.sql.all(&sql, [], |row| {
            let (number, is_row) = (row.get::<_, i64>(0)?, row.get::<_, bool>(1)?);
            Ok(match is_row {
                true => format!("{table} {number} is not in the index of words"),
                false => format!("the index of words has a {table} {number} that is not there"),
            })
        })
    }
}
