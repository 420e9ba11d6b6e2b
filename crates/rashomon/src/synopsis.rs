use std::collections::HashMap;

use rashomon_article::{Document, Story};
use rashomon_language::Language;
use rashomon_terms::Stamp;

use crate::compare::{Memos, reread, sort_by_publication, synopsis};

/// A story whose synopsis is kept while articles join, change and leave.
///
/// At any time it is the story that [`compare_story`](crate::compare_story) makes of the same documents, in the order in
/// which they came: a document that replaces another one takes its place. An update takes less than
/// half the time of comparing all again in small stories, and about half in large ones.
///
/// ```
/// use rashomon::{Synopsis, annotate, compare_story, language::english, read::read_plain};
///
/// let report = |id, text| annotate(read_plain(id, text, english()), english());
/// let herald = report("herald", "“We won the harbour back,” Ada Bell said on Friday.");
/// let gazette = report("gazette", "Ada Bell said: “We won the harbour back.”");
/// let mut synopsis = Synopsis::new("s1".into(), english());
/// synopsis.add(herald.clone());
/// synopsis.add(gazette.clone());
/// assert_eq!(synopsis.story().utterances.len(), 1);
///
/// let at_once = compare_story("s1".into(), vec![herald, gazette], english());
/// assert_eq!(format!("{:?}", synopsis.story()), format!("{at_once:?}"));
///
/// assert!(synopsis.remove("gazette").is_some());
/// assert!(synopsis.story().utterances.is_empty());
/// ```
pub struct Synopsis<'l> {
    id: String,
    language: &'l Language,
    /// The reports in the order of their coming.
    reports: Vec<Report>,
    story: Story,
    /// The stamps of the documents of the story, in their order.
    stamps: Vec<Stamps>,
    /// Whether the reports have changed since the story was made.
    stale: bool,
    memos: Memos<'l>,
    /// The number of the next stamp.
    next: u64,
    /// How many documents that the memos have read since they were new are there no more.
    gone: usize,
}

/// A document as it was handed in.
struct Report {
    document: Document,
    stamp: Stamp,
}

/// What a document of the story was made of, and what it is now.
#[derive(Clone, Copy)]
struct Stamps {
    handed_in: Stamp,
    reread: Stamp,
}

/// The memos number the words that they have read. Where so many documents are there no more beside
/// as many as there are, they begin anew, so that what is kept grows with the reports at hand.
const MOST_GONE: usize = 32;

