use rashomon::{Correction, HandDecision};
use rashomon_store::{ArticleNumber, StoryNumber};

use crate::Error;
use crate::desk::Desk;
use crate::keeping::{begin, correct};
use crate::report::Report;
use crate::restoring::{keep_state, write_decision};

impl Desk {
    /// Takes articles out of a story into one of their own, and holds to that from now on. Gives
    /// the number of the new story.
    pub fn split(
        &mut self,
        story: StoryNumber,
        articles: &[ArticleNumber],
    ) -> Result<StoryNumber, Error> {
        self.refresh()?;
        let stored = self.store.story(story)?;
        for &article in articles {
            self.must_be_held(article)?;
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
        let (decision, corrections) = self.stream.split(articles);
        self.keep_decision(&decision, &corrections)?;
        let first = articles.first().and_then(|&article| self.stream.story_of(article));
        first.ok_or_else(|| Error::new("bad-value", "name the articles that are to leave"))
    }

    /// Makes one story of two, and holds to that. Gives the number that stays.
    pub fn merge(&mut self, a: StoryNumber, b: StoryNumber) -> Result<StoryNumber, Error> {
        self.refresh()?;
        let (a, b) = (self.live_story(a)?, self.live_story(b)?);
        if a == b {
            return Err(Error::new("bad-value", format!("s{a}: is one story already")));
        }
        let (decision, corrections) = self.stream.merge(a, b);
        self.keep_decision(&decision, &corrections)?;
        Ok(self.store.story(a)?.row.story)
    }

    /// Puts articles into a story, and holds to that: all of them or none.
    pub fn pin(&mut self, articles: &[ArticleNumber], story: StoryNumber) -> Result<(), Error> {
        self.refresh()?;
        for &article in articles {
            self.must_be_held(article)?;
        }
        let story = self.live_story(story)?;
        articles.iter().try_for_each(|&article| self.pin_one(article, story))
    }

    fn pin_one(&mut self, article: ArticleNumber, story: StoryNumber) -> Result<(), Error> {
        let Some((decision, corrections)) = self.stream.pin(article, story) else {
            let message =
                format!("s{story}: holds no other article that a{article} could be put to");
            return Err(Error::new("bad-value", message));
        };
        self.keep_decision(&decision, &corrections)
    }

    /// Takes note of what somebody else wrote.
    fn refresh(&mut self) -> Result<(), Error> {
        self.whole()?;
        begin(&mut self.store, &mut self.stream, &mut self.others, &self.options).map(drop)
    }

    fn keep_decision(
        &mut self,
        decision: &HandDecision,
        corrections: &[Correction],
    ) -> Result<(), Error> {
        self.whole()?;
        self.is_whole = false;
        let mut batch = self.store.begin()?;
        batch.decide(&write_decision(decision))?;
        correct(&mut batch, corrections, &mut Report::default())?;
        keep_state(&mut batch, &self.stream)?;
        batch.commit()?;
        self.is_whole = true;
        Ok(())
    }

    /// The number that a story goes by today, as long as articles may still join it.
    fn live_story(&self, story: StoryNumber) -> Result<StoryNumber, Error> {
        let number = self.store.story(story)?.row.story;
        if self.stream.articles_of(number).is_empty() {
            let message = format!(
                "s{number}: its articles are older than {} days and not among the last; only newer \
                 stories are changed",
                self.options.window_days
            );
            return Err(Error::new("out-of-window", message));
        }
        Ok(number)
    }

    fn must_be_held(&self, article: ArticleNumber) -> Result<(), Error> {
        // An article that nobody knows has an error of its own.
        self.store.article(article)?;
        if self.stream.story_of(article).is_none() {
            let message = format!(
                "a{article}: is older than {} days and not among the last; only newer articles are \
                 moved",
                self.options.window_days
            );
            return Err(Error::new("out-of-window", message));
        }
        Ok(())
    }
}
