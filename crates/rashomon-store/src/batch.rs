//! What is written in one transaction.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Deref;

use jiff::Timestamp;
use rashomon::article::Document;
use rusqlite::params;

use crate::error::{Error, Kind, Result};
use crate::sql::signed;
use crate::store::Store;
use crate::version;
use crate::{ArticleNumber, Digest, StoryNumber, coding, speakers};

/// An article that comes in.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// What tells it from all others: its address, or the path of its file.
    pub key: &'a str,
    /// A digest of what was read, by which a change is seen.
    pub digest: Digest,
    /// The article, and the quotations found in it. Other layers are not kept: they are found
    /// again when needed.
    pub document: &'a Document,
    /// When it was read.
    pub seen_at: Timestamp,
    /// The time that it stands at in lists, searches and groups, kept to the microsecond.
    pub at: Timestamp,
    /// The feed that led to it.
    pub feed: Option<i64>,
    /// What the engine that groups articles knows it by; may be empty. An empty one leaves the
    /// one that a revised article has.
    pub signature: &'a [u8],
}

/// Whether an article is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Nobody saw it before.
    New,
    /// It is known, and as it was.
    Same(ArticleNumber),
    /// It is known, and its words are other ones now.
    Changed(ArticleNumber),
}

/// A transaction that writes. Nobody sees any of it before [`Batch::commit`], and dropping it
/// takes all of it back.
///
/// What the store reads, the batch reads with its own writing in it; the counts of stories are
/// brought up to date by the commit.
#[derive(Debug)]
pub struct Batch<'s> {
    pub(crate) store: &'s mut Store,
    pub(crate) touched: BTreeSet<i64>,
    pub(crate) next: Next,
    open: bool,
    failed: Cell<bool>,
}

/// Numbers that the next rows get: while the batch is open, nobody else writes.
#[derive(Debug)]
pub(crate) struct Next {
    article: i64,
    version: i64,
    quotation: i64,
}

impl Deref for Batch<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.store
    }
}

impl Store {
    /// Begins a batch. Waits for others that write as long as [`OpenOptions`](crate::OpenOptions)
    /// say, then gives the error `locked`.
    pub fn begin(&mut self) -> Result<Batch<'_>> {
        if self.sql.connection.is_readonly("main").map_err(|e| self.sql.fail(e))? {
            let message =
                format!("{}: it was opened only to read; open it to write", self.sql.file);
            return Err(Error::new(Kind::ReadOnly, message));
        }
        self.sql.script("BEGIN IMMEDIATE").map_err(|error| self.name_holder(error))?;
        let next = self.next();
        let mut batch = Batch {
            store: self,
            touched: BTreeSet::new(),
            next: Next::default(),
            open: true,
            failed: Cell::new(false),
        };
        batch.next = next?;
        Ok(batch)
    }

    fn next(&self) -> Result<Next> {
        Ok(Next {
            article: self.sql.highest("article")? + 1,
            version: self.sql.highest("version")? + 1,
            quotation: self.sql.highest("quotation")? + 1,
        })
    }
}

impl Store {
    /// Whether an article is known by its key, and with these words; or by [another
    /// address](Batch::stands_at) of it.
    pub fn sight(&self, key: &str, digest: &Digest) -> Result<Sight> {
        let found = self.sql.one(
            "SELECT number, digest = ?2 FROM article WHERE key = ?1",
            params![key, digest],
            |row| Ok((coding::number(row, 0)?, row.get::<_, bool>(1)?)),
        )?;
        Ok(match found {
            None => self.twin_at(key, digest)?.map_or(Sight::New, Sight::Same),
            Some((number, true)) => Sight::Same(number),
            Some((number, false)) => Sight::Changed(number),
        })
    }
}

impl Default for Next {
    fn default() -> Next {
        Next { article: 1, version: 1, quotation: 1 }
    }
}

