use rashomon::article::{BlockKind, Story};
use rashomon_spec::Findings;

use super::marks;

/// Each block with what it is, and what the text says of itself.
pub fn draw(story: &Story) -> Findings {
    let mut findings = marks(story, |document| {
        let blocks = document.article.blocks.iter();
        blocks.map(|block| (block.span, name(block.kind).to_owned())).collect()
    });
    for document in &story.documents {
        let article = &document.article;
        let mut state = |key: &str, value: &str| {
            let subject = if article.id.is_empty() { "" } else { &format!("{}: ", article.id) };
            findings.statements.push(format!("{subject}{key} {value}"));
        };
        if let Some(title) = &article.title {
            state("title", title);
        }
        if !article.byline.is_empty() {
            state("byline", &article.byline.join(", "));
        }
        if let Some(outlet) = &article.outlet {
            state("outlet", outlet);
        }
        if !article.agencies.is_empty() {
            state("agencies", &article.agencies.join(", "));
        }
        if let Some(published) = article.published {
            state("published", &published.to_rfc3339());
        }
        for diagnostic in document.diagnostics.iter().filter(|d| d.code != "furniture-dropped") {
            state(&diagnostic.code, &diagnostic.message);
        }
    }
    findings
}

fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Subheading => "subheading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Caption => "caption",
        BlockKind::Furniture => "furniture",
    }
}
