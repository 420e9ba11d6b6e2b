use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use rashomon_desk::Desk;
use rashomon_desk::export::{self, Selection, TableFormat};
use rashomon_desk::store::Query;
use rashomon_show::html;

use super::search::saved;
use crate::arguments::desk::{ExportArguments, ExportFormat, Rows};
use crate::{desk, output};

/// How many articles a feed has at most.
const IN_FEED: usize = 100;

/// How many stories a page holds at most.
const IN_PAGE: usize = 50;

pub fn run(options: &ExportArguments) -> anyhow::Result<ExitCode> {
    let desk = desk::open_existing(&options.store)?;
    let selection = selection(&desk, options)?;
    let path = options.output.as_deref();
    match format(options) {
        ExportFormat::Html => output::write(path, &page(&desk, &selection)?)?,
        ExportFormat::Atom => output::write(path, &desk.feed(&selection, IN_FEED)?)?,
        ExportFormat::Jsonl => {
            output::stream(path, |out| Ok(desk.write_lines(&selection, out)?))?;
        }
        ExportFormat::Csv => table(&desk, &selection, options, TableFormat::Csv)?,
        ExportFormat::Parquet => table(&desk, &selection, options, TableFormat::Parquet)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn selection(desk: &Desk, options: &ExportArguments) -> anyhow::Result<Selection> {
    Ok(match (options.story, &options.search, &options.saved) {
        (Some(story), ..) => Selection::Story(story),
        (_, Some(query), _) => Selection::Search(Query::parse(query)?),
        (.., Some(name)) => Selection::Search(saved(desk, name)?),
        _ => Selection::All,
    })
}

/// The format that is asked for, or the one that the ending of the file stands for.
fn format(options: &ExportArguments) -> ExportFormat {
    let ending =
        options.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    options.format.unwrap_or(match ending {
        Some("csv") => ExportFormat::Csv,
        Some("parquet") => ExportFormat::Parquet,
        Some("html" | "htm") => ExportFormat::Html,
        Some("atom" | "xml") => ExportFormat::Atom,
        _ => ExportFormat::Jsonl,
    })
}

fn table(
    desk: &Desk,
    selection: &Selection,
    options: &ExportArguments,
    format: TableFormat,
) -> anyhow::Result<()> {
    let rows = match options.rows {
        Rows::Articles => export::Rows::Articles,
        Rows::Quotations => export::Rows::Quotations,
        Rows::Claims => export::Rows::Claims,
    };
    output::stream(options.output.as_deref(), |out| {
        Ok(desk.write_table(selection, rows, format, out)?)
    })?;
    Ok(())
}

fn page(desk: &Desk, selection: &Selection) -> anyhow::Result<String> {
    let numbers = desk.stories_of(selection)?;
    if numbers.len() > IN_PAGE {
        bail!("{} stories are too many for one page; name one with --story", numbers.len());
    }
    let mut stories = Vec::with_capacity(numbers.len());
    for number in numbers {
        stories.push(desk.synopsis(number)?);
    }
    Ok(html::page(&stories, &[]))
}
