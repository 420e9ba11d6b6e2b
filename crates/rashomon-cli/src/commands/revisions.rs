use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::bail;
use rashomon_desk::Desk;
use rashomon_desk::store::{Difference, Query};
use serde_json::{Value, json};

use crate::arguments::desk::{ListFormat, RevisionsArguments, parse_article};
use crate::listing::{day, plain};
use crate::{desk, output};

/// How many changed articles are listed.
const MOST: usize = 1000;

pub fn run(options: &RevisionsArguments) -> anyhow::Result<ExitCode> {
    let desk = desk::open_existing(&options.store)?;
    let text = match &options.article {
        Some(name) => article(&desk, find(&desk, name)?, options.format)?,
        None => all(&desk, options.format)?,
    };
    output::write(None, &text)?;
    Ok(ExitCode::SUCCESS)
}

/// An article by its number, its id or its address.
fn find(desk: &Desk, name: &str) -> anyhow::Result<u64> {
    if name.starts_with('a')
        && let Ok(number) = parse_article(name)
    {
        return Ok(number);
    }
    if let Some(key) = rashomon_desk::identity::address_key(name)
        && let Some(number) = desk.store().article_by_key(&key)?
    {
        return Ok(number);
    }
    match desk.store().articles_by_id(name)?.as_slice() {
        [number] => Ok(*number),
        [] => bail!(
            "{name}: no article has this number, id or address; `rashomon search` finds articles"
        ),
        many => {
            let numbers: Vec<String> = many.iter().map(|number| format!("a{number}")).collect();
            bail!("{name}: is the id of {}; name one of these", numbers.join(", "))
        }
    }
}

fn all(desk: &Desk, format: ListFormat) -> anyhow::Result<String> {
    let hits = desk.store().search(&Query::parse("is:revised")?, MOST, None)?;
    let mut text = String::new();
    for hit in hits.hits {
        let stored = desk.store().article(hit.article)?;
        match format {
            ListFormat::Text => writeln!(
                text,
                "a{}  {}  {}: {}\n     changed {}, last seen {}",
                hit.article,
                day(hit.at),
                plain(hit.outlet.as_deref().unwrap_or("-")),
                plain(hit.title.as_deref().unwrap_or("(no headline)")),
                if stored.revisions == 1 {
                    "once".to_owned()
                } else {
                    format!("{} times", stored.revisions)
                },
                day(stored.last_seen),
            )?,
            ListFormat::Jsonl => writeln!(
                text,
                "{}",
                json!({"article": format!("a{}", hit.article), "outlet": hit.outlet,
                       "title": hit.title, "revisions": stored.revisions,
                       "last_seen": stored.last_seen.to_string()})
            )?,
        }
    }
    Ok(text)
}

fn article(desk: &Desk, number: u64, format: ListFormat) -> anyhow::Result<String> {
    let revisions = desk.store().revisions(number)?;
    let mut text = String::new();
    for pair in revisions.windows(2) {
        let difference =
            desk.store().compare_revisions(number, pair[0].revision, pair[1].revision)?;
        match format {
            ListFormat::Text => {
                writeln!(
                    text,
                    "a{number}  revision {}, seen {}",
                    pair[1].revision, pair[1].seen_at
                )?;
                show(&mut text, &difference)?;
            }
            ListFormat::Jsonl => {
                let record = json!({
                    "article": format!("a{number}"),
                    "revision": pair[1].revision,
                    "seen_at": pair[1].seen_at.to_string(),
                    "changes": changes(&difference),
                });
                writeln!(text, "{record}")?;
            }
        }
    }
    if revisions.len() < 2 {
        writeln!(
            text,
            "a{number}  was not changed since it was first seen, {}",
            revisions[0].seen_at
        )?;
    }
    Ok(text)
}

fn show(text: &mut String, difference: &Difference) -> std::fmt::Result {
    let titles = [&difference.older, &difference.newer].map(|d| d.article.title.as_deref());
    if titles[0] != titles[1] {
        writeln!(text, "  - {}", plain(titles[0].unwrap_or("(no headline)")))?;
        writeln!(text, "  + {}", plain(titles[1].unwrap_or("(no headline)")))?;
    }
    for change in &difference.changes {
        let older = plain(difference.older.slice(change.older));
        let newer = plain(difference.newer.slice(change.newer));
        if !older.is_empty() {
            writeln!(text, "  - {older}")?;
        }
        if !newer.is_empty() {
            writeln!(text, "  + {newer}")?;
        }
    }
    Ok(())
}

/// Offsets count Unicode code points of the texts of the two revisions.
fn changes(difference: &Difference) -> Vec<Value> {
    let [older, newer] = [&difference.older, &difference.newer]
        .map(|document| rashomon::text::Offsets::new(document.article.text.as_str()));
    let changes = difference.changes.iter().map(|change| {
        json!({
            "kind": change.kind.name(),
            "older": {"place": older.code_points(change.older), "words": difference.older.slice(change.older)},
            "newer": {"place": newer.code_points(change.newer), "words": difference.newer.slice(change.newer)},
        })
    });
    changes.collect()
}
