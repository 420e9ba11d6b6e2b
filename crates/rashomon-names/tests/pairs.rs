//! What holds for two names, and for the names of two reports, whatever they are.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rashomon_article::{ArticleIndex, Document, Entity, EntityIndex, EntityKind, Mention};
use rashomon_article::{MentionForm, Story};
use rashomon_language::english;
use rashomon_names::{join, similarity};
use rashomon_text::Span;

fn holds(a: &str, b: &str) -> Result<(), TestCaseError> {
    let one = similarity(a, b, english());
    prop_assert!((0.0..=1.0).contains(&one), "{one}");
    prop_assert_eq!(one, similarity(b, a, english()));
    let same = similarity(a, a, english());
    prop_assert!(same == 1.0 || same == 0.0 && !a.chars().any(char::is_alphanumeric), "{same}");
    Ok(())
}

fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop::sample::select(PARTS), 1..5).prop_map(|parts| parts.join(" "))
}

/// A report that names persons, each in a line.
fn report(id: &str, names: &BTreeSet<String>) -> Document {
    let text: String = names.iter().map(|name| format!("{name}\n")).collect();
    let mut article = rashomon_article::Article { text: text.into(), ..Default::default() };
    article.id = id.to_owned();
    let mut document = Document::new(article);
    let mut start = 0;
    let mut mentions = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let span = Span::new(start, start + name.len());
        let entity = EntityIndex(at as u32);
        let kind = EntityKind::Person;
        mentions.push(Mention { span, kind, form: MentionForm::Name, entity });
        document.entities.push(Entity { kind, name: name.clone(), roles: Vec::new() });
        start += name.len() + 1;
    }
    document.mentions = mentions.into_iter().collect();
    document
}

/// Who is taken for whom: sets of reports with names.
fn sets(documents: Vec<Document>) -> BTreeSet<BTreeSet<(String, String)>> {
    let story = Story { documents, ..Story::default() };
    let named = |&(article, entity): &(ArticleIndex, EntityIndex)| {
        let document = story.document(article);
        (document.article.id.clone(), document.entities[entity.get()].name.clone())
    };
    join(&story, english()).iter().map(|e| e.members.iter().map(named).collect()).collect()
}

proptest! {
    #[test]
    fn any_two_texts(a in "\\PC{0,40}", b in "\\PC{0,40}") {
        holds(&a, &b)?;
    }

    #[test]
    fn any_two_names(a in name(), b in name()) {
        holds(&a, &b)?;
    }

    /// One name a report: with more it counts which of two near names is met first.
    #[test]
    fn the_order_of_reports_does_not_matter(names in proptest::collection::vec(name(), 1..6)) {
        let documents: Vec<Document> = names
            .iter()
            .enumerate()
            .map(|(at, name)| report(&at.to_string(), &BTreeSet::from([name.clone()])))
            .collect();
        let mut turned = documents.clone();
        turned.reverse();
        prop_assert_eq!(sets(documents), sets(turned));
    }
}

const PARTS: &[&str] = &[
    "Ada",
    "Adam",
    "Bell",
    "Ball",
    "Belle",
    "Yusuf",
    "Youssef",
    "Omar",
    "Umar",
    "bin",
    "ibn",
    "al-Marsa",
    "el-Marsa",
    "J.D.",
    "JD",
    "J.",
    "D.",
    "James",
    "Jim",
    "David",
    "Harrow",
    "Jr.",
    "Sr.",
    "II",
    "Dr.",
    "President",
    "Velkor",
    "Ltd",
    "Limited",
    "Group",
    "GmbH",
    "12",
    "XII",
    "Kim",
    "Sol",
    "Ho",
    "Hsu",
    "Xu",
    "Müller",
    "Mueller",
    "Петров",
    "Petrov",
    "Petrow",
    "贝尔",
    "van",
    "der",
    "Linde",
    "Bell,",
];
