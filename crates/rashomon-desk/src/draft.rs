use jiff::Timestamp;
use rashomon::Signature;
use rashomon::article::{Diagnostic, Document};
use rashomon::language::Language;
use rashomon::read::{ReadOptions, Reading};
use rashomon_store::{ArticleNumber, Digest, Sight, Store};
use rayon::prelude::*;

use crate::again::Asked;
use crate::identity;
use crate::piece::{Mark, Piece};
use crate::repeats::Repeats;
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
    /// How its page was asked for, the first time.
    pub asked: Option<Asked>,
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
    /// Pages of articles that were asked again.
    pub asked: Vec<(ArticleNumber, Asked)>,
    /// How many pieces they came from.
    pub pieces: u64,
}

impl Drafts {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        let Drafts { drafts, marks, seen, asked, .. } = self;
        drafts.is_empty() && marks.is_empty() && seen.is_empty() && asked.is_empty()
    }
}

/// Reads and annotates pieces on all cores. What `known` has with the same words is not annotated
/// again.
pub(crate) fn prepare(
    pieces: Vec<Piece>,
    known: Option<&Store>,
    repeats: &mut Repeats,
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
            let digest = identity::digest(&document.article);
            let mut key = identity::key(&document.article, has_id);
            let looked_for = piece.errand.as_ref().and_then(|errand| errand.looked_for.as_ref());
            if let Some(other) = looked_for.filter(|looked_for| **looked_for != key) {
                let message = format!(
                    "{}: holds another article now ({key}); what was kept of {other} stays",
                    piece.name
                );
                let told = Diagnostic::input("other-page", message, piece.name.clone());
                drafts.diagnostics.push(told);
                continue;
            }
            if let (true, Some(mark)) = (has_id, &piece.mark) {
                let (number, is_new) = repeats.meet(&mark.container, &key, digest);
                if number > 1 {
                    key = format!("{key}~{number}");
                }
                if number > 1 && is_new {
                    let id = &document.article.id;
                    let message = format!(
                        "{}: the id {id:?} was given to another article; this one is kept beside it",
                        piece.name
                    );
                    let told = Diagnostic::input("duplicate-id", message, piece.name.clone());
                    drafts.diagnostics.push(told);
                }
            }
            drafts.drafts.push(Draft {
                key,
                digest,
                document,
                signature: None,
                fetched: piece.fetched,
                feed: piece.feed,
                asked: piece
                    .errand
                    .as_ref()
                    .filter(|errand| errand.looked_for.is_none())
                    .map(|errand| errand.asked.clone()),
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