fn advance(number: &mut i64) -> i64 {
    let this = *number;
    *number += 1;
    this
}

impl Batch<'_> {
    /// Keeps a new article with its quotations, and makes it findable. A key that is known already
    /// gives the error `exists`, and nothing is written.
    pub fn add(&mut self, incoming: &Incoming<'_>) -> Result<ArticleNumber> {
        let number = self.next.article;
        version::check(incoming.document)?;
        if let Some(known) = self.article_by_key(incoming.key)? {
            let message = format!(
                "{}: article {known} has the key {} already; revise it",
                self.sql.file, incoming.key
            );
            return Err(Error::new(Kind::Exists, message));
        }
        let article = &incoming.document.article;
        let seen_at = incoming.seen_at.as_microsecond();
        self.run(
            "INSERT INTO article (number, key, id, digest, version, at, first_seen, last_seen,
                 feed, outlet, title, language, dated)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                number,
                incoming.key,
                article.id,
                incoming.digest,
                self.next.version,
                incoming.at.as_microsecond(),
                seen_at,
                incoming.feed,
                article.outlet_or_id(),
                article.title,
                article.language,
                article.published.is_some(),
            ],
        )?;
        advance(&mut self.next.article);
        self.stands_alone(incoming.key)?;
        self.put_words(number, 0, incoming)?;
        Ok(number as u64)
    }

    /// Keeps the words of an article that changed as its newest ones; the older stay as a
    /// revision. Words that are the same as the newest leave no revision.
    pub fn revise(&mut self, number: ArticleNumber, incoming: &Incoming<'_>) -> Result<()> {
        let rowid = self.known(number)?;
        let (digest, revisions, story) = self.sql.only(
            "SELECT digest, revisions, story FROM article WHERE number = ?1",
            [rowid],
            |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?, row.get(2)?)),
        )?;
        if digest == incoming.digest {
            return self.seen_again(number, incoming.seen_at);
        }
        let article = &incoming.document.article;
        version::check(incoming.document)?;
        self.run(
            "UPDATE article SET id = ?2, digest = ?3, version = ?4, at = ?5, revisions = ?6,
                 last_seen = max(last_seen, ?7), outlet = ?8, title = ?9, language = ?10,
                 dated = ?11
             WHERE number = ?1",
            params![
                rowid,
                article.id,
                incoming.digest,
                self.next.version,
                incoming.at.as_microsecond(),
                revisions + 1,
                incoming.seen_at.as_microsecond(),
                article.outlet_or_id(),
                article.title,
                article.language,
                article.published.is_some(),
            ],
        )?;
        self.forget_words(rowid)?;
        self.put_words(rowid, revisions + 1, incoming)?;
        self.touch(story)
    }

    /// Notes that a known article was met again as it was.
    pub fn seen_again(&mut self, number: ArticleNumber, seen_at: Timestamp) -> Result<()> {
        let number = self.known(number)?;
        self.run(
            "UPDATE article SET last_seen = max(last_seen, ?2) WHERE number = ?1",
            params![number, seen_at.as_microsecond()],
        )?;
        Ok(())
    }

    /// Makes the batch lasting, whole. A batch in which writing failed cannot be committed.
    pub fn commit(mut self) -> Result<()> {
        for story in std::mem::take(&mut self.touched) {
            self.recount(story)?;
        }
        self.check_whole()?;
        self.sql.script("COMMIT")?;
        self.open = false;
        Ok(())
    }

    /// Writes, as long as all writing before it went well: SQLite may have taken back the whole
    /// batch by itself, and what followed would be a batch of its own.
    pub(crate) fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize> {
        self.check_whole()?;
        self.sql.run(sql, params).inspect_err(|_| self.failed.set(true))
    }

    fn check_whole(&self) -> Result<()> {
        if self.failed.get() || self.sql.connection.is_autocommit() {
            let message = format!(
                "{}: writing failed earlier in this batch, so that it cannot be kept; begin \
                 another one",
                self.sql.file
            );
            return Err(Error::new(Kind::BatchFailed, message));
        }
        Ok(())
    }

    /// The row of an article, which must exist.
    pub(crate) fn known(&self, number: ArticleNumber) -> Result<i64> {
        let rowid = signed(number, "article")?;
        let known = self.sql.one("SELECT 1 FROM article WHERE number = ?1", [rowid], |_| Ok(()))?;
        known.map(|()| rowid).ok_or_else(|| self.no_article(number))
    }

    /// Notes that a story is not what it was.
    pub(crate) fn touch(&mut self, story: Option<i64>) -> Result<()> {
        let Some(story) = story else { return Ok(()) };
        self.touched.insert(story);
        self.run(
            "INSERT INTO story (number, version) VALUES (?1, 1)
             ON CONFLICT (number) DO UPDATE SET version = version + 1",
            [story],
        )?;
        Ok(())
    }

    fn put_words(&mut self, article: i64, revision: i64, incoming: &Incoming<'_>) -> Result<()> {
        let version = advance(&mut self.next.version);
        version::put(self, version, article, revision, incoming)?;
        self.put_quotations(article, incoming)?;
        if revision == 0 || !incoming.signature.is_empty() {
            self.run(
                "INSERT INTO signature (article, bytes) VALUES (?1, ?2)
                 ON CONFLICT (article) DO UPDATE SET bytes = excluded.bytes",
                params![article, incoming.signature],
            )?;
        }
        let words = &incoming.document.article;
        self.run(
            "INSERT INTO article_words (rowid, title, text, outlet, byline)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                article,
                words.title,
                words.text.as_str(),
                words.outlet_or_id(),
                words.byline.join("\n")
            ],
        )?;
        Ok(())
    }

    fn put_quotations(&mut self, article: i64, incoming: &Incoming<'_>) -> Result<()> {
        let document = incoming.document;
        let at = incoming.at.as_microsecond();
        for quotation in &document.quotations {
            let number = advance(&mut self.next.quotation);
            let speaker = quotation.speaker.as_ref().map(|speaker| speaker.name.as_str());
            let entity = quotation.speaker.as_ref().and_then(|speaker| speaker.entity);
            let entity = entity.and_then(|entity| document.entities.get(entity.get()));
            self.run(
                "INSERT INTO quotation (number, article, kind, content, speaker, who,
                     speaker_kind, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    number,
                    article,
                    quotation.kind.name(),
                    coding::spans(quotation.content.iter().copied()),
                    speaker,
                    speaker
                        .map(|speaker| self.speaker_row(speaker, entity.is_some()))
                        .transpose()?
                        .flatten(),
                    entity.map(|entity| speakers::name(entity.kind)),
                    at,
                ],
            )?;
            let words: Vec<&str> =
                quotation.content.iter().map(|&span| document.slice(span)).collect();
            self.run(
                "INSERT INTO quotation_words (rowid, text, speaker) VALUES (?1, ?2, ?3)",
                params![number, words.join("\n"), speaker],
            )?;
        }
        Ok(())
    }

    /// Takes the words of the version before out of the search.
    fn forget_words(&self, article: i64) -> Result<()> {
        self.unsettle_speakers_in(article)?;
        self.run("DELETE FROM article_words WHERE rowid = ?1", [article])?;
        self.run(
            "DELETE FROM quotation_words
             WHERE rowid IN (SELECT number FROM quotation WHERE article = ?1)",
            [article],
        )?;
        self.run("DELETE FROM quotation WHERE article = ?1", [article])?;
        Ok(())
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if self.open {
            // Where SQLite has taken the batch back by itself, there is nothing left to do.
            let _ = self.store.sql.connection.execute_batch("ROLLBACK");
        }
    }
}

/// Story numbers as rows.
pub(crate) fn story_row(story: StoryNumber) -> Result<i64> {
    signed(story, "story")
}
