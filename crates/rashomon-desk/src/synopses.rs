use std::collections::{BTreeMap, BTreeSet};

use rashomon::article::{Document, Story};
use rashomon::language::english;
use rashomon_store::{ArticleNumber, Findings, Store, StoryNumber};
use rayon::prelude::*;

use crate::Error;
use crate::desk::Desk;
use crate::findings::findings;
use crate::monitor::Monitor;

/// How many stories are compared between two commits.
const AT_ONCE: usize = 32;

/// More stories than any store has.
const MANY: usize = 1 << 40;

/// A report of a story, not annotated yet, under an id that is unique in the story.
pub(crate) struct Report {
    pub number: ArticleNumber,
    pub revision: u64,
    pub document: Document,
}

impl Desk {
    /// Compares the reports of one story, as `compare` does with files.
    pub fn synopsis(&self, story: StoryNumber) -> Result<Story, Error> {
        synopsis(&self.store, story)
    }

    /// Compares the reports of all stories that changed since they were compared and have at least
    /// two, so that their claims are found by a search. Gives how many there were.
    pub fn compare_changed(&mut self, monitor: &dyn Monitor) -> Result<u64, Error> {
        self.compare_and_show(monitor, &|_, _, _| ())
    }

    /// The same, and shows each story with the version that was compared, before it is dropped: only
    /// where synopses are [held](crate::DeskOptions::held_synopses).
    pub fn compare_and_show(
        &mut self,
        monitor: &dyn Monitor,
        show: &dyn Fn(StoryNumber, u64, &Story),
    ) -> Result<u64, Error> {
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
            done += self.compare_these(&stories, monitor, show)?;
        }
        let mut batch = self.store.begin()?;
        batch.count_speakers()?;
        batch.commit()?;
        Ok(done)
    }

    fn compare_these(
        &mut self,
        stories: &[StoryNumber],
        monitor: &dyn Monitor,
        show: &dyn Fn(StoryNumber, u64, &Story),
    ) -> Result<u64, Error> {
        let mut loaded = Vec::with_capacity(stories.len());
        for &story in stories {
            loaded.push((story, self.store.story(story)?.version, reports(&self.store, story)?));
        }
        let language = self.language;
        let found: Vec<(StoryNumber, u64, Findings)> = if self.held.is_used() {
            let held = &mut self.held;
            let mut found = Vec::with_capacity(loaded.len());
            for (number, version, reports) in loaded {
                let numbers = numbers(&reports);
                let story = held.story(number, reports, language);
                show(number, version, story);
                found.push((number, version, findings(story, &numbers)));
                monitor.did(1);
                // Somebody waits: what is compared is kept, the rest comes again.
                if monitor.stopped() {
                    break;
                }
            }
            found
        } else {
            let compare = |(number, version, reports): (StoryNumber, u64, Vec<Report>)| {
                let numbers = numbers(&reports);
                let documents = annotated(reports, language);
                let story = rashomon::compare_story(format!("s{number}"), documents, language);
                monitor.did(1);
                (number, version, findings(&story, &numbers))
            };
            loaded.into_par_iter().map(compare).collect()
        };
        let mut batch = self.store.begin()?;
        let mut kept = 0;
        for (story, version, findings) in &found {
            kept += u64::from(batch.put_findings(*story, *version, findings)?);
        }
        batch.commit()?;
        Ok(kept)
    }
}

/// Compares the reports of one story that a store keeps, as `compare` does with files: for threads
/// that only read.
pub fn synopsis(store: &Store, story: StoryNumber) -> Result<Story, Error> {
    let number = store.story(story)?.row.story;
    let language = english();
    let documents = annotated(reports(store, number)?, language);
    Ok(rashomon::compare_story(format!("s{number}"), documents, language))
}

/// The reports of a story.
fn reports(store: &Store, story: StoryNumber) -> Result<Vec<Report>, Error> {
    let mut reports: Vec<Report> = Vec::new();
    let mut ids = BTreeSet::new();
    for article in store.articles_of(story)? {
        let article = article?;
        let mut document = article.document;
        let id = &mut document.article.id;
        if !ids.insert(id.clone()) {
            *id = format!("{id}~a{}", article.number);
            ids.insert(id.clone());
        }
        reports.push(Report { number: article.number, revision: article.revisions, document });
    }
    Ok(reports)
}

fn annotated(
    reports: Vec<Report>,
    language: &'static rashomon::language::Language,
) -> Vec<Document> {
    let documents = reports.into_par_iter().map(|report| report.document);
    documents.map(|document| rashomon::annotate(document, language)).collect()
}

/// The number of each article by its id in the story.
fn numbers(reports: &[Report]) -> BTreeMap<String, ArticleNumber> {
    let number = |report: &Report| (report.document.article.id.clone(), report.number);
    reports.iter().map(number).collect()
}
