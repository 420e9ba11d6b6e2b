use rashomon::article::{Document, Quantity, Story};
use rashomon_spec::Findings;

use super::marks;

/// Each quantity with what it is a quantity of: subject, scope, date, source, whole.
pub fn draw(story: &Story) -> Findings {
    marks(story, |document| {
        let labelled = |quantity: &Quantity| (quantity.span, label(document, quantity));
        document.quantities.iter().map(labelled).collect()
    })
}

fn label(document: &Document, quantity: &Quantity) -> String {
    let told = &quantity.circumstances;
    let words = |span| document.slice(span);
    let mut parts = Vec::new();
    parts.extend(told.subject.map(|span| format!("of {}", words(span))));
    let scope = told.scope.iter();
    parts.extend(scope.map(|scope| format!("{}: {}", scope.kind.name(), words(scope.span))));
    parts.extend(told.as_of.map(|span| format!("as of {}", words(span))));
    parts.extend(told.source.as_ref().map(|speaker| format!("says {}", speaker.name)));
    parts.extend(told.part_of.map(|span| format!("part of {}", words(span))));
    if parts.is_empty() { "-".to_owned() } else { parts.join("; ") }
}
