//! Searches that somebody keeps.

use std::fmt;

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::ArticleNumber;
use crate::batch::Batch;
use crate::coding;
use crate::error::{Error, Kind, Result};
use crate::query::Query;
use crate::sql::signed;
use crate::store::Store;

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its number, which is never given to another search.
    pub number: u64,
    /// Its name; each name stands once.
    pub name: String,
    /// The query, as it was typed.
    pub query: String,
    /// When it was first kept; not known of those that an older program kept.
    pub created: Option<Timestamp>,
    /// The last article that it has told of, or that was there before it: what comes later is new.
    pub seen: ArticleNumber,
    /// The address that is told of what is new.
    pub webhook: Option<Webhook>,
    /// The e-mail address that is told of what is new.
    pub email: Option<String>,
}

/// An address that is told of what is new.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The address.
    pub address: String,
    /// What messages are signed with. It stands in the file as it is.
    pub secret: Option<String>,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = self.secret.as_ref().map(|_| "…");
        f.debug_struct("Webhook").field("address", &self.address).field("secret", &secret).finish()
    }
}

impl Batch<'_> {
    /// Keeps a search under a name, in place of one of the same name, and gives its number. What
    /// is there already counts as told. A query that cannot be read is refused; the same query
    /// again changes nothing.
    pub fn save_search(&mut self, name: &str, query: &str, now: Timestamp) -> Result<u64> {
        Query::parse(query)?;
        self.run(
            "INSERT INTO saved_search (name, query, created, seen)
             VALUES (?1, ?2, ?3, (SELECT coalesce(max(number), 0) FROM article))
             ON CONFLICT (name) DO UPDATE SET query = excluded.query, seen = excluded.seen
             WHERE query <> excluded.query",
            params![name, query, now.as_microsecond()],
        )?;
        let sql = "SELECT number FROM saved_search WHERE name = ?1";
        self.sql.only(sql, [name], |row| coding::number(row, 0))
    }

    /// Says who is told of what is new in a search; with neither, nobody is.
    pub fn set_delivery(
        &mut self,
        search: u64,
        webhook: Option<&Webhook>,
        email: Option<&str>,
    ) -> Result<()> {
        let changed = self.run(
            "UPDATE saved_search SET webhook = ?2, secret = ?3, email = ?4 WHERE number = ?1",
            params![
                signed(search, "search")?,
                webhook.map(|webhook| webhook.address.as_str()),
                webhook.and_then(|webhook| webhook.secret.as_deref()),
                email,
            ],
        )?;
        if changed == 0 {
            return Err(self.no_search(&search.to_string()));
        }
        Ok(())
    }

    /// Takes a search away, and what it still had to tell.
    pub fn remove_search(&mut self, name: &str) -> Result<()> {
        if self.run("DELETE FROM saved_search WHERE name = ?1", [name])? == 0 {
            return Err(self.no_search(name));
        }
        Ok(())
    }
}

const COLUMNS: &str = "number, name, query, created, seen, webhook, secret, email";

impl Store {
    /// The searches that are kept, by name.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>> {
        let sql = format!("SELECT {COLUMNS} FROM saved_search ORDER BY name");
        self.sql.all(&sql, [], read)
    }

    /// A search by its number.
    pub fn saved_search(&self, number: u64) -> Result<SavedSearch> {
        let sql = format!("SELECT {COLUMNS} FROM saved_search WHERE number = ?1");
        let found = self.sql.one(&sql, [signed(number, "search")?], read)?;
        found.ok_or_else(|| self.no_search(&number.to_string()))
    }

    fn no_search(&self, name: &str) -> Error {
        Error::new(Kind::NotFound, format!("{}: there is no search `{name}`", self.sql.file))
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<SavedSearch> {
    let (address, secret) = (row.get::<_, Option<String>>(5)?, row.get(6)?);
    Ok(SavedSearch {
        number: coding::number(row, 0)?,
        name: row.get(1)?,
        query: row.get(2)?,
        created: coding::maybe_time(row, 3)?,
        seen: coding::number(row, 4)?,
        webhook: address.map(|address| Webhook { address, secret }),
        email: row.get(7)?,
    })
}
