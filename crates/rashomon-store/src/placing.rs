//! Which article belongs to which story.

use rusqlite::{Row, params};

use crate::batch::{Batch, story_row};
use crate::coding::{self, unreadable};
use crate::error::Result;
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// Where an article stood, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The story.
    pub story: StoryNumber,
    /// How sure it was.
    pub score: f64,
    /// What spoke for it, with weights.
    pub why: Vec<(String, f64)>,
}

/// Two stories that have to do with each other and are not one.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The one.
    pub from: StoryNumber,
    /// The other.
    pub to: StoryNumber,
    /// How near they are.
    pub score: f64,
    /// What they share, with weights.
    pub why: Vec<(String, f64)>,
}

impl Batch<'_> {
    /// Puts an article into a story. Where it stood before stays known; where it stands already,
    /// only the score and the reasons are new. A story that went into another one and gets an
    /// article is a story of its own again.
    pub fn place(
        &mut self,
        article: ArticleNumber,
        story: StoryNumber,
        score: f64,
        why: &[(String, f64)],
    ) -> Result<()> {
        let rowid = self.known(article)?;
        let story = story_row(story)?;
        let sql = "SELECT story FROM article WHERE number = ?1";
        let before: Option<i64> = self.sql.only(sql, [rowid], |row| row.get(0))?;
        let why = coding::reasons(why);
        self.run(
            "UPDATE article SET story = ?2, score = ?3 WHERE number = ?1",
            params![rowid, story, score],
        )?;
        if before == Some(story) {
            self.run(
                "UPDATE placement SET score = ?2, why = ?3
                 WHERE number = (SELECT max(number) FROM placement WHERE article = ?1)",
                params![rowid, score, why],
            )?;
            return Ok(());
        }
        self.run(
            "INSERT INTO placement (article, story, score, why) VALUES (?1, ?2, ?3, ?4)",
            params![rowid, story, score, why],
        )?;
        self.unsettle_speakers_in(rowid)?;
        self.run("DELETE FROM redirect WHERE story = ?1", [story])?;
        self.touch(before)?;
        self.touch(Some(story))
    }

    /// Makes one story of two: all articles and links of `from` go to `into`, and whoever asks for
    /// `from` is led there.
    pub fn story_merged(&mut self, from: StoryNumber, into: StoryNumber) -> Result<()> {
        let (from, into) = (story_row(from)?, story_row(into)?);
        if from == into {
            return Ok(());
        }
        self.touch(Some(from))?;
        self.touch(Some(into))?;
        // While its articles are still its own, so that whoever speaks in them is counted anew.
        self.forget_findings(from)?;
        self.run(
            "INSERT INTO placement (article, story, score, why)
             SELECT number, ?2, coalesce(score, 0), '[[\"merged\",1.0]]' FROM article
             WHERE story = ?1 ORDER BY number",
            [from, into],
        )?;
        self.run("UPDATE article SET story = ?2 WHERE story = ?1", [from, into])?;
        self.move_links(from, into)?;
        self.run("DELETE FROM redirect WHERE story = ?1", [into])?;
        self.run("UPDATE redirect SET target = ?2 WHERE target = ?1", [from, into])?;
        self.run(
            "INSERT INTO redirect (story, target) VALUES (?1, ?2)
             ON CONFLICT (story) DO UPDATE SET target = excluded.target",
            [from, into],
        )?;
        Ok(())
    }

    /// Lets a number that leads to some story lead to another one; a number that is a story itself
    /// stays one.
    pub fn lead(&mut self, from: StoryNumber, to: StoryNumber) -> Result<()> {
        self.run(
            "UPDATE redirect SET target = ?2 WHERE story = ?1",
            [story_row(from)?, story_row(to)?],
        )?;
        Ok(())
    }

    /// Notes that two stories have to do with each other; a link that is known is brought up to
    /// date.
    pub fn story_link(
        &mut self,
        from: StoryNumber,
        to: StoryNumber,
        score: f64,
        why: &[(String, f64)],
    ) -> Result<()> {
        self.run(
            "INSERT INTO link (story, target, score, why) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (story, target)
             DO UPDATE SET score = excluded.score, why = excluded.why",
            params![story_row(from)?, story_row(to)?, score, coding::reasons(why)],
        )?;
        Ok(())
    }

    /// Lets the links of a story that went into another one begin and end there.
    fn move_links(&self, from: i64, into: i64) -> Result<()> {
        for statement in [
            "UPDATE OR IGNORE link SET story = ?2 WHERE story = ?1",
            "UPDATE OR IGNORE link SET target = ?2 WHERE target = ?1",
            "DELETE FROM link WHERE ?1 IN (story, target) OR (story = ?2 AND target = ?2)",
        ] {
            self.run(statement, [from, into])?;
        }
        Ok(())
    }

    /// Counts the articles of a story anew. Findings of a story that has lost its others are gone;
    /// those of any other story stay until it is compared again.
    pub(crate) fn recount(&self, story: i64) -> Result<()> {
        self.run(
            "UPDATE story SET (articles, outlets, first, last, seen) = (
                 SELECT count(*), count(DISTINCT outlet),
                     coalesce(min(iif(dated, at, NULL)), min(at)),
                     coalesce(max(iif(dated, at, NULL)), max(at)), coalesce(max(first_seen), 0)
                 FROM article WHERE article.story = ?1
             ) WHERE number = ?1",
            [story],
        )?;
        let sql = "SELECT 1 FROM story
                   WHERE number = ?1 AND articles < 2 AND found IS NOT NULL AND found <> version";
        if self.sql.one(sql, [story], |_| Ok(()))?.is_some() {
            self.forget_findings(story)?;
        }
        self.run(
            "UPDATE story SET origins = max(articles, 1) WHERE number = ?1 AND origins > articles",
            [story],
        )?;
        Ok(())
    }
}

