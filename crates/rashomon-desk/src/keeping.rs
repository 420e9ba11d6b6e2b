use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use jiff::Timestamp;
use rashomon::language::Language;
use rashomon::read::ReadOptions;
use rashomon::{Correction, Link, Reason, Step, Stream, StreamOptions};
use rashomon_store::{ArticleNumber, Batch, Incoming, Sight, Store};

use crate::Error;
use crate::again::{self, Asked};
use crate::desk::Desk;
use crate::draft::{Draft, Drafts, prepare};
use crate::monitor::{Monitor, Until};
use crate::piece::Piece;
use crate::reading::Found;
use crate::repeats::Repeats;
use crate::report::Report;
use crate::restoring::{engine_bytes, keep_state, restore};
use crate::twins::twin;
use crate::web::Seen;

/// How many pieces, or bytes, are read and kept at once.
const PIECES: usize = 256;
const BYTES: usize = 8 << 20;

/// What comes in of one kind or the other: see [`Found`]. Gathers handfuls of pieces, reads and annotates them, and
/// hands them to the thread that keeps.
pub(crate) struct Intake<'i> {
    pieces: Vec<Piece>,
    bytes: usize,
    seen: Vec<Seen>,
    asked: Vec<(ArticleNumber, Asked)>,
    repeats: Repeats,
    known: Option<Store>,
    options: ReadOptions,
    language: &'i Language,
    to_keep: SyncSender<Drafts>,
    failed: &'i AtomicBool,
}

impl Intake<'_> {
    /// Takes a piece; every so many are annotated and handed on.
    pub fn piece(&mut self, piece: Piece) {
        self.bytes += piece.size();
        self.pieces.push(piece);
        if self.failed.load(Ordering::Relaxed) {
            self.pieces.clear();
        }
        if self.pieces.len() >= PIECES || self.bytes >= BYTES {
            self.flush();
        }
    }

    /// Takes what was told on the way.
    pub fn told(&mut self, diagnostic: rashomon::article::Diagnostic) {
        let drafts = Drafts { diagnostics: vec![diagnostic], ..Drafts::default() };
        self.send(drafts);
    }

    /// Notes an entry of a feed that is dealt with, together with the pieces that came before.
    pub fn saw(&mut self, seen: Seen) {
        self.seen.push(seen);
    }

    /// Notes that the page of an article was asked again.
    pub fn asked(&mut self, article: ArticleNumber, asked: Asked) {
        self.asked.push((article, asked));
    }

    /// Hands on what there is.
    pub fn flush(&mut self) {
        if self.pieces.is_empty() && self.seen.is_empty() && self.asked.is_empty() {
            return;
        }
        self.bytes = 0;
        let pieces = std::mem::take(&mut self.pieces);
        let mut drafts =
            prepare(pieces, self.known.as_ref(), &mut self.repeats, &self.options, self.language);
        drafts.seen = std::mem::take(&mut self.seen);
        drafts.asked = std::mem::take(&mut self.asked);
        self.send(drafts);
    }

    fn send(&mut self, drafts: Drafts) {
        if self.to_keep.send(drafts).is_err() {
            // The keeping thread has ended, which it does only on an error of its own.
            self.failed.store(true, Ordering::Relaxed);
        }
    }
}

