//! Pages that are asked again, so that what an outlet changes in silence becomes a revision.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use rashomon::article::Article;
use rashomon::read::Given;
use rashomon_fetch::Response;
use rashomon_store::{ArticleNumber, Batch, Store, WatchedPage};
use url::Url;

use crate::Error;
use crate::identity::address_key;
use crate::piece::{Matter, Piece};

/// An hour and a day.
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// How many pages that are due are looked at to find some of hosts that were not asked too often.
const LOOKED_AT: usize = 8;

/// When the page of an entry is asked again, and how many at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// How long after it was first fetched, in order; never where it is empty.
    pub after: Vec<Duration>,
    /// The most pages of one look.
    pub most: usize,
    /// The most pages of one host in one look.
    pub most_per_host: usize,
}

impl Default for Again {
    fn default() -> Again {
        let after = vec![HOUR, 6 * HOUR, DAY, 3 * DAY];
        Again { after, most: 64, most_per_host: 8 }
    }
}

impl Again {
    /// When a page that was first fetched at a time is asked next.
    pub(crate) fn next(&self, first_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let times = self.after.iter().filter_map(|&after| first_at.checked_add(after).ok());
        times.filter(|&time| time > now).min()
    }

    /// When the next page is due.
    pub(crate) fn next_due(&self, store: &Store) -> Result<Option<Timestamp>, Error> {
        if self.after.is_empty() {
            return Ok(None);
        }
        Ok(store.next_page_at()?)
    }

    /// The pages to ask now: those that are longest overdue, of each host only some.
    pub(crate) fn due(&self, store: &Store, now: Timestamp) -> Result<Vec<WatchedPage>, Error> {
        if self.after.is_empty() {
            return Ok(Vec::new());
        }
        let mut asked: BTreeMap<String, usize> = BTreeMap::new();
        let mut due = store.due_pages(now, self.most.saturating_mul(LOOKED_AT))?;
        due.retain(|page| {
            let url = Url::parse(&page.address).ok();
            let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
            let count = asked.entry(host.to_owned()).or_default();
            *count += 1;
            *count <= self.most_per_host
        });
        due.truncate(self.most);
        Ok(due)
    }
}

/// The page of an article that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub page: WatchedPage,
    /// What the article is known by: a page that leads to another one is not its revision.
    pub key: String,
    /// What is known of it beside the page, as when it was first read.
    pub given: Given,
}

impl Known {
    /// What the store has of the article of a page.
    pub fn of(store: &Store, page: WatchedPage) -> Result<Known, Error> {
        let kept = store.article(page.article)?;
        let Article { canonical, outlet, title, byline, published, language, extra, .. } =
            kept.document.article;
        let given = Given {
            source: Some(page.address.clone()),
            canonical,
            outlet,
            title,
            byline,
            published,
            language,
            extra,
            ..Given::default()
        };
        Ok(Known { page, key: kept.key, given })
    }

    /// What the page holds now, to be read.
    pub fn piece(&self, response: Response) -> Piece {
        let errand = Errand { asked: Asked::of(&response), looked_for: Some(self.key.clone()) };
        let mut given = self.given.clone();
        if address_key(&response.address) != address_key(&self.page.address) {
            // It leads elsewhere, perhaps to the front page: only what stands there says what it is.
            (given.source, given.canonical) = (Some(response.address.clone()), None);
        }
        Piece {
            given,
            // Without a date the article stays at the time at which it was first fetched.
            fetched: Some(self.page.first_at),
            charset: response.charset,
            errand: Some(Box::new(errand)),
            ..Piece::new(response.address, Matter::Bytes(response.body))
        }
    }

    /// That the page could not be had, and perhaps never can.
    pub fn unanswered(&self, is_gone: bool) -> Asked {
        let WatchedPage { address, etag, last_modified, .. } = self.page.clone();
        Asked { address, etag, last_modified, is_same: false, is_gone }
    }
}

/// That a page was asked, and what to ask it with next time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub address: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// Whether nothing of it has changed.
    pub is_same: bool,
    /// Whether it is gone for good.
    pub is_gone: bool,
}

impl Asked {
    /// That a page answered.
    pub fn of(response: &Response) -> Asked {
        Asked {
            address: response.address.clone(),
            etag: response.etag.clone(),
            last_modified: response.last_modified.clone(),
            ..Asked::default()
        }
    }
}

/// What the page of an entry was fetched for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Errand {
    pub asked: Asked,
    /// The key of the article that is looked for, where the page is asked again.
    pub looked_for: Option<String>,
}

/// Keeps that the page of an article was asked, and when it is asked again.
pub(crate) fn note(
    batch: &mut Batch<'_>,
    again: &Again,
    article: ArticleNumber,
    asked: &Asked,
    now: Timestamp,
) -> Result<(), Error> {
    let known = batch.watched_page(article)?;
    let first_at = known.map_or(now, |page| page.first_at);
    match again.next(first_at, now).filter(|_| !asked.is_gone) {
        Some(next_at) => batch.put_page(&WatchedPage {
            article,
            address: asked.address.clone(),
            etag: asked.etag.clone(),
            last_modified: asked.last_modified.clone(),
            first_at,
            next_at,
        })?,
        None => batch.remove_page(article)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_ever_more_seldom_and_then_no_more() {
        let at = |text: &str| -> Timestamp { text.parse().expect("an instant") };
        let (again, first) = (Again::default(), at("2026-03-02T12:00:00Z"));
        let next = |now: &str| again.next(first, at(now)).map(|next| next.to_string());
        assert_eq!(next("2026-03-02T12:00:00Z").as_deref(), Some("2026-03-02T13:00:00Z"));
        assert_eq!(next("2026-03-02T13:00:00Z").as_deref(), Some("2026-03-02T18:00:00Z"));
        // What was missed while nobody watched is not made up for.
        assert_eq!(next("2026-03-03T11:00:00Z").as_deref(), Some("2026-03-03T12:00:00Z"));
        assert_eq!(next("2026-03-03T13:00:00Z").as_deref(), Some("2026-03-05T12:00:00Z"));
        assert_eq!(next("2026-03-05T12:00:00Z"), None);
        let never = Again { after: Vec::new(), ..Again::default() };
        assert_eq!(never.next(first, first), None);
    }
}
