use rashomon::article::{EntityKind, MentionForm, Story};
use rashomon_spec::Findings;

use super::marks;

/// Each mention with its kind and the name of the entity; descriptions and pronouns are marked.
pub fn draw(story: &Story) -> Findings {
    marks(story, |document| {
        let label = |mention: &rashomon::article::Mention| {
            let name = &document.entities[mention.entity.get()].name;
            match mention.form {
                MentionForm::Name if document.slice(mention.span) == name => {
                    kind(mention.kind).to_owned()
                }
                MentionForm::Name => format!("{} {name}", kind(mention.kind)),
                MentionForm::Description => format!("description of {name}"),
                MentionForm::Pronoun => format!("pronoun for {name}"),
            }
        };
        document.mentions.iter().map(|mention| (mention.span, label(mention))).collect()
    })
}

/// The word for a kind.
pub fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    }
}
