use jiff::Timestamp;
use rashomon::Signature;
use rashomon::article::{Diagnostic, Document};
use rashomon::language::Language;
use rashomon::read::{ReadOptions, Reading};
use rashomon_store::{Digest, Sight, Store};
use rayon::prelude::*;

use crate::identity;
use crate::piece::{Mark, Piece};
use crate::web::Seen;

/// An article that is ready to be kept.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Annotated, unless the article was kept before with the same words.
    pub document: Document,
    pub key: String,
    pub digest: Digest,
    /// Empty where the document is not annotated.
    pub signature: Option<Signature>,
    pub fetched: Option<Timestamp>,
    pub feed: Option<i64>,
}

impl Draft {
    /// Annotates the article, unless it is.
    pub fn annotate(&mut self, language: &Language) {
        if self.signature.is_none() {
            let document = std::mem::take(&mut self.document);
            self.document = rashomon::annotate(document, language);
            self.signature = Some(rashomon::signature(&self.document, language));
        }
    }
}

/// What a handful of pieces gave.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    pub drafts: Vec<Draft>,
    pub diagnostics: Vec<Diagnostic>,
    /// How far containers were read.
    pub marks: Vec<Mark>,
    /// Entries of feeds that are dealt with once the drafts are kept.
    pub seen: Vec<Seen>,
    /// How many pieces they came from.
    pub pieces: u64,
}

/// Reads and annotates pieces on all cores. What `known` has with the same words is not annotated
/// again.
pub(crate) fn prepare(
    pieces: Vec<Piece>,
    known: Option<&Store>,
    options: &ReadOptions,
    language: &Language,
) -> Drafts {
    let mut drafts = Drafts { pieces: pieces.len() as u64, ..Drafts::default() };
    let readings: Vec<Reading> =
        pieces.par_iter().map(|piece| piece.read(options, language)).collect();
    for (piece, reading) in pieces.into_iter().zip(readings) {
        drafts.diagnostics.extend(reading.diagnostics);
        let has_id = piece.has_id();
        for document in reading.documents {
            if document.article.prose().next().is_none() {
                let message = format!("{}: holds no text of a report", piece.name);
                drafts.diagnostics.push(Diagnostic::input("no-text", message, piece.name.clone()));
                continue;
            }
            drafts.drafts.push(Draft {
                key: identity::key(&document.article, has_id),
                digest: identity::digest(&document.article),
                document,
                signature: None,
                fetched: piece.fetched,
                feed: piece.feed,
            });
        }
        drafts.marks.extend(piece.mark);
    }
    let new: Vec<bool> = drafts.drafts.iter().map(|draft| is_new(draft, known)).collect();
    let new = drafts.drafts.par_iter_mut().zip(new).filter(|(_, new)| *new);
    new.for_each(|(draft, _)| draft.annotate(language));
    drafts
}

/// Whether an article has to be annotated. Where the store cannot be asked, it has.
fn is_new(draft: &Draft, known: Option<&Store>) -> bool {
    let sight = known.map(|store| store.sight(&draft.key, &draft.digest));
    !matches!(sight, Some(Ok(Sight::Same(_))))
}
