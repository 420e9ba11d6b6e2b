/*!
WARC, zip, tar, CSV, JSON and Parquet, read record by record; tables written.

[`open`] takes a reader and its name, finds out by its first bytes what it is, and gives the
records in it: the pages of a crawl, the members of an archive, the rows of a table. Archives in
archives are read too, and whatever is none of these is one record with all its bytes. A broken
record comes as a diagnostic in its place, and the next one follows. Nothing is held but the
record at hand.

```
use std::io::Cursor;
use rashomon_archives::{Body, Options, open};

let lines = "{\"text\": \"The port is shut.\"}\n{\"text\": \n{\"text\": \"It will open in May.\"}\n";
let mut records = open(Cursor::new(lines), "port.jsonl", &Options::default())?;

let first = records.next().expect("a record").expect("a sound one");
assert_eq!(first.name, "port.jsonl:1");
assert!(matches!(&first.body, Body::Fields(fields) if fields["text"] == "The port is shut."));

let broken = records.next().expect("a record").expect_err("a broken one");
assert_eq!(broken.code, "bad-record");

let place = records.position();
drop(records);
let options = Options { resume_from: Some(place), ..Options::default() };
let mut rest = open(Cursor::new(lines), "port.jsonl", &options)?;
assert_eq!(rest.next().expect("a record").expect("a sound one").name, "port.jsonl:3");
assert_eq!(rest.counts().read, 1);
# Ok::<(), rashomon_archives::Error>(())
```

| what | told by | records | a position counts |
| --- | --- | --- | --- |
| WARC, plain or `.gz` | `WARC/` | pages that a server answered with: 2xx, and text, unpacked | bytes of the file |
| ARC | `filedesc://` | the same | bytes of the file |
| zip, tar | their marks | members, and what is in them | members, with records in the last |
| JSON Lines | an object on a line | lines | unpacked bytes |
| JSON | `[{`, or an object over several lines | items; the articles in an object that wraps them | items |
| CSV, TSV, `;`, `\|` | the name, or a head with columns that are known | rows | unpacked bytes |
| Parquet (feature `parquet`) | `PAR1` | rows | rows |
| anything else | | one, with its bytes | it |

Gzip, Zstandard and bzip2 are unpacked on the way. Documents of office programs, which are zip
archives, are one record. A position is given back as it came; what is read on from it is what
would have come next, but for an object of JSON that wraps many articles, which begins again.

# Codes

Of an [`Error`], when an input cannot be opened or a table not be written:

| code | what happened |
| --- | --- |
| `cannot-read`, `cannot-write` | the file or connection failed |
| `bad-archive` | a zip archive or a Parquet table without a sound directory, mostly cut short |
| `needs-seek` | one of these came as a stream, and is larger than [`Options::max_spool`] |
| `no-parquet` | this build reads and writes no Parquet |
| `too-deep` | archives in archives, or packed again and again, beyond [`Options::max_depth`] |
| `bad-table` | columns or cells that make no table |

Of a diagnostic, where a record should be; each of them is counted in [`Counts::skipped`] too:

| code | what happened |
| --- | --- |
| `bad-record` | a line, item or row that cannot be read |
| `ragged-row` | a row with more cells than the table has columns |
| `bad-head`, `bad-length`, `garbage` | a crawl's record without a sound head or length; bytes between two records |
| `bad-http`, `unknown-coding` | an answer without a head; a body that is packed in an unknown way |
| `bad-compression`, `cut-short` | packed bytes that are broken; an end in the middle |
| `too-large` | a record of more than [`Options::max_record_bytes`] |
| `bomb` | something that unpacks to more than anything honest does, or has too many members |
| `encrypted-member`, `unsupported-member`, `link-member` | a member that is not read |
| `too-deep`, `needs-seek`, `no-parquet`, `bad-archive`, `cannot-read` | as above, of a member |

Counted, as it is whole and of no use: `request`, `revisit`, `metadata`, `warcinfo`, `segment`,
`other-kind`, `no-page` (an address that is none of the web's), `robots`, `redirect`,
`http-error`, `not-text`, `empty`, `hidden` (what systems leave in archives).

Handed out, and counted in [`Counts::noted`]: `truncated` (the crawler cut it), `cut-body` and
`bad-chunks` (the transfer broke), `encoding-errors`, `short-row`, `unread-column`.
*/

mod delimited;
mod error;
mod fault;
mod json;
mod layer;
mod member;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod record;
mod records;
mod single;
mod sniff;
mod source;
pub mod table;
mod warc;
mod window;

pub use error::Error;
pub use options::Options;
pub use record::{Body, Counts, Record};
pub use records::{Records, open, open_stream};
