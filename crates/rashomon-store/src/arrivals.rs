use crate::error::Result;
use crate::{ArticleNumber, Store, StoryNumber, coding};

/// How many arrivals are given at once.
const MOST: i64 = 10_000;

impl Store {
    /// The number of the article that came last; 0 where there is none.
    pub fn newest_article(&self) -> Result<ArticleNumber> {
        let newest = self
            .sql
            .one("SELECT max(number) FROM article", [], |row| coding::maybe_number(row, 0))?;
        Ok(newest.flatten().unwrap_or_default())
    }

    /// The articles that came after one, in the order in which they came, with their stories:
    /// at most ten thousand.
    pub fn arrivals(&self, after: ArticleNumber) -> Result<Vec<(ArticleNumber, StoryNumber)>> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let sql = "SELECT number, story FROM article
                   WHERE number > ?1 AND story IS NOT NULL ORDER BY number LIMIT ?2";
        self.sql
            .all(sql, [after, MOST], |row| Ok((coding::number(row, 0)?, coding::number(row, 1)?)))
    }
}
