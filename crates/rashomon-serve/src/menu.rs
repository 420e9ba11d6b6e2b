use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How old a piece of a page may be: another process may have written to the store since.
const FRESH: Duration = Duration::from_secs(1);
/// How many pieces are held.
const HELD: usize = 256;

/// Pieces of pages that many ask for at once. They are made anew as soon as this server tells of
/// something new, and each second.
#[derive(Clone, Debug, Default)]
pub(crate) struct Menu(Arc<Mutex<HashMap<String, Piece>>>);

#[derive(Clone, Debug)]
struct Piece {
    /// How much had been told when it was made.
    told: u64,
    made: Instant,
    html: Arc<str>,
}

impl Menu {
    /// A piece, if it is still true.
    pub fn get(&self, key: &str, told: u64, now: Instant) -> Option<Arc<str>> {
        let pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let piece = pieces.get(key)?;
        piece.is_fresh(told, now).then(|| Arc::clone(&piece.html))
    }

    /// Holds a piece that was asked for when so much had been told.
    pub fn put(&self, key: String, told: u64, now: Instant, html: Arc<str>) {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pieces.len() >= HELD {
            pieces.retain(|_, piece| piece.is_fresh(told, now));
        }
        if pieces.len() < HELD {
            pieces.insert(key, Piece { told, made: now, html });
        }
    }
}

impl Piece {
    fn is_fresh(&self, told: u64, now: Instant) -> bool {
        self.told == told && now.saturating_duration_since(self.made) < FRESH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_true_until_something_is_told_or_a_second_is_over() {
        let (menu, now) = (Menu::default(), Instant::now());
        menu.put("a".into(), 1, now, "x".into());
        assert_eq!(menu.get("a", 1, now).as_deref(), Some("x"));
        assert_eq!(menu.get("a", 2, now), None);
        assert_eq!(menu.get("a", 1, now + FRESH), None);
        assert_eq!(menu.get("b", 1, now), None);
    }

    #[test]
    fn no_more_is_held_than_may_be() {
        let (menu, now) = (Menu::default(), Instant::now());
        for at in 0..HELD * 2 {
            menu.put(at.to_string(), 1, now, "x".into());
        }
        assert_eq!(menu.get("0", 1, now).as_deref(), Some("x"));
        assert_eq!(menu.get(&(HELD + 1).to_string(), 1, now), None);
        menu.put("new".into(), 2, now, "x".into());
        assert!(menu.get("new", 2, now).is_some() && menu.get("0", 1, now).is_none());
    }
}
