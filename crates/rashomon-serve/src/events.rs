use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rashomon_desk::store::{ArticleNumber, StoryNumber};
use serde::Serialize;
use tokio::sync::broadcast;

/// How many events a slow reader may be behind before it is told to look anew.
const BEHIND: usize = 256;

/// Something that a page may want to show at once.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// Articles came, left or changed in a story.
    Story {
        /// Its number.
        story: StoryNumber,
        /// What came, the newest last.
        articles: Vec<ArticleNumber>,
    },
    /// Feeds were added, removed or asked.
    Feeds,
    /// A saved search has new hits.
    Alert {
        /// Its name.
        search: String,
        /// How many.
        hits: u64,
    },
    /// Somebody was told of hits, or could not be.
    Delivered {
        /// The name of the saved search.
        search: String,
    },
}

/// Tells all open pages.
#[derive(Clone, Debug)]
pub struct Events {
    sender: broadcast::Sender<Event>,
    told: Arc<AtomicU64>,
}

impl Events {
    pub(crate) fn new() -> Events {
        Events { sender: broadcast::Sender::new(BEHIND), told: Arc::default() }
    }

    pub(crate) fn tell(&self, event: Event) {
        self.told.fetch_add(1, Ordering::SeqCst);
        // Nobody listens: nobody misses it.
        let _ = self.sender.send(event);
    }

    /// How much was told.
    pub(crate) fn told(&self) -> u64 {
        self.told.load(Ordering::SeqCst)
    }

    /// How many listen.
    pub(crate) fn listeners(&self) -> u64 {
        self.sender.receiver_count() as u64
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }
}
