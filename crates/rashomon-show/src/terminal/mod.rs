/*!
A comparison as a report for the terminal.

[`report`] sets what an editor wants to see first at the top of each story: how many independent
origins tell it, where the reports differ, what they agree on, who said what, and what only one
of them tells. Each finding names the outlet and the place.

What stands in quotation marks is an exact passage of a source. No character of a source can
drive the terminal: controls are shown as their pictures.

```
use rashomon_show::terminal::{report, Style};

assert_eq!(report(&[], &[], &Style::default()), "No report to compare.\n");
```
*/

mod page;
mod story;

use rashomon_article::{Diagnostic, Story};

use page::{Ink, Page, Words};

/// How the report is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the window.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub colour: bool,
    /// Whether to show everything, however long.
    pub all: bool,
}

impl Default for Style {
    /// 80 columns, no colour, long lists cut short.
    fn default() -> Style {
        Style { width: 80, colour: false, all: false }
    }
}

/// How many diagnostics are shown where not all are.
const DIAGNOSTICS: usize = 6;

/// The report on all stories, those with several articles first.
pub fn report(stories: &[Story], diagnostics: &[Diagnostic], style: &Style) -> String {
    let mut page = Page::new(style);
    let (compared, alone): (Vec<&Story>, Vec<&Story>) =
        stories.iter().partition(|story| story.documents.len() > 1);
    if stories.iter().all(|story| story.documents.is_empty()) {
        page.paragraph(0, &Words::new("No report to compare.", Ink::Plain));
    }
    for (at, story) in compared.iter().enumerate() {
        if at > 0 {
            page.gap();
            page.paragraph(0, &Words::new(&"═".repeat(page.columns()), Ink::Faint));
        }
        story::show(&mut page, story, style);
    }
    story::show_alone(&mut page, &alone, compared.is_empty(), style);
    show_diagnostics(&mut page, diagnostics, style);
    page.into_string()
}

fn show_diagnostics(page: &mut Page<'_>, diagnostics: &[Diagnostic], style: &Style) {
    if diagnostics.is_empty() {
        return;
    }
    page.heading("BESIDE THE RESULT");
    let shown = if style.all { diagnostics.len() } else { DIAGNOSTICS };
    for diagnostic in diagnostics.iter().take(shown) {
        let mut words = Words::default();
        if let Some(source) = &diagnostic.source {
            words = words.and(source, Ink::Strong).and(": ", Ink::Plain);
        }
        let code = format!(" [{}]", diagnostic.code);
        let words = words.and(&diagnostic.message, Ink::Plain).and(&code, Ink::Faint);
        page.hanging(2, &Words::new("! ", Ink::Yellow), &words);
    }
    more(page, 2, diagnostics.len(), shown);
}

/// `… and 3 more (--all)` where a list was cut short.
fn more(page: &mut Page<'_>, indent: usize, total: usize, shown: usize) {
    if total > shown {
        let words = format!("… and {} more (--all)", total - shown);
        page.paragraph(indent, &Words::new(&words, Ink::Faint));
    }
}
