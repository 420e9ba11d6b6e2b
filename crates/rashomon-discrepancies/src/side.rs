use std::collections::BTreeSet;

use rashomon_article::{ArticleIndex, Passage, Side, Story};

/// A side in the words of its first mention. The mentions are sorted and stand once each.
pub fn side(story: &Story, mut mentions: Vec<Passage>) -> Side {
    mentions.sort_unstable();
    mentions.dedup();
    let value = mentions.first().map(|&first| story.slice(first).to_owned()).unwrap_or_default();
    Side { value, mentions }
}

/// The articles that stand on no side.
pub fn silent(story: &Story, sides: &[Side]) -> Vec<ArticleIndex> {
    let heard: BTreeSet<ArticleIndex> =
        sides.iter().flat_map(|side| &side.mentions).map(|mention| mention.article).collect();
    story.articles().filter(|article| !heard.contains(article)).collect()
}

/// The outlets of some articles, for a sentence: `the Herald`, `the Herald and the Gazette`.
pub fn outlets(story: &Story, articles: impl IntoIterator<Item = ArticleIndex>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for article in articles {
        let name = story.document(article).article.outlet_or_id();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
