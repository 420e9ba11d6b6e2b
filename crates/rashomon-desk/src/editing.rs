use jiff::Timestamp;
use rashomon::{Correction, HandDecision, Stream};
use rashomon_store::{ArticleNumber, Batch, StoryNumber};

use crate::Error;
use crate::decisions::{Origin, written};
use crate::desk::Desk;
use crate::keeping::{begin, correct};
use crate::report::Report;
use crate::restoring::keep_state;

impl Desk {
    /// Takes articles out of a story into one of their own, and holds to that from now on. Gives
    /// the number of the new story.
    pub fn split(
        &mut self,
        story: StoryNumber,
        articles: &[ArticleNumber],
    ) -> Result<StoryNumber, Error> {
        let mut hand = self.hand()?;
        let stored = hand.batch.story(story)?;
        for &article in articles {
            hand.must_be_held(article)?;
            if !stored.members.iter().any(|member| member.article == article) {
                let message = format!("a{article}: is not in s{}", stored.row.story);
                return Err(Error::new("not-found", message));
            }
        }
        if stored.members.iter().all(|member| articles.contains(&member.article)) {
            let message =
                format!("s{}: these are all its articles; leave some in it", stored.row.story);
            return Err(Error::new("bad-value", message));
        }
        let Some(&first) = articles.first() else {
            return Err(Error::new("bad-value", "name the articles that are to leave"));
        };
        let (decision, corrections) = hand.stream().split(articles);
        hand.keep(&decision, &corrections)?;
        let new = hand.stream.story_of(first).unwrap_or(stored.row.story);
        hand.finish()?;
        Ok(new)
    }

    /// Makes one story of two, and holds to that. Gives the number that stays.
    pub fn merge(&mut self, a: StoryNumber, b: StoryNumber) -> Result<StoryNumber, Error> {
        let mut hand = self.hand()?;
        let (a, b) = (hand.live_story(a)?, hand.live_story(b)?);
        if a == b {
            return Err(Error::new("bad-value", format!("s{a}: is one story already")));
        }
        let (decision, corrections) = hand.stream().merge(a, b);
        hand.keep(&decision, &corrections)?;
        let stays = hand.batch.leads_to(a)?;
        hand.finish()?;
        Ok(stays)
    }

    /// Puts articles into a story, and holds to that: all of them or none.
    pub fn pin(&mut self, articles: &[ArticleNumber], story: StoryNumber) -> Result<(), Error> {
        let mut hand = self.hand()?;
        for &article in articles {
            hand.must_be_held(article)?;
        }
        let story = hand.live_story(story)?;
        for &article in articles {
            let Some((decision, corrections)) = hand.stream().pin(article, story) else {
                let message =
                    format!("s{story}: holds no other article that a{article} could be put to");
                return Err(Error::new("bad-value", message));
            };
            hand.keep(&decision, &corrections)?;
        }
        hand.finish()
    }

    /// Begins to change things by hand, with all that others wrote before.
    pub(crate) fn hand(&mut self) -> Result<Hand<'_>, Error> {
        self.whole()?;
        let batch = begin(&mut self.store, &mut self.stream, &mut self.others, &self.options)?;
        Ok(Hand {
            batch,
            stream: &mut self.stream,
            others: &mut self.others,
            seen: None,
            days: self.options.window_days,
            now: (self.clock)(),
        })
    }
}

/// One transaction in which an editor changes engine and store. Dropped before its end, it leaves
/// the store as it was, from which the engine is made anew when it is needed next.
pub(crate) struct Hand<'d> {
    pub batch: Batch<'d>,
    pub now: Timestamp,
    stream: &'d mut Stream,
    others: &'d mut Option<i64>,
    seen: Option<i64>,
    days: u32,
}

impl Hand<'_> {
    /// The engine, to be changed.
    pub fn stream(&mut self) -> &mut Stream {
        self.seen = self.seen.or(self.others.take());
        self.stream
    }

    /// Keeps a decision with what it moved.
    fn keep(&mut self, decision: &HandDecision, corrections: &[Correction]) -> Result<(), Error> {
        let (mut origins, mut target) = (Vec::<Origin>::new(), None);
        for correction in corrections {
            let (from, articles, into) = match correction {
                Correction::Merged { from, into, .. } => {
                    (*from, self.batch.members_of(*from)?, *into)
                }
                Correction::Moved { article, from, into, .. } => (*from, vec![*article], *into),
            };
            target = Some(into);
            match origins.iter_mut().find(|origin| origin.story == from) {
                Some(origin) => origin.articles.extend(articles),
                None => {
                    let led = self.batch.leading_to(from)?;
                    origins.push(Origin { story: from, articles, ended: false, led });
                }
            }
        }
        correct(&mut self.batch, corrections, &mut Report::default())?;
        for origin in &mut origins {
            origin.ended = !self.batch.has_articles(origin.story)?;
        }
        self.batch.decide(&written(decision, &origins, target), self.now)?;
        Ok(())
    }

    /// Makes it lasting.
    pub fn finish(mut self) -> Result<(), Error> {
        keep_state(&mut self.batch, self.stream)?;
        self.batch.commit()?;
        *self.others = self.seen.or(*self.others);
        Ok(())
    }

    /// The number that a story goes by today, as long as articles may still join it.
    fn live_story(&self, story: StoryNumber) -> Result<StoryNumber, Error> {
        let number = self.batch.story(story)?.row.story;
        if self.stream.articles_of(number).is_empty() {
            let message = format!(
                "s{number}: its articles are older than {} days and not among the last; only newer \
                 stories are changed",
                self.days
            );
            return Err(Error::new("out-of-window", message));
        }
        Ok(number)
    }

    fn must_be_held(&self, article: ArticleNumber) -> Result<(), Error> {
        // An article that nobody knows has an error of its own.
        self.batch.article(article)?;
        if self.stream.story_of(article).is_none() {
            let message = format!(
                "a{article}: is older than {} days and not among the last; only newer articles are \
                 moved",
                self.days
            );
            return Err(Error::new("out-of-window", message));
        }
        Ok(())
    }
}
