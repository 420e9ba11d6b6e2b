use std::cell::RefCell;

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::page::{after_start, is_void, tokenize};

/// Pages of outlets nest some forty elements; extraction takes time quadratic in the depth.
const DEEPEST: usize = 200;
/// How far up an end tag looks for its start tag.
const REACH: usize = 64;

/// The page without the elements (but with their text) that lie deeper than extraction can
/// bear; `None` where the page is shallow enough.
pub(super) fn flatten(html: &str, depth: usize) -> Option<String> {
    (depth > DEEPEST).then(|| {
        let writer = Writer::default();
        tokenize(html, writer).state.into_inner().out
    })
}

#[derive(Default)]
struct State {
    out: String,
    /// The open elements, and whether their tags were written.
    open: Vec<(String, bool)>,
    kept: usize,
    /// Inside an element whose text is no text of the page.
    mute: Option<String>,
}

#[derive(Default)]
struct Writer {
    state: RefCell<State>,
}

impl TokenSink for Writer {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let state = &mut *self.state.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                state.start(&tag);
                return after_start(&tag.name);
            }
            Token::TagToken(tag) => state.end(&tag.name),
            Token::CharacterTokens(characters) if state.mute.is_none() => {
                escape(&characters, &mut state.out);
            }
            Token::NullCharacterToken => state.out.push('\u{fffd}'),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn start(&mut self, tag: &Tag) {
        if matches!(&*tag.name, "script" | "style") {
            self.mute = Some(tag.name.to_string());
            return;
        }
        let is_kept = self.kept < DEEPEST;
        if is_kept {
            self.write_start(tag);
        } else if !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
        if !is_void(&tag.name) {
            self.open.push((tag.name.to_string(), is_kept));
            self.kept += usize::from(is_kept);
        }
    }

    fn write_start(&mut self, tag: &Tag) {
        self.out.push('<');
        self.out.push_str(&tag.name);
        for attribute in &tag.attrs {
            self.out.push(' ');
            self.out.push_str(&attribute.name.local);
            self.out.push_str("=\"");
            escape(&attribute.value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn end(&mut self, name: &str) {
        if self.mute.as_deref() == Some(name) {
            self.mute = None;
            return;
        }
        let Some(up) = self.open.iter().rev().take(REACH).position(|(open, _)| open == name) else {
            return;
        };
        let at = self.open.len() - 1 - up;
        let is_kept = self.open[at].1;
        self.kept -= self.open[at..].iter().filter(|(_, kept)| *kept).count();
        self.open.truncate(at);
        if is_kept {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }
}

fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::Page;
    use super::*;

    #[test]
    fn shallow_pages_stay_as_they_are() {
        let html = "<div><p>One<p>Two</div>";
        assert_eq!(flatten(html, Page::scan(html).depth), None);
    }

    #[test]
    fn deep_pages_keep_their_words() {
        let html = format!("{}<p>Deep & down</p>{}", "<div>".repeat(900), "</div>".repeat(900));
        let depth = Page::scan(&html).depth;
        assert_eq!(depth, 900);
        let flat = flatten(&html, depth).expect("too deep");
        assert!(flat.contains("Deep &amp; down"));
        assert_eq!(Page::scan(&flat).depth, DEEPEST);
    }
}
