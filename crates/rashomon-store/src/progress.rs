//! How far the engine and the reading of archives have come.

use rusqlite::{Row, params};
use serde_json::Value;

use crate::batch::Batch;
use crate::coding::{self, unreadable};
use crate::error::Result;
use crate::sql::signed;
use crate::store::Store;

/// How far the reading of an archive has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// The archive: a path or an address.
    pub source: String,
    /// Where reading goes on; what the number counts is for the archive to say.
    pub position: u64,
    /// Whether it was read to its end.
    pub finished: bool,
    /// What was read and what was skipped, as whoever reads it counts it.
    pub counts: Value,
}

impl Batch<'_> {
    /// Keeps the state of the engine that groups articles, in place of the one before.
    pub fn set_engine_state(&mut self, state: &[u8]) -> Result<()> {
        self.run(
            "INSERT INTO engine (one, state) VALUES (1, ?1)
             ON CONFLICT (one) DO UPDATE SET state = excluded.state",
            [state],
        )?;
        Ok(())
    }

    /// Keeps how far the reading of an archive has come, together with what was read so far.
    pub fn checkpoint(
        &mut self,
        source: &str,
        position: u64,
        finished: bool,
        counts: &Value,
    ) -> Result<()> {
        self.run(
            "INSERT INTO checkpoint (source, position, finished, counts) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (source) DO UPDATE SET position = excluded.position,
                 finished = excluded.finished, counts = excluded.counts",
            params![source, signed(position, "position")?, finished, counts.to_string()],
        )?;
        Ok(())
    }
}

impl Store {
    /// The state of the engine that groups articles, as it was last kept.
    pub fn engine_state(&self) -> Result<Option<Vec<u8>>> {
        self.sql.one("SELECT state FROM engine", [], |row| row.get(0))
    }

    /// How far the reading of an archive has come.
    pub fn checkpoint(&self, source: &str) -> Result<Option<Checkpoint>> {
        let sql = "SELECT source, position, finished, counts FROM checkpoint WHERE source = ?1";
        self.sql.one(sql, [source], read)
    }

    /// How far the reading of every archive has come, by name.
    pub fn checkpoints(&self) -> Result<Vec<Checkpoint>> {
        let sql = "SELECT source, position, finished, counts FROM checkpoint ORDER BY source";
        self.sql.all(sql, [], read)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Checkpoint> {
    let counts = row.get_ref(3)?.as_str()?;
    Ok(Checkpoint {
        source: row.get(0)?,
        position: coding::number(row, 1)?,
        finished: row.get(2)?,
        counts: serde_json::from_str(counts).map_err(|_| unreadable(3, "the counts"))?,
    })
}
