use std::path::{Path, PathBuf};

use rashomon::CompareOptions;
use rashomon::article::{ArticleIndex, Document, Passage, Story};
use rashomon::language::english;
use rashomon::text::Span;

use super::line::{Line, Place, parse};

/// All reports of a sample story, read and compared as the command line does it, and the
/// expectation beside them.
pub struct Desk {
    pub lines: Vec<Line>,
    pub stories: Vec<Story>,
}

impl Desk {
    /// Reads and compares the folder of a story.
    pub fn open(story: &str) -> Desk {
        let folder = root().join("samples").join(story);
        let spec = std::fs::read_to_string(folder.join("EXPECTED.md")).expect("a sample has one");
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("the sample is there")
            .map(|entry| entry.expect("the folder can be read").path())
            .filter(|path| path.extension().is_none_or(|ending| ending != "md"))
            .collect();
        files.sort();
        let documents: Vec<Document> = files.iter().flat_map(|file| read(story, file)).collect();
        let comparison = rashomon::compare(documents, &CompareOptions::default(), english());
        Desk { lines: parse(&spec), stories: comparison.stories }
    }

    /// The story and the index of an article.
    pub fn article(&self, key: &str) -> Option<(&Story, ArticleIndex)> {
        self.stories.iter().find_map(|story| {
            let at = story.articles().find(|&at| story.document(at).article.id == key)?;
            Some((story, at))
        })
    }

    /// The document of an article.
    pub fn document(&self, key: &str) -> Option<&Document> {
        self.article(key).map(|(story, at)| story.document(at))
    }

    /// Everywhere that the words of a place stand.
    pub fn spans(&self, place: &Place) -> Vec<Span> {
        self.document(&place.key).map_or_else(Vec::new, |document| {
            occurrences(document.article.text.as_str(), &place.words)
        })
    }

    /// The story that holds the articles of all places, with the passages of each place.
    pub fn passages(&self, places: &[Place]) -> Option<(&Story, Vec<Vec<Passage>>)> {
        let (story, _) = self.article(&places.first()?.key)?;
        let passages = places.iter().map(|place| {
            let (its, article) = self.article(&place.key)?;
            let spans = self.spans(place).into_iter();
            std::ptr::eq(its, story).then(|| spans.map(|span| Passage { article, span }).collect())
        });
        Some((story, passages.collect::<Option<_>>()?))
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The articles of one file, named as `EXPECTED.md` names them.
fn read(story: &str, file: &Path) -> Vec<Document> {
    let bytes = std::fs::read(file).expect("a sample can be read");
    let name = file.file_name().expect("a file has a name").to_string_lossy();
    let path = format!("samples/{story}/{name}");
    let reading = rashomon::read::read(&path, &bytes, &Default::default(), english());
    let records = file.extension().is_some_and(|ending| ending == "jsonl");
    let annotated = reading.documents.into_iter().map(|mut document| {
        let id = document.article.id.rsplit(['#', '/']).next().unwrap_or_default().to_owned();
        document.article.id = if records { format!("{name}#{id}") } else { name.to_string() };
        rashomon::annotate(document, english())
    });
    annotated.collect()
}

/// Everywhere that `words` stand in `text`; any white space of the text counts as one blank.
fn occurrences(text: &str, words: &str) -> Vec<Span> {
    let mut plain = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() {
            plain.push(c);
            origin.extend(at..at + c.len_utf8());
        } else if !plain.ends_with(' ') {
            plain.push(' ');
            origin.push(at);
        }
    }
    plain
        .match_indices(words)
        .filter(|(_, found)| !found.is_empty())
        .map(|(at, found)| Span::new(origin[at], origin[at + found.len() - 1] + 1))
        .collect()
}

/// Whether two stretches of one article are about the same words: they share at least half of the
/// shorter.
pub fn meet(a: Span, b: Span) -> bool {
    a.intersection(b).is_some_and(|shared| shared.len() * 2 >= a.len().min(b.len()))
}

/// Whether two passages are about the same words.
pub fn same_words(a: Passage, b: Passage) -> bool {
    a.article == b.article && meet(a.span, b.span)
}

/// A place as the report prints it.
pub fn show(places: &[Place]) -> String {
    let shown: Vec<String> =
        places.iter().map(|place| format!("{} | {}", place.key, place.words)).collect();
    shown.join(" || ")
}
