use rashomon_terms::{Kept, Stamp};

use crate::join::Own;
use crate::office::Offices;

/// What is kept of a story between one joining of its names and the next: the names of each of its
/// documents as joining sees them, and the offices that it speaks of.
#[derive(Default)]
pub struct Memo {
    pub(crate) members: Kept<Vec<Own>>,
    pub(crate) offices: Kept<Offices>,
}

impl Memo {
    /// Nothing is kept yet.
    pub fn new() -> Memo {
        Memo::default()
    }

    /// Turns to a story with documents of these stamps.
    pub(crate) fn turn_to(&mut self, stamps: &[Stamp]) {
        self.members.turn_to(stamps);
        self.offices.turn_to(stamps);
    }
}
