//! A text split into tokens: by quick-xml where it is XML, mended where it is not.

use std::borrow::Cow;

use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use quick_xml::reader::Reader;

/// What stands before words in which `&` and `<` mean themselves.
const DATA: &str = "<![CDATA[";

/// A token of a text.
#[derive(Debug)]
pub(crate) enum Token<'t> {
    Start(Tag<'t>),
    Empty(Tag<'t>),
    /// The name of an end tag.
    End(&'t str),
    Text(&'t str),
    /// Words in which `&` and `<` mean themselves.
    Data(&'t str),
    /// What stands between `&` and `;`.
    Reference(&'t str),
    DocumentType(&'t str),
}

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'t> {
    pub name: &'t str,
    /// Name and attributes.
    content: &'t str,
}

impl<'t> Tag<'t> {
    /// What stands between the angle brackets, if it starts with a name.
    fn of(raw: &'t str, name_length: usize, is_empty: bool) -> Option<Tag<'t>> {
        let content = raw.strip_prefix('<')?.strip_suffix('>')?;
        let content = if is_empty { content.strip_suffix('/')? } else { content };
        let name = content.get(..name_length)?;
        let starts = |c: char| c.is_alphabetic() || matches!(c, '_' | ':');
        let is_name = name.starts_with(starts) && !name.contains('<');
        is_name.then_some(Tag { name, content })
    }

    /// Its attributes with their values as written, in quotation marks or without.
    pub fn attributes(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let mut attributes = Attributes::html(self.content, self.name.len());
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let value = match attribute.value {
                Cow::Borrowed(value) => value,
                Cow::Owned(_) => "",
            };
            (attribute.key.into_inner(), value)
        })
    }
}

/// The tokens of a text.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where in the text the reader was started.
    start: usize,
    /// How many bytes were read more than once; a hostile text would have all of them read again
    /// for each of its bytes.
    again: usize,
    /// How many faults were mended.
    pub faults: usize,
    /// The first fault.
    pub first_fault: Option<&'t str>,
    /// Whether the text ends within a token.
    pub cut: bool,
    /// Whether reading stopped before the end of the text, as it would have cost too much.
    pub gave_up: bool,
}

impl<'t> Tokens<'t> {
    pub fn of(text: &'t str) -> Tokens<'t> {
        Tokens {
            text,
            reader: reader(text),
            start: 0,
            again: 0,
            faults: 0,
            first_fault: None,
            cut: false,
            gave_up: false,
        }
    }

    /// The next token, or `None` at the end.
    pub fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let at = self.position();
            let event = self.reader.read_event();
            let end = self.position();
            match event {
                Ok(event) => {
                    let raw = &self.text[at.min(end)..end];
                    match self.token(event, raw) {
                        Step::Token(token) => return Some(token),
                        Step::Nothing => {}
                        Step::Broken => return self.mend(at, None),
                        Step::End => return None,
                    }
                }
                Err(error) => {
                    let syntax = match error {
                        Error::Syntax(error) => Some(error),
                        _ => None,
                    };
                    return self.mend(at, syntax);
                }
            }
        }
    }

    fn position(&self) -> usize {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let mut at = self.start.saturating_add(position).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn token(&mut self, event: Event<'t>, raw: &'t str) -> Step<'t> {
        match event {
            Event::Start(tag) => match Tag::of(raw, tag.name().into_inner().len(), false) {
                Some(tag) if holds_no_tag(raw) => Step::Token(Token::Start(tag)),
                _ => Step::Broken,
            },
            Event::Empty(tag) => match Tag::of(raw, tag.name().into_inner().len(), true) {
                Some(tag) if holds_no_tag(raw) => Step::Token(Token::Empty(tag)),
                _ => Step::Broken,
            },
            Event::End(_) => {
                let name = raw.trim_start_matches("</").trim_end_matches('>').trim();
                let name = name.split(char::is_whitespace).next().unwrap_or_default();
                if name.contains('<') { Step::Broken } else { Step::Token(Token::End(name)) }
            }
            Event::Text(_) => Step::Token(Token::Text(raw)),
            Event::CData(_) => {
                let words = raw.strip_prefix(DATA).and_then(|words| words.strip_suffix("]]>"));
                words.map_or(Step::Broken, |words| Step::Token(Token::Data(words)))
            }
            Event::GeneralRef(_) => {
                let name = raw.trim_start_matches('&').trim_end_matches(';');
                Step::Token(Token::Reference(name))
            }
            Event::DocType(_) => Step::Token(Token::DocumentType(raw)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Step::Nothing,
            Event::Eof => Step::End,
        }
    }

    /// Goes on after something that is no XML.
    fn mend(&mut self, at: usize, error: Option<SyntaxError>) -> Option<Token<'t>> {
        let rest = &self.text[at..];
        self.faults += 1;
        self.first_fault.get_or_insert(rest);
        self.again += self.position().max(at) - at;
        if error.is_some() {
            self.again += rest.len();
        }
        if self.again > self.text.len().saturating_mul(16) + (1 << 20) {
            self.gave_up = true;
            return None;
        }
        match error {
            // What only starts like it is no CDATA.
            Some(SyntaxError::UnclosedCData) if rest.starts_with(DATA) => {
                let words = &rest[DATA.len()..];
                let end = words.find("</").unwrap_or(words.len());
                self.restart(at + DATA.len() + end);
                let words = &words[..end];
                return Some(Token::Data(words.strip_suffix("]]").unwrap_or(words)));
            }
            Some(SyntaxError::UnclosedComment) => {
                self.cut = true;
                return None;
            }
            Some(
                SyntaxError::UnclosedPI
                | SyntaxError::UnclosedXmlDecl
                | SyntaxError::UnclosedDoctype,
            ) => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                self.restart(at + end);
                return Some(Token::Text(""));
            }
            _ => {}
        }
        let (first, others) = rest.split_at(rest.chars().next().map_or(0, char::len_utf8));
        // A tag that the document ends in.
        if first.is_empty() || !others.contains(['<', '>']) {
            self.cut = true;
            return None;
        }
        self.restart(at + first.len());
        Some(Token::Text(first))
    }

    fn restart(&mut self, at: usize) {
        self.start = at;
        self.reader = reader(&self.text[at..]);
    }
}

enum Step<'t> {
    Token(Token<'t>),
    Nothing,
    Broken,
    End,
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// Whether no other tag stands in one, as where an angle bracket or a quotation mark is missing.
fn holds_no_tag(raw: &str) -> bool {
    if !raw[1..].contains('<') {
        return true;
    }
    let mut quote = None;
    let mut closed = false;
    for c in raw[1..].chars() {
        match (c, quote) {
            ('<', None) => return false,
            // What follows a value is not glued to it, unless its mark is missing somewhere.
            (c, None) if closed && c.is_alphanumeric() => return false,
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => {
                quote = None;
                closed = true;
                continue;
            }
            _ => {}
        }
        closed = false;
    }
    true
}
