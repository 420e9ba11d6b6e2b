//! Views of what the store holds, for other programs: tables, JSON Lines, Atom.

mod atom;
mod lines;
mod tables;

use std::collections::BTreeSet;
use std::io::Write;

use rashomon_store::{ArticleNumber, Found, Query, StoryNumber};

use crate::Error;
use crate::desk::Desk;

pub use atom::{Head, Item, atom};
pub use tables::{Rows, TableFormat};

/// Which articles are meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    /// All that are kept.
    All,
    /// Those of one story.
    Story(StoryNumber),
    /// Those that a query finds, or of which it finds a quotation or claim.
    Search(Query),
}

impl Desk {
    /// Writes one line of JSON for each article, as `annotate` does, with its number and story in
    /// `extra`. Gives how many there were.
    pub fn write_lines(&self, selection: &Selection, out: &mut dyn Write) -> Result<u64, Error> {
        lines::write(self, selection, out)
    }

    /// Writes a table. Gives how many rows it has.
    pub fn write_table(
        &self,
        selection: &Selection,
        rows: Rows,
        format: TableFormat,
        out: &mut (dyn Write + Send),
    ) -> Result<u64, Error> {
        tables::write(self, selection, rows, format, out)
    }

    /// A feed of the newest of some articles, at most `most`.
    pub fn feed(&self, selection: &Selection, most: usize) -> Result<String, Error> {
        let numbers = self.numbers(selection)?;
        let mut articles = Vec::with_capacity(numbers.len());
        for number in numbers {
            articles.push(self.store.article(number)?);
        }
        articles.sort_by_key(|article| std::cmp::Reverse((article.at, article.number)));
        articles.truncate(most);
        let items: Vec<Item<'_>> = articles
            .iter()
            .map(|stored| Item {
                number: stored.number,
                article: &stored.document.article,
                updated: stored.at,
            })
            .collect();
        Ok(atom(&self.head(selection)?, &items))
    }

    fn head(&self, selection: &Selection) -> Result<Head, Error> {
        Ok(match selection {
            Selection::All => {
                Head { id: "urn:rashomon:all".to_owned(), title: "All articles".to_owned() }
            }
            Selection::Story(story) => {
                let row = self.store.story(*story)?.row;
                let id = format!("urn:rashomon:story:s{}", row.story);
                Head { id, title: row.title.unwrap_or_else(|| format!("Story s{}", row.story)) }
            }
            Selection::Search(query) => {
                let digest = xxhash_rust::xxh3::xxh3_64(query.text().as_bytes());
                let id = format!("urn:rashomon:search:{digest:016x}");
                Head { id, title: format!("Search: {}", query.text()) }
            }
        })
    }

    /// The numbers of the articles that are meant, in order.
    pub(crate) fn numbers(&self, selection: &Selection) -> Result<Vec<ArticleNumber>, Error> {
        if let Selection::Story(story) = selection {
            let members = self.store.story(*story)?.members;
            return Ok(members.into_iter().map(|member| member.article).collect());
        }
        let found = self.found(selection)?;
        let numbers: BTreeSet<ArticleNumber> = found.iter().map(|found| found.article).collect();
        Ok(numbers.into_iter().collect())
    }

    /// The stories of what is meant.
    pub fn stories_of(&self, selection: &Selection) -> Result<Vec<StoryNumber>, Error> {
        if let Selection::Story(story) = selection {
            return Ok(vec![self.store.story(*story)?.row.story]);
        }
        let found = self.found(selection)?;
        let stories: BTreeSet<StoryNumber> = found.iter().filter_map(|found| found.story).collect();
        Ok(stories.into_iter().collect())
    }

    fn found(&self, selection: &Selection) -> Result<Vec<Found>, Error> {
        Ok(match selection {
            Selection::Search(query) => self.store.search_all(query)?,
            _ => self.store.search_all(&Query::parse("kind:article")?)?,
        })
    }
}

/// What could not be written.
fn cannot_write(error: impl std::fmt::Display) -> Error {
    Error::new("cannot-write", format!("the export cannot be written: {error}"))
}
