/*!
One SQLite file that keeps articles, revisions, stories and what is found in them.

Everything is written in a [`Batch`], a transaction: nobody sees any of it before it is committed,
and dropping it takes all of it back.

```
use rashomon::{annotate, language::english, read::read_plain};
use rashomon_store::{Incoming, Sight, Store};

let text = "Old bridge closes\n\nThe bridge will close on Monday, Ada Bell said.";
let document = annotate(read_plain("bridge", text, english()), english());
let at = "2026-01-05T09:30:00Z".parse()?;
let incoming = Incoming {
    key: "https://herald.example/bridge",
    digest: [7; 16],
    document: &document,
    seen_at: at,
    at,
    feed: None,
    signature: &[],
};

let mut store = Store::in_memory()?;
let mut batch = store.begin()?;
assert_eq!(batch.sight(incoming.key, &incoming.digest)?, Sight::New);
let number = batch.add(&incoming)?;
batch.place(number, 1, 1.0, &[("bridge".to_owned(), 0.8)])?;
batch.commit()?;

assert_eq!(store.article(number)?.document.article.text.as_str(), text);
assert_eq!(store.story(1)?.members[0].article, number);
# Ok::<(), Box<dyn std::error::Error>>(())
```

# Queries

[`Store::search`] takes a [`Query`] in this language:

| written | asks for |
| --- | --- |
| `harbour strike` | both words, in any order |
| `"harbour strike"` | the words one after the other |
| `strike OR harbour bridge` | `bridge`, and one of the two words beside OR |
| `(strike bridge) OR harbour` | brackets group |
| `-bridge`, `NOT bridge` | what does not have it |
| `immigra*`, `"harbour str"*` | words that begin so |
| `title:` `outlet:` `author:` `speaker:` | words in the headline, the name of the outlet, of an author, of who speaks |
| `story:s17` | a story; one that went into another leads there |
| `language:en` | a language, with or without a region |
| `after:2026-01-05` | from that day on |
| `before:2026-01-05` | up to the day before |
| `on:2026-01-05`, `on:2026-01`, `on:2026` | published on that day, in that month, that year |
| `is:revised` | articles whose words changed |
| `is:undated` | articles that do not say when they were published |
| `kind:article` `kind:quotation` `kind:claim` | what is searched: articles, or quotations where a speaker is asked for |

For `after:` and `before:` an article that does not say when it was published counts as of the time
at which it was fetched or read; for `on:` it is of no day.

Case and accents do not count, but endings of words do: `strike` does not find `strikes`, and
`strike*` does. A run of letters is a word, so that in scripts without blanks only a whole run, or
its beginning with a star, is found. Days are days of [`Incoming::at`] in UTC. A claim has the outlets and authors of
all its tellings, and no speaker. A query that cannot be read gives the error `bad-query`, with
the place ([`Error::place`]) and the mend. The best hits come first, by BM25, in which a word of
the headline weighs four times; equals by time, the newest first. [`Query::with_order`] puts the
newest first.

```
use rashomon_store::{HitKind, Query};

let query = Query::parse("speaker:\"Ada Bell\" (strike OR harbour) -bridge after:2026-01")?;
assert_eq!(query.kind(), HitKind::Quotation);

let wrong = Query::parse("strike \"harbour").unwrap_err();
assert_eq!(wrong.code(), "bad-query");
assert_eq!(wrong.place().map(|place| place.start()), Some(7));
# Ok::<(), rashomon_store::Error>(())
```

# Across stories

[`Batch::put_findings`] keeps what comparing a story found, so that lists over many stories take
milliseconds, however many there are. Each of them is given in pages; what points into an article
has its revision and its exact words ([`Told`]).

| asked | answered by |
| --- | --- |
| which stories are disputed, widely told, new since a time | [`Store::stories`] with a [`StoryFilter`] |
| where the reports of a story differ; the newest conflicts | [`Store::disputes`], [`Store::newest_conflicts`] |
| who is quoted, and what they said | [`Store::speakers`], [`Store::remarks_of`], [`Store::remarks`] |
| what an outlet tells alone, leaves out, copies | [`Store::outlets`], [`Store::alone`], [`Store::left_out`], [`Store::copies`] |
| what came last, and by which feed | [`Store::changes_since`], [`Store::feed_health`] |
| what saved searches have still to tell | [`Batch::raise_alerts`], [`Store::due_alerts`] |

Findings hold until their story is compared again; a story that has lost all articles but one, or
went into another one, has none. Whoever writes calls [`Batch::count_speakers`] from time to time:
speakers are counted then, and remarks are there at once. What somebody says counts once for each
remark, with all variants of it; an article that was not compared brings its quotations as they are.

# What holds

- What was committed is there after the process was killed at any moment, and after a loss of
  power too. With [`OpenOptions::synchronous`] off, a loss of power may take the last batches, each
  of them whole, and the file stays sound. A disk that says it has written what it has not is
  beyond this.
- Many may read while one writes. Who reads sees whole batches; who needs several answers about
  one moment takes a [`Snapshot`].
- The words of an article never change: what an outlet changed is a new revision, and claims keep
  pointing into the words in which they were found.
- Texts stand in the file as they are, so that any SQLite tool reads them. Beside the file lie
  `-wal` and `-shm` while it is open: copy it with [`Store::backup`], or with these two.
- A file is as safe as the disk below it. SQLite finds damage to its structure and not to single
  letters; a network drive that locks badly can ruin any database.

# Errors

| code | what happened, and what helps |
| --- | --- |
| `not-found` | no such file, article, revision, story, feed or search |
| `not-a-database` | the file is empty or something else |
| `not-a-store` | an SQLite database of another program |
| `newer-version` | a newer program wrote the file; update this one |
| `corrupt` | the file is damaged; go back to a backup |
| `locked` | another process is writing; the message names it where the system tells |
| `disk-full` | no room; what was committed is kept, the batch is not |
| `read-only` | no right to write, or it was opened only to read |
| `cannot-open` | no right to read, or a folder |
| `exists` | a backup never writes over a file, and a new article never over one with its key |
| `io` | reading or writing failed: the disk, or a limit on the size of files |
| `bad-query` | a query that cannot be read |
| `bad-cursor` | a cursor that no page gave |
| `bad-article` | an article that could not be read back: unknown fields a hundred deep in each other, or spans that do not fit its text. Nothing of it was written, and the batch goes on |
| `bad-value` | a number or a span that does not fit |
| `batch-failed` | writing failed before in this batch; begin another one |
| `sqlite` | anything else that SQLite says |
*/

