use std::cell::RefCell;
use std::sync::Arc;

use rashomon_terms::{Numbers, Pairs};

/// What is kept of a story between one search for its claims and the next: how near the words of
/// two sentences lie to each other, which is asked of many pairs and never changes. The units must
/// be of one [`UnitReader`](rashomon_terms::UnitReader), as it numbers where words lie.
#[derive(Default)]
pub struct Memo {
    /// Numbers for the places of the words of a unit, in order.
    numbers: Numbers,
    nearness: RefCell<Pairs<Arc<Near>>>,
}

/// How near each word of two units lies to the nearest one of the other, as a cosine.
pub(crate) struct Near {
    pub first: Box<[f32]>,
    pub second: Box<[f32]>,
}

impl Memo {
    /// Nothing is kept yet.
    pub fn new() -> Memo {
        Memo::default()
    }

    /// Turns to the next state of the story.
    pub(crate) fn turn(&mut self) {
        self.numbers.turn();
        self.nearness.get_mut().turn(true);
    }

    /// The number of places in order.
    pub(crate) fn number(&mut self, places: &[u32]) -> u32 {
        self.numbers.of(places)
    }

    /// How near the words of two units lie, by the numbers of their places.
    pub(crate) fn near(&self, a: u32, b: u32, find: impl FnOnce() -> Near) -> Arc<Near> {
        self.nearness.borrow_mut().of(a, b, || Arc::new(find()))
    }
}