impl<'l> Synopsis<'l> {
    /// A story without reports yet.
    pub fn new(id: String, language: &'l Language) -> Synopsis<'l> {
        Synopsis {
            story: Story { id: id.clone(), ..Story::default() },
            id,
            language,
            reports: Vec::new(),
            stamps: Vec::new(),
            stale: false,
            memos: Memos::new(language),
            next: 0,
            gone: 0,
        }
    }

    /// Adds an annotated document, after all that came before. The story is made anew only when it
    /// is asked for, so that many may be added at the cost of one update.
    pub fn add(&mut self, document: Document) {
        let stamp = self.stamp();
        self.reports.push(Report { document, stamp });
        self.stale = true;
    }

    /// Puts an annotated document into the place of the first one with the id of an article, which
    /// is given back. Where there is none, nothing is replaced and the document is added.
    pub fn replace(&mut self, article_id: &str, document: Document) -> Option<Document> {
        let Some(at) = self.place(article_id) else {
            self.add(document);
            return None;
        };
        let stamp = self.stamp();
        let former = std::mem::replace(&mut self.reports[at], Report { document, stamp });
        self.stale = true;
        self.gone += 1;
        Some(former.document)
    }

    /// Takes out the first document with the id of an article, as it was handed in.
    pub fn remove(&mut self, article_id: &str) -> Option<Document> {
        let at = self.place(article_id)?;
        self.stale = true;
        self.gone += 1;
        Some(self.reports.remove(at).document)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// The story as it stands now.
    pub fn story(&mut self) -> &Story {
        if std::mem::take(&mut self.stale) {
            self.update();
        }
        &self.story
    }

    fn update(&mut self) {
        if self.gone > self.reports.len() + MOST_GONE {
            self.memos = Memos::new(self.language);
            self.gone = 0;
        }
        let mut order: Vec<&Report> = self.reports.iter().collect();
        sort_by_publication(&mut order, |report| &report.document);
        let handed_in: Vec<Stamp> = order.iter().map(|report| report.stamp).collect();
        let documents = order.into_iter().map(|report| report.document.clone()).collect();
        let (id, language) = (self.id.clone(), self.language);
        let story = reread(id, documents, language, &handed_in, &mut self.memos);
        self.stamps = self.restamped(&story, &handed_in);
        let stamps: Vec<Stamp> = self.stamps.iter().map(|stamps| stamps.reread).collect();
        self.story = synopsis(story, language, &stamps, &mut self.memos);
    }

    /// The stamps of the documents of a story that is not yet the one kept: a document that reads
    /// as it did there keeps its stamp.
    fn restamped(&mut self, story: &Story, handed_in: &[Stamp]) -> Vec<Stamps> {
        let known = self.stamps.iter().zip(&self.story.documents);
        let known: HashMap<Stamp, (Stamp, &Document)> =
            known.map(|(stamps, known)| (stamps.handed_in, (stamps.reread, known))).collect();
        let (mut next, mut gone) = (self.next, self.gone);
        let mut restamped = Vec::with_capacity(handed_in.len());
        for (document, &handed_in) in story.documents.iter().zip(handed_in) {
            let alike = known.get(&handed_in).filter(|(_, known)| reads_alike(known, document));
            gone += usize::from(alike.is_none() && known.contains_key(&handed_in));
            let reread = alike.map(|&(reread, _)| reread).unwrap_or_else(|| {
                next += 1;
                Stamp(next - 1)
            });
            restamped.push(Stamps { handed_in, reread });
        }
        (self.next, self.gone) = (next, gone);
        restamped
    }

    fn stamp(&mut self) -> Stamp {
        self.next += 1;
        Stamp(self.next - 1)
    }

    fn place(&self, article_id: &str) -> Option<usize> {
        self.reports.iter().position(|report| report.document.article.id == article_id)
    }
}

/// Whether the other reports of the story make the same of a document that was handed in once.
fn reads_alike(a: &Document, b: &Document) -> bool {
    a.mentions == b.mentions
        && a.entities == b.entities
        && a.times == b.times
        && a.quantities == b.quantities
        && a.quotations == b.quotations
}

#[cfg(test)]
mod tests {
    use rashomon_language::english;
    use rashomon_read::read_plain;

    use super::*;
    use crate::{annotate, compare_story};

    fn report(at: usize) -> Document {
        let text = format!("The ferry sank with {at} people. “It was dark,” Ada Bell said.");
        annotate(read_plain(&format!("report {}", at % 3), &text, english()), english())
    }

    /// What is kept of documents that have left is forgotten in the end.
    #[test]
    fn memos_begin_anew() {
        let mut synopsis = Synopsis::new("s1".into(), english());
        let mut documents: Vec<Document> = (0..3).map(report).collect();
        documents.iter().for_each(|document| synopsis.add(document.clone()));
        for at in 3..3 * MOST_GONE {
            let document = report(at);
            documents[at % 3] = document.clone();
            assert!(synopsis.replace(&document.article.id.clone(), document).is_some());
            let at_once = compare_story("s1".into(), documents.clone(), english());
            assert_eq!(format!("{:?}", synopsis.story()), format!("{at_once:?}"));
            assert!(synopsis.gone <= MOST_GONE + 2 * documents.len(), "{}", synopsis.gone);
        }
    }

    /// A desk may hand a story from one thread to another.
    #[test]
    fn a_synopsis_may_go_to_another_thread() {
        fn goes<T: Send>(_: &T) {}
        goes(&Synopsis::new("s1".into(), english()));
    }
}
