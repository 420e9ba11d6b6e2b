//! Whoever is quoted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rashomon::article::EntityKind;
use rusqlite::types::Value as Cell;
use rusqlite::{Row, params, params_from_iter};

use crate::batch::Batch;
use crate::coding::{self, unreadable};
use crate::cursor::Cursor;
use crate::error::Result;
use crate::places::Page;
use crate::store::Store;

/// Somebody who is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The name to show: the spelling in which most remarks have it.
    pub name: String,
    /// The name with case and accents folded, the same for all spellings: stands in addresses.
    pub key: String,
    /// What kind of thing it is, as most remarks say; `None` for somebody without a name: `police`,
    /// `who`. The `WHO` is somebody else.
    pub kind: Option<EntityKind>,
    /// How many remarks, each with all its variants.
    pub remarks: u64,
    /// In how many stories.
    pub stories: u64,
    /// By how many outlets.
    pub outlets: u64,
    /// The time of the newest remark.
    pub last: Timestamp,
}

/// Which speakers are asked for. What is not set asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct SpeakerFilter {
    /// With a word in the name that begins so, or several words one after the other, with any case
    /// and accents.
    pub prefix: Option<String>,
    /// Only these.
    pub kind: Option<EntityKind>,
    /// Only those with a name: not `police` or `who`.
    pub named: bool,
}

/// What a name is compared by: case and accents folded, its words parted by one blank.
pub(crate) fn key(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(rashomon::terms::fold).collect();
    words.join(" ").trim().to_owned()
}

/// The name of a kind, as the JSON writes it.
pub(crate) fn name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    }
}

pub(crate) fn read_kind(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<EntityKind>> {
    use EntityKind::{Organization, Other, Person, Place};
    let Some(written) = row.get_ref(column)?.as_str_or_null()? else { return Ok(None) };
    let kind = [Person, Organization, Place, Other].into_iter().find(|&kind| name(kind) == written);
    kind.map(Some).ok_or_else(|| unreadable(column, "the kind"))
}

impl Batch<'_> {
    /// The row of a speaker, whose counts will have to be counted anew. A name without letters has
    /// none.
    pub(crate) fn speaker_row(&self, name: &str, named: bool) -> Result<Option<i64>> {
        let key = key(name);
        if key.is_empty() {
            return Ok(None);
        }
        self.run(
            "INSERT INTO speaker (key, named, name) VALUES (?1, ?2, ?3)
             ON CONFLICT (key, named) DO UPDATE SET stale = 1 WHERE NOT stale",
            params![key, named, name],
        )?;
        let sql = "SELECT number FROM speaker WHERE key = ?1 AND named = ?2";
        self.sql.one(sql, params![key, named], |row| row.get(0))
    }

    /// Notes that the counts of whoever speaks in an article are not what they were.
    pub(crate) fn unsettle_speakers_in(&self, article: i64) -> Result<()> {
        self.run(
            "UPDATE speaker SET stale = 1 WHERE NOT stale AND number IN
                 (SELECT who FROM quotation WHERE article = ?1)",
            [article],
        )?;
        Ok(())
    }

    /// Notes that the counts of whoever speaks in a story are not what they were.
    pub(crate) fn unsettle_speakers_of(&self, story: i64) -> Result<()> {
        self.run(
            "UPDATE speaker SET stale = 1 WHERE NOT stale AND number IN
                 (SELECT who FROM remark WHERE story = ?1 UNION ALL
                  SELECT q.who FROM article a JOIN quotation q ON q.article = a.number
                  WHERE a.story = ?1)",
            [story],
        )?;
        Ok(())
    }

    /// Brings the counts of speakers up to date, of those alone that something has changed of. Gives
    /// how many those were.
    pub fn count_speakers(&mut self) -> Result<u64> {
        let sql = "SELECT number FROM speaker WHERE stale ORDER BY number";
        let stale: Vec<i64> = self.sql.all(sql, [], |row| row.get(0))?;
        for &number in &stale {
            let counted = self.counted(number)?;
            self.run(
                "UPDATE speaker SET name = coalesce(?2, name), kind = ?3, remarks = ?4,
                     stories = ?5, outlets = ?6, last = ?7, stale = 0
                 WHERE number = ?1",
                params![
                    number,
                    most(&counted.names),
                    most(&counted.kinds),
                    counted.remarks.len() as i64,
                    counted.stories.len() as i64,
                    counted.outlets.len() as i64,
                    counted.last,
                ],
            )?;
        }
        Ok(stale.len() as u64)
    }

    fn counted(&self, number: i64) -> Result<Counted> {
        let sql = "SELECT 0, r.number, r.speaker, r.speaker_kind, r.at, r.story, a.outlet
                   FROM remark r JOIN variant v ON v.remark = r.number
                   JOIN article a ON a.number = v.article WHERE r.who = ?1
                   UNION ALL
                   SELECT 1, q.number, q.speaker, q.speaker_kind, q.at, a.story, a.outlet
                   FROM quotation q JOIN article a ON a.number = q.article WHERE q.who = ?1
                       AND NOT EXISTS (SELECT 1 FROM variant v WHERE v.article = q.article)";
        let mut counted = Counted::default();
        self.sql.all(sql, [number], |row| {
            if counted.remarks.insert((row.get(0)?, row.get(1)?)) {
                *counted.names.entry(row.get(2)?).or_default() += 1;
                if let Some(kind) = row.get::<_, Option<String>>(3)? {
                    *counted.kinds.entry(kind).or_default() += 1;
                }
            }
            counted.last = counted.last.max(row.get(4)?);
            if let Some(story) = row.get::<_, Option<i64>>(5)? {
                counted.stories.insert(story);
            }
            counted.outlets.insert(row.get_ref(6)?.as_str()?.to_ascii_lowercase());
            Ok(())
        })?;
        Ok(counted)
    }
}

