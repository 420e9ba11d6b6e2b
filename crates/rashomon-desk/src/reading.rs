use std::fs::File;
use std::io::{BufReader, Cursor, IsTerminal as _};

use rashomon::article::Diagnostic;
use rashomon::read::Given;
use rashomon_archives::{Body, Options, Record, Records, open, open_stream};
use rashomon_feeds::Source;

use crate::entry;
use crate::input::Input;
use crate::monitor::Monitor;
use crate::piece::{Mark, Matter, Piece};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The most bytes of one record: a page, a text, a row.
    pub max_bytes: usize,
}

/// What reading an input gives beside its pieces.
pub(crate) enum Found {
    /// Something to read.
    Piece(Box<Piece>),
    /// An address that is named in a file.
    Address(String),
    /// What was skipped, or mended.
    Told(Diagnostic),
}

/// Where an input goes on that was read before.
pub(crate) struct Resume<'r> {
    /// What its places are kept under.
    pub container: String,
    /// Where to go on.
    pub from: &'r dyn Fn(&str) -> Option<u64>,
}

/// Reads what lies on this machine: gives the pieces of a file or of standard input one after the
/// other, until there are no more or the monitor says stop.
pub(crate) fn read_local(
    input: &Input,
    limits: &Limits,
    resume: Option<&Resume<'_>>,
    monitor: &dyn Monitor,
    take: &mut dyn FnMut(Found),
) {
    let name = input.name();
    let mut options = Options { max_record_bytes: limits.max_bytes as u64, ..Options::default() };
    options.resume_from = resume.and_then(|resume| (resume.from)(&resume.container));
    let refuse = |code: &'static str, message: String| {
        Found::Told(Diagnostic::input(code, message, name.clone()))
    };
    if options.resume_from.is_some() {
        let message = format!(
            "{name}: was read before and is read on from there; --from-start reads all of it again"
        );
        take(refuse("read-before", message));
    }
    let records = match input {
        Input::Standard if std::io::stdin().is_terminal() => {
            let message = "standard input is the keyboard; pipe a report into it or name a file";
            return take(refuse("unreadable", message.to_owned()));
        }
        Input::Standard => open_stream(std::io::stdin().lock(), &name, &options),
        Input::File(path) => match File::open(path) {
            Ok(file) => open(BufReader::with_capacity(1 << 18, file), &name, &options),
            Err(error) => return take(refuse("unreadable", format!("cannot be opened: {error}"))),
        },
        Input::Address(address) => return take(Found::Address(address.clone())),
    };
    match records {
        Ok(records) => drain(records, &name, resume.map(|r| r.container.as_str()), monitor, take),
        Err(error) => take(refuse(error.code(), error.to_string())),
    }
}

/// The pieces of bytes that came from somewhere else.
pub(crate) fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    limits: &Limits,
    monitor: &dyn Monitor,
    take: &mut dyn FnMut(Found),
) {
    let options = Options { max_record_bytes: limits.max_bytes as u64, ..Options::default() };
    match open(Cursor::new(bytes), name, &options) {
        Ok(records) => drain(records, name, None, monitor, take),
        Err(error) => {
            take(Found::Told(Diagnostic::input(error.code(), error.to_string(), name)));
        }
    }
}

fn drain(
    mut records: Records<'_>,
    name: &str,
    container: Option<&str>,
    monitor: &dyn Monitor,
    take: &mut dyn FnMut(Found),
) {
    while !monitor.stopped() {
        let Some(record) = records.next() else { break };
        match record {
            Ok(record) => {
                // A file that is one record is read as a whole: there is no place inside it.
                let inside = record.name != name;
                let mark = container.filter(|_| inside).map(|container| Mark {
                    container: container.to_owned(),
                    position: Some(record.position),
                });
                unfold(record, mark, take);
            }
            Err(diagnostic) => take(Found::Told(diagnostic)),
        }
    }
    for (code, count) in &records.counts().skipped {
        monitor.skipped(name, code, *count);
    }
}

