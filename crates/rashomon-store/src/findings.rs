//! What was found across the articles of a story.

use rashomon::article::Verdict;
use rusqlite::params;

use crate::StoryNumber;
use crate::batch::{Batch, story_row};
use crate::claims::FoundClaim;
use crate::copies::FoundCopy;
use crate::disputes::FoundDispute;
use crate::error::{Error, Kind, Result};
use crate::places::{Place, Sources};
use crate::remarks::FoundRemark;
use crate::sql::signed;
use crate::standing::{FoundOmission, group};

/// What was found across the articles of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The headline to show.
    pub title: String,
    /// How many independent origins its articles have; 0 counts as 1.
    pub origins: u64,
    /// The claims, the weightiest first.
    pub claims: Vec<FoundClaim>,
    /// Where the articles differ, the weightiest first.
    pub disputes: Vec<FoundDispute>,
    /// What anybody says in them: what is told more than once, and every other quotation as a remark
    /// with one variant. An article of which nothing is here keeps its quotations as they are.
    pub remarks: Vec<FoundRemark>,
    /// Sentences that only one article tells.
    pub alone: Vec<Place>,
    /// What most tell and an article leaves out.
    pub omissions: Vec<FoundOmission>,
    /// Which articles have their words from elsewhere.
    pub copies: Vec<FoundCopy>,
}

impl Findings {
    /// Every place that the findings point at.
    fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let claims = self.claims.iter();
        let claims =
            claims.flat_map(|claim| std::iter::once(claim.text).chain(claim.tellings.clone()));
        let sides = self.disputes.iter().flat_map(|dispute| &dispute.sides);
        let sides = sides.flat_map(|side| side.tellings.iter().copied());
        let variants = self.remarks.iter().flat_map(|remark| &remark.variants);
        let variants = variants.flat_map(|variant| {
            let article = variant.article;
            variant.content.iter().map(move |&span| Place { article, span })
        });
        let copied = self.copies.iter().flat_map(|copy| &copy.evidence);
        let copied = copied.flat_map(|(own, source)| [*own, *source]);
        claims.chain(sides).chain(variants).chain(copied).chain(self.alone.iter().copied())
    }

    /// The articles of all findings, those among them that have no place.
    fn articles(&self) -> impl Iterator<Item = u64> + '_ {
        let omitting = self.omissions.iter().map(|omission| omission.article);
        let copying = self.copies.iter().map(|copy| copy.article);
        let silent = self.disputes.iter().flat_map(|dispute| dispute.silent.iter().copied());
        omitting.chain(copying).chain(silent)
    }
}

impl Batch<'_> {
    /// Keeps what was found in a story, in place of what was found before, and makes the claims
    /// findable.
    ///
    /// `version` is that of the [`StoredStory`](crate::StoredStory) which the findings are about.
    /// Where the story has changed since, nothing is kept and the answer is `false`.
    pub fn put_findings(
        &mut self,
        story: StoryNumber,
        version: u64,
        findings: &Findings,
    ) -> Result<bool> {
        let story = story_row(story)?;
        let version = signed(version, "version")?;
        let sql = "SELECT version FROM story WHERE number = ?1";
        let current: Option<i64> = self.sql.one(sql, [story], |row| row.get(0))?;
        if current != Some(version) {
            return Ok(false);
        }
        let sources = self.sources(findings)?;
        self.forget_findings(story)?;
        let verdicts = || findings.disputes.iter().map(|dispute| dispute.verdict);
        self.run(
            "UPDATE story SET found = version, title = ?2, origins = ?3, conflicts = ?4,
                 discrepancies = ?5
             WHERE number = ?1",
            params![
                story,
                findings.title,
                signed(findings.origins.max(1), "count of origins")?,
                verdicts().filter(|verdict| *verdict == Verdict::Conflict).count() as i64,
                verdicts().filter(|verdict| *verdict != Verdict::Variant).count() as i64,
            ],
        )?;
        let mut claims = Vec::with_capacity(findings.claims.len());
        for (position, claim) in findings.claims.iter().enumerate() {
            claims.push(self.put_claim(story, position, claim, &sources)?);
        }
        for (position, dispute) in findings.disputes.iter().enumerate() {
            self.put_dispute(story, position, dispute, &sources)?;
        }
        for (position, remark) in findings.remarks.iter().enumerate() {
            self.put_remark(story, position, remark, &sources)?;
        }
        for (article, places) in group(&findings.alone) {
            self.put_alone(story, article, &places, &sources)?;
        }
        for omission in &findings.omissions {
            self.put_omission(story, omission, &claims, &sources)?;
        }
        for copy in &findings.copies {
            self.put_copy(story, copy, &sources)?;
        }
        Ok(true)
    }

    /// The newest texts of all articles that findings are about. A place that is none in them is
    /// an error, before anything is written.
    fn sources(&self, findings: &Findings) -> Result<Sources> {
        let mut sources = Sources::default();
        for place in findings.places() {
            sources.check(self.store, &place)?;
        }
        for article in findings.articles() {
            sources.read(self.store, article)?;
        }
        let claims = findings.claims.len();
        if let Some(omission) = findings.omissions.iter().find(|omission| omission.claim >= claims)
        {
            let message = format!(
                "{}: there is no claim {} among the {claims} of the findings; count them from 0",
                self.sql.file, omission.claim
            );
            return Err(Error::new(Kind::BadValue, message));
        }
        Ok(sources)
    }

    /// Takes back what was found in a story.
    pub(crate) fn forget_findings(&self, story: i64) -> Result<()> {
        self.unsettle_speakers_of(story)?;
        for statement in [
            "DELETE FROM claim_words
             WHERE rowid IN (SELECT number FROM claim WHERE story = ?1)",
            "DELETE FROM claim WHERE story = ?1",
            "DELETE FROM dispute WHERE story = ?1",
            "DELETE FROM remark WHERE story = ?1",
            "DELETE FROM alone WHERE story = ?1",
            "DELETE FROM copy WHERE story = ?1",
            "UPDATE story SET found = NULL, title = NULL, origins = 1, conflicts = 0,
                 discrepancies = 0
             WHERE number = ?1",
        ] {
            self.run(statement, [story])?;
        }
        Ok(())
    }
}
