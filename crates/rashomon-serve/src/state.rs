use std::sync::Arc;

use rashomon_desk::store::{Store, StoredStory, StoryNumber};
use tokio::sync::{Mutex, watch};

use crate::Error;
use crate::events::Events;
use crate::menu::Menu;
use crate::newsroom::Newsroom;
use crate::options::ServeOptions;
use crate::packed::Packed;
use crate::priority;
use crate::problem::Problem;
use crate::readers::Readers;
use crate::shelf::{Shelf, Shelved};
use crate::watch::Figures;

/// What every answer is made of.
#[derive(Clone)]
pub(crate) struct Office {
    pub options: Arc<ServeOptions>,
    pub readers: Readers,
    /// One more connection, on which comparing holds up nobody who reads.
    comparers: Readers,
    pub newsroom: Newsroom,
    pub events: Events,
    pub shelf: Shelf,
    pub menu: Menu,
    pub figures: Figures,
    /// Threads that compare while somebody waits.
    pub pool: Arc<rayon::ThreadPool>,
    /// Who compares: one at a time, as each takes all cores.
    pub comparing: Arc<Mutex<()>>,
    /// Turns true when the server goes down.
    pub closing: watch::Receiver<bool>,
}

impl Office {
    /// An office over an open newsroom.
    pub fn new(
        options: ServeOptions,
        newsroom: Newsroom,
        events: Events,
        shelf: Shelf,
        closing: watch::Receiver<bool>,
    ) -> Result<Office, Error> {
        let no_threads = |error| Error::new("io", format!("no threads to compare on: {error}"));
        Ok(Office {
            readers: Readers::new(options.store.clone(), options.readers),
            comparers: Readers::new(options.store.clone(), 1),
            options: Arc::new(options),
            newsroom,
            events,
            shelf,
            menu: Menu::default(),
            figures: Figures::default(),
            pool: Arc::new(priority::foreground().map_err(no_threads)?),
            comparing: Arc::new(Mutex::new(())),
            closing,
        })
    }

    /// A story with its members; one that went into another leads there.
    pub async fn story(&self, story: StoryNumber) -> Result<StoredStory, Problem> {
        self.readers.read(move |store| Ok::<_, Problem>(store.story(story)?)).await
    }

    /// What is held of a story in this version, compared now if it has to be.
    pub async fn shelved(&self, story: StoryNumber, version: u64) -> Result<Arc<Shelved>, Problem> {
        if let Some(shelved) = self.shelf.get(story, version) {
            return Ok(shelved);
        }
        let _turn = self.comparing.lock().await;
        // Who waited may find that somebody else asked for the same.
        if let Some(shelved) = self.shelf.get(story, version) {
            return Ok(shelved);
        }
        let pool = Arc::clone(&self.pool);
        let compared = move |store: &mut Store| pool.install(|| compare(store, story));
        let shelved = self.comparers.read(compared).await?;
        let shelved = Arc::new(shelved);
        self.shelf.put(story, Arc::clone(&shelved));
        Ok(shelved)
    }
}

fn compare(store: &mut Store, story: StoryNumber) -> Result<Shelved, Problem> {
    let version = store.story(story)?.version;
    let compared = rashomon_desk::synopsis(store, story)?;
    shelve(&compared, version)
}

/// Both renderings of a comparison.
pub(crate) fn shelve(story: &rashomon::article::Story, version: u64) -> Result<Shelved, Problem> {
    let html = rashomon_show::html::fragment(story).into_string();
    let wire = rashomon_show::wire::comparison(std::slice::from_ref(story), &[]);
    let json = serde_json::to_string(&wire)
        .map_err(|error| Problem::new("internal", format!("cannot be written: {error}")))?;
    Ok(Shelved { version, html: Packed::new(&html), json: Packed::new(&json) })
}
