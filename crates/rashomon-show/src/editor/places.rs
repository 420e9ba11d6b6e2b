use std::collections::BTreeMap;

use rashomon_article::{ArticleIndex, Passage, Story};
use rashomon_text::Offsets;

/// Where the words of a story stand, as an editor looks them up.
pub(crate) struct Places<'s> {
    story: &'s Story,
    offsets: Vec<Offsets<'s>>,
    names: Vec<String>,
}

impl<'s> Places<'s> {
    /// Reads each text once.
    pub fn new(story: &'s Story) -> Places<'s> {
        let offsets = story
            .documents
            .iter()
            .map(|document| Offsets::new(document.article.text.as_str()))
            .collect();
        Places { story, offsets, names: names(story) }
    }

    /// The outlet that tells it, or the file where no outlet is known.
    pub fn outlet(&self, article: ArticleIndex) -> &'s str {
        let article = &self.story.document(article).article;
        article.outlet.as_deref().unwrap_or_else(|| last_part(&article.id))
    }

    /// The file, or the part of the address that names the page.
    pub fn file(&self, article: ArticleIndex) -> &str {
        &self.names[article.get()]
    }

    /// The line of the article's text at which a passage begins, from 1.
    pub fn line(&self, passage: Passage) -> usize {
        self.offsets[passage.article.get()].line_column(passage.span.start()).line
    }

    /// `npa.txt:12`.
    pub fn place(&self, passage: Passage) -> String {
        format!("{}:{}", self.file(passage.article), self.line(passage))
    }

    /// Outlet and place: `The Courier courier.html:7`; the place alone where it names the outlet,
    /// as `03_courier.example:7` does.
    pub fn source(&self, passage: Passage) -> (String, String) {
        let outlet = self.outlet(passage.article);
        let file = self.file(passage.article);
        let named = !file.contains(outlet);
        (if named { outlet.to_owned() } else { String::new() }, self.place(passage))
    }

    /// The first passage of each article, in the order of the articles.
    pub fn once_each(&self, passages: &[Passage]) -> Vec<Passage> {
        let mut first: BTreeMap<ArticleIndex, Passage> = BTreeMap::new();
        for &passage in passages {
            first.entry(passage.article).or_insert(passage);
        }
        first.into_values().collect()
    }
}

/// Short names of the articles: the last part of the id, or the whole id where that would name
/// two articles alike.
fn names(story: &Story) -> Vec<String> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for document in &story.documents {
        *uses.entry(last_part(&document.article.id)).or_insert(0) += 1;
    }
    story
        .documents
        .iter()
        .map(|document| {
            let id = document.article.id.as_str();
            let short = last_part(id);
            (if uses[short] > 1 || short.is_empty() { id } else { short }).to_owned()
        })
        .collect()
}

/// The last part of a path or address.
fn last_part(id: &str) -> &str {
    id.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(id)
}
