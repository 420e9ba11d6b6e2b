use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::bail;
use rashomon_desk::store::{Link, Member, Placement, StoredStory};
use rashomon_desk::{Decision, Desk};
use serde_json::{Value, json};

use crate::arguments::desk::{ListFormat, StoryArguments};
use crate::listing::{counted, day, plain, span, times};
use crate::report::say;
use crate::{desk, output};

/// How many reasons are shown.
const REASONS: usize = 6;

pub fn run(options: &StoryArguments) -> anyhow::Result<ExitCode> {
    if options.decisions {
        return decisions(options);
    }
    if let Some(number) = options.undo {
        return undo(options, number);
    }
    let Some(mut story) = options.story else { bail!("name a story") };
    let changes = !options.split.is_empty() || options.merge.is_some() || !options.pin.is_empty();
    let mut desk = if changes {
        desk::open_existing(&options.store)?
    } else {
        desk::open_to_read(options.store.db.as_deref())?
    };
    if !options.split.is_empty() {
        story = desk.split(story, &options.split)?;
        done(options, &format!("a story of their own: s{story}"));
    }
    if let Some(other) = options.merge {
        story = desk.merge(story, other)?;
        done(options, &format!("both are s{story} now"));
    }
    if !options.pin.is_empty() {
        desk.pin(&options.pin, story)?;
        let articles = counted(options.pin.len() as u64, "article");
        done(options, &format!("{articles} in s{story} for good"));
    }
    print(options, &desk, story)
}

fn print(options: &StoryArguments, desk: &Desk, story: u64) -> anyhow::Result<ExitCode> {
    let stored = desk.store().story(story)?;
    let text = match options.format {
        ListFormat::Text => show(desk, &stored)?,
        ListFormat::Jsonl => format!("{}\n", record(desk, &stored)?),
    };
    output::write(None, &text)?;
    Ok(ExitCode::SUCCESS)
}

fn decisions(options: &StoryArguments) -> anyhow::Result<ExitCode> {
    let desk = desk::open_to_read(options.store.db.as_deref())?;
    let decisions = desk.decisions()?;
    if decisions.is_empty() {
        done(options, "nothing was decided by hand");
    }
    let mut text = String::new();
    for decision in decisions {
        let Decision { number, at, .. } = decision;
        match options.format {
            ListFormat::Text => {
                let when = at.map_or("          ".to_owned(), day);
                writeln!(text, "{number}  {when}  {decision}")?;
            }
            ListFormat::Jsonl => {
                let at = at.map(|at| at.to_string());
                let line = json!({"decision": number, "at": at, "what": decision.to_string()});
                writeln!(text, "{line}")?;
            }
        }
    }
    output::write(None, &text)?;
    Ok(ExitCode::SUCCESS)
}

/// Takes a decision back, and shows the story of the first article that is back.
fn undo(options: &StoryArguments, number: u64) -> anyhow::Result<ExitCode> {
    let mut desk = desk::open_existing(&options.store)?;
    let undone = desk.undo(number)?;
    done(options, &format!("taken back: {}", undone.decision));
    if !undone.stay.is_empty() {
        let stay: Vec<String> = undone.stay.iter().map(|article| format!("a{article}")).collect();
        done(options, &format!("went elsewhere since or held by another: {}", stay.join(", ")));
    }
    match undone.back.first() {
        Some(&(_, story)) => print(options, &desk, story),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn done(options: &StoryArguments, what: &str) {
    if !options.store.quiet {
        say(what);
    }
}

/// Why a member is where it is.
fn placement(desk: &Desk, member: &Member) -> anyhow::Result<Option<Placement>> {
    Ok(desk.store().placements(member.article)?.pop())
}

fn show(desk: &Desk, stored: &StoredStory) -> anyhow::Result<String> {
    let mut text = String::new();
    let row = &stored.row;
    if let Some(from) = stored.redirected_from {
        writeln!(text, "s{from} is part of s{} now.\n", row.story)?;
    }
    let title = row.title.as_deref().unwrap_or("(no headline)");
    writeln!(text, "s{}  {}", row.story, plain(title))?;
    writeln!(
        text,
        "{} · {} · {}\n",
        span(row.first, row.last),
        counted(row.articles, "article"),
        counted(row.outlets, "outlet")
    )?;
    for member in &stored.members {
        let outlet = plain(&member.outlet);
        let title = plain(member.title.as_deref().unwrap_or("(no headline)"));
        let when = if member.dated { day(member.at) } else { "undated   ".to_owned() };
        writeln!(text, "a{}  {when}  {outlet}: {title}", member.article)?;
        let placement = placement(desk, member)?;
        let reasons = placement.map(|placement| placement.why).unwrap_or_default();
        if is_merger(&reasons) {
            writeln!(text, "     put there with a merged story")?;
        } else if !reasons.is_empty() {
            writeln!(text, "     joined by {} ({:.2})", why(&reasons), member.score)?;
        }
        for address in desk.store().other_addresses(member.article)? {
            writeln!(text, "     also at {}", plain(&address))?;
        }
        if member.revisions > 0 {
            writeln!(
                text,
                "     changed {}; `rashomon revisions a{}`",
                times(member.revisions),
                member.article
            )?;
        }
    }
    let links = desk.store().links_of(row.story)?;
    if !links.is_empty() {
        text.push('\n');
    }
    for link in links {
        let (relation, other) = other_end(&link, row.story);
        let title = desk.store().story(other)?.row.title;
        let title = plain(title.as_deref().unwrap_or("(no headline)"));
        writeln!(text, "{relation} s{other}  {title}")?;
    }
    Ok(text)
}

fn other_end(link: &Link, story: u64) -> (&'static str, u64) {
    if link.to == story { ("follows", link.from) } else { ("followed by", link.to) }
}

/// What the store writes down for an article that came with its whole story; words of a text
/// never come alone with the weight 1.
fn is_merger(reasons: &[(String, f64)]) -> bool {
    matches!(reasons, [(word, weight)] if word == "merged" && *weight == 1.0)
}

fn why(reasons: &[(String, f64)]) -> String {
    let words: Vec<String> = reasons.iter().take(REASONS).map(|(word, _)| plain(word)).collect();
    words.join(", ")
}

fn record(desk: &Desk, stored: &StoredStory) -> anyhow::Result<Value> {
    let row = &stored.row;
    let mut members = Vec::new();
    for member in &stored.members {
        let why = placement(desk, member)?.map(|placement| placement.why).unwrap_or_default();
        members.push(json!({
            "article": format!("a{}", member.article),
            "at": member.at.to_string(),
            "id": member.id,
            "dated": member.dated,
            "outlet": member.outlet,
            "title": member.title,
            "score": member.score,
            "why": why,
            "revisions": member.revisions,
        }));
    }
    let links = desk.store().links_of(row.story)?;
    let links: Vec<Value> = links
        .iter()
        .map(|link| {
            let (relation, other) = other_end(link, row.story);
            json!({"relation": relation, "story": format!("s{other}"), "score": link.score, "why": link.why})
        })
        .collect();
    Ok(json!({
        "story": format!("s{}", row.story),
        "redirected_from": stored.redirected_from.map(|from| format!("s{from}")),
        "title": row.title,
        "articles": members,
        "links": links,
    }))
}
