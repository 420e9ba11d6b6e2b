//! What a stream knows beside what is kept with each article.

use jiff::Timestamp;

use crate::bytes::{Reader, put_number, put_signed};
use crate::decision::LEARNED;
use crate::error::StoriesError;
use crate::fields::Fields;
use crate::frequencies::Frequencies;
use crate::signature::Signature;

use super::{Counters, HandDecision, Stream, StreamOptions};

/// The form of the bytes.
const VERSION: u8 = 1;

/// What these bytes are, in messages.
const WHAT: &str = "state of the stream";

/// What is kept of an article that was assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub article: u64,
    /// When it was published.
    pub at: Option<Timestamp>,
    /// Its signature.
    pub signature: Signature,
    /// Its story as it stands, after all corrections.
    pub story: u64,
}

impl Stream {
    /// The state of the stream, as bytes, beside what is kept with each article of the window.
    pub fn state(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        let Counters { arrivals, next_story, next_weighing } = self.counters;
        for number in [arrivals, next_story, next_weighing] {
            put_number(&mut bytes, number);
        }
        self.put_days(&mut bytes);
        put_number(&mut bytes, self.changed.len() as u64);
        for (&story, &size) in &self.changed {
            put_number(&mut bytes, story);
            put_number(&mut bytes, size as u64);
        }
        put_number(&mut bytes, self.unsettled.len() as u64);
        for &story in &self.unsettled {
            put_number(&mut bytes, story);
        }
        self.frequencies.put(&mut bytes);
        bytes
    }

    /// The article of the window that came first: restoring needs those from it on.
    pub fn oldest(&self) -> Option<u64> {
        self.window.oldest().map(|place| self.window.at(place).article)
    }

    /// The clock, and on which days the articles of the window came, in order.
    fn put_days(&self, bytes: &mut Vec<u8>) {
        put_day(bytes, self.clock.today);
        put_number(bytes, self.clock.last.len() as u64);
        for &day in &self.clock.last {
            put_signed(bytes, day);
        }
        let came: Vec<Option<i64>> =
            self.window.places().map(|place| self.window.at(place).came).collect();
        let runs: Vec<&[Option<i64>]> = came.chunk_by(|a, b| a == b).collect();
        put_number(bytes, runs.len() as u64);
        for run in runs {
            put_day(bytes, run[0]);
            put_number(bytes, run.len() as u64);
        }
    }

    /// The stream as it was when it gave its state. `kept` are the articles of its window, from
    /// the [oldest](Stream::oldest) on, in the order in which they last came; `decisions` are all
    /// that were made by hand and are in force, in order. From here on it does what it would have done.
    ///
    /// # Errors
    ///
    /// A state of another version or a damaged one; other articles than those of its window.
    pub fn restore(
        options: StreamOptions,
        state: &[u8],
        kept: impl IntoIterator<Item = Kept>,
        decisions: &[HandDecision],
    ) -> Result<Stream, StoriesError> {
        let mut rest = Reader { rest: state, what: WHAT };
        let mut stream = Stream::new(options);
        let [version] = rest.array()?;
        if version != VERSION {
            return Err(StoriesError::version(WHAT, version, VERSION));
        }
        let [arrivals, next_story, next_weighing] =
            [rest.number()?, rest.number()?, rest.number()?];
        stream.counters = Counters { arrivals, next_story, next_weighing };
        let came = stream.read_days(&mut rest)?;
        for _ in 0..rest.size()? {
            let story = rest.number()?;
            stream.changed.insert(story, rest.number()? as usize);
        }
        for _ in 0..rest.size()? {
            stream.unsettled.insert(rest.number()?);
        }
        stream.frequencies = Frequencies::read(&mut rest)?;
        if !rest.rest.is_empty() {
            return Err(rest.damaged());
        }
        let expected: u64 = came.iter().map(|&(_, count)| count).sum();
        let mut came = came.into_iter().flat_map(|(day, count)| (0..count).map(move |_| day));
        let mut found = 0;
        for kept in kept {
            found += 1;
            if let Some(day) = came.next() {
                stream.take_back(&kept, day);
            }
        }
        if found != expected || stream.window.len() as u64 != expected {
            return Err(StoriesError::articles(expected, found));
        }
        stream.finish_restoring(decisions);
        Ok(stream)
    }

    /// A stream that goes on from stories of which no state was kept, or none that can be read.
    /// `next_story` is the first number that no story ever had. It need not do just what the
    /// former stream would have done.
    pub fn adopt(
        options: StreamOptions,
        next_story: u64,
        kept: impl IntoIterator<Item = Kept>,
        decisions: &[HandDecision],
    ) -> Stream {
        let mut stream = Stream::new(options);
        for kept in kept {
            if let Some(day) = kept.at.map(super::days) {
                stream.hear(day);
            }
            let came = stream.clock.today;
            if let Some(place) = stream.window.place(kept.article) {
                stream.window.remove(place);
            }
            stream.take_back(&kept, came);
            stream.counters.arrivals += 1;
            stream.counters.next_story = stream.counters.next_story.max(kept.story + 1);
        }
        stream.counters.next_story = stream.counters.next_story.max(next_story);
        stream.finish_restoring(decisions);
        stream.weigh_anew();
        stream.expire();
        stream
    }

    fn take_back(&mut self, kept: &Kept, came: Option<i64>) {
        // What the terms weigh is known when all are there.
        let fields = Fields::new(&Signature::default(), &self.frequencies);
        let day = kept.at.map(super::days);
        self.window.push((kept.article, kept.story), (day, came), &kept.signature, fields);
    }

    fn finish_restoring(&mut self, decisions: &[HandDecision]) {
        self.decision = &LEARNED;
        for decision in decisions {
            self.constraints.hold_to(decision);
        }
        self.rebuild();
    }

    fn read_days(
        &mut self,
        rest: &mut Reader<'_>,
    ) -> Result<Vec<(Option<i64>, u64)>, StoriesError> {
        self.clock.today = read_day(rest)?;
        for _ in 0..rest.size()? {
            self.clock.last.push_back(rest.signed()?);
        }
        (0..rest.size()?).map(|_| Ok((read_day(rest)?, rest.number()?))).collect()
    }
}

fn put_day(bytes: &mut Vec<u8>, day: Option<i64>) {
    bytes.push(u8::from(day.is_some()));
    put_signed(bytes, day.unwrap_or(0));
}

fn read_day(rest: &mut Reader<'_>) -> Result<Option<i64>, StoriesError> {
    let [is_known] = rest.array()?;
    let day = rest.signed()?;
    Ok((is_known != 0).then_some(day))
}

impl Frequencies {
    /// The frequencies as bytes.
    fn put(&self, bytes: &mut Vec<u8>) {
        let (articles, counts) = self.sorted();
        put_number(bytes, articles);
        put_number(bytes, counts.len() as u64);
        let mut before = 0;
        for (term, count) in counts {
            put_number(bytes, u64::from(term - before));
            put_number(bytes, u64::from(count));
            before = term;
        }
    }

    fn read(rest: &mut Reader<'_>) -> Result<Frequencies, StoriesError> {
        let articles = rest.number()?;
        let mut term = 0_u32;
        let counts = (0..rest.size()?)
            .map(|_| {
                let step = u32::try_from(rest.number()?).map_err(|_| rest.damaged())?;
                term = term.checked_add(step).ok_or(rest.damaged())?;
                let count = u32::try_from(rest.number()?).map_err(|_| rest.damaged())?;
                Ok((term, count))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Frequencies::from_counts(articles, counts))
    }
}
