use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rashomon_desk::store::StoryNumber;

use crate::packed::Packed;

/// What is held of a story in one version.
#[derive(Debug)]
pub(crate) struct Shelved {
    /// The version that it was made of.
    pub version: u64,
    /// Its element for the page.
    pub html: Packed,
    /// The comparison as JSON, as the contract has it.
    pub json: Packed,
}

impl Shelved {
    fn bytes(&self) -> usize {
        self.html.held() + self.json.held()
    }
}

/// Pages of stories that were asked for lately, up to so many bytes; what nobody asked for longest
/// goes first.
#[derive(Clone, Debug)]
pub(crate) struct Shelf(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    most: usize,
    bytes: usize,
    turn: u64,
    held: BTreeMap<StoryNumber, (u64, Arc<Shelved>)>,
}

impl Shelf {
    pub fn new(most: usize) -> Shelf {
        Shelf(Arc::new(Mutex::new(Inner { most, ..Inner::default() })))
    }

    /// The page of a story in this version, if it is held.
    pub fn get(&self, story: StoryNumber, version: u64) -> Option<Arc<Shelved>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.turn += 1;
        let turn = inner.turn;
        let (last, shelved) = inner.held.get_mut(&story)?;
        if shelved.version != version {
            return None;
        }
        *last = turn;
        Some(Arc::clone(shelved))
    }

    /// How many bytes are held.
    pub fn bytes(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).bytes as u64
    }

    /// Whether a page of a story is held, in whatever version.
    pub fn holds(&self, story: StoryNumber) -> bool {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.held.contains_key(&story)
    }

    /// Holds a page, in place of an older version.
    pub fn put(&self, story: StoryNumber, shelved: Arc<Shelved>) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.turn += 1;
        let turn = inner.turn;
        inner.bytes += shelved.bytes();
        if let Some((_, old)) = inner.held.insert(story, (turn, shelved)) {
            inner.bytes -= old.bytes();
        }
        while inner.bytes > inner.most && inner.held.len() > 1 {
            let oldest = inner.held.iter().min_by_key(|(_, (turn, _))| *turn);
            let Some(oldest) = oldest.map(|(&story, _)| story) else { break };
            if let Some((_, old)) = inner.held.remove(&oldest) {
                inner.bytes -= old.bytes();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(version: u64, text: &str) -> Arc<Shelved> {
        Arc::new(Shelved { version, html: Packed::new(text), json: Packed::new("") })
    }

    #[test]
    fn what_nobody_asked_for_longest_goes_first() {
        let bytes = page(1, "a page").bytes();
        let shelf = Shelf::new(bytes * 5 / 2);
        shelf.put(1, page(1, "a page"));
        shelf.put(2, page(1, "b page"));
        assert!(shelf.get(1, 1).is_some());
        shelf.put(3, page(1, "c page"));
        assert!(shelf.get(2, 1).is_none());
        assert!(shelf.get(1, 1).is_some() && shelf.get(3, 1).is_some());
    }

    #[test]
    fn only_the_version_asked_for_is_given() {
        let bytes = page(1, "a page").bytes();
        let shelf = Shelf::new(bytes * 5 / 2);
        shelf.put(1, page(1, "a page"));
        assert!(shelf.get(1, 2).is_none());
        // An old version leaves no bytes behind.
        shelf.put(1, page(2, "b page"));
        shelf.put(2, page(1, "c page"));
        assert!(shelf.get(1, 2).is_some() && shelf.get(2, 1).is_some());
    }
}
