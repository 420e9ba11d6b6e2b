//! The commands that keep what they read.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::parse_size;

/// Which store, and how much to say.
#[derive(Debug, Args)]
pub struct StoreArguments {
    /// The file that keeps everything [default: desk.db in the user's data folder]
    #[arg(long, value_name = "FILE", env = "RASHOMON_DB", global = true)]
    pub db: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose", global = true)]
    pub quiet: bool,
    /// Also say what was left out, line by line
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// How addresses are fetched.
#[derive(Debug, Args)]
pub struct FetchArguments {
    /// Fetch the page of a feed's entry: where the feed gives too little, always, or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Pages::Auto)]
    pub pages: Pages,
    /// Allow addresses of this machine and of the local network
    #[arg(long)]
    pub allow_private: bool,
    /// Wait so long between two requests to one host: 500ms, 2s
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = parse_time)]
    pub delay: Duration,
    /// Give up a request after this time
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_time)]
    pub timeout: Duration,
    /// What to call ourselves to the servers
    #[arg(long, value_name = "NAME")]
    pub user_agent: Option<String>,
}

/// Whether the pages of a feed's entries are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Pages {
    /// Where the feed gives less than a report
    Auto,
    /// For each entry
    Always,
    /// What the feed gives is all
    Never,
}

#[derive(Debug, Args)]
pub struct IngestArguments {
    /// Files, folders, archives, tables, feeds, addresses, lists of addresses, or - for standard
    /// input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub store: StoreArguments,
    #[command(flatten)]
    pub fetch: FetchArguments,
    /// Skip a file or a record that is larger than this: 500k, 64M, 2G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = parse_size)]
    pub max_size: usize,
    /// Worker threads; 0 takes one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Read archives from their beginning, also where an earlier run got further
    #[arg(long)]
    pub from_start: bool,
    /// Do not compare the reports of the stories that changed
    #[arg(long)]
    pub no_compare: bool,
}

#[derive(Debug, Args)]
pub struct WatchArguments {
    /// Feeds to watch beside those of the store
    #[arg(value_name = "FEED")]
    pub feeds: Vec<String>,
    /// Feeds to watch beside those of the store, as OPML
    #[arg(long = "feeds", value_name = "OPML")]
    pub opml: Option<PathBuf>,
    #[command(flatten)]
    pub store: StoreArguments,
    #[command(flatten)]
    pub fetch: FetchArguments,
    /// Ask a feed again after this time, or later where it asks for that
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = parse_time)]
    pub every: Duration,
    /// Ask the page of an entry again when it is so old, to see what was changed in silence: times
    /// with commas, or never
    #[arg(long, value_name = "TIMES", default_value = "1h,6h,1d,3d", value_parser = parse_times)]
    pub again: Times,
    /// Ask so many pages again at once, and an eighth of them at one host
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub again_most: usize,
    /// Ask each feed that is due once and stop
    #[arg(long)]
    pub once: bool,
    /// Worker threads; 0 takes one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
}

#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Feeds to watch beside those of the store, as OPML
    #[arg(long = "feeds", value_name = "OPML")]
    pub opml: Option<PathBuf>,
    #[command(flatten)]
    pub store: StoreArguments,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    pub listen: SocketAddr,
    /// What a client must know; needed beyond this machine
    #[arg(long, value_name = "TOKEN", env = "RASHOMON_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// A name by which the server is called, beside its address and localhost
    #[arg(long = "host", value_name = "NAME")]
    pub hosts: Vec<String>,
    /// Do not ask feeds
    #[arg(long)]
    pub no_fetch: bool,
    #[command(flatten)]
    pub fetch: FetchArguments,
    /// Ask a feed again after this time, or later where it asks for that
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = parse_time)]
    pub every: Duration,
    /// The mail server that alerts are sent by: smtps://name:password@mail.example:465
    #[arg(
        long,
        value_name = "URL",
        env = "RASHOMON_SMTP",
        hide_env_values = true,
        requires = "mail_from"
    )]
    pub smtp: Option<String>,
    /// Who writes these mails: "Desk <desk@herald.example>"
    #[arg(long, value_name = "SENDER", env = "RASHOMON_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// How to write the log to standard error
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
}

