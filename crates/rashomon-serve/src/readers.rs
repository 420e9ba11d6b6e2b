use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rashomon_desk::store::{OpenOptions, Store};
use tokio::sync::Semaphore;

use crate::Error;

/// Connections that read the store while the newsroom writes. Each answer is read on a thread of
/// its own, so that a long search holds up nobody else.
#[derive(Clone)]
pub(crate) struct Readers(Arc<Inner>);

struct Inner {
    path: PathBuf,
    idle: Mutex<Vec<Store>>,
    permits: Semaphore,
}

impl Readers {
    /// At most so many at once; they are opened when they are needed.
    pub fn new(path: PathBuf, most: usize) -> Readers {
        let permits = Semaphore::new(most.max(1));
        Readers(Arc::new(Inner { path, idle: Mutex::new(Vec::new()), permits }))
    }

    /// Reads something, on another thread.
    pub async fn read<T, E, F>(&self, what: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Store) -> Result<T, E> + Send + 'static,
    {
        let gone = || Error::new("stopped", "the server is going down");
        let _permit = self.0.permits.acquire().await.map_err(|_| gone())?;
        let inner = Arc::clone(&self.0);
        let work = move || {
            let mut store = inner.take()?;
            let read = what(&mut store);
            inner.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
            read
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| gone())?
    }
}

impl Inner {
    fn take(&self) -> Result<Store, Error> {
        if let Some(store) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Ok(store);
        }
        let wait = Duration::from_secs(5);
        let how = OpenOptions { create: false, read_only: true, wait, ..OpenOptions::default() };
        Ok(Store::open(&self.path, &how)?)
    }
}
