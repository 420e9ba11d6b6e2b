use rashomon::article::Story;
use rashomon_spec::Findings;

use super::names::kind;

/// Each entity of the story: its kind, its name, the forms that reports use, and how many
/// reports name it.
pub fn draw(story: &Story) -> Findings {
    let statements = story.entities.iter().map(|entity| {
        let forms: Vec<String> = entity
            .aliases
            .iter()
            .map(|alias| format!("{} ({})", alias.text, alias.mentions.len()))
            .collect();
        let mut articles: Vec<_> = entity.members.iter().map(|(article, _)| article).collect();
        articles.dedup();
        format!("{} {}: {} in {}", kind(entity.kind), entity.name, forms.join(", "), articles.len())
    });
    Findings { marks: Vec::new(), statements: statements.collect() }
}
