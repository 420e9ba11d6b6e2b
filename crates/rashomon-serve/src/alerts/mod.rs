//! Saved searches that tell of what is new: who is told what, and until it is taken.

mod courier;
mod mail;
mod message;
mod signature;

pub(crate) use courier::Courier;
pub(crate) use mail::{Post, is_email};
pub(crate) use signature::{feed_key, is_feed_key};

use jiff::Timestamp;
use rashomon_desk::Desk;

use crate::events::{Event, Events};

/// Notes what saved searches find in what came, and tells open pages. What is to be sent is sent by
/// the [`Courier`].
pub(crate) fn raise(desk: &mut Desk, events: &Events) -> Result<(), rashomon_desk::Error> {
    let now = Timestamp::now();
    for search in desk.store().saved_searches()? {
        let hits = desk.store().new_hits(search.number)?.len() as u64;
        let mut batch = desk.store_mut().begin()?;
        batch.raise_alerts(search.number, now)?;
        batch.commit()?;
        if hits > 0 {
            tracing::info!(search = search.name, hits, "a saved search has new hits");
            events.tell(Event::Alert { search: search.name, hits });
        }
    }
    Ok(())
}