impl Store {
    /// The highest number that a story ever had; 0 where there is none.
    pub fn highest_story(&self) -> Result<StoryNumber> {
        let stories = self.sql.highest("story")?;
        let sql = "SELECT coalesce(max(max(story), max(target)), 0) FROM redirect";
        let redirected: i64 = self.sql.only(sql, [], |row| row.get(0))?;
        Ok(stories.max(redirected).unsigned_abs())
    }

    /// Where an article stood, in order; the last one holds.
    pub fn placements(&self, article: ArticleNumber) -> Result<Vec<Placement>> {
        let sql = "SELECT story, score, why FROM placement WHERE article = ?1 ORDER BY number";
        self.sql.all(sql, [signed(article, "article")?], |row| {
            let (story, score, why) = (coding::number(row, 0)?, row.get(1)?, why(row, 2)?);
            Ok(Placement { story, score, why })
        })
    }

    /// The story that an article stands in.
    pub fn story_of(&self, article: ArticleNumber) -> Result<Option<StoryNumber>> {
        let sql = "SELECT story FROM article WHERE number = ?1";
        let story =
            self.sql.one(sql, [signed(article, "article")?], |row| coding::maybe_number(row, 0))?;
        Ok(story.flatten())
    }

    /// The articles that stand in a story, by number. A redirect is not followed.
    pub fn members_of(&self, story: StoryNumber) -> Result<Vec<ArticleNumber>> {
        let sql = "SELECT number FROM article WHERE story = ?1 ORDER BY number";
        self.sql.all(sql, [story_row(story)?], |row| coding::number(row, 0))
    }

    /// Whether any article stands in a story.
    pub fn has_articles(&self, story: StoryNumber) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM article WHERE story = ?1)";
        self.sql.only(sql, [story_row(story)?], |row| row.get(0))
    }

    /// The numbers that lead to a story.
    pub fn leading_to(&self, story: StoryNumber) -> Result<Vec<StoryNumber>> {
        let sql = "SELECT story FROM redirect WHERE target = ?1 ORDER BY story";
        self.sql.all(sql, [story_row(story)?], |row| coding::number(row, 0))
    }

    /// The story that a number leads to: itself, unless that story went into another one.
    pub fn leads_to(&self, story: StoryNumber) -> Result<StoryNumber> {
        let sql = "SELECT target FROM redirect WHERE story = ?1";
        let target = self.sql.one(sql, [story_row(story)?], |row| coding::number(row, 0))?;
        Ok(target.unwrap_or(story))
    }

    /// Stories that went into others: each with the one that it is now.
    pub fn redirects(&self) -> Result<Vec<(StoryNumber, StoryNumber)>> {
        let sql = "SELECT story, target FROM redirect ORDER BY story";
        self.sql.all(sql, [], |row| Ok((coding::number(row, 0)?, coding::number(row, 1)?)))
    }

    /// Stories that have to do with each other, by their numbers.
    pub fn links(&self) -> Result<Vec<Link>> {
        let sql = "SELECT story, target, score, why FROM link ORDER BY story, target";
        self.sql.all(sql, [], read_link)
    }

    /// The links from and to one story, the nearest first.
    pub fn links_of(&self, story: StoryNumber) -> Result<Vec<Link>> {
        let sql = "SELECT story, target, score, why FROM link WHERE story = ?1 OR target = ?1
                   ORDER BY score DESC, story, target";
        self.sql.all(sql, [story_row(story)?], read_link)
    }
}

fn read_link(row: &Row<'_>) -> rusqlite::Result<Link> {
    let (from, to) = (coding::number(row, 0)?, coding::number(row, 1)?);
    Ok(Link { from, to, score: row.get(2)?, why: why(row, 3)? })
}

fn why(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<(String, f64)>> {
    let json = row.get_ref(column)?.as_str()?;
    coding::read_reasons(json).ok_or_else(|| unreadable(column, "the reasons"))
}