#![allow(
    clippy::disallowed_methods,
    reason = "the store is a door: it opens the file that it keeps everything in"
)]

mod addresses;
mod alerts;
mod articles;
mod batch;
mod changes;
mod claims;
mod coding;
mod copies;
mod cursor;
mod decisions;
mod difference;
mod disputes;
mod entries;
mod error;
mod feeds;
mod findings;
mod header;
mod hit;
mod holder;
mod marks;
mod migrations;
mod outlets;
mod pages;
mod places;
mod placing;
#[cfg(test)]
mod plans;
mod progress;
mod query;
mod remarks;
mod revisions;
mod saved;
mod search;
mod snippet;
mod speakers;
mod sql;
mod standing;
mod store;
mod stories;
mod upkeep;
mod version;
mod visits;

pub use addresses::Twin;
pub use alerts::{Alert, Channel};
pub use articles::{StoredArticle, StoredQuotation};
pub use batch::{Batch, Incoming, Sight};
pub use changes::Arrival;
pub use claims::{FoundClaim, StoredClaim};
pub use copies::{CopyRow, FoundCopy, FoundOrigin, StoredCopy};
pub use decisions::StoredDecision;
pub use difference::{Change, ChangeKind, difference};
pub use disputes::{Dispute, FoundDispute, FoundSide, Side};
pub use error::{Error, Result};
pub use feeds::{Feed, FeedHealth};
pub use findings::Findings;
pub use hit::{Found, Hit, Hits};
pub use outlets::{OutletArticle, OutletRow};
pub use pages::{Rows, Snapshot, WindowRow};
pub use places::{Page, Place, StoredPlace, Teller, Told};
pub use placing::{Link, Placement};
pub use progress::Checkpoint;
pub use query::{Asks, Field, HitKind, HitOrder, Node, Query, Term};
pub use remarks::{FoundRemark, FoundVariant, Remark, Variant};
pub use revisions::{Difference, Revision};
pub use saved::{SavedSearch, Webhook};
pub use snippet::Snippet;
pub use speakers::{SpeakerFilter, SpeakerRow};
pub use standing::{Alone, FoundOmission, LeftOut};
pub use store::{OpenOptions, Store};
pub use stories::{Member, StoredStory, StoryFilter, StoryOrder, StoryPage, StoryRow};
pub use upkeep::{Checked, Stats};
pub use visits::WatchedPage;

/// The number of an article in its store. Numbers go up in the order in which articles came, and
/// are never given twice.
pub type ArticleNumber = u64;

/// The number of a story, given by the engine that groups articles.
pub type StoryNumber = u64;

/// A digest of what was read.
pub type Digest = [u8; 16];
