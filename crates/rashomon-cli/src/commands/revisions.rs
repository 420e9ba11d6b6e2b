use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::bail;
use rashomon_desk::Desk;
use rashomon_desk::store::{Difference, Query};
use serde_json::{Value, json};

use crate::arguments::desk::{ListFormat, RevisionsArguments, parse_article};
use crate::listing::{day, plain, times};
use crate::report::say;
use crate::{desk, output};

/// How many characters are shown on each side of a change.
const AROUND: usize = 60;

/// How many changed articles are listed.
const MOST: usize = 1000;

pub fn run(options: &RevisionsArguments) -> anyhow::Result<ExitCode> {
    let desk = desk::open_to_read(options.store.db.as_deref())?;
    let text = match &options.article {
        Some(name) => article(&desk, find(&desk, name)?, options.format)?,
        None => all(&desk, options)?,
    };
    output::write(None, &text)?;
    Ok(ExitCode::SUCCESS)
}

/// An article by its number, its id or its address.
fn find(desk: &Desk, name: &str) -> anyhow::Result<u64> {
    if name.starts_with(['a', 'A'])
        && let Ok(number) = parse_article(name)
    {
        return Ok(number);
    }
    if let Some(key) = rashomon_desk::identity::address_key(name)
        && let Some(number) = desk.store().article_at(&key)?
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

fn all(desk: &Desk, options: &RevisionsArguments) -> anyhow::Result<String> {
    let hits = desk.store().search(&Query::parse("is:revised")?, MOST, None)?;
    if !options.store.quiet {
        if hits.hits.is_empty() {
            say("no article was changed since it was first seen");
        } else if hits.next.is_some() {
            say(format_args!(
                "only {MOST} changed articles are listed; `rashomon search is:revised` finds more"
            ));
        }
    }
    let mut text = String::new();
    for hit in hits.hits {
        let stored = desk.store().article(hit.article)?;
        match options.format {
            ListFormat::Text => writeln!(
                text,
                "a{}  {}  {}: {}\n     changed {}, last seen {}",
                hit.article,
                day(hit.at),
                plain(&hit.outlet),
                plain(hit.title.as_deref().unwrap_or("(no headline)")),
                times(stored.revisions),
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
        let newer = difference.newer.article.text.as_str();
        let (start, end) = (change.newer.start(), change.newer.end());
        let gone = marked("[-", difference.older.slice(change.older), "-]");
        let come = marked("{+", difference.newer.slice(change.newer), "+}");
        writeln!(text, "  {}{gone}{come}{}", before(&newer[..start]), after(&newer[end..]))?;
    }
    Ok(())
}

/// Words that went or came, in marks; nothing where there are none.
fn marked(open: &str, words: &str, close: &str) -> String {
    let shown = plain(words);
    if shown.is_empty() { shown } else { format!("{open}{shown}{close}") }
}

/// The words of the line before a change, at most so many as fit.
fn before(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let (words, more) = match line.char_indices().rev().nth(AROUND) {
        None => (line, ""),
        Some((at, _)) => {
            let cut = &line[at..];
            (cut.find(char::is_whitespace).map_or(cut, |blank| cut[blank..].trim_start()), "…")
        }
    };
    let gap = if words.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{more}{}{gap}", plain(words))
}

/// The words of the line after a change, at most so many as fit.
fn after(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default();
    let (words, more) = match line.char_indices().nth(AROUND + 1) {
        None => (line, ""),
        Some((at, _)) => {
            let cut = &line[..at];
            (cut.rfind(char::is_whitespace).map_or(cut, |blank| cut[..blank].trim_end()), "…")
        }
    };
    let gap = if words.starts_with(char::is_whitespace) { " " } else { "" };
    format!("{gap}{}{more}", plain(words))
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
