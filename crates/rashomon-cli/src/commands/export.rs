use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use clap::error::ErrorKind;
use rashomon_desk::Desk;
use rashomon_desk::export::{self, Selection, TableFormat};
use rashomon_show::html;

use super::search::{query_of, saved};
use crate::arguments::desk::{ExportArguments, ExportFormat, Rows};
use crate::arguments::refuse;
use crate::{desk, output};

/// How many articles a feed has at most.
const IN_FEED: usize = 100;

/// How many stories a page holds at most.
const IN_PAGE: usize = 50;

pub fn run(options: &ExportArguments) -> anyhow::Result<ExitCode> {
    let chosen = format(options);
    if options.rows != Rows::Articles
        && !matches!(chosen, ExportFormat::Csv | ExportFormat::Parquet)
    {
        let message = "--rows is for tables; name --format csv or parquet, or a FILE of such";
        refuse("export", ErrorKind::ArgumentConflict, message);
    }
    let desk = desk::open_to_read(options.store.db.as_deref())?;
    let selection = selection(&desk, options)?;
    let path = options.output.as_deref();
    match chosen {
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
        (_, Some(query), _) => Selection::Search(query_of("export", query)?),
        (.., Some(name)) => Selection::Search(saved(desk, name)?),
        _ => Selection::All,
    })
}

/// The format that is asked for, or the one that the ending of the file stands for.
fn format(options: &ExportArguments) -> ExportFormat {
    let ending = options.output.as_deref().and_then(Path::extension);
    let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
    options.format.unwrap_or_else(|| match ending.as_deref() {
        Some("csv") => ExportFormat::Csv,
        Some("parquet") => ExportFormat::Parquet,
        Some("html" | "htm") => ExportFormat::Html,
        Some("atom" | "xml") => ExportFormat::Atom,
        Some("jsonl" | "ndjson") | None => ExportFormat::Jsonl,
        Some(other) => refuse(
            "export",
            ErrorKind::InvalidValue,
            format_args!(
                "the ending .{other} stands for no format; use .jsonl, .ndjson, .csv, .parquet, \
                 .html, .htm, .atom or .xml, or name one with --format"
            ),
        ),
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
        let found = numbers.len();
        bail!(
            "{found} stories are too many for one page, which holds {IN_PAGE}; name one with --story"
        );
    }
    let mut stories = Vec::with_capacity(numbers.len());
    for number in numbers {
        stories.push(desk.synopsis(number)?);
    }
    Ok(html::page(&stories, &[]))
}
