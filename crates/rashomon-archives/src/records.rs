use std::borrow::Cow;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

use rashomon_article::Diagnostic;

use crate::layer::unpack;
use crate::record::{Counts, Record};
use crate::sniff::{HEAD, Kind, kind};
use crate::source::{Bytes, Context, Place, Source};
use crate::window::Window;
use crate::{Error, Options};

/// The records of an input, one after the other.
///
/// A record that cannot be read comes as a [`Diagnostic`] in its place, and the next one follows.
/// They stay on the thread that opened them: who reads beside other work opens them there and
/// sends the records.
pub struct Records<'r> {
    source: Box<dyn Source + 'r>,
    counts: Counts,
}

impl Records<'_> {
    /// Where reading goes on after the record that came last: give it as
    /// [`resume_from`](Options::resume_from) to read on later, from the same bytes.
    pub fn position(&self) -> u64 {
        self.source.position()
    }

    /// How many records were read so far, and what was skipped and why.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

impl std::fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut item = self.source.next(&mut self.counts)?;
        match &mut item {
            Ok(record) => {
                self.counts.read += 1;
                record.position = self.source.position();
            }
            Err(diagnostic) => self.counts.skip(match diagnostic.code {
                Cow::Borrowed(code) => code,
                Cow::Owned(_) => "bad-record",
            }),
        }
        Some(item)
    }
}

/// Reads a file, or whatever else can be read from any of its places.
///
/// What it is, its bytes decide, and its name only where they leave it open.
///
/// # Errors
///
/// `cannot-read` where the reader fails, `bad-archive` where a zip archive or a Parquet table has
/// no directory.
pub fn open<'r, R: Read + Seek + 'r>(
    mut reader: R,
    name: &str,
    options: &Options,
) -> Result<Records<'r>, Error> {
    let place = place(name, options);
    let fail = |error| Error::io(name, error);
    let head = head(&mut reader).map_err(fail)?;
    reader.rewind().map_err(fail)?;
    let kind = kind(name, &head);
    let source = match kind {
        Kind::Zip | Kind::Parquet => seekable(Box::new(reader), kind, place)?,
        // Only crawls are so large that what was read before is passed over by a leap.
        Kind::Warc { .. } | Kind::Arc { .. } => {
            let start = crate::warc::offset(place.resume);
            reader.seek(SeekFrom::Start(start)).map_err(fail)?;
            let bytes = Window::starting_at(Box::new(reader) as Box<dyn Read + 'r>, start);
            source(bytes, kind, place)?
        }
        kind => source(Window::new(Box::new(reader)), kind, place)?,
    };
    Ok(Records { source, counts: Counts::default() })
}

/// Reads what can be read only once from its beginning to its end, such as standard input.
///
/// # Errors
///
/// As [`open`]; and `needs-seek` where a zip archive or a Parquet table, which are read from
/// their end, is larger than [`Options::max_spool`].
pub fn open_stream<'r, R: Read + 'r>(
    reader: R,
    name: &str,
    options: &Options,
) -> Result<Records<'r>, Error> {
    let place = place(name, options);
    let source = from_stream(Window::new(Box::new(reader)), place)?;
    Ok(Records { source, counts: Counts::default() })
}

fn place(name: &str, options: &Options) -> Place {
    Place {
        name: name.to_owned(),
        context: Context::new(options),
        depth: 0,
        layers: 0,
        resume: options.resume_from.unwrap_or_default(),
    }
}

fn head(reader: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// So many times may one thing be packed: `.tar.gz` once.
const MOST_LAYERS: usize = 3;

/// Opens what comes as a stream: standard input, what was unpacked, the member of an archive.
pub(crate) fn from_stream<'r>(
    mut bytes: Bytes<'r>,
    place: Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    let head = bytes.peek(HEAD).map_err(|error| Error::io(&place.name, error))?;
    let kind = kind(&place.name, head);
    let is_archive = matches!(kind, Kind::Zip | Kind::Tar);
    if is_archive && place.depth >= place.options().max_depth || place.layers > MOST_LAYERS {
        let message = format!(
            "{}: it lies in {} archives and is packed {} times in these; raise max-depth, or \
             unpack it first",
            place.name, place.depth, place.layers
        );
        return Err(Error::new("too-deep", message));
    }
    source(bytes, kind, place)
}

fn source<'r>(
    mut bytes: Bytes<'r>,
    kind: Kind,
    place: Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    Ok(match kind {
        Kind::Zip | Kind::Parquet => {
            let most = place.options().max_spool;
            let held = bytes.take_bytes(most.saturating_add(1));
            let held = held.map_err(|error| Error::io(&place.name, error))?;
            if held.len() as u64 > most {
                let message = format!(
                    "{}: {} is read from its end, and more than {most} bytes came as a stream; \
                     save it as a file first, or raise max-spool",
                    place.name,
                    kind.describe()
                );
                return Err(Error::new("needs-seek", message));
            }
            seekable(Box::new(Cursor::new(held)), kind, place)?
        }
        Kind::Packed(packing) => {
            let inner = unpack(packing, bytes, &place.context);
            from_stream(Window::new(inner), Place { layers: place.layers + 1, ..place })?
        }
        Kind::Warc { gzip } => Box::new(crate::warc::Warc::new(bytes, gzip, place)),
        Kind::Arc { gzip } => Box::new(crate::warc::Warc::arc(bytes, gzip, place)),
        Kind::Tar => Box::new(crate::member::tar(bytes, place)),
        Kind::Delimited(delimiter) => crate::delimited::open(bytes, delimiter, place)?,
        Kind::JsonLines => Box::new(crate::json::Lines::new(bytes, place)),
        Kind::JsonItems => Box::new(crate::json::Items::new(bytes, place)),
        Kind::Single(media_type) => {
            let media_type = media_type.map(str::to_owned);
            Box::new(crate::single::Single::new(bytes, place, media_type))
        }
    })
}

/// What can be read from any of its places.
pub(crate) trait ReadSeek: Read + Seek {}

impl<R: Read + Seek> ReadSeek for R {}

fn seekable<'r>(
    reader: Box<dyn ReadSeek + 'r>,
    kind: Kind,
    place: Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    if kind == Kind::Zip {
        return crate::member::zip(reader, place);
    }
    #[cfg(feature = "parquet")]
    return Ok(Box::new(crate::parquet::Rows::open(reader, place)?));
    #[cfg(not(feature = "parquet"))]
    Err(Error::new(
        "no-parquet",
        format!("{}: a Parquet table, and this build reads none", place.name),
    ))
}

/// Opens the member of an archive.
pub(crate) fn member<'r>(
    reader: Box<dyn Read + 'r>,
    name: String,
    outer: &Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    let context = Rc::clone(&outer.context);
    let place = Place { name, context, depth: outer.depth + 1, layers: 0, resume: 0 };
    from_stream(Window::new(reader), place)
}
