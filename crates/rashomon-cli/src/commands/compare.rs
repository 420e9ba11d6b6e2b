use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;

use rashomon::CompareOptions;
use rashomon::article::{Diagnostic, Story};
use rashomon::language::english;
use rashomon_show::{html, markdown, tei, terminal, wire};

use super::exit_code;
use crate::arguments::{ColourChoice, CompareArguments, CompareFormat};
use crate::{desk, inputs, output};

/// Without a window, a report is as wide as a page of text.
const DEFAULT_WIDTH: usize = 80;

pub fn run(options: &CompareArguments) -> anyhow::Result<ExitCode> {
    let (stories, diagnostics) = match options.story {
        Some(story) => (vec![kept(options, story)?], Vec::new()),
        None => read(options)?,
    };
    let stories = &stories;
    let content = match format(options) {
        CompareFormat::Text => terminal::report(stories, &diagnostics, &style(options)),
        CompareFormat::Json => {
            let mut text = serde_json::to_string_pretty(&wire::comparison(stories, &diagnostics))?;
            text.push('\n');
            text
        }
        CompareFormat::Html => html::page(stories, &diagnostics),
        CompareFormat::Markdown => markdown::notes(stories, &diagnostics),
        CompareFormat::Tei => tei::edition(stories),
    };
    output::write(options.output.as_deref(), &content)?;
    Ok(exit_code(&diagnostics))
}

/// The stories of the inputs.
fn read(options: &CompareArguments) -> anyhow::Result<(Vec<Story>, Vec<Diagnostic>)> {
    let batch = inputs::read_all("compare", &options.input)?;
    let how = CompareOptions { one_story: options.one_story };
    let comparison = rashomon::compare(batch.documents, &how, english());
    let mut diagnostics = batch.diagnostics;
    diagnostics.extend(comparison.diagnostics);
    Ok((comparison.stories, diagnostics))
}

/// A story of the store.
fn kept(options: &CompareArguments, story: u64) -> anyhow::Result<Story> {
    inputs::set_threads(options.input.threads);
    Ok(desk::open_to_read(options.db.as_deref())?.synopsis(story)?)
}

/// The format that is asked for, or the one that the ending of the file stands for.
fn format(options: &CompareArguments) -> CompareFormat {
    let ending =
        options.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    options.format.unwrap_or(match ending {
        Some("html" | "htm") => CompareFormat::Html,
        Some("json") => CompareFormat::Json,
        Some("md" | "markdown") => CompareFormat::Markdown,
        Some("xml") => CompareFormat::Tei,
        _ => CompareFormat::Text,
    })
}

fn style(options: &CompareArguments) -> terminal::Style {
    let to_terminal = options.output.is_none() && std::io::stdout().is_terminal();
    let window = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = options.width.map(usize::from).or(window.filter(|_| to_terminal));
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    terminal::Style {
        width: width.unwrap_or(DEFAULT_WIDTH),
        colour: match options.color {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => to_terminal && !no_colour,
        },
        all: options.all,
    }
}
