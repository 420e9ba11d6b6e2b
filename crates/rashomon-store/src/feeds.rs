//! Subscriptions.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::batch::Batch;
use crate::coding;
use crate::error::{Error, Kind, Result};
use crate::store::Store;

/// A feed, and what polling it learned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Where it is fetched from; each address stands once.
    pub address: String,
    /// What it calls itself, or what the reader calls it.
    pub title: Option<String>,
    /// The page that it belongs to.
    pub home: Option<String>,
    /// The folder of the list of subscriptions that it stands in.
    pub folder: Option<String>,
    /// What the server gave to ask with whether it changed.
    pub etag: Option<String>,
    /// What the server gave to ask with whether it changed since.
    pub last_modified: Option<String>,
    /// When to fetch it next; `None` is at once.
    pub next_at: Option<Timestamp>,
    /// How often fetching failed since it last went well.
    pub failures: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When fetching last went well.
    pub last_ok: Option<Timestamp>,
    /// Where the server says that it moved for good.
    pub moved_to: Option<String>,
    /// Whether the server says that it is gone for good.
    pub gone: bool,
}

/// A feed, and what it brought.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedHealth {
    /// Its number.
    pub number: i64,
    /// The feed, with when it was asked last and what went wrong.
    pub feed: Feed,
    /// How many articles it led to first.
    pub articles: u64,
    /// When the newest of them was first read.
    pub last_new: Option<Timestamp>,
}

const COLUMNS: &str = "number, address, title, home, folder, etag, last_modified, next_at, \
     failures, last_error, last_ok, moved_to, gone";

impl Batch<'_> {
    /// Subscribes to a feed and gives its number. One that is known by its address keeps what it
    /// has and gives the number that it has.
    pub fn add_feed(&mut self, feed: &Feed) -> Result<i64> {
        if let Some((number, _)) = self.feed_at(&feed.address)? {
            return Ok(number);
        }
        self.run("INSERT INTO feed (address) VALUES (?1)", [&feed.address])?;
        let number = self.sql.connection.last_insert_rowid();
        self.update_feed(number, feed)?;
        Ok(number)
    }

    /// Writes all that is known of a feed anew, its address included.
    pub fn update_feed(&mut self, number: i64, feed: &Feed) -> Result<()> {
        let changed = self.run(
            "UPDATE feed SET address = ?2, title = ?3, home = ?4, folder = ?5, etag = ?6,
                 last_modified = ?7, next_at = ?8, failures = ?9, last_error = ?10,
                 last_ok = ?11, moved_to = ?12, gone = ?13
             WHERE number = ?1",
            params![
                number,
                feed.address,
                feed.title,
                feed.home,
                feed.folder,
                feed.etag,
                feed.last_modified,
                feed.next_at.map(Timestamp::as_microsecond),
                feed.failures,
                feed.last_error,
                feed.last_ok.map(Timestamp::as_microsecond),
                feed.moved_to,
                feed.gone,
            ],
        )?;
        self.need(changed, number)
    }

    /// Ends a subscription. Articles that came by it stay.
    pub fn remove_feed(&mut self, number: i64) -> Result<()> {
        let changed = self.run("DELETE FROM feed WHERE number = ?1", [number])?;
        self.need(changed, number)
    }

    fn need(&self, changed: usize, number: i64) -> Result<()> {
        if changed == 0 {
            let message = format!(
                "{}: there is no feed {number}; the list of feeds gives the numbers",
                self.sql.file
            );
            return Err(Error::new(Kind::NotFound, message));
        }
        Ok(())
    }
}

impl Store {
    /// All feeds with their numbers, by folder, then by address.
    pub fn feeds(&self) -> Result<Vec<(i64, Feed)>> {
        let sql = format!("SELECT {COLUMNS} FROM feed ORDER BY folder, address");
        self.sql.all(&sql, [], read)
    }

    /// All feeds with what they brought, by folder, then by address.
    pub fn feed_health(&self) -> Result<Vec<FeedHealth>> {
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT count(*) FROM article a WHERE a.feed = f.number),
                 (SELECT max(a.first_seen) FROM article a WHERE a.feed = f.number)
             FROM feed f ORDER BY folder, address"
        );
        self.sql.all(&sql, [], |row| {
            let (number, feed) = read(row)?;
            let (articles, last_new) = (coding::number(row, 13)?, coding::maybe_time(row, 14)?);
            Ok(FeedHealth { number, feed, articles, last_new })
        })
    }

    /// The feed with an address, and its number.
    pub fn feed_at(&self, address: &str) -> Result<Option<(i64, Feed)>> {
        let sql = format!("SELECT {COLUMNS} FROM feed WHERE address = ?1");
        self.sql.one(&sql, [address], read)
    }

    /// Feeds to fetch at a time: those that are not gone and whose time has come, the longest
    /// overdue first.
    pub fn due_feeds(&self, now: Timestamp) -> Result<Vec<(i64, Feed)>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM feed WHERE NOT gone AND (next_at IS NULL OR next_at <= ?1)
             ORDER BY next_at, number"
        );
        self.sql.all(&sql, [now.as_microsecond()], read)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<(i64, Feed)> {
    let feed = Feed {
        address: row.get(1)?,
        title: row.get(2)?,
        home: row.get(3)?,
        folder: row.get(4)?,
        etag: row.get(5)?,
        last_modified: row.get(6)?,
        next_at: coding::maybe_time(row, 7)?,
        failures: row.get(8)?,
        last_error: row.get(9)?,
        last_ok: coding::maybe_time(row, 10)?,
        moved_to: row.get(11)?,
        gone: row.get(12)?,
    };
    Ok((row.get(0)?, feed))
}
