pub mod desk;

use std::fmt::Display;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use desk::{
    CheckArguments, ExportArguments, FeedsArguments, IngestArguments, ListFormat, McpArguments,
    RevisionsArguments, SearchArguments, ServeArguments, StoryArguments, WatchArguments,
    parse_story,
};

/// Read many outlets' reports of one event as a careful editor would: what they agree on, who
/// said what, where they differ, who copied whom, and what only one tells.
#[derive(Debug, Parser)]
#[command(name = "rashomon", version, about, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  rashomon compare reports/                        a report in the terminal
  rashomon compare reports/ -o synopsis.html       a page to read in a browser
  rashomon compare a.txt b.html c.jsonl --format json
  curl -s https://example.org/story | rashomon annotate - --format jsonl

Exit codes:
  0  all inputs were read
  1  nothing could be read, or the result could not be written
  2  the command line is wrong
  3  the result is there, but some input was skipped; standard error names it
  130  stopped by Ctrl-C; what was kept is kept, the next run goes on")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compare reports and show one synopsis of each story
    #[command(after_help = "\
Examples:
  rashomon compare reports/
  rashomon compare reports/ -o synopsis.html
  rashomon compare reports/ --format json | jq '.stories[0].discrepancies'
  rashomon compare morning.txt evening.txt --one-story

Inputs are plain text, web pages (HTML), JSON and JSON Lines with the fields id, text, date,
outlet, title, byline and url, tables with such columns (CSV, TSV, Parquet), feeds (RSS, Atom,
JSON Feed), sitemaps, OPML and lists of addresses, WARC and ARC, and what is in zip, tar, gzip,
bzip2 and zstd. Files that are named are told by their bytes; in a folder, files with the endings
of these kinds or none are read, in the order of their names; hidden ones are not.
The format is taken from the ending of FILE where --format is not given.")]
    Compare(CompareArguments),
    /// Find sentences, names, quantities, times and quotations in each report
    #[command(after_help = "\
Examples:
  rashomon annotate report.html
  rashomon annotate archive.jsonl -o annotated.jsonl
  rashomon annotate report.txt | jq '.quotations[] | {speaker: .speaker.name, content}'

Inputs are of all kinds that compare reads, too. One JSON document a line, in the order of the
input. Offsets count Unicode code points.")]
    Annotate(AnnotateArguments),
    /// Group reports into stories, or list the stories that are kept
    #[command(after_help = "\
Examples:
  rashomon stories today/ --format jsonl
  rashomon stories --least 3 --since 2026-03-01

With inputs, one line for each report: its id, its story, how sure, and the terms that joined it.
Without, the stories of the store, the newest first.")]
    Stories(StoriesArguments),
    /// Read reports of all kinds and keep them, grouped into stories
    #[command(after_help = "\
Examples:
  rashomon ingest reports/ archive.jsonl table.csv
  rashomon ingest CC-NEWS-20260302-0001.warc.gz         goes on where it was stopped
  rashomon ingest https://herald.example/feed.xml       a feed with the pages that it names
  rashomon ingest addresses.txt                         one address a line

Nothing is doubled: what was kept before is left as it is, and what was changed since becomes a
revision. Ctrl-C ends the work at a safe place.")]
    Ingest(IngestArguments),
    /// Watch feeds and keep what they bring, until Ctrl-C
    #[command(after_help = "\
Examples:
  rashomon watch --feeds subscriptions.opml
  rashomon watch https://herald.example/feed.xml --every 5m
  rashomon watch --once                                 for cron
  rashomon watch --again 30m,2h,1d                      what was changed in silence, sooner

A feed is asked with its own conditions, not more often than it wishes, and ever more rarely as
long as it fails. The pages that it led to are asked again for some days: what has changed becomes a
revision, and a page that is gone leaves what was kept.")]
    Watch(WatchArguments),
    /// Open the desk in the browser: stories as they form, search, alerts, an API
    #[command(after_help = "\
Examples:
  rashomon serve --feeds subscriptions.opml          then open http://127.0.0.1:7878/
  rashomon serve --db desk.db --no-fetch             what is kept, without asking feeds
  RASHOMON_TOKEN=$(openssl rand -hex 16) rashomon serve --listen 0.0.0.0:7878 --host desk.example

