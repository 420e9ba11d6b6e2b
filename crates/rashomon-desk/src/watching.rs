use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use rashomon_store::Feed;

use crate::Error;
use crate::again::Known;
use crate::desk::Desk;
use crate::gathering::{Gatherer, Gathering};
use crate::monitor::Monitor;
use crate::report::Report;
use crate::web::{Answer, Pages, Visit, Web, next_time};

/// How long to leave alone what is due of the pages after some were asked.
const BREATH: Duration = Duration::from_secs(60);

/// What one look at the feeds that are due brought.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// How many feeds were asked.
    pub asked: usize,
    /// How many of them failed.
    pub failed: usize,
    /// How many pages of entries were asked again.
    pub again: usize,
    /// What became of what they brought.
    pub report: Report,
    /// When the next feed or page is due, where there is one.
    pub next: Option<Timestamp>,
}

impl Desk {
    /// Adds a feed to those that are watched; one that is there already stays as it is. Tells
    /// whether it is new.
    pub fn subscribe(&mut self, feed: &Feed) -> Result<bool, Error> {
        if self.store.feed_at(&feed.address)?.is_some() {
            return Ok(false);
        }
        let mut batch = self.store.begin()?;
        batch.add_feed(feed)?;
        batch.commit()?;
        Ok(true)
    }

    /// Stops asking for a feed; what it brought stays. Tells whether it was there.
    pub fn unsubscribe(&mut self, address: &str) -> Result<bool, Error> {
        let Some((number, _)) = self.store.feed_at(address)? else { return Ok(false) };
        let mut batch = self.store.begin()?;
        batch.remove_feed(number)?;
        batch.commit()?;
        Ok(true)
    }

    /// Asks all feeds that are due and keeps what is new in them; then asks some pages that they led
    /// to [again](crate::Again), so that what was changed in silence becomes a revision.
    pub fn look(
        &mut self,
        every: Duration,
        gathering: &Gathering<'_>,
        monitor: &dyn Monitor,
    ) -> Result<Look, Error> {
        let due = self.store.due_feeds((self.clock)())?;
        let pages = match gathering.pages {
            Pages::Never => Vec::new(),
            _ => self.again.due(&self.store, (self.clock)())?,
        };
        let mut look = Look { asked: due.len(), again: pages.len(), ..Look::default() };
        let is_idle = due.is_empty() && pages.is_empty();
        if let (false, Some(fetcher)) = (is_idle, gathering.fetcher) {
            let mut visits: Vec<Visit> =
                due.iter().map(|(number, feed)| Visit::feed(*number, feed)).collect();
            for page in pages {
                visits.push(Visit::again(Known::of(&self.store, page)?));
            }
            monitor.begins("feeds", Some(visits.len() as u64));
            let (limits, reader) = (self.limits.clone(), self.reader()?);
            let (mut answers, mut retries) = (Vec::new(), BTreeSet::new());
            look.report = self.keep(monitor, |intake, monitor| {
                let (pages, stop) = (gathering.pages, gathering.stop);
                let web = Web { fetcher, pages, limits: &limits, monitor, stop };
                let mut taker = Gatherer::new(intake, reader.as_ref());
                web.visit(visits, &mut taker);
                (answers, retries) = (taker.answers, taker.retries);
            })?;
            look.failed = self.note(&due, answers, &retries, every)?;
            self.settle(monitor, &mut look.report)?;
        }
        look.next = self.next_look(gathering)?;
        Ok(look)
    }

    /// When the next feed or page is due.
    fn next_look(&self, gathering: &Gathering<'_>) -> Result<Option<Timestamp>, Error> {
        let feeds = self.store.feeds()?;
        let due = feeds.iter().filter(|(_, feed)| !feed.gone).filter_map(|(_, feed)| feed.next_at);
        let pages = match gathering.pages {
            Pages::Never => None,
            _ => self.again.next_due(&self.store)?,
        };
        let soon = (self.clock)().saturating_add(BREATH).ok();
        // Of many pages that are due only some are asked at once; the others have time.
        let pages = pages.map(|next| soon.map_or(next, |soon| soon.max(next)));
        Ok(due.chain(pages).min())
    }

    /// Keeps how the feeds did, and when they are due again. Gives how many failed.
    fn note(
        &mut self,
        asked: &[(i64, Feed)],
        answers: Vec<(i64, Answer)>,
        retries: &BTreeSet<i64>,
        every: Duration,
    ) -> Result<usize, Error> {
        let now = (self.clock)();
        let mut failed = 0;
        let mut batch = self.store.begin()?;
        for (number, answer) in answers {
            let Some((_, feed)) = asked.iter().find(|(asked, _)| *asked == number) else {
                continue;
            };
            failed += usize::from(matches!(answer, Answer::Failed { .. }));
            let mut feed = after(feed.clone(), answer, now, every);
            if retries.contains(&number) {
                (feed.etag, feed.last_modified) = (None, None);
            }
            batch.update_feed(number, &feed)?;
        }
        batch.commit()?;
        Ok(failed)
    }
}

/// A feed after it answered.
fn after(mut feed: Feed, answer: Answer, now: Timestamp, every: Duration) -> Feed {
    match answer {
        Answer::NotModified { pause } => {
            succeed(&mut feed, now);
            feed.next_at = Some(next_time(now, every, pause, 0));
        }
        Answer::Fresh { title, home, etag, last_modified, moved_to, pause } => {
            succeed(&mut feed, now);
            feed.title = feed.title.take().or(title);
            feed.home = home.or(feed.home.take());
            (feed.etag, feed.last_modified) = (etag, last_modified);
            feed.moved_to = moved_to.filter(|to| *to != feed.address);
            feed.next_at = Some(next_time(now, every, pause, 0));
        }
        Answer::Failed { code, message, retry_after, gone } => {
            feed.failures += 1;
            feed.last_error = Some(format!("{message} [{code}]"));
            feed.gone = gone;
            // What we ourselves refuse is no fault of the feed: allowed, it is asked at once.
            feed.next_at = match code.as_str() {
                "private-address" => None,
                _ => Some(next_time(now, every, retry_after, feed.failures)),
            };
        }
    }
    feed
}

fn succeed(feed: &mut Feed, now: Timestamp) {
    feed.failures = 0;
    feed.last_error = None;
    feed.last_ok = Some(now);
}
