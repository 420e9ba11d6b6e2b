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
*/

#![allow(
    clippy::disallowed_methods,
    reason = "the store is a door: it opens the file that it keeps everything in"
)]

mod articles;
mod batch;
mod coding;
mod cursor;
mod difference;
mod entries;
mod error;
mod feeds;
mod findings;
mod header;
mod holder;
mod marks;
mod migrations;
mod pages;
mod placing;
mod progress;
mod query;
mod revisions;
mod saved;
mod search;
mod snippet;
mod sql;
mod store;
mod stories;
mod upkeep;
mod version;

pub use articles::{StoredArticle, StoredQuotation};
pub use batch::{Batch, Incoming, Sight};
pub use difference::{Change, ChangeKind, difference};
pub use error::{Error, Result};
pub use feeds::Feed;
pub use findings::{Findings, FoundClaim, Place};
pub use pages::{Rows, Snapshot, WindowRow};
pub use placing::{Link, Placement};
pub use progress::Checkpoint;
pub use query::{Asks, Field, HitKind, Node, Query, Term};
pub use revisions::{Difference, Revision};
pub use saved::SavedSearch;
pub use search::{Hit, Hits};
pub use snippet::Snippet;
pub use store::{OpenOptions, Store};
pub use stories::{Member, StoredStory, StoryFilter, StoryOrder, StoryPage, StoryRow};
pub use upkeep::{Checked, Stats};

/// The number of an article in its store. Numbers go up in the order in which articles came, and
/// are never given twice.
pub type ArticleNumber = u64;

/// The number of a story, given by the engine that groups articles.
pub type StoryNumber = u64;

/// A digest of what was read.
pub type Digest = [u8; 16];
