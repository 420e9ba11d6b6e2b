use std::process::ExitCode;

use jiff::tz::TimeZone;
use rashomon::article::Document;
use rashomon::language::english;
use rashomon_desk::store::{StoryFilter, StoryOrder, StoryRow};
use serde_json::json;

use super::exit_code;
use crate::arguments::desk::ListFormat;
use crate::arguments::{KeptStories, StoriesArguments};
use crate::listing::{counted, plain, span};
use crate::report::say;
use crate::{desk, inputs, output};

pub fn run(options: &StoriesArguments) -> anyhow::Result<ExitCode> {
    if options.input.inputs.is_empty() { list(options) } else { group(options) }
}

/// One line for each report of the inputs.
fn group(options: &StoriesArguments) -> anyhow::Result<ExitCode> {
    if options.format == Some(ListFormat::Text) {
        anyhow::bail!("the reports of inputs are listed as jsonl; text is for what is kept");
    }
    let batch = inputs::read_all("stories", &options.input)?;
    let documents: Vec<&Document> = batch.documents.iter().collect();
    let mut lines = String::new();
    for (document, assignment) in documents.iter().zip(rashomon::group(&documents, english())) {
        let line = json!({
            "id": document.article.id,
            "story": format!("s{}", assignment.story + 1),
            "score": assignment.score,
            "why": assignment.why,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    output::write(options.output.as_deref(), &lines)?;
    Ok(exit_code(&batch.diagnostics))
}

/// The stories that are kept.
fn list(options: &StoriesArguments) -> anyhow::Result<ExitCode> {
    let kept = &options.kept;
    let desk = desk::open_to_read(kept.db.as_deref())?;
    let since = kept.since.map(|day| day.to_zoned(TimeZone::UTC)).transpose()?;
    let filter = StoryFilter {
        since: since.map(|day| day.timestamp()),
        outlet: kept.outlet.clone(),
        articles: kept.least,
        ..StoryFilter::default()
    };
    let page = desk.store().stories(&filter, StoryOrder::Newest, kept.limit, None)?;
    let mut text = String::new();
    for row in &page.stories {
        match options.format.unwrap_or(ListFormat::Text) {
            ListFormat::Text => text.push_str(&line(row)),
            ListFormat::Jsonl => text.push_str(&format!("{}\n", record(row))),
        }
    }
    if page.stories.is_empty() && !options.input.quiet {
        say(nothing(kept));
    } else if page.next.is_some() && !options.input.quiet {
        say("there are more; --limit N shows more of them");
    }
    output::write(options.output.as_deref(), &text)?;
    Ok(ExitCode::SUCCESS)
}

/// Why the list is empty.
fn nothing(kept: &KeptStories) -> &'static str {
    if kept.since.is_some() || kept.outlet.is_some() || kept.least > 1 {
        "no story is like that; without --least, --since and --outlet all are listed"
    } else {
        "no story is kept yet; `rashomon ingest` reads reports"
    }
}

fn line(row: &StoryRow) -> String {
    let title = row.title.as_deref().unwrap_or("(no headline)");
    format!(
        "s{}\t{}\n\t{} · {} · {}{}\n",
        row.story,
        plain(title),
        counted(row.articles, "article"),
        counted(row.outlets, "outlet"),
        span(row.first, row.last),
        if row.links > 0 {
            format!(" · {}", counted(row.links, "linked story"))
        } else {
            String::new()
        },
    )
}

fn record(row: &StoryRow) -> serde_json::Value {
    json!({
        "story": format!("s{}", row.story),
        "title": row.title,
        "articles": row.articles,
        "outlets": row.outlets,
        "from": row.first.to_string(),
        "to": row.last.to_string(),
        "links": row.links,
        "compared": row.found,
    })
}
