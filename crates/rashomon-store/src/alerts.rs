//! What saved searches have to tell, kept until it is told.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::batch::Batch;
use crate::coding::{self, unreadable};
use crate::error::{Error, Kind, Result};
use crate::hit::Found;
use crate::query::Query;
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// How somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// A request to an address.
    Webhook,
    /// An e-mail.
    Email,
}

impl Channel {
    /// The name that stands in the store.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Webhook => "webhook",
            Channel::Email => "email",
        }
    }
}

/// An article that a saved search found, to be told by one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its number.
    pub number: u64,
    /// The number of the search.
    pub search: u64,
    /// The name of the search.
    pub name: String,
    /// The article that was found.
    pub article: ArticleNumber,
    /// The story of the article as it is now.
    pub story: Option<StoryNumber>,
    /// How it is told.
    pub channel: Channel,
    /// When it was found.
    pub made: Timestamp,
    /// How often telling it was tried.
    pub attempts: u32,
    /// When to try next; `None` where it is told or given up.
    pub next_at: Option<Timestamp>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was told.
    pub done: Option<Timestamp>,
}

impl Alert {
    /// An id of the delivery that is the same at each attempt, by which a receiver knows what it
    /// has: a process that is killed between telling and [`Batch::alert_told`] tells once more.
    pub fn delivery(&self) -> String {
        format!("{}-a{}-{}", self.search, self.article, self.channel.name())
    }
}

impl Batch<'_> {
    /// Notes what a saved search finds in articles that came since it told the last time, for each
    /// channel that it has, due at once; what was noted is never noted again. Gives how many alerts
    /// are new. The search is the further: articles that match only once they are revised or
    /// compared later are not told.
    pub fn raise_alerts(&mut self, search: u64, now: Timestamp) -> Result<u64> {
        let saved = self.saved_search(search)?;
        let mut articles: Vec<ArticleNumber> =
            self.new_hits(search)?.into_iter().map(|found| found.article).collect();
        articles.sort_unstable();
        articles.dedup();
        let channels = [
            saved.webhook.is_some().then_some(Channel::Webhook),
            saved.email.is_some().then_some(Channel::Email),
        ];
        let search = signed(search, "search")?;
        let mut made = 0;
        for article in articles {
            for channel in channels.into_iter().flatten() {
                made += self.run(
                    "INSERT INTO alert (search, article, channel, made, next_at)
                     VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT DO NOTHING",
                    params![
                        search,
                        signed(article, "article")?,
                        channel.name(),
                        now.as_microsecond()
                    ],
                )?;
            }
        }
        self.run(
            "UPDATE saved_search SET seen = (SELECT coalesce(max(number), 0) FROM article)
             WHERE number = ?1",
            [search],
        )?;
        Ok(made as u64)
    }

    /// Notes that an alert was told.
    pub fn alert_told(&mut self, alert: u64, now: Timestamp) -> Result<()> {
        let changed = self.run(
            "UPDATE alert SET attempts = attempts + 1, next_at = NULL, last_error = NULL, done = ?2
             WHERE number = ?1",
            params![signed(alert, "alert")?, now.as_microsecond()],
        )?;
        self.need_alert(changed, alert)
    }

    /// Notes that telling an alert failed, and when to try again; `None` gives it up.
    pub fn alert_failed(
        &mut self,
        alert: u64,
        error: &str,
        next_at: Option<Timestamp>,
    ) -> Result<()> {
        let changed = self.run(
            "UPDATE alert SET attempts = attempts + 1, next_at = ?2, last_error = ?3
             WHERE number = ?1 AND done IS NULL",
            params![signed(alert, "alert")?, next_at.map(Timestamp::as_microsecond), error],
        )?;
        self.need_alert(changed, alert)
    }

    /// Takes alerts away that were told or given up and are older than a time. Gives how many.
    pub fn forget_alerts(&mut self, before: Timestamp) -> Result<u64> {
        let sql = "DELETE FROM alert WHERE next_at IS NULL AND made < ?1";
        Ok(self.run(sql, [before.as_microsecond()])? as u64)
    }

    fn need_alert(&self, changed: usize, alert: u64) -> Result<()> {
        if changed == 0 {
            let message =
                format!("{}: there is no alert {alert} that is still to be told", self.sql.file);
            return Err(Error::new(Kind::NotFound, message));
        }
        Ok(())
    }
}

/// What is due.
pub(crate) const DUE: &str =
    "SELECT l.number, l.search, s.name, l.article, a.story, l.channel, l.made, l.attempts,
         l.next_at, l.last_error, l.done
     FROM alert l CROSS JOIN saved_search s ON s.number = l.search
     CROSS JOIN article a ON a.number = l.article
     WHERE l.next_at <= ?1 ORDER BY l.next_at, l.number LIMIT ?2";

/// The alerts of a search.
const OF_SEARCH: &str =
    "SELECT l.number, l.search, s.name, l.article, a.story, l.channel, l.made, l.attempts,
         l.next_at, l.last_error, l.done
     FROM alert l CROSS JOIN saved_search s ON s.number = l.search
     CROSS JOIN article a ON a.number = l.article
     WHERE l.search = ?1 ORDER BY l.number DESC LIMIT ?2";

impl Store {
    /// What a saved search finds in articles that came since it told the last time.
    pub fn new_hits(&self, search: u64) -> Result<Vec<Found>> {
        let saved = self.saved_search(search)?;
        self.search_behind(&Query::parse(&saved.query)?, saved.seen)
    }

    /// What is to be told at a time, the longest overdue first, `limit` at most.
    pub fn due_alerts(&self, now: Timestamp, limit: usize) -> Result<Vec<Alert>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.sql.all(DUE, [now.as_microsecond(), limit], read)
    }

    /// When the next alert is due, where there is one.
    pub fn next_alert(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT min(next_at) FROM alert WHERE next_at IS NOT NULL";
        self.sql.only(sql, [], |row| coding::maybe_time(row, 0))
    }

    /// The alerts of a search, the newest first, `limit` at most.
    pub fn alerts(&self, search: u64, limit: usize) -> Result<Vec<Alert>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.sql.all(OF_SEARCH, [signed(search, "search")?, limit], read)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Alert> {
    let channel = row.get_ref(5)?.as_str()?;
    let channel = [Channel::Webhook, Channel::Email].into_iter().find(|is| is.name() == channel);
    Ok(Alert {
        number: coding::number(row, 0)?,
        search: coding::number(row, 1)?,
        name: row.get(2)?,
        article: coding::number(row, 3)?,
        story: coding::maybe_number(row, 4)?,
        channel: channel.ok_or_else(|| unreadable(5, "the channel"))?,
        made: coding::read_time(row, 6)?,
        attempts: row.get(7)?,
        next_at: coding::maybe_time(row, 8)?,
        last_error: row.get(9)?,
        done: coding::maybe_time(row, 10)?,
    })
}
