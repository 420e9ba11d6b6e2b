//! Stories in lists, and their members.

use jiff::Timestamp;
use rusqlite::types::Value as Cell;
use rusqlite::{Row, params_from_iter};

use crate::batch::story_row;
use crate::coding;
use crate::cursor::Cursor;
use crate::error::{Error, Kind, Result};
use crate::query::Query;
use crate::search::stories_of;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// Which stories are asked for. What is not set asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct StoryFilter {
    /// With an article at this time or later.
    pub since: Option<Timestamp>,
    /// With an article before this time.
    pub until: Option<Timestamp>,
    /// With an article of this outlet, by its name in capitals or small letters.
    pub outlet: Option<String>,
    /// With so many articles at least.
    pub articles: u64,
    /// With so many outlets at least.
    pub outlets: u64,
    /// With so many independent origins at least, as last found.
    pub origins: u64,
    /// Only those whose articles contradict each other, as last found.
    pub disputed: bool,
    /// With an article that was first read after this time.
    pub seen_since: Option<Timestamp>,
    /// With an article, a quotation or a claim that this finds; the order of its hits does not count.
    pub query: Option<Query>,
    /// Only those whose findings are up to date, or only those whose are not.
    pub found: Option<bool>,
    /// Asks for [`StoryRow::new`]: how many articles were first read after this time.
    pub count_since: Option<Timestamp>,
}

/// The order of a list of stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoryOrder {
    /// With the newest article first.
    #[default]
    Newest,
    /// By the time of the first article, the newest first.
    Begun,
    /// With most articles first.
    Articles,
    /// With most outlets first.
    Outlets,
    /// With most independent origins first, as last found.
    Origins,
    /// With most conflicts first, as last found.
    Conflicts,
}

/// A story in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryRow {
    /// Its number.
    pub story: StoryNumber,
    /// The headline to show: what the findings chose, or that of its first article.
    pub title: Option<String>,
    /// How many articles.
    pub articles: u64,
    /// How many outlets; an article that names none counts by its id.
    pub outlets: u64,
    /// The time of its first article, of those that are dated if any is.
    pub first: Timestamp,
    /// The time of its last article.
    pub last: Timestamp,
    /// How many independent origins its articles have, as last found; 1 where it was never compared.
    pub origins: u64,
    /// In how many things its articles contradict each other, as last found.
    pub conflicts: u64,
    /// In how many things they differ, the conflicts among them and mere spellings not.
    pub discrepancies: u64,
    /// When the newest of its articles was first read.
    pub seen: Timestamp,
    /// How many of its articles are new, where [`StoryFilter::count_since`] asks.
    pub new: Option<u64>,
    /// How many other stories it is linked to.
    pub links: u64,
    /// Whether the findings are those of its articles as they are now.
    pub found: bool,
}

/// A page of a list of stories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryPage {
    /// The stories.
    pub stories: Vec<StoryRow>,
    /// Where the next page begins, or `None` at the end.
    pub next: Option<String>,
}

/// An article as a member of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The article.
    pub article: ArticleNumber,
    /// What tells it from all others: its address.
    pub key: String,
    /// The id that its record gave it.
    pub id: String,
    /// Its time.
    pub at: Timestamp,
    /// Whether it says when it was published; else its time is when it was fetched or read.
    pub dated: bool,
    /// Its outlet, or else its id.
    pub outlet: String,
    /// Its headline.
    pub title: Option<String>,
    /// How sure it is that it belongs here.
    pub score: f64,
    /// How often its words changed.
    pub revisions: u64,
}

/// A story with its members.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredStory {
    /// The story, as in a list.
    pub row: StoryRow,
    /// The number that was asked for, where that story went into this one.
    pub redirected_from: Option<StoryNumber>,
    /// Goes up whenever the members or their words change. Hand it to
    /// [`Batch::put_findings`](crate::Batch::put_findings) with what was found in them.
    pub version: u64,
    /// The members by time, then by number.
    pub members: Vec<Member>,
}

const COLUMNS: &str = "s.number, coalesce(s.title, (SELECT a.title FROM article a
         WHERE a.story = s.number AND a.title IS NOT NULL ORDER BY a.at, a.number LIMIT 1)),
     s.articles, s.outlets, s.first, s.last,
     (SELECT count(*) FROM link l WHERE l.story = s.number OR l.target = s.number),
     s.found IS s.version, s.version, s.origins, s.conflicts, s.discrepancies, s.seen";