/// What there is of a speaker.
#[derive(Default)]
struct Counted {
    remarks: BTreeSet<(i64, i64)>,
    names: BTreeMap<String, u64>,
    kinds: BTreeMap<String, u64>,
    stories: BTreeSet<i64>,
    outlets: BTreeSet<String>,
    last: Option<i64>,
}

/// What was counted most often, of equals the first by letters.
fn most(counts: &BTreeMap<String, u64>) -> Option<&str> {
    let best = counts.iter().max_by(|(a, more), (b, less)| more.cmp(less).then(b.cmp(a)));
    best.map(|(what, _)| what.as_str())
}

const COLUMNS: &str = "s.name, s.key, s.kind, s.remarks, s.stories, s.outlets, s.last, s.number";

impl Store {
    /// Somebody who is quoted, by the name with any case and accents; who has a name comes before
    /// who has none. The counts are those of the last [`Batch::count_speakers`].
    pub fn speaker(&self, name: &str) -> Result<Option<SpeakerRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM speaker s WHERE s.key = ?1 AND s.remarks > 0
             ORDER BY s.named DESC LIMIT 1"
        );
        self.sql.one(&sql, [key(name)], read)
    }

    /// The number of a speaker, counted or not yet.
    pub(crate) fn speaker_number(&self, name: &str) -> Result<Option<i64>> {
        let sql = "SELECT number FROM speaker WHERE key = ?1
                   ORDER BY (remarks > 0 OR stale) DESC, named DESC LIMIT 1";
        self.sql.one(sql, [key(name)], |row| row.get(0))
    }

    /// Whoever is quoted, the most quoted first, `limit` of them behind a cursor.
    pub fn speakers(
        &self,
        filter: &SpeakerFilter,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Page<SpeakerRow>> {
        let mut conditions = String::new();
        let mut cells = Vec::new();
        if let Some(prefix) = &filter.prefix {
            conditions.push_str(" AND instr(' ' || s.key, ?) > 0");
            cells.push(Cell::Text(format!(" {}", key(prefix))));
        }
        if let Some(kind) = filter.kind {
            conditions.push_str(" AND s.kind = ?");
            cells.push(Cell::Text(name(kind).to_owned()));
        }
        if filter.named {
            conditions.push_str(" AND s.named");
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM speaker s WHERE s.remarks > 0{conditions}
                 AND (s.remarks, s.number) < (?, ?)
             ORDER BY s.remarks DESC, s.number DESC LIMIT ?"
        );
        self.page(limit, after, |behind, most| {
            cells.extend([behind.at, behind.number, most].map(Cell::Integer));
            self.sql.all(&sql, params_from_iter(cells), |row| {
                let place = Cursor { score: 0.0, at: row.get(3)?, number: row.get(7)? };
                Ok((place, read(row)?))
            })
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<SpeakerRow> {
    Ok(SpeakerRow {
        name: row.get(0)?,
        key: row.get(1)?,
        kind: read_kind(row, 2)?,
        remarks: coding::number(row, 3)?,
        stories: coding::number(row, 4)?,
        outlets: coding::number(row, 5)?,
        last: coding::maybe_time(row, 6)?.unwrap_or(Timestamp::UNIX_EPOCH),
    })
}
