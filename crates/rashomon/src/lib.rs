/*!
The same event, told by many outlets, is told in different ways. This crate reads their reports
and does what a careful editor would with them all on the desk.

```
use rashomon::{annotate, compare, language::english, read::read_plain, CompareOptions};

let herald = read_plain("herald", "“We won,” Ada Bell said on Friday.", english());
let gazette = read_plain("gazette", "Ada Bell said: “We won.”", english());
let documents = [herald, gazette].map(|document| annotate(document, english()));
let comparison = compare(documents.into(), &CompareOptions { one_story: true }, english());
assert_eq!(comparison.stories.len(), 1);
```

What a careful reader should know stands in the diagnostics of each document. The codes of reading
are those of [`read`]; comparing adds one:

| code of a diagnostic | what happened |
| --- | --- |
| `borrowed-date` | a report without a date of publication counts its times from a day of its story |
*/

pub use rashomon_article as article;
pub use rashomon_changes as changes;
pub use rashomon_language as language;
pub use rashomon_read as read;
pub use rashomon_terms as terms;
pub use rashomon_text as text;

mod annotate;
mod borrow;
mod compare;
mod synopsis;

pub use annotate::annotate;
pub use compare::{CompareOptions, Comparison, compare, compare_story, gather};
pub use rashomon_stories::{
    Assignment, Correction, HandDecision, Kept, Link, Placement, Reason, Signature, Step,
    StoriesError, Stream, StreamOptions, Undone, group, signature,
};
pub use synopsis::Synopsis;
