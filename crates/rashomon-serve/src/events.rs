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
pub struct Events(broadcast::Sender<Event>);

impl Events {
    pub(crate) fn new() -> Events {
        Events(broadcast::Sender::new(BEHIND))
    }

    pub(crate) fn tell(&self, event: Event) {
        // Nobody listens: nobody misses it.
        let _ = self.0.send(event);
    }

    /// How many listen.
    pub(crate) fn listeners(&self) -> u64 {
        self.0.receiver_count() as u64
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}
