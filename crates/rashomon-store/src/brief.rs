//! What a list shows of a story, without the words of its articles.

use crate::StoryNumber;
use crate::batch::story_row;
use crate::coding;
use crate::error::Result;
use crate::store::Store;

/// A conflict in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The story.
    pub story: StoryNumber,
    /// The headline of the story.
    pub title: Option<String>,
    /// A short label in the words of a source.
    pub about: String,
    /// The values that exclude each other, each in the words of its first telling.
    pub values: Vec<String>,
}

/// Who tells a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tellers {
    /// Outlets by the time of their first article; `limit` of them.
    pub outlets: Vec<String>,
    /// Whether any of the articles says when it was published.
    pub dated: bool,
}

pub(crate) const OF_STORY: &str = "SELECT d.number, d.story, s.title, d.about
     FROM dispute d JOIN story s ON s.number = d.story
     WHERE d.story = ?1 AND d.verdict = 'conflict' ORDER BY d.position LIMIT ?2";

pub(crate) const NEWEST: &str = "SELECT d.number, d.story, s.title, d.about
     FROM dispute d JOIN story s ON s.number = d.story
     WHERE d.verdict = 'conflict' ORDER BY d.at DESC, d.number DESC LIMIT ?1";

impl Store {
    /// The first conflicts of a story, `limit` at most.
    pub fn conflicts_in_brief(&self, story: StoryNumber, limit: usize) -> Result<Vec<Brief>> {
        self.brief(OF_STORY, &[story_row(story)?, limit.min(1 << 30) as i64])
    }

    /// The newest conflicts of all stories, `limit` at most.
    pub fn newest_conflicts_in_brief(&self, limit: usize) -> Result<Vec<Brief>> {
        self.brief(NEWEST, &[limit.min(1 << 30) as i64])
    }

    fn brief(&self, sql: &str, cells: &[i64]) -> Result<Vec<Brief>> {
        let rows = self.sql.all(sql, rusqlite::params_from_iter(cells), |row| {
            let brief = Brief {
                story: coding::number(row, 1)?,
                title: row.get(2)?,
                about: row.get(3)?,
                values: Vec::new(),
            };
            Ok((row.get::<_, i64>(0)?, brief))
        })?;
        let mut all = Vec::with_capacity(rows.len());
        for (number, mut brief) in rows {
            let sides = "SELECT value FROM side WHERE dispute = ?1 ORDER BY position";
            brief.values = self.sql.all(sides, [number], |row| row.get(0))?;
            all.push(brief);
        }
        Ok(all)
    }

    /// Who tells a story, the first `limit` outlets by name.
    pub fn tellers(&self, story: StoryNumber, limit: usize) -> Result<Tellers> {
        let sql = "SELECT min(outlet), max(dated) FROM article WHERE story = ?1
                   GROUP BY outlet COLLATE NOCASE ORDER BY min(at), min(number)";
        let rows = self.sql.all(sql, [story_row(story)?], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))
        })?;
        let dated = rows.iter().any(|(_, dated)| *dated);
        let outlets = rows.into_iter().map(|(outlet, _)| outlet).take(limit).collect();
        Ok(Tellers { outlets, dated })
    }
}
