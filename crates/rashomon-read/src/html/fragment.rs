//! A stretch of HTML that is the article and nothing else: what a feed or a table holds. No
//! extraction chooses among its words, so that none is lost.

use std::cell::RefCell;

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use rashomon_article::Document;
use rashomon_language::Language;
use rashomon_text::Span;

use super::extract::{is_block, is_heading};
use super::page::{after_start, attribute, tokenize};
use crate::assemble::{self, Known};
use crate::plain::fold;

/// A title that stands among so many lines at the head is not put in front of them again.
const TITLE_WITHIN: usize = 3;

/// The article of a fragment; what is `known` stands above what it says of itself.
pub(crate) fn document(name: &str, html: &str, mut known: Known, language: &Language) -> Document {
    let lines = lines(html);
    let text = lay_out(&lines, &mut known);
    assemble::document(name, &text, known, language)
}

/// Paragraphs apart by an empty line, the headline in front.
fn lay_out(lines: &[Line], known: &mut Known) -> String {
    let title = known.given.title.as_deref().map(tidy).filter(|title| !title.is_empty());
    let mut text = String::new();
    if let Some(title) = title {
        let folded = fold(&title);
        let stands = lines.iter().take(TITLE_WITHIN).any(|line| fold(&line.words) == folded);
        if !stands && !lines.is_empty() {
            text.push_str(&title);
            text.push_str("\n\n");
        }
    }
    for line in lines {
        let start = text.len();
        text.push_str(&line.words);
        let span = Span::new(start, text.len());
        match line.part {
            Part::Heading => known.headings.push(span),
            Part::Caption => known.captions.push(span),
            Part::Prose => {}
        }
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text
}

fn tidy(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a line of a fragment is marked as.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Prose,
    Heading,
    Caption,
}

/// A paragraph, heading or caption; single breaks of line are kept.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    words: String,
    part: Part,
}

fn lines(html: &str) -> Vec<Line> {
    let mut state = tokenize(html, Fragment::default()).state.into_inner();
    state.close(Part::Prose);
    // An element that was opened and never closed must not swallow what comes after it.
    if let Some(mute) = state.mute.take() {
        state.lines.truncate(mute.lines);
        let rest = lines_of(&mute.words);
        state.lines.extend(rest);
    }
    state.lines
}

fn lines_of(words: &str) -> impl Iterator<Item = Line> + '_ {
    words
        .split('\u{0}')
        .map(tidy)
        .filter(|words| !words.is_empty())
        .map(|words| Line { words, part: Part::Prose })
}

/// An element whose words are no words of the article.
struct Mute {
    element: String,
    /// How many elements of the same name are open.
    depth: usize,
    /// How many lines stood before it.
    lines: usize,
    /// What it held so far, blocks apart by NUL.
    words: String,
}

#[derive(Default)]
struct State {
    lines: Vec<Line>,
    words: String,
    captions: usize,
    mute: Option<Mute>,
}

