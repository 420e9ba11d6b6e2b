//! Crawls: WARC (ISO 28500) and the older ARC, packed record by record or not at all.

mod block;
mod content;
mod http;
mod page;
mod resync;

use flate2::bufread::GzDecoder;
use rashomon_article::Diagnostic;

use crate::fault;
use crate::record::{Counts, Record};
use crate::source::{Bytes, Place, Source};
use crate::window::Window;
use block::Block;
use page::Verdict;

/// Which of the two formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Warc,
    Arc,
}

/// Where reading stands.
enum Stage<'r> {
    /// In a crawl that is not packed.
    Plain(Bytes<'r>),
    /// Before a member of gzip.
    Between(Bytes<'r>),
    /// In a member of gzip, which mostly is one record.
    Member(Box<Window<GzDecoder<Bytes<'r>>>>),
    Ended,
}

/// The mark of a position inside of a member of gzip that holds many records: the offset of the
/// member stands before the number of records that were read of it. The highest bit stays free, so
/// that a position is kept wherever numbers have a sign.
const INSIDE: u64 = 1 << 62;
const INSIDE_BITS: u32 = 23;
const MOST_INSIDE: u64 = (1 << INSIDE_BITS) - 1;

/// The place in the file at which reading goes on from a position.
pub(crate) fn offset(position: u64) -> u64 {
    if position & INSIDE == 0 { position } else { (position & !INSIDE) >> INSIDE_BITS }
}

/// The pages of a crawl. A position is the offset of the next record or of its member of gzip.
pub(crate) struct Warc<'r> {
    stage: Stage<'r>,
    place: Place,
    format: Format,
    /// Where the record at hand begins: for its name.
    start: u64,
    /// How many records of the member were read.
    inside: u64,
    position: u64,
    unheard: Counts,
}

/// What one step found.
type Step = Option<Result<Record, Diagnostic>>;

impl<'r> Warc<'r> {
    /// A WARC file.
    pub fn new(bytes: Bytes<'r>, gzip: bool, place: Place) -> Warc<'r> {
        Warc::of(Format::Warc, bytes, gzip, place)
    }

    /// An ARC file.
    pub fn arc(bytes: Bytes<'r>, gzip: bool, place: Place) -> Warc<'r> {
        Warc::of(Format::Arc, bytes, gzip, place)
    }

    fn of(format: Format, mut bytes: Bytes<'r>, gzip: bool, place: Place) -> Warc<'r> {
        // What comes as a stream is passed over; a failure comes up again at the first record.
        let start = offset(place.resume);
        if bytes.position() < start {
            let _ = bytes.skip(start - bytes.position());
        }
        // A wrong length may reach over all the records that a sound one may be as long as.
        bytes.keep(place.options().max_record_bytes.saturating_add(block::LONGEST_HEAD));
        let position = bytes.position();
        let stage = if gzip { Stage::Between(bytes) } else { Stage::Plain(bytes) };
        Warc {
            stage,
            place,
            format,
            start: position,
            inside: 0,
            position,
            unheard: Counts::default(),
        }
    }

    fn name(&self) -> String {
        match self.inside {
            0 | 1 => format!("{}@{}", self.place.name, self.start),
            inside => format!("{}@{}+{}", self.place.name, self.start, inside - 1),
        }
    }

    fn step(&mut self, counts: &mut Counts) -> Step {
        match std::mem::replace(&mut self.stage, Stage::Ended) {
            Stage::Ended => None,
            Stage::Plain(bytes) => self.plain(bytes, counts),
            Stage::Between(bytes) => self.between(bytes),
            Stage::Member(member) => self.member(member, counts),
        }
    }

    fn plain(&mut self, mut bytes: Bytes<'r>, counts: &mut Counts) -> Step {
        let most = self.place.options().max_record_bytes;
        let furthest = self.place.options().max_total;
        let block = block::read(&mut bytes, self.format, most);
        self.start = bytes.marked();
        let step = match block {
            Err(error) => return Some(Err(self.place.fault(&self.name(), &error))),
            Ok(Block::End) => {
                self.position = bytes.position();
                return None;
            }
            Ok(Block::Broken(code, why)) => {
                let sought = resync::block(&mut bytes, self.format, furthest);
                if let Err(error) = sought {
                    return Some(Err(self.place.fault(&self.name(), &error)));
                }
                Some(Err(self.place.diagnostic(code, &self.name(), why)))
            }
            Ok(Block::Whole(head, content)) => self.judge(page::judge(head, content, most), counts),
            Ok(Block::TooLarge) => {
                if let Err(error) = resync::block(&mut bytes, self.format, furthest) {
                    return Some(Err(self.place.fault(&self.name(), &error)));
                }
                Some(Err(self.place.too_large(&self.name())))
            }
        };
        self.position = bytes.position();
        self.stage = Stage::Plain(bytes);
        step
    }

    /// Opens the next member of gzip.
    fn between(&mut self, mut bytes: Bytes<'r>) -> Step {
        self.start = bytes.position();
        self.position = self.start;
        self.inside = 0;
        match bytes.peek(2) {
            Err(error) => Some(Err(self.place.fault(&self.name(), &error))),
            Ok([]) => None,
            Ok(b"\x1f\x8b") => {
                bytes.mark();
                let mut member = Window::new(GzDecoder::new(bytes));
                let most = self.place.options().max_record_bytes;
                member.keep(most.saturating_add(block::LONGEST_HEAD));
                self.stage = Stage::Member(Box::new(member));
                None
            }
            Ok(_) => {
                bytes.mark();
                let why = "bytes that belong to no record stand between two";
                self.resync_members(bytes, "garbage", why.to_owned())
            }
        }
    }

    fn member(
        &mut self,
        mut member: Box<Window<GzDecoder<Bytes<'r>>>>,
        counts: &mut Counts,
    ) -> Step {
        let most = self.place.options().max_record_bytes;
        let before = member.position();
        let furthest = self.place.options().max_total;
        self.inside += 1;
        let block = block::read(&mut *member, self.format, most);
        let block = block.and_then(|block| {
            if let Block::Broken(..) | Block::TooLarge = block {
                resync::block(&mut *member, self.format, furthest)?;
            }
            let read = member.position().saturating_sub(before);
            self.place.context.unpack(usize::try_from(read).unwrap_or(usize::MAX))?;
            // The checksum stands behind the empty lines.
            Ok((block, block::pass_blank(&mut *member)?))
        });
        let (block, ended) = match block {
            Ok(found) => found,
            Err(error) if fault::code(&error) == "bomb" => {
                return Some(Err(self.place.fault(&self.name(), &error)));
            }
            Err(error) => {
                let bytes = member.into_inner().into_inner();
                return self.resync_members(bytes, fault::code(&error), error.to_string());
            }
        };
        let name = self.name();
        let step = match block {
            Block::End => None,
            Block::Broken(code, why) => Some(Err(self.place.diagnostic(code, &name, why))),
            Block::Whole(head, content) => self.judge(page::judge(head, content, most), counts),
            Block::TooLarge => Some(Err(self.place.too_large(&name))),
        };
        if ended {
            let bytes = member.into_inner().into_inner();
            self.position = bytes.position();
            self.stage = Stage::Between(bytes);
        } else {
            let inside = self.inside.min(MOST_INSIDE);
            self.position = INSIDE | self.start << INSIDE_BITS | inside;
            self.stage = Stage::Member(member);
        }
        step
    }

    /// Goes on at the next member of gzip that unpacks to the head of a record.
    fn resync_members(&mut self, mut bytes: Bytes<'r>, code: &'static str, why: String) -> Step {
        let name = self.name();
        match resync::member(&mut bytes, self.format) {
            Ok(true) => {
                self.position = bytes.position();
                self.stage = Stage::Between(bytes);
            }
            Ok(false) => self.position = bytes.position(),
            Err(error) => return Some(Err(self.place.fault(&name, &error))),
        }
        Some(Err(self.place.diagnostic(code, &name, why)))
    }

    fn judge(&self, verdict: Verdict, counts: &mut Counts) -> Step {
        match verdict {
            Verdict::Page(mut record, note) => {
                record.name = self.name();
                if let Some(note) = note {
                    counts.note(note);
                }
                Some(Ok(*record))
            }
            Verdict::Quiet(code) => {
                counts.skip(code);
                None
            }
            Verdict::Broken(code, why) => Some(Err(self.place.diagnostic(code, &self.name(), why))),
        }
    }
}

impl Source for Warc<'_> {
    fn next(&mut self, counts: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        let resume = self.place.resume;
        while !matches!(self.stage, Stage::Ended) {
            let mut unheard = std::mem::take(&mut self.unheard);
            // What was read of the member before is read again, and nobody hears of it.
            let replays = resume & INSIDE != 0
                && self.start == offset(resume)
                && self.inside < resume & MOST_INSIDE;
            let step = self.step(if replays { &mut unheard } else { counts });
            self.unheard = unheard;
            if step.is_some() && !replays {
                return step;
            }
        }
        None
    }

    fn position(&self) -> u64 {
        self.position
    }
}