#[derive(Debug, Args)]
pub struct McpArguments {
    /// The file that keeps everything [default: desk.db in the user's data folder]
    #[arg(long, value_name = "FILE", env = "RASHOMON_DB")]
    pub db: Option<PathBuf>,
}

/// How a log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines to read
    Text,
    /// One JSON document a line
    Json,
}

#[derive(Debug, Args)]
pub struct FeedsArguments {
    #[command(subcommand)]
    pub action: Option<FeedsAction>,
    #[command(flatten)]
    pub store: StoreArguments,
}

#[derive(Debug, Subcommand)]
pub enum FeedsAction {
    /// Show the feeds with their health (the default)
    List,
    /// Add feeds by their addresses
    #[command(after_help = "Example:\n  rashomon feeds add https://herald.example/feed.xml")]
    Add {
        /// Addresses
        #[arg(required = true, value_name = "ADDRESS")]
        addresses: Vec<String>,
    },
    /// Stop asking for feeds; what they brought stays
    #[command(after_help = "Example:\n  rashomon feeds remove https://herald.example/feed.xml")]
    Remove {
        /// Addresses
        #[arg(required = true, value_name = "ADDRESS")]
        addresses: Vec<String>,
    },
    /// Add the feeds of an OPML file
    #[command(after_help = "Example:\n  rashomon feeds import subscriptions.opml")]
    Import {
        /// The file, or - for standard input
        #[arg(value_name = "OPML")]
        file: PathBuf,
    },
    /// Write the feeds as OPML
    #[command(after_help = "Example:\n  rashomon feeds export -o subscriptions.opml")]
    Export {
        /// Write to a file, whole or not at all
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct StoryArguments {
    /// The story: s17
    #[arg(
        value_name = "STORY", value_parser = parse_story,
        required_unless_present_any = ["decisions", "undo"]
    )]
    pub story: Option<u64>,
    #[command(flatten)]
    pub store: StoreArguments,
    /// Take these articles out into a story of their own: a5,a9
    #[arg(long, value_name = "ARTICLES", value_delimiter = ',', value_parser = parse_article)]
    pub split: Vec<u64>,
    /// Take another story into this one
    #[arg(long, value_name = "STORY", value_parser = parse_story, conflicts_with = "split")]
    pub merge: Option<u64>,
    /// Put these articles into this story and keep them there: a5,a9
    #[arg(
        long, value_name = "ARTICLES", value_delimiter = ',', value_parser = parse_article,
        conflicts_with_all = ["split", "merge"]
    )]
    pub pin: Vec<u64>,
    /// List what was decided by hand and is in force
    #[arg(long, conflicts_with_all = ["story", "split", "merge", "pin", "undo"])]
    pub decisions: bool,
    /// Take back a decision of that list, by its number
    #[arg(
        long, value_name = "NUMBER",
        conflicts_with_all = ["story", "split", "merge", "pin"]
    )]
    pub undo: Option<u64>,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub struct SearchArguments {
    /// Words and fields: ferry speaker:"Ida Roos" outlet:herald after:2026-03-01 kind:quotation
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub store: StoreArguments,
    /// At most so many results
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Keep the query under this name, for export --saved
    #[arg(long, value_name = "NAME")]
    pub save: Option<String>,
    /// Search for what was kept under this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "save"])]
    pub saved: Option<String>,
    /// Forget what was kept under this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "save", "saved"])]
    pub forget: Option<String>,
    /// List the searches that are kept
    #[arg(long, conflicts_with_all = ["query", "save", "saved", "forget"])]
    pub list: bool,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub struct RevisionsArguments {
    /// The article, by number (a5), id or address; without one, all articles that were changed
    #[arg(value_name = "ARTICLE")]
    pub article: Option<String>,
    #[command(flatten)]
    pub store: StoreArguments,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub struct ExportArguments {
    #[command(flatten)]
    pub store: StoreArguments,
    /// Only this story
    #[arg(long, value_name = "STORY", value_parser = parse_story)]
    pub story: Option<u64>,
    /// Only what this query finds
    #[arg(long, value_name = "QUERY", conflicts_with = "story")]
    pub search: Option<String>,
    /// Only what the saved search of this name finds
    #[arg(long, value_name = "NAME", conflicts_with_all = ["story", "search"])]
    pub saved: Option<String>,
    /// What one row is, in tables
    #[arg(long, value_enum, default_value_t = Rows::Articles)]
    pub rows: Rows,
    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to write it [default: by the ending of FILE, else jsonl]
    #[arg(short, long, value_enum)]
    pub format: Option<ExportFormat>,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    #[command(flatten)]
    pub store: StoreArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For the terminal
    Text,
    /// One JSON document a line
    Jsonl,
}

/// What one row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    /// An article
    Articles,
    /// A quotation with its speaker
    Quotations,
    /// A claim with its counts
    Claims,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One article a line, as schema/rashomon-1.annotate.json says, with its story
    Jsonl,
    /// A table (RFC 4180)
    Csv,
    /// A table (Apache Parquet)
    Parquet,
    /// The page of the stories
    Html,
    /// A feed (RFC 4287)
    Atom,
}

/// Times, in one argument.
#[derive(Clone, Debug)]
pub struct Times(pub Vec<Duration>);

/// Times with commas, or never.
fn parse_times(text: &str) -> Result<Times, String> {
    match text {
        "never" => Ok(Times(Vec::new())),
        text => {
            text.split(',').map(|time| parse_time(time.trim())).collect::<Result<_, _>>().map(Times)
        }
    }
}

/// A number with a unit of time: 500ms, 30s, 15m, 2h, 1d.
fn parse_time(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().map_err(|_| "a number is missing, as in 30s".to_owned())?;
    let milliseconds = match &text[digits.len()..] {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        other => return Err(format!("{other:?} is no unit of time; use ms, s, m, h or d")),
    };
    number
        .checked_mul(milliseconds)
        .map(Duration::from_millis)
        .ok_or_else(|| "too large a number".to_owned())
}

/// The number of a story, with or without its s.
pub fn parse_story(text: &str) -> Result<u64, String> {
    numbered(text, 's')
        .ok_or_else(|| format!("{text:?} is no story; `rashomon stories` lists them as s1, s2, …"))
}

/// The number of an article, with or without its a.
pub fn parse_article(text: &str) -> Result<u64, String> {
    numbered(text, 'a').ok_or_else(|| {
        format!("{text:?} is no article; `rashomon story STORY` lists them as a1, a2, …")
    })
}

fn numbered(text: &str, letter: char) -> Option<u64> {
    let text = text.trim();
    let number = text.strip_prefix([letter, letter.to_ascii_uppercase()]).unwrap_or(text);
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_numbers() {
        assert_eq!(parse_time("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_time("2h"), Ok(Duration::from_secs(7200)));
        assert!(parse_time("soon").is_err());
        let hours = |text| parse_times(text).map(|Times(times)| times.len());
        assert_eq!((hours("1h, 6h,1d"), hours("never")), (Ok(3), Ok(0)));
        assert!(hours("1h,then").is_err() && hours("").is_err());
        assert!(parse_time("3x").is_err());
        assert_eq!(parse_story("s17"), Ok(17));
        assert_eq!(parse_story("17"), Ok(17));
        assert_eq!(parse_story("S17"), Ok(17));
        assert!(parse_story("a17").is_err());
        assert_eq!(parse_article("a5"), Ok(5));
    }
}
