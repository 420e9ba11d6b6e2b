/*!
A comparison as Markdown, for an editor's notes.

[`notes`] writes headings, a table for each difference and a footnote for each place. Words of a
source are escaped: a report cannot write Markdown or HTML into the notes. What stands in
quotation marks is an exact passage.

```
let notes = rashomon_show::markdown::notes(&[], &[]);
assert_eq!(notes, "No report to compare.\n");
```
*/

mod escape;
mod footnotes;
mod story;

use std::fmt::Write as _;

use rashomon_article::{Diagnostic, Story};

use escape::escape;
use footnotes::Footnotes;

/// The notes on all stories, in their order, with the footnotes at the end.
pub fn notes(stories: &[Story], diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    let mut footnotes = Footnotes::default();
    for story in stories.iter().filter(|story| !story.documents.is_empty()) {
        if !out.is_empty() {
            out.push_str("\n---\n\n");
        }
        story::write(&mut out, story, &mut footnotes);
    }
    if out.is_empty() {
        out.push_str("No report to compare.\n");
    }
    if !diagnostics.is_empty() {
        out.push_str("\n## Beside the result\n\n");
    }
    for diagnostic in diagnostics {
        let source = diagnostic
            .source
            .as_deref()
            .map_or(String::new(), |source| format!("{}: ", escape(source)));
        let _ = writeln!(out, "- {source}{} ({})", escape(&diagnostic.message), diagnostic.code);
    }
    footnotes.write(&mut out);
    out
}
