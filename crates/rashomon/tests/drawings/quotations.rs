use rashomon::article::Story;
use rashomon::text::Span;
use rashomon_spec::Findings;

use super::marks;

/// Content, cue, speaker and teller of each quotation, with its number in the article. A speaker who is
/// carried over from the quotation before stands beside the content.
pub fn draw(story: &Story) -> Findings {
    marks(story, |document| {
        let mut drawn: Vec<(Span, String)> = Vec::new();
        for (at, quotation) in document.quotations.iter().enumerate() {
            let number = at + 1;
            let speaker = quotation.speaker.as_ref();
            let teller = quotation.reported_by.as_ref();
            let teller = teller.map(|by| format!(", as told by {}", by.name)).unwrap_or_default();
            let carried = speaker.filter(|speaker| speaker.spans.is_empty());
            let carried = carried.map(|speaker| format!(", {}", speaker.name)).unwrap_or_default();
            for &span in &quotation.content {
                drawn.push((span, format!("{} {number}{carried}", quotation.kind.name())));
            }
            drawn.extend(quotation.cue.iter().map(|&span| (span, format!("cue {number}"))));
            if let Some(speaker) = speaker {
                let label = format!("speaker {number}: {}{teller}", speaker.name);
                drawn.extend(speaker.spans.iter().map(|&span| (span, label.clone())));
            }
        }
        drawn
    })
}