impl Store {
    /// Stories in an order, `limit` of them behind a cursor.
    pub fn stories(
        &self,
        filter: &StoryFilter,
        order: StoryOrder,
        limit: usize,
        after: Option<&str>,
    ) -> Result<StoryPage> {
        let (sql, cells) = list(filter, order, limit, after)?;
        let read = |row: &Row<'_>| {
            let mut story = read_row(row)?;
            story.new = coding::maybe_number(row, 13)?;
            Ok((story, row.get::<_, i64>(14)?))
        };
        let mut rows = self.sql.all(&sql, params_from_iter(cells), read)?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|(row, key)| {
            Cursor { score: 0.0, at: *key, number: row.story as i64 }.to_string()
        });
        Ok(StoryPage { stories: rows.into_iter().map(|(row, _)| row).collect(), next })
    }

    /// A story with its members. A story that went into another one leads there.
    pub fn story(&self, story: StoryNumber) -> Result<StoredStory> {
        let asked = story_row(story)?;
        let target =
            self.sql.one("SELECT target FROM redirect WHERE story = ?1", [asked], |row| {
                row.get::<_, i64>(0)
            })?;
        let number = target.unwrap_or(asked);
        let sql = format!("SELECT {COLUMNS} FROM story s WHERE s.number = ?1 AND s.articles > 0");
        let read = |row: &Row<'_>| Ok((read_row(row)?, coding::number(row, 8)?));
        let Some((row, version)) = self.sql.one(&sql, [number], read)? else {
            let message = format!("{}: there is no story s{story}", self.sql.file);
            return Err(Error::new(Kind::NotFound, message));
        };
        let redirected_from = target.map(|_| story);
        Ok(StoredStory { row, redirected_from, version, members: self.members(number)? })
    }

    /// Stories whose members changed since something was last found in them, with their newest
    /// article first. A story of fewer articles than `at_least` is left out.
    pub fn stale_stories(&self, at_least: u64, limit: usize) -> Result<Vec<StoryNumber>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let at_least = i64::try_from(at_least.max(1)).unwrap_or(i64::MAX);
        let sql = "SELECT number FROM story
                   WHERE articles > 0 AND articles >= ?1 AND found IS NOT version
                   ORDER BY last DESC, number DESC LIMIT ?2";
        self.sql.all(sql, [at_least, limit], |row| coding::number(row, 0))
    }

    fn members(&self, story: i64) -> Result<Vec<Member>> {
        let sql = "SELECT number, at, outlet, title, score, revisions, key, id, dated FROM article
                   WHERE story = ?1 ORDER BY at, number";
        self.sql.all(sql, [story], |row| {
            Ok(Member {
                article: coding::number(row, 0)?,
                key: row.get(6)?,
                id: row.get(7)?,
                dated: row.get(8)?,
                at: coding::read_time(row, 1)?,
                outlet: row.get(2)?,
                title: row.get(3)?,
                score: row.get::<_, Option<f64>>(4)?.unwrap_or_default(),
                revisions: coding::number(row, 5)?,
            })
        })
    }
}

/// The statement of a list, with its cells.
pub(crate) fn list(
    filter: &StoryFilter,
    order: StoryOrder,
    limit: usize,
    after: Option<&str>,
) -> Result<(String, Vec<Cell>)> {
    let key = match order {
        StoryOrder::Newest => "s.last",
        StoryOrder::Begun => "s.first",
        StoryOrder::Articles => "s.articles",
        StoryOrder::Outlets => "s.outlets",
        StoryOrder::Origins => "s.origins",
        StoryOrder::Conflicts => "s.conflicts",
    };
    let new = "(SELECT count(*) FROM article a WHERE a.story = s.number AND a.first_seen > ?)";
    let (new, mut cells) = match filter.count_since {
        None => ("NULL", Vec::new()),
        Some(since) => (new, vec![Cell::Integer(since.as_microsecond())]),
    };
    let (mut conditions, asked) = conditions(filter)?;
    cells.extend(asked);
    if let Some(cursor) = after.map(Cursor::parse).transpose()? {
        conditions.push(format!("({key}, s.number) < (?, ?)"));
        cells.extend([Cell::Integer(cursor.at), Cell::Integer(cursor.number)]);
    }
    cells.push(Cell::Integer(limit.saturating_add(1).min(1 << 30) as i64));
    let sql = format!(
        "SELECT {COLUMNS}, {new}, {key} FROM story s WHERE {}
         ORDER BY {key} DESC, s.number DESC LIMIT ?",
        conditions.join(" AND ")
    );
    Ok((sql, cells))
}

fn conditions(filter: &StoryFilter) -> Result<(Vec<String>, Vec<Cell>)> {
    let mut conditions = vec!["s.articles > 0".to_owned()];
    let mut cells = Vec::new();
    let mut ask = |condition: &str, cell: Cell| {
        conditions.push(condition.to_owned());
        cells.push(cell);
    };
    if let Some(since) = filter.since {
        ask("s.last >= ?", Cell::Integer(since.as_microsecond()));
    }
    if let Some(until) = filter.until {
        ask("s.first < ?", Cell::Integer(until.as_microsecond()));
    }
    if let Some(outlet) = &filter.outlet {
        let condition = "EXISTS (SELECT 1 FROM article a WHERE a.story = s.number AND a.outlet = ? COLLATE NOCASE)";
        ask(condition, Cell::Text(outlet.clone()));
    }
    if let Some(since) = filter.seen_since {
        ask("s.seen > ?", Cell::Integer(since.as_microsecond()));
    }
    let least = [
        (filter.articles, "s.articles"),
        (filter.outlets, "s.outlets"),
        (filter.origins, "s.origins"),
    ];
    for (least, column) in least {
        if least > 1 {
            let least = i64::try_from(least).unwrap_or(i64::MAX);
            ask(&format!("{column} >= ?"), Cell::Integer(least));
        }
    }
    if filter.disputed {
        conditions.push("s.conflicts > 0".to_owned());
    }
    if let Some(query) = &filter.query {
        let (stories, asked) = stories_of(query)?;
        conditions.push(format!("s.number IN ({stories})"));
        cells.extend(asked);
    }
    match filter.found {
        None => {}
        Some(true) => conditions.push("s.found IS s.version".to_owned()),
        Some(false) => conditions.push("s.found IS NOT s.version".to_owned()),
    }
    Ok((conditions, cells))
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<StoryRow> {
    Ok(StoryRow {
        story: coding::number(row, 0)?,
        title: row.get(1)?,
        articles: coding::number(row, 2)?,
        outlets: coding::number(row, 3)?,
        first: coding::read_time(row, 4)?,
        last: coding::read_time(row, 5)?,
        links: coding::number(row, 6)?,
        found: row.get(7)?,
        origins: coding::number(row, 9)?,
        conflicts: coding::number(row, 10)?,
        discrepancies: coding::number(row, 11)?,
        seen: coding::read_time(row, 12)?,
        new: None,
    })
}
