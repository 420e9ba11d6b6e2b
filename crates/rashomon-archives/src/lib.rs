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
