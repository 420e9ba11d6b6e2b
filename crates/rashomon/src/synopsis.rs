use rashomon_article::{Document, Story};
use rashomon_language::Language;

use crate::compare_story;

/// A story whose synopsis is kept while articles join, change and leave.
///
/// At any time it is the story that [`compare_story`] makes of the same documents, in the order in
/// which they came: a document that replaces another one takes its place.
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
    /// The documents as they were handed in, in the order of their coming.
    documents: Vec<Document>,
    story: Story,
    /// Whether the documents have changed since the story was made.
    stale: bool,
}

impl<'l> Synopsis<'l> {
    /// A story without reports yet.
    pub fn new(id: String, language: &'l Language) -> Synopsis<'l> {
        let story = Story { id: id.clone(), ..Story::default() };
        Synopsis { id, language, documents: Vec::new(), story, stale: false }
    }

    /// Adds an annotated document, after all that came before. The story is made anew only when it
    /// is asked for, so that many may be added at the cost of one update.
    pub fn add(&mut self, document: Document) {
        self.documents.push(document);
        self.stale = true;
    }

    /// Puts an annotated document into the place of the first one with the id of an article, which
    /// is given back. Where there is none, nothing is replaced and the document is added.
    pub fn replace(&mut self, article_id: &str, document: Document) -> Option<Document> {
        match self.place(article_id) {
            Some(at) => {
                self.stale = true;
                Some(std::mem::replace(&mut self.documents[at], document))
            }
            None => {
                self.add(document);
                None
            }
        }
    }

    /// Takes out the first document with the id of an article, as it was handed in.
    pub fn remove(&mut self, article_id: &str) -> Option<Document> {
        let at = self.place(article_id)?;
        self.stale = true;
        Some(self.documents.remove(at))
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The story as it stands now.
    pub fn story(&mut self) -> &Story {
        if self.stale {
            self.story = compare_story(self.id.clone(), self.documents.clone(), self.language);
            self.stale = false;
        }
        &self.story
    }

    fn place(&self, article_id: &str) -> Option<usize> {
        self.documents.iter().position(|document| document.article.id == article_id)
    }
}