/// A record is a row, a feed with its entries, a list of addresses, or an article.
fn unfold(record: Record, mark: Option<Mark>, take: &mut dyn FnMut(Found)) {
    let given =
        Given { source: record.address.clone(), extra: record.extra.clone(), ..Given::default() };
    let fetched = record.at;
    let charset = record.charset().map(str::to_owned);
    let bytes = match record.body {
        Body::Bytes(bytes) => bytes,
        Body::Fields(fields) => {
            let matter = Matter::Fields(fields);
            let name = record.name;
            let piece = Piece { given, fetched, mark, ..Piece::new(name, matter) };
            return take(Found::Piece(Box::new(piece)));
        }
    };
    let name = record.address.unwrap_or(record.name);
    if let Some(addresses) = addresses(&bytes) {
        return addresses.for_each(|line| match line {
            Ok(address) => take(Found::Address(address)),
            Err(other) => {
                let message = format!("{name}: {other:?} is no address of the web");
                take(Found::Told(Diagnostic::input("bad-address", message, name.clone())));
            }
        });
    }
    if is_markup_or_list(&bytes)
        && let Ok(source) = rashomon_feeds::read(&bytes, Some(&name), record.media_type.as_deref())
    {
        for diagnostic in source.diagnostics() {
            let mut diagnostic = diagnostic.clone();
            diagnostic.source.get_or_insert_with(|| name.clone());
            take(Found::Told(diagnostic));
        }
        match source {
            Source::Feed(feed) => {
                for entry in &feed.entries {
                    match entry::piece(&feed, entry, &name) {
                        Some(piece) => take(Found::Piece(Box::new(Piece {
                            mark: mark.clone(),
                            fetched,
                            ..piece
                        }))),
                        None => take(Found::Told(entry::empty(entry, &name))),
                    }
                }
            }
            Source::Subscriptions(list) => {
                list.feeds.into_iter().for_each(|feed| take(Found::Address(feed.address)));
            }
            Source::Sitemap(sitemap) => {
                let nested = sitemap.nested.into_iter().map(|nested| nested.address);
                let pages = sitemap.entries.into_iter().map(|entry| entry.address);
                nested.chain(pages).for_each(|address| take(Found::Address(address)));
            }
        }
        return;
    }
    let matter = Matter::Bytes(bytes);
    take(Found::Piece(Box::new(Piece {
        name,
        matter,
        given,
        fetched,
        charset,
        feed: None,
        errand: None,
        mark,
    })));
}

/// The lines of a list of addresses, each with what it is; `None` where most are none. Empty lines
/// and those that begin with # are passed over.
fn addresses(bytes: &[u8]) -> Option<impl Iterator<Item = Result<String, String>>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_one = |line: &str| crate::input::is_address(line) && !line.contains(char::is_whitespace);
    let (mut count, mut named) = (0, 0);
    for line in lines.clone() {
        count += 1;
        named += usize::from(is_one(line));
    }
    let lines = lines
        .map(move |line| if is_one(line) { Ok(line.to_owned()) } else { Err(line.to_owned()) });
    (named * 2 > count).then(|| lines.collect::<Vec<_>>().into_iter())
}

/// Whether bytes may be a feed or a list of addresses: they begin as XML or JSON or with an
/// address. A web page begins as XML too, and is told apart by the reader of feeds.
pub(crate) fn is_markup_or_list(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(head);
    let start =
        text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    let lower = start.to_ascii_lowercase();
    let is_page = lower.starts_with("<!doctype html") || lower.starts_with("<html");
    let is_list = start
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .is_some_and(|line| crate::input::is_address(line.trim()) && !line.trim().contains(' '));
    !is_page
        && (is_list
            || start.starts_with('<')
            || bytes.starts_with(&[0xff, 0xfe])
            || bytes.starts_with(&[0xfe, 0xff])
            || start.starts_with('{') && lower.contains("jsonfeed.org"))
}
