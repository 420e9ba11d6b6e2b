use std::collections::BTreeMap;

use rashomon::article::{Document, Story};
use rashomon::language::english;
use rashomon_spec::Findings;

/// Which articles go together, and the words that joined the first of them to the others.
pub fn draw(story: &Story) -> Findings {
    let documents: Vec<&Document> = story.documents.iter().collect();
    let mut stories: BTreeMap<usize, (Vec<&str>, Vec<String>)> = BTreeMap::new();
    for (document, assignment) in documents.iter().zip(rashomon::group(&documents, english())) {
        let (articles, why) = stories.entry(assignment.story).or_default();
        articles.push(&document.article.id);
        if why.is_empty() {
            *why = assignment.why;
        }
    }
    let statements = stories.into_iter().map(|(at, (articles, why))| {
        let why = if why.is_empty() { "alone".to_owned() } else { why.join(", ") };
        format!("story {}: {} ({why})", at + 1, articles.join(", "))
    });
    Findings { marks: Vec::new(), statements: statements.collect() }
}