Everything is in one process and one file: feeds are asked, reports grouped and compared, pages
served. It listens to this machine only; beyond that it asks for a token. Ctrl-C ends it at a safe
place.")]
    Serve(ServeArguments),
    /// Answer language models over standard input and output (Model Context Protocol)
    #[command(after_help = "\
Examples:
  rashomon mcp --db desk.db

A client starts the command by itself. Most of them read such a configuration:
  {\"mcpServers\": {\"rashomon\": {\"command\": \"rashomon\", \"args\": [\"mcp\", \"--db\", \"/path/to/desk.db\"]}}}

Its tools search reports, read stories and articles, and tell whether a quotation is verbatim and
how many independent origins tell a claim. They only read. `rashomon serve` answers the same over
HTTP at /mcp. The end of the input or Ctrl-C ends it.")]
    Mcp(McpArguments),
    /// Show, add and remove the feeds that are watched; OPML in and out
    #[command(after_help = "\
Examples:
  rashomon feeds
  rashomon feeds add https://herald.example/feed.xml
  rashomon feeds import subscriptions.opml
  rashomon feeds export -o subscriptions.opml")]
    Feeds(FeedsArguments),
    /// Show a story that is kept: its reports and why they are together; split it, merge it, undo it
    #[command(after_help = "\
Examples:
  rashomon story s17
  rashomon story s17 --split a40,a41       these two are a story of their own
  rashomon story s17 --merge s20           both are one
  rashomon story s17 --pin a52             a52 belongs here
  rashomon story --decisions               what was decided so, with numbers
  rashomon story --undo 3                  as it was before the third
  rashomon compare --story s17 -o s17.html

What is decided by hand is never undone by what comes later, and an old number leads to the new
one. Stories are changed as long as they form: while their articles are among the last 200 or
came within the last 14 days. A decision is taken back at any time: its articles go back to where
they were, a story that it ended has its old number again, and the next articles may change it.")]
    Story(StoryArguments),
    /// Search what is kept: articles, quotations by speaker, claims
    #[command(after_help = "\
Examples:
  rashomon search ferry pier
  rashomon search '\"ran aground\" -cargo outlet:herald after:2026-03-01'
  rashomon search 'speaker:\"Ida Roos\" ferry'
  rashomon search 'kind:claim passengers story:s17'
  rashomon search 'ferry OR tug' --save ferries
  rashomon search --saved ferries

Words, of which all must be there, so that no AND is needed; \"exact phrases\"; OR, in capitals,
between two of which one is enough; -not, also NOT; prefix*; and the fields speaker: outlet: author: title:
language: story: after: before: on: kind:article|quotation|claim is:revised
is:undated. An article without a date counts for after: and before: as of when it was read, and is of no
day for on:.")]
    Search(SearchArguments),
    /// Show which articles were changed after they came, and in which words
    #[command(after_help = "\
Examples:
  rashomon revisions
  rashomon revisions a5
  rashomon revisions https://herald.example/2026/03/ferry")]
    Revisions(RevisionsArguments),
    /// Write what is kept: JSON Lines, CSV, Parquet, a page, a feed
    #[command(after_help = "\
Examples:
  rashomon export -o everything.jsonl
  rashomon export --story s17 -o s17.html
  rashomon export --saved ferries -o ferries.atom
  rashomon export --rows quotations --search 'speaker:\"Ida Roos\"' -o roos.csv
  rashomon export --rows claims -o claims.parquet")]
    Export(ExportArguments),
    /// Look the store over: how much it holds, and whether it is sound
    Check(CheckArguments),
}

/// Ends the program as a wrong command line does, with the usage of the command.
pub fn refuse(command: &str, kind: ErrorKind, message: impl Display) -> ! {
    let mut program = Arguments::command();
    program.build();
    match program.find_subcommand_mut(command) {
        Some(command) => command.error(kind, message).exit(),
        None => program.error(kind, message).exit(),
    }
}

/// What every command that reads reports is told.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Files, folders, archives, tables, feeds, addresses, or - for standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Skip an input that is larger than this: 500k, 64M, 2G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = parse_size)]
    pub max_size: usize,
    /// Allow addresses of this machine and of the local network
    #[arg(long)]
    pub allow_private: bool,
    /// Worker threads; 0 takes one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Say nothing but errors: no progress bar, no diagnostics
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also say what was left out inside the reports, line by line
    #[arg(short, long)]
    pub verbose: bool,
}

