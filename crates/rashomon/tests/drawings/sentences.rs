use rashomon::article::Story;
use rashomon_spec::Findings;

use super::marks;

/// Each sentence with its number in the article.
pub fn draw(story: &Story) -> Findings {
    marks(story, |document| {
        document
            .sentences
            .iter()
            .enumerate()
            .map(|(at, s)| (s.span, (at + 1).to_string()))
            .collect()
    })
}
