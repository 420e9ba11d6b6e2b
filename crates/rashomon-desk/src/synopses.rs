use std::collections::{BTreeMap, BTreeSet};

use rashomon::article::{Document, Passage, Story};
use rashomon_store::{ArticleNumber, Findings, FoundClaim, Place, StoryNumber};
use rayon::prelude::*;

use crate::Error;
use crate::desk::Desk;
use crate::monitor::Monitor;

/// How many stories are compared between two commits.
const AT_ONCE: usize = 32;

/// More stories than any store has.
const MANY: usize = 1 << 40;

/// The reports of a story, annotated, under ids that are unique among them.
pub(crate) struct Reports {
    pub documents: Vec<Document>,
    numbers: BTreeMap<String, ArticleNumber>,
}

impl Reports {
    /// The number of an article of a story that was made of these reports.
    fn number(&self, story: &Story, passage: &Passage) -> Option<ArticleNumber> {
        self.numbers.get(&story.document(passage.article).article.id).copied()
    }
}

impl Desk {
    /// Compares the reports of one story, as `compare` does with files.
    pub fn synopsis(&self, story: StoryNumber) -> Result<Story, Error> {
        let stored = self.store.story(story)?;
        let number = stored.row.story;
        let reports = self.reports(number)?;
        Ok(rashomon::compare_story(format!("s{number}"), reports.documents, self.language))
    }

    /// The reports of a story.
    pub(crate) fn reports(&self, story: StoryNumber) -> Result<Reports, Error> {
        let mut stored = Vec::new();
        for article in self.store.articles_of(story)? {
            stored.push(article?);
        }
        let mut numbers = BTreeMap::new();
        let mut documents = Vec::with_capacity(stored.len());
        for article in stored {
            let mut document = article.document;
            let id = &mut document.article.id;
            if numbers.contains_key(id.as_str()) {
                *id = format!("{id}~a{}", article.number);
            }
            numbers.insert(id.clone(), article.number);
            documents.push(document);
        }
        let language = self.language;
        let documents = documents.into_par_iter();
        let documents = documents.map(|document| rashomon::annotate(document, language)).collect();
        Ok(Reports { documents, numbers })
    }

    /// Compares the reports of all stories that changed since they were compared and have at least
    /// two, so that their claims are found by a search. Gives how many there were.
    pub fn compare_changed(&mut self, monitor: &dyn Monitor) -> Result<u64, Error> {
        let mut done = 0;
        // A story that fails to keep its findings would come again and again.
        let mut met = BTreeSet::new();
        let all = self.store.stale_stories(2, MANY)?.len() as u64;
        if all > 0 {
            monitor.begins("comparing", Some(all));
        }
        while !monitor.stopped() {
            let mut stories = self.store.stale_stories(2, AT_ONCE + met.len())?;
            stories.retain(|story| !met.contains(story));
            stories.truncate(AT_ONCE);
            if stories.is_empty() {
                break;
            }
            met.extend(stories.iter().copied());
            done += self.compare_these(&stories, monitor)?;
        }
        Ok(done)
    }

    fn compare_these(
        &mut self,
        stories: &[StoryNumber],
        monitor: &dyn Monitor,
    ) -> Result<u64, Error> {
        let mut loaded = Vec::with_capacity(stories.len());
        for &story in stories {
            loaded.push((story, self.store.story(story)?.version, self.reports(story)?));
        }
        let language = self.language;
        let found: Vec<(StoryNumber, u64, Findings)> = loaded
            .into_par_iter()
            .map(|(number, version, mut reports)| {
                let documents = std::mem::take(&mut reports.documents);
                let story = rashomon::compare_story(format!("s{number}"), documents, language);
                monitor.did(1);
                (number, version, findings(&story, &reports))
            })
            .collect();
        let mut batch = self.store.begin()?;
        let mut kept = 0;
        for (story, version, findings) in &found {
            kept += u64::from(batch.put_findings(*story, *version, findings)?);
        }
        batch.commit()?;
        Ok(kept)
    }
}

/// What the store keeps of a synopsis.
fn findings(story: &Story, reports: &Reports) -> Findings {
    let claims = story.claims.iter().filter_map(|claim| {
        let place = |passage: &Passage| {
            let article = reports.number(story, passage)?;
            Some(Place { article, span: passage.span })
        };
        Some(FoundClaim {
            text: place(&claim.text)?,
            tellings: claim.mentions.iter().filter_map(place).collect(),
            counts: claim.counts,
            certainty: claim.certainty,
            issue: claim.issue,
        })
    });
    Findings { title: story.title.clone(), claims: claims.collect() }
}