#[derive(Debug, Args)]
pub struct CompareArguments {
    #[command(flatten)]
    pub input: InputArguments,
    /// A story that is kept, instead of inputs
    #[arg(long, value_name = "STORY", value_parser = parse_story,
        conflicts_with_all = ["inputs", "max_size", "one_story"])]
    pub story: Option<u64>,
    /// The file that keeps it [default: desk.db in the user's data folder]
    #[arg(long, value_name = "FILE", env = "RASHOMON_DB")]
    pub db: Option<PathBuf>,
    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to show it [default: by the ending of FILE, else text]
    #[arg(short, long, value_enum)]
    pub format: Option<CompareFormat>,
    /// All inputs tell of one event: do not group them
    #[arg(long)]
    pub one_story: bool,
    /// Show everything in the terminal report, however long
    #[arg(short, long)]
    pub all: bool,
    /// Colours in the terminal report
    #[arg(long, value_enum, default_value_t = ColourChoice::Auto, alias = "colour")]
    pub color: ColourChoice,
    /// Columns of the terminal report [default: the window's, or 80]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
}

#[derive(Debug, Args)]
pub struct AnnotateArguments {
    #[command(flatten)]
    pub input: InputArguments,
    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to write it
    #[arg(short, long, value_enum, default_value_t = LineFormat::Jsonl)]
    pub format: LineFormat,
}

/// Which of the stories that are kept.
#[derive(Debug, Args)]
pub struct KeptStories {
    /// Without inputs: the file that keeps the stories [default: desk.db in the user's data
    /// folder]
    #[arg(long, value_name = "FILE", env = "RASHOMON_DB")]
    pub db: Option<PathBuf>,
    /// Only stories with an article since this day: 2026-03-01
    #[arg(long, value_name = "DAY", value_parser = parse_day, conflicts_with = "inputs")]
    pub since: Option<jiff::civil::Date>,
    /// Only stories with an article of this outlet
    #[arg(long, value_name = "NAME", conflicts_with = "inputs")]
    pub outlet: Option<String>,
    /// Only stories with so many articles at least
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "inputs")]
    pub least: u64,
    /// At most so many stories
    #[arg(short = 'n', long, value_name = "N", default_value_t = 30, conflicts_with = "inputs")]
    pub limit: usize,
}

#[derive(Debug, Args)]
pub struct StoriesArguments {
    #[command(flatten)]
    pub input: InputArguments,
    #[command(flatten)]
    pub kept: KeptStories,
    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to write it [default: jsonl for inputs, text for what is kept]
    #[arg(short, long, value_enum)]
    pub format: Option<ListFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// A report for the terminal
    Text,
    /// One JSON document, as schema/rashomon-1.compare.json says
    Json,
    /// A self-contained page
    Html,
    /// Notes
    Markdown,
    /// The remarks with all their readings, as a critical apparatus in TEI P5
    Tei,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LineFormat {
    /// One JSON document a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColourChoice {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A day of the calendar.
fn parse_day(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "a day is written with year, month and day: 2026-03-01".to_owned())
}

/// A number of bytes with an optional k, M or G (powers of 1024).
pub(crate) fn parse_size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[digits.len()..]
        .to_ascii_lowercase()
        .trim_end_matches("ib")
        .trim_end_matches('b')
    {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        other => return Err(format!("{other:?} is no unit; use k, M or G")),
    };
    let number: usize = digits.parse().map_err(|_| "a number is missing, as in 64M".to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "too large a number".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn days() {
        assert_eq!(parse_day("2026-03-01"), Ok(jiff::civil::date(2026, 3, 1)));
        assert!(parse_day("2026-03").is_err_and(|message| message.contains("2026-03-01")));
    }

    #[test]
    fn sizes() {
        assert_eq!(parse_size("64M"), Ok(64 << 20));
        assert_eq!(parse_size("10kb"), Ok(10 << 10));
        assert_eq!(parse_size("7"), Ok(7));
        assert!(parse_size("M").is_err());
        assert!(parse_size("5x").is_err());
    }
}
