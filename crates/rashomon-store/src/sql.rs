//! Statements on one connection, each prepared once, with errors that name the file.

use rusqlite::{Connection, Params, Row};

use crate::error::{Error, Kind, Result};

/// A connection and the name of its file.
#[derive(Debug)]
pub(crate) struct Sql {
    pub(crate) connection: Connection,
    pub(crate) file: String,
}

impl Sql {
    pub(crate) fn fail(&self, cause: rusqlite::Error) -> Error {
        Error::sqlite(&self.file, cause)
    }

    /// Runs a statement and gives the number of rows that it changed.
    pub(crate) fn run(&self, sql: &str, params: impl Params) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        statement.execute(params).map_err(|e| self.fail(e))
    }

    /// Runs statements without parameters.
    pub(crate) fn script(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|e| self.fail(e))
    }

    /// The first row, if there is one.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let mut rows = statement.query(params).map_err(|e| self.fail(e))?;
        match rows.next().map_err(|e| self.fail(e))? {
            Some(row) => read(row).map(Some).map_err(|e| self.fail(e)),
            None => Ok(None),
        }
    }

    /// The first row, which a statement like `SELECT count(*)` always has.
    pub(crate) fn only<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        self.one(sql, params, read)?
            .ok_or_else(|| Error::new(Kind::Sqlite, format!("{}: no row: {sql}", self.file)))
    }

    /// All rows.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let rows = statement.query_map(params, read).map_err(|e| self.fail(e))?;
        rows.collect::<rusqlite::Result<Vec<T>>>().map_err(|e| self.fail(e))
    }

    /// The highest number of a table, or 0.
    pub(crate) fn highest(&self, table: &str) -> Result<i64> {
        let sql = format!("SELECT coalesce(max(number), 0) FROM {table}");
        self.only(&sql, [], |row| row.get(0))
    }
}

/// A number of ours as SQLite keeps it.
pub(crate) fn signed(number: u64, what: &str) -> Result<i64> {
    i64::try_from(number).map_err(|_| {
        Error::new(Kind::BadValue, format!("the {what} {number} is more than 63 bits can hold"))
    })
}
