use std::fmt::{Display, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::error::ErrorKind;
use rashomon::article::QuotationKind;
use rashomon_desk::Desk;
use rashomon_desk::store::{Hit, HitKind, Query};
use serde_json::{Value, json};

use crate::arguments::desk::{ListFormat, SearchArguments};
use crate::arguments::refuse;
use crate::listing::{counted, day, plain};
use crate::report::say;
use crate::{desk, output};

pub fn run(options: &SearchArguments) -> anyhow::Result<ExitCode> {
    let writes = options.save.is_some() || options.forget.is_some();
    let mut desk = if writes {
        desk::open_existing(&options.store)?
    } else {
        desk::open_to_read(options.store.db.as_deref())?
    };
    if options.list {
        let mut text = String::new();
        let searches = desk.store().saved_searches()?;
        if searches.is_empty() {
            done(options, "no search is saved yet; `rashomon search QUERY --save NAME` saves one");
        }
        for saved in searches {
            writeln!(text, "{}\t{}", saved.name, saved.query)?;
        }
        output::write(None, &text)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(name) = &options.forget {
        let mut batch = desk.store_mut().begin()?;
        batch.remove_search(name)?;
        batch.commit()?;
        done(options, format_args!("{name:?} is forgotten"));
        return Ok(ExitCode::SUCCESS);
    }
    let query = match &options.saved {
        Some(name) => saved(&desk, name)?,
        None if options.query.is_empty() => {
            refuse("search", ErrorKind::MissingRequiredArgument, "name what to search for")
        }
        None => query_of("search", &options.query.join(" "))?,
    };
    if let Some(name) = &options.save {
        save(options, &mut desk, name, &query)?;
    }
    let hits = desk.store().search(&query, options.limit, None)?;
    let mut text = String::new();
    for hit in &hits.hits {
        match options.format {
            ListFormat::Text => show(&mut text, &desk, hit)?,
            ListFormat::Jsonl => writeln!(text, "{}", record(&desk, hit)?)?,
        }
    }
    if !options.store.quiet {
        let all = desk.store().count(&query)?;
        let shown = hits.hits.len() as u64;
        let more = if shown < all { format!(", {shown} shown") } else { String::new() };
        say(format_args!("{}{more}", counted(all, query.kind().name())));
    }
    output::write(None, &text)?;
    Ok(ExitCode::SUCCESS)
}

fn done(options: &SearchArguments, what: impl Display) {
    if !options.store.quiet {
        say(what);
    }
}

fn save(
    options: &SearchArguments,
    desk: &mut Desk,
    name: &str,
    query: &Query,
) -> anyhow::Result<()> {
    let before = desk.store().saved_searches()?.into_iter().find(|saved| saved.name == name);
    let mut batch = desk.store_mut().begin()?;
    batch.save_search(name, query.text(), jiff::Timestamp::now())?;
    batch.commit()?;
    match before {
        Some(before) if before.query != query.text() => {
            done(options, format_args!("saved as {name}, in place of: {}", before.query));
        }
        _ => done(options, format_args!("saved as {name}")),
    }
    Ok(())
}

/// A query of the command line; one that cannot be read is a wrong command line.
pub fn query_of(command: &str, text: &str) -> anyhow::Result<Query> {
    match Query::parse(text) {
        Err(error) if error.code() == "bad-query" => {
            refuse(command, ErrorKind::InvalidValue, error)
        }
        query => Ok(query?),
    }
}

/// The search that was saved under a name.
pub fn saved(desk: &Desk, name: &str) -> anyhow::Result<Query> {
    let saved = desk.store().saved_searches()?;
    let found = saved.iter().find(|saved| saved.name == name);
    let found = found.with_context(|| {
        format!("no search is saved as {name:?}; `rashomon search --list` lists them")
    })?;
    Ok(Query::parse(&found.query)?)
}

fn show(text: &mut String, desk: &Desk, hit: &Hit) -> anyhow::Result<()> {
    let outlet = plain(&hit.outlet);
    let story = hit.story.map(|story| format!(" s{story}")).unwrap_or_default();
    let title = plain(hit.title.as_deref().unwrap_or("(no headline)"));
    writeln!(text, "a{}{story}  {}  {outlet}: {title}", hit.article, day(hit.at))?;
    let words = plain(&hit.snippet.words);
    match (hit.kind, &hit.speaker, &hit.counts) {
        (HitKind::Quotation, speaker, _) => {
            let speaker = plain(speaker.as_deref().unwrap_or("somebody"));
            writeln!(text, "     {speaker}: {}", quoted(desk, hit)?)
        }
        (HitKind::Claim, _, Some(counts)) => writeln!(
            text,
            "     {words} ({}, {})",
            counted(counts.articles as u64, "article"),
            counted(counts.origins as u64, "origin")
        ),
        _ => writeln!(text, "     {words}"),
    }?;
    Ok(())
}

/// The words of a quotation and nothing of what stands between them: in marks where they are said
/// to be somebody's very words.
fn quoted(desk: &Desk, hit: &Hit) -> anyhow::Result<String> {
    let document = desk.store().article(hit.article)?.document;
    let is_direct = hit.quotation == Some(QuotationKind::Direct);
    let parts = hit.content.iter().map(|&span| {
        let words = plain(document.slice(span));
        if is_direct { format!("“{words}”") } else { words }
    });
    Ok(parts.collect::<Vec<String>>().join(" … "))
}

/// Offsets count Unicode code points of the article's text, as everywhere in the JSON.
fn record(desk: &Desk, hit: &Hit) -> anyhow::Result<Value> {
    let document = desk.store().article(hit.article)?.document;
    let offsets = rashomon::text::Offsets::new(document.article.text.as_str());
    let place = |span: rashomon::text::Span| {
        let (start, end) = offsets.code_points(span);
        json!([start, end])
    };
    Ok(json!({
        "kind": hit.kind.name(),
        "article": format!("a{}", hit.article),
        "id": document.article.id,
        "story": hit.story.map(|story| format!("s{story}")),
        "at": hit.at.to_string(),
        "outlet": hit.outlet,
        "title": hit.title,
        "speaker": hit.speaker,
        "quotation": hit.quotation.map(QuotationKind::name),
        "certainty": hit.certainty.map(rashomon::article::Certainty::name),
        "counts": hit.counts.map(|counts| json!({
            "articles": counts.articles, "outlets": counts.outlets, "origins": counts.origins,
        })),
        "content": hit.content.iter().map(|&span| place(span)).collect::<Vec<Value>>(),
        "snippet": {
            "words": hit.snippet.words,
            "place": place(hit.snippet.span),
            "marks": hit.snippet.marks.iter().map(|&span| place(span)).collect::<Vec<Value>>(),
        },
        "score": hit.score,
    }))
}
