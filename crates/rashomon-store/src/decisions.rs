//! What people decided by hand.

use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::batch::Batch;
use crate::coding::{self, unreadable};
use crate::error::{Error, Kind, Result};
use crate::sql::signed;
use crate::store::Store;

/// A decision that somebody made by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDecision {
    /// Its number; a later decision has a higher one.
    pub number: u64,
    /// When it was made; `None` where that was not kept.
    pub at: Option<Timestamp>,
    /// When it was taken back, if it was.
    pub undone_at: Option<Timestamp>,
    /// What was decided, as the engine that groups articles says it.
    pub json: Value,
}

const COLUMNS: &str = "number, at, undone_at, json";

impl Batch<'_> {
    /// Keeps a decision that somebody made by hand, behind the others. Gives its number.
    pub fn decide(&mut self, decision: &Value, at: Timestamp) -> Result<u64> {
        self.run(
            "INSERT INTO decision (json, at) VALUES (?1, ?2)",
            params![decision.to_string(), at.as_microsecond()],
        )?;
        Ok(self.sql.connection.last_insert_rowid() as u64)
    }

    /// Notes that a decision is no longer in force. One that is not gives the error `not-found`.
    pub fn undo(&mut self, number: u64, at: Timestamp) -> Result<()> {
        let changed = self.run(
            "UPDATE decision SET undone_at = ?2 WHERE number = ?1 AND undone_at IS NULL",
            params![signed(number, "decision")?, at.as_microsecond()],
        )?;
        if changed == 0 {
            return Err(self.no_decision(number));
        }
        Ok(())
    }
}

impl Store {
    /// What people decided by hand and did not take back, in order.
    pub fn decisions(&self) -> Result<Vec<StoredDecision>> {
        let sql = format!("SELECT {COLUMNS} FROM decision WHERE undone_at IS NULL ORDER BY number");
        self.sql.all(&sql, [], read)
    }

    /// A decision, in force or not.
    pub fn decision(&self, number: u64) -> Result<StoredDecision> {
        let sql = format!("SELECT {COLUMNS} FROM decision WHERE number = ?1");
        let found = self.sql.one(&sql, [signed(number, "decision")?], read)?;
        found.ok_or_else(|| self.no_decision(number))
    }

    fn no_decision(&self, number: u64) -> Error {
        let message = format!("{}: there is no decision {number} in force", self.sql.file);
        Error::new(Kind::NotFound, message)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredDecision> {
    let json = row.get_ref(3)?.as_str()?;
    Ok(StoredDecision {
        number: coding::number(row, 0)?,
        at: coding::maybe_time(row, 1)?,
        undone_at: coding::maybe_time(row, 2)?,
        json: serde_json::from_str(json).map_err(|_| unreadable(3, "a decision"))?,
    })
}
