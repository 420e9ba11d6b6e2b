use rashomon::Correction;
use rashomon_store::{ArticleNumber, Store, StoryNumber};

use crate::Error;
use crate::decisions::{Decision, Origin, in_force};
use crate::desk::Desk;
use crate::keeping::correct;
use crate::report::Report;

/// A decision that was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// What it was.
    pub decision: Decision,
    /// The articles that are back, each with the story that it is in now.
    pub back: Vec<(ArticleNumber, StoryNumber)>,
    /// The articles that stay where they are: they have gone elsewhere since, or another decision
    /// holds them.
    pub stay: Vec<ArticleNumber>,
}

impl Desk {
    /// Takes back a decision by hand, the last one or any other that is [in
    /// force](Desk::decisions), and puts the articles that it moved back to where they were.
    ///
    /// A story that ended by it lives again under its old number, and so do the numbers that led
    /// to it; a story that began by it ends, and its number leads to where its articles are. What
    /// joined since stays where it is, and the engine decides on all of it with the next articles.
    ///
    /// # Errors
    ///
    /// `not-found` where no decision of this number is in force.
    pub fn undo(&mut self, number: u64) -> Result<Undone, Error> {
        let mut hand = self.hand()?;
        let now = hand.now;
        hand.batch.undo(number, now)?;
        let decision = Decision::read(hand.batch.decision(number)?)?;
        let before = in_force(&hand.batch, ..number)?;
        let after = in_force(&hand.batch, number..)?;
        let here = decision.into.map(|into| hand.batch.leads_to(into)).transpose()?;
        let mut back = Vec::new();
        for origin in &decision.origins {
            let Some(story) = way_back(&hand.batch, origin, here)? else { continue };
            for &article in &origin.articles {
                // What has gone elsewhere since stays there.
                if hand.batch.story_of(article)? == here {
                    back.push((article, story));
                }
            }
        }
        let undone = hand.stream().undo(&before, &after, &back);
        let mut corrections = undone.corrections;
        for (article, into) in undone.elsewhere {
            if let Some(from) = hand.batch.story_of(article)? {
                let (is_new, score, why) = (false, 1.0, Vec::new());
                corrections.push(Correction::Moved { article, from, into, is_new, score, why });
            }
        }
        correct(&mut hand.batch, &corrections, &mut Report::default())?;
        for origin in decision.origins.iter().filter(|origin| origin.ended) {
            // Where the story lives again, what led to it does so again.
            if hand.batch.has_articles(origin.story)? {
                for &led in &origin.led {
                    if Some(hand.batch.leads_to(led)?) == here {
                        hand.batch.lead(led, origin.story)?;
                    }
                }
            }
        }
        hand.finish()?;
        let moved = |correction: &Correction| match correction {
            Correction::Moved { article, into, .. } => Some((*article, *into)),
            Correction::Merged { .. } => None,
        };
        let back: Vec<(ArticleNumber, StoryNumber)> =
            corrections.iter().filter_map(moved).collect();
        let all = decision.origins.iter().flat_map(|origin| &origin.articles).copied();
        let stay = all.filter(|article| back.iter().all(|(moved, _)| moved != article)).collect();
        Ok(Undone { decision, back, stay })
    }
}

/// The story to which what was taken from a story goes back from here; `None` where it is there.
fn way_back(
    store: &Store,
    origin: &Origin,
    here: Option<StoryNumber>,
) -> Result<Option<StoryNumber>, Error> {
    let now = store.leads_to(origin.story)?;
    if Some(now) != here {
        return Ok(Some(now));
    }
    // A story that ended by the decision lives again; one that came here for another reason does
    // not.
    Ok(origin.ended.then_some(origin.story))
}
