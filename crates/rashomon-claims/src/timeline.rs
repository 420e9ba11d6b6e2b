use std::collections::BTreeMap;

use rashomon_article::{DayRange, Passage, Story, TimeKind, TimelineEntry};
use rashomon_language::Language;

/// What happened when: for each day, month or year that the reports tell of, the sentences that
/// do, in order of time. Reads times and sentences.
pub fn timeline(story: &Story, _language: &Language) -> Vec<TimelineEntry> {
    let mut entries: BTreeMap<(DayRange, String), Vec<Passage>> = BTreeMap::new();
    for article in story.articles() {
        let document = story.document(article);
        for time in &document.times {
            let Some(days) = time.days else { continue };
            if !matches!(time.kind, TimeKind::Date | TimeKind::Time) {
                continue;
            }
            let Some(sentence) = document.sentence_at(time.span.start()) else { continue };
            let span = document.sentences[sentence].span;
            let mentions = entries.entry((days, day_value(&time.value))).or_default();
            let passage = Passage { article, span };
            if !mentions.contains(&passage) {
                mentions.push(passage);
            }
        }
    }
    entries.into_iter().map(|((_, when), mentions)| TimelineEntry { when, mentions }).collect()
}

/// The day of a time of day: `2026-03-02T09:00` is `2026-03-02`.
fn day_value(value: &str) -> String {
    value.split('T').next().unwrap_or(value).to_owned()
}