impl State {
    /// Ends the line that is being gathered: two breaks in a row end a paragraph, one is kept.
    fn close(&mut self, part: Part) {
        let words = std::mem::take(&mut self.words);
        let part = if self.captions > 0 { Part::Caption } else { part };
        let rows: Vec<String> = words.split('\n').map(tidy).collect();
        for group in rows.split(|row| row.is_empty()) {
            if !group.is_empty() {
                self.lines.push(Line { words: group.join("\n"), part });
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let is_end = tag.kind == TagKind::EndTag;
        if let Some(mute) = &mut self.mute {
            if is_block(&tag.name) {
                mute.words.push('\0');
            }
            if *tag.name == *mute.element {
                mute.depth = if is_end { mute.depth - 1 } else { mute.depth + 1 };
            }
            if mute.depth == 0 {
                self.mute = None;
            }
            return;
        }
        if !is_end && !tag.self_closing && is_mute(tag) {
            self.close(Part::Prose);
            self.mute = Some(Mute {
                element: tag.name.to_string(),
                depth: 1,
                lines: self.lines.len(),
                words: String::new(),
            });
            return;
        }
        match &*tag.name {
            "br" => self.words.push('\n'),
            "td" | "th" => self.words.push(' '),
            "figcaption" => {
                self.close(Part::Prose);
                self.captions =
                    if is_end { self.captions.saturating_sub(1) } else { self.captions + 1 };
            }
            "figure" => {
                self.close(Part::Prose);
                // A caption that is left open ends with its picture.
                self.captions = 0;
            }
            name if is_block(name) => {
                let heads = is_end && is_heading(name);
                self.close(if heads { Part::Heading } else { Part::Prose });
            }
            _ => {}
        }
    }
}

/// Whether the element is a script, a style, a form, something that plays or is not shown.
fn is_mute(tag: &Tag) -> bool {
    matches!(
        &*tag.name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "form"
            | "iframe"
            | "object"
            | "svg"
            | "math"
            | "button"
            | "select"
            | "textarea"
            | "audio"
            | "video"
            | "canvas"
            | "title"
    ) || (!matches!(&*tag.name, "br" | "img" | "hr" | "input")
        && attribute(tag, "hidden").is_some())
}

#[derive(Default)]
struct Fragment {
    state: RefCell<State>,
}

impl TokenSink for Fragment {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let state = &mut *self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                state.tag(&tag);
                if tag.kind == TagKind::StartTag {
                    return after_start(&tag.name);
                }
            }
            Token::CharacterTokens(characters) => match &mut state.mute {
                // The words of scripts and styles are never any of the article.
                Some(mute) if matches!(&*mute.element, "script" | "style") => {}
                Some(mute) => mute.words.push_str(&characters),
                // A break in the source is white space; only `br` breaks a line.
                None => state.words.extend(
                    characters.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }),
                ),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Given;
    use rashomon_article::BlockKind;
    use rashomon_language::english;

    fn words(html: &str) -> Vec<String> {
        lines(html).into_iter().map(|line| line.words).collect()
    }

    #[test]
    fn blocks_are_paragraphs() {
        let table: &[(&str, &[&str])] = &[
            ("<p>One.</p><p>Two <b>and</b>\n three.</p>", &["One.", "Two and three."]),
            ("One.<br><br>Two.<br/>Three.", &["One.", "Two.\nThree."]),
            ("One.<script>var a = '<p>no</p>';</script><p>Two.", &["One.", "Two."]),
            ("<style>p{}</style><iframe src=x>no</iframe>One.", &["One."]),
            ("<form><p>Sign up</p><form>x</form></form><p>One.</p>", &["One."]),
            ("Fish &amp; chips &mdash; plain text", &["Fish & chips — plain text"]),
            ("<ul><li>One<li>Two</ul>", &["One", "Two"]),
            ("<p hidden>no</p><p>One.</p>", &["One."]),
            ("", &[]),
        ];
        for (html, expected) in table {
            assert_eq!(&words(html), expected, "{html}");
        }
    }

    #[test]
    fn an_element_left_open_swallows_nothing() {
        assert_eq!(words("<p>One.</p><form><p>Two.</p><p>Three.</p>"), ["One.", "Two.", "Three."]);
    }

    #[test]
    fn captions_and_headings_are_told_apart() {
        let html = "<h2>Why it matters</h2><p>The port is shut, the city said on Monday.</p>\
            <figure><img src=a><figcaption>The empty quay</figcaption></figure>\
            <p>It will open again in May, she said.</p>";
        let given = Given { title: Some("Port shut".to_owned()), ..Given::default() };
        let document = document("a", html, Known::from(given), english());
        let found: Vec<_> = document
            .article
            .blocks
            .iter()
            .map(|block| (block.kind, document.slice(block.span)))
            .collect();
        let expected = [
            (BlockKind::Headline, "Port shut"),
            (BlockKind::Subheading, "Why it matters"),
            (BlockKind::Paragraph, "The port is shut, the city said on Monday."),
            (BlockKind::Caption, "The empty quay"),
            (BlockKind::Paragraph, "It will open again in May, she said."),
        ];
        assert_eq!(found, expected);
    }
}
