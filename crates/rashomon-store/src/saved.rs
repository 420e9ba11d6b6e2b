//! Searches that somebody keeps.

use crate::batch::Batch;
use crate::error::{Error, Kind, Result};
use crate::query::Query;
use crate::store::Store;

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its name; each name stands once.
    pub name: String,
    /// The query, as it was typed.
    pub query: String,
}

impl Batch<'_> {
    /// Keeps a search under a name, in place of one of the same name. A query that cannot be read
    /// is refused.
    pub fn save_search(&mut self, name: &str, query: &str) -> Result<()> {
        Query::parse(query)?;
        self.run(
            "INSERT INTO saved_search (name, query) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET query = excluded.query",
            [name, query],
        )?;
        Ok(())
    }

    /// Takes a search away.
    pub fn remove_search(&mut self, name: &str) -> Result<()> {
        if self.run("DELETE FROM saved_search WHERE name = ?1", [name])? == 0 {
            let message = format!("{}: there is no search `{name}`", self.sql.file);
            return Err(Error::new(Kind::NotFound, message));
        }
        Ok(())
    }
}

impl Store {
    /// The searches that are kept, by name.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>> {
        let sql = "SELECT name, query FROM saved_search ORDER BY name";
        self.sql.all(sql, [], |row| Ok(SavedSearch { name: row.get(0)?, query: row.get(1)? }))
    }
}
