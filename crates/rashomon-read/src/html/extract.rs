use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult};
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::page::{after_start, tokenize};

/// A paragraph or heading of the main text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub words: String,
    pub is_heading: bool,
}

/// What extraction finds in a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Main {
    pub lines: Vec<Line>,
    pub title: String,
    pub authors: Vec<String>,
}

/// The main text of a page: with the fallback and precision before recall, which came out best
/// of the libraries and settings measured (DESIGN.md has the table).
pub(super) fn main_text(html: &str) -> Main {
    let mut options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_exclude_comments(true);
    // Its dates are unsure; the page's own word about them is read here.
    options.html_date_mode = HtmlDateMode::Disabled;
    // A fault of the library in one page must not end the reading of the others.
    let result = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options)));
    let Ok(Ok(result)) = result else {
        return Main::default();
    };
    let authors = result.metadata.author.split(';').map(str::trim);
    Main {
        lines: lines(&result.content_html),
        title: result.metadata.title,
        authors: authors.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    }
}

/// The extracted fragment, a line for each block.
fn lines(html: &str) -> Vec<Line> {
    let mut state = tokenize(html, Lines::default()).state.into_inner();
    state.close(false);
    state.lines
}

#[derive(Default)]
struct State {
    lines: Vec<Line>,
    words: String,
}

impl State {
    fn close(&mut self, is_heading: bool) {
        let words = std::mem::take(&mut self.words);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.lines.push(Line { words, is_heading });
        }
    }
}

#[derive(Default)]
struct Lines {
    state: RefCell<State>,
}

impl TokenSink for Lines {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let state = &mut *self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let is_end = tag.kind == TagKind::EndTag;
                if is_block(&tag.name) {
                    state.close(is_end && is_heading(&tag.name));
                } else if matches!(&*tag.name, "td" | "th") {
                    state.words.push(' ');
                }
                if !is_end {
                    return after_start(&tag.name);
                }
            }
            Token::CharacterTokens(characters) => state.words.push_str(&characters),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

pub(super) fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "p" | "div"
                | "li"
                | "ul"
                | "ol"
                | "dl"
                | "dt"
                | "dd"
                | "blockquote"
                | "pre"
                | "tr"
                | "table"
                | "br"
                | "hr"
                | "section"
                | "article"
                | "body"
                | "figure"
                | "figcaption"
                | "header"
                | "footer"
                | "main"
                | "aside"
                | "details"
                | "summary"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_each_block() {
        let found = lines("<h2>Why</h2><p>One <b>two</b>\n three.<br>Four</p>tail");
        let line = |words: &str, is_heading| Line { words: words.into(), is_heading };
        let expected = [
            line("Why", true),
            line("One two three.", false),
            line("Four", false),
            line("tail", false),
        ];
        assert_eq!(found, expected);
    }
}
