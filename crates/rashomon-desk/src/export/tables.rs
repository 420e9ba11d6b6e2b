use std::collections::BTreeSet;
use std::io::Write;

use rashomon_archives::table::{Cell, Column, Format, Kind, Table};
use rashomon_store::{HitKind, StoredArticle, StoryNumber};

use super::Selection;
use crate::Error;
use crate::desk::Desk;
use crate::identity::KEY_FIELD;

/// What one row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// An article.
    Articles,
    /// A quotation with its speaker.
    Quotations,
    /// A claim of a story, with its counts.
    Claims,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// RFC 4180.
    Csv,
    /// Apache Parquet.
    Parquet,
}

type Out<'o> = &'o mut (dyn Write + Send);

pub(super) fn write(
    desk: &Desk,
    selection: &Selection,
    rows: Rows,
    format: TableFormat,
    out: Out<'_>,
) -> Result<u64, Error> {
    let format = match format {
        TableFormat::Csv => Format::Csv,
        TableFormat::Parquet => Format::Parquet,
    };
    let columns = match rows {
        Rows::Articles => article_columns(),
        Rows::Quotations => quotation_columns(),
        Rows::Claims => claim_columns(),
    };
    let mut table = Table::new(format, columns, out)?;
    match rows {
        Rows::Articles => {
            for number in desk.numbers(selection)? {
                table.row(&article(&desk.store.article(number)?))?;
            }
        }
        Rows::Quotations => {
            let only = hits(desk, selection, HitKind::Quotation)?;
            for number in desk.numbers(selection)? {
                quotations(desk, number, only.as_ref(), &mut table)?;
            }
        }
        Rows::Claims => {
            let only = hits(desk, selection, HitKind::Claim)?;
            for story in desk.stories_of(selection)? {
                claims(desk, story, only.as_ref(), &mut table)?;
            }
        }
    }
    let rows = table.rows();
    table.finish()?;
    Ok(rows)
}

/// The numbers of what a search finds, where it searches for rows of this kind; else all rows of
/// the articles or stories that it finds are meant.
fn hits(desk: &Desk, selection: &Selection, kind: HitKind) -> Result<Option<BTreeSet<u64>>, Error> {
    let Selection::Search(query) = selection else { return Ok(None) };
    if query.kind() != kind {
        return Ok(None);
    }
    let found = desk.store.search_all(query)?;
    Ok(Some(found.into_iter().map(|found| found.number).collect()))
}

fn article_columns() -> Vec<Column> {
    vec![
        Column::new("number", Kind::Text).required(),
        Column::new("id", Kind::Text).required(),
        Column::new("story", Kind::Text),
        Column::new("outlet", Kind::Text),
        Column::new("title", Kind::Text),
        Column::new("byline", Kind::TextList),
        Column::new("published", Kind::Text),
        Column::new("seen", Kind::Time),
        Column::new("language", Kind::Text),
        Column::new("url", Kind::Text),
        Column::new("revisions", Kind::Integer),
        Column::new(KEY_FIELD, Kind::Text).required(),
        Column::new("text", Kind::Text).required(),
    ]
}

fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, Cell::from)
}

fn story(number: Option<StoryNumber>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Text(format!("s{number}")))
}

fn count(number: impl TryInto<i64>) -> Cell {
    Cell::Integer(number.try_into().unwrap_or(i64::MAX))
}

fn article(stored: &StoredArticle) -> Vec<Cell> {
    let article = &stored.document.article;
    vec![
        Cell::Text(format!("a{}", stored.number)),
        Cell::Text(article.id.clone()),
        story(stored.story),
        text(article.outlet.as_deref()),
        text(article.title.as_deref()),
        Cell::TextList(article.byline.clone()),
        article.published.map_or(Cell::Empty, |at| Cell::Text(at.to_rfc3339())),
        Cell::Time(stored.first_seen),
        text(article.language.as_deref()),
        text(article.canonical.as_deref().or(article.source.as_deref())),
        count(stored.revisions),
        Cell::Text(stored.key.clone()),
        Cell::Text(article.text.as_str().to_owned()),
    ]
}

fn quotation_columns() -> Vec<Column> {
    vec![
        Column::new("article", Kind::Text).required(),
        Column::new("story", Kind::Text),
        Column::new("outlet", Kind::Text),
        Column::new("published", Kind::Text),
        Column::new("kind", Kind::Text).required(),
        Column::new("speaker", Kind::Text),
        Column::new("words", Kind::Text).required(),
        Column::new("start", Kind::Integer).required(),
        Column::new("end", Kind::Integer).required(),
    ]
}

fn quotations(
    desk: &Desk,
    number: u64,
    only: Option<&BTreeSet<u64>>,
    table: &mut Table<Out<'_>>,
) -> Result<(), Error> {
    let stored = desk.store.article(number)?;
    let article = &stored.document.article;
    let offsets = rashomon::text::Offsets::new(article.text.as_str());
    let meant = |number| only.is_none_or(|only| only.contains(&number));
    for quotation in desk.store.quotations(number)?.into_iter().filter(|q| meant(q.number)) {
        let (Some(first), Some(last)) = (quotation.content.first(), quotation.content.last())
        else {
            continue;
        };
        let words: Vec<&str> =
            quotation.content.iter().map(|&span| article.text.slice(span)).collect();
        table.row(&[
            Cell::Text(format!("a{number}")),
            story(stored.story),
            text(article.outlet.as_deref()),
            article.published.map_or(Cell::Empty, |at| Cell::Text(at.to_rfc3339())),
            Cell::from(quotation.kind.name()),
            text(quotation.speaker.as_deref()),
            Cell::Text(words.join(" … ")),
            count(offsets.code_point(first.start())),
            count(offsets.code_point(last.end())),
        ])?;
    }
    Ok(())
}

fn claim_columns() -> Vec<Column> {
    vec![
        Column::new("story", Kind::Text).required(),
        Column::new("words", Kind::Text).required(),
        Column::new("certainty", Kind::Text).required(),
        Column::new("articles", Kind::Integer).required(),
        Column::new("outlets", Kind::Integer).required(),
        Column::new("origins", Kind::Integer).required(),
        Column::new("article", Kind::Text).required(),
        Column::new("told_by", Kind::TextList),
    ]
}

fn claims(
    desk: &Desk,
    number: StoryNumber,
    only: Option<&BTreeSet<u64>>,
    table: &mut Table<Out<'_>>,
) -> Result<(), Error> {
    let meant = |number| only.is_none_or(|only| only.contains(&number));
    for claim in desk.store.claims(number)?.into_iter().filter(|claim| meant(claim.number)) {
        let tellers = claim.tellings.iter().map(|place| format!("a{}", place.article));
        let mut tellers: Vec<String> = tellers.collect();
        tellers.dedup();
        table.row(&[
            story(Some(number)),
            Cell::Text(claim.words),
            Cell::from(claim.certainty.name()),
            count(claim.counts.articles),
            count(claim.counts.outlets),
            count(claim.counts.origins),
            Cell::Text(format!("a{}", claim.text.article)),
            Cell::TextList(tellers),
        ])?;
    }
    Ok(())
}
