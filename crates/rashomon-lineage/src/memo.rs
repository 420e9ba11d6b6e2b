use std::sync::Arc;

use rashomon_language::Language;
use rashomon_terms::{Kept, Pairs, Stamp};

use crate::index::Overlap;
use crate::run::Seed;
use crate::telling::{Read, Reader};
use crate::words::{Row, Vocabulary};

/// What is kept of a story between one search for where its reports come from and the next: the
/// words of its documents, and what two of them share.
pub struct Memo<'l> {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) rows: Kept<Row>,
    pub(crate) overlaps: Pairs<Arc<Shared>>,
    pub(crate) reader: Reader<'l>,
    pub(crate) tellings: Kept<Vec<Read>>,
}

/// What two documents share, and the seeds that it was found from.
pub(crate) struct Shared {
    pub seeds: Vec<Seed>,
    pub overlap: Option<Overlap>,
}

impl<'l> Memo<'l> {
    /// Nothing is kept yet.
    pub fn new(language: &'l Language) -> Memo<'l> {
        Memo {
            vocabulary: Vocabulary::default(),
            rows: Kept::default(),
            overlaps: Pairs::default(),
            reader: Reader::new(language),
            tellings: Kept::default(),
        }
    }

    /// Turns to a story with documents of these stamps.
    pub(crate) fn turn_to(&mut self, stamps: &[Stamp]) {
        self.rows.turn_to(stamps);
        self.tellings.turn_to(stamps);
        self.overlaps.turn(!stamps.is_empty());
    }
}