impl Desk {
    /// Keeps what `fill` gives, each handful in one transaction, while the next one is annotated.
    pub(crate) fn keep(
        &mut self,
        monitor: &dyn Monitor,
        fill: impl FnOnce(&mut Intake<'_>, &dyn Monitor),
    ) -> Result<Report, Error> {
        let failed = AtomicBool::new(false);
        let known = self.reader()?;
        let (options, language) = (self.read_options(), self.language);
        let (to_keep, kept) = sync_channel(1);
        std::thread::scope(|scope| {
            let keeper = scope.spawn(move || self.keep_all(&kept, monitor));
            let mut intake = Intake {
                pieces: Vec::new(),
                bytes: 0,
                seen: Vec::new(),
                asked: Vec::new(),
                repeats: Repeats::default(),
                known,
                options,
                language,
                to_keep,
                failed: &failed,
            };
            fill(&mut intake, &Until { monitor, failed: &failed });
            intake.flush();
            drop(intake);
            keeper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn keep_all(
        &mut self,
        drafts: &Receiver<Drafts>,
        monitor: &dyn Monitor,
    ) -> Result<Report, Error> {
        let mut report = Report::default();
        for drafts in drafts {
            for diagnostic in &drafts.diagnostics {
                report.tell(diagnostic);
                monitor.told(diagnostic);
            }
            let pieces = drafts.pieces;
            if !drafts.is_empty() {
                self.keep_batch(drafts, &mut report)?;
            }
            monitor.did(pieces);
        }
        Ok(report)
    }

    /// One transaction: all of it is there afterwards, or nothing.
    fn keep_batch(&mut self, mut drafts: Drafts, report: &mut Report) -> Result<(), Error> {
        let now = (self.clock)();
        // Until the commit, the engine is ahead of the store; an error in between leaves a desk
        // that must be opened again.
        self.whole()?;
        self.is_whole = false;
        let mut batch = begin(&mut self.store, &mut self.stream, &mut self.others, &self.options)?;
        for draft in &mut drafts.drafts {
            report.read += 1;
            let mut sight = batch.sight(&draft.key, &draft.digest)?;
            if sight == Sight::New
                && let Some(number) = twin(&mut batch, draft, day(draft).unwrap_or(now))?
            {
                sight = Sight::Same(number);
                report.elsewhere += 1;
                // The page of the article itself is asked again, and not this one.
                draft.asked = None;
            }
            if !matches!(sight, Sight::Same(_)) {
                draft.annotate(self.language);
            }
            let number = match sight {
                Sight::Same(number) => {
                    batch.seen_again(number, now)?;
                    report.unchanged += 1;
                    number
                }
                Sight::Changed(number) => {
                    // The engine knows the article by what it was when it came.
                    batch.revise(number, &incoming(draft, now, &[]))?;
                    report.revised += 1;
                    number
                }
                Sight::New => {
                    let signature = draft.signature.clone().unwrap_or_default();
                    let bytes = engine_bytes(day(draft), &signature);
                    let number = batch.add(&incoming(draft, now, &bytes))?;
                    let step = self.stream.assign(number, &signature, day(draft));
                    apply(&mut batch, number, &step, report)?;
                    report.new += 1;
                    number
                }
            };
            report.kept.push(number);
            if let Some(asked) = &draft.asked {
                again::note(&mut batch, &self.again, number, asked, now)?;
            }
        }
        for (number, asked) in &drafts.asked {
            again::note(&mut batch, &self.again, *number, asked, now)?;
            if asked.is_same {
                batch.seen_again(*number, now)?;
            }
        }
        for mark in &drafts.marks {
            if let Some(position) = mark.position {
                batch.checkpoint(&mark.container, position, false, &serde_json::Value::Null)?;
            }
        }
        for seen in &drafts.seen {
            batch.saw_entry(&seen.key, &seen.digest, now)?;
        }
        keep_state(&mut batch, &self.stream)?;
        batch.commit()?;
        self.is_whole = true;
        Ok(())
    }
}

fn incoming<'d>(draft: &'d Draft, now: Timestamp, signature: &'d [u8]) -> Incoming<'d> {
    Incoming {
        key: &draft.key,
        digest: draft.digest,
        document: &draft.document,
        seen_at: now,
        at: day(draft).unwrap_or(now),
        feed: draft.feed,
        signature,
    }
}

/// Begins a batch. At first, and where somebody else has written since the last one, by another process, the
/// engine is made anew from what the store has now.
pub(crate) fn begin<'s>(
    store: &'s mut Store,
    stream: &mut Stream,
    others: &mut Option<i64>,
    options: &StreamOptions,
) -> Result<Batch<'s>, Error> {
    let batch = store.begin()?;
    let now = Some(batch.written_by_others()?);
    if now != *others {
        *stream = restore(&batch, options)?;
        *others = now;
    }
    Ok(batch)
}

/// When an article was published, or else fetched. The time of reading a file tells nothing.
fn day(draft: &Draft) -> Option<Timestamp> {
    let published = draft.document.article.published.map(|published| published.instant());
    published.or(draft.fetched)
}

/// Keeps what the engine decided.
pub(crate) fn apply(
    batch: &mut Batch<'_>,
    number: u64,
    step: &Step,
    report: &mut Report,
) -> Result<(), Error> {
    let placement = &step.placement;
    batch.place(number, placement.story, placement.score, &reasons(&placement.why))?;
    report.stories += u64::from(placement.is_new);
    correct(batch, &step.corrections, report)?;
    link(batch, &step.links)
}

/// Keeps what the engine thought better of.
pub(crate) fn correct(
    batch: &mut Batch<'_>,
    corrections: &[Correction],
    report: &mut Report,
) -> Result<(), Error> {
    for correction in corrections {
        match correction {
            Correction::Merged { from, into, .. } => {
                batch.story_merged(*from, *into)?;
                report.merged += 1;
            }
            Correction::Moved { article, from, into, is_new, score, why } => {
                batch.place(*article, *into, *score, &reasons(why))?;
                if !batch.has_articles(*from)? {
                    // Its last article has left: the old number leads to where that is now.
                    batch.story_merged(*from, *into)?;
                }
                report.stories += u64::from(*is_new);
                report.moved += 1;
            }
        }
    }
    Ok(())
}

/// Words with their weights, as the store keeps them.
fn reasons(why: &[Reason]) -> Vec<(String, f64)> {
    why.iter().map(|reason| (reason.word.clone(), reason.weight)).collect()
}

pub(crate) fn link(batch: &mut Batch<'_>, links: &[Link]) -> Result<(), Error> {
    for link in links {
        batch.story_link(link.from, link.to, link.score, &reasons(&link.why))?;
    }
    Ok(())
}

impl Intake<'_> {
    /// Takes whatever reading found; gives addresses back, which somebody has to fetch.
    pub fn found(&mut self, found: Found) -> Option<String> {
        match found {
            Found::Piece(piece) => self.piece(*piece),
            Found::Told(diagnostic) => self.told(diagnostic),
            Found::Address(address) => return Some(address),
        }
        None
    }
}
