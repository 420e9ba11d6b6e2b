//! Tokens put together to a tree, whatever tags are missing.

use std::borrow::Cow;

use super::declared::{Declared, Found};
use super::tokens::{Tag, Token, Tokens};
use super::{Attribute, Element, Name, Node, Space, name};
use crate::references;
use crate::remarks::Remarks;

/// Elements nested more deeply are unwrapped.
const DEEPEST: usize = 96;

/// The most elements of one document. A full sitemap has 50,000 pages.
const MOST_ELEMENTS: usize = 1_000_000;

/// The most attributes of one element.
const MOST_ATTRIBUTES: usize = 64;

/// The most declarations of vocabularies that hold at one place.
const MOST_SPACES: usize = 256;

/// Elements that never hold one of their own name: a second start is a forgotten end.
const SELF_CLOSING: &[&str] = &["item", "entry", "url", "sitemap"];

/// Elements of HTML that hold nothing and that nobody closes; not those, as `link`, that hold
/// something in a feed.
const VOID: &[&str] = &["area", "base", "br", "col", "hr", "img", "input", "meta", "wbr"];

fn is_void(written: &str) -> bool {
    VOID.iter().any(|name| name.eq_ignore_ascii_case(written))
}

/// How many of the elements below the deepest an end tag is looked for in.
const LAST: usize = 32;

/// The elements of a document that stand in no other one: the root, and what stands beside it.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    pub roots: Vec<Element<'t>>,
    /// Whether the document ends before its elements do.
    pub cut: bool,
    /// Whether reading stopped at a limit.
    pub limited: bool,
}

/// Reads a text.
pub(crate) fn read<'t>(text: &'t str, remarks: &mut Remarks) -> Tree<'t> {
    let mut tokens = Tokens::of(text);
    let mut building = Building::default();
    while building.elements < MOST_ELEMENTS
        && let Some(token) = tokens.next()
    {
        building.take(token);
    }
    let limited = building.elements >= MOST_ELEMENTS || tokens.gave_up;
    if limited {
        let limit = format!("{MOST_ELEMENTS} elements");
        remarks.add("too-many", if tokens.gave_up { "so many faults" } else { &limit });
    }
    let faults = tokens.faults + building.faults;
    let example = building.first_fault.as_deref().or(tokens.first_fault).unwrap_or_default();
    remarks.add_times("feed-repaired", faults, &crate::html::one_line(shortened(example)));
    remarks.add_times("entity-refused", building.refused, &building.first_refused);
    remarks.add_times("nesting-cut", building.unwrapped, "");
    let cut = tokens.cut || !building.open.is_empty();
    Tree { roots: building.finish(), cut, limited }
}

fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

#[derive(Default)]
struct Building<'t> {
    open: Vec<Element<'t>>,
    roots: Vec<Element<'t>>,
    /// Prefixes with their vocabularies, the innermost last, and how deep they were declared.
    spaces: Vec<(&'t str, Space, usize)>,
    declared: Declared<'t>,
    elements: usize,
    /// The names of open elements below the deepest.
    below: Vec<&'t str>,
    unwrapped: usize,
    faults: usize,
    first_fault: Option<String>,
    refused: usize,
    first_refused: String,
}

impl<'t> Building<'t> {
    fn take(&mut self, token: Token<'t>) {
        match token {
            Token::Start(tag) => self.start(tag, false),
            Token::Empty(tag) => self.start(tag, true),
            Token::End(name) => self.end(name),
            Token::Text(text) | Token::Data(text) => self.text(Cow::Borrowed(text)),
            Token::Reference(name) => self.reference(name),
            Token::DocumentType(declarations) => self.declared.read(declarations),
        }
    }

    fn start(&mut self, tag: Tag<'t>, is_empty: bool) {
        self.elements += 1;
        let written = tag.name;
        let is_empty = is_empty || is_void(written);
        let (_, local) = name::split(written);
        if SELF_CLOSING.iter().any(|known| known.eq_ignore_ascii_case(local))
            && let Some(at) = self.open.iter().rposition(|open| open.name.written == written)
        {
            self.fault(|| format!("<{written}> within <{written}>"));
            self.close_from(at, true);
        }
        if self.open.len() >= DEEPEST {
            self.unwrapped += 1;
            if !is_empty {
                self.below.push(written);
            }
            return;
        }
        let attributes = tag.attributes().take(MOST_ATTRIBUTES);
        let attributes: Vec<Attribute> = attributes
            .map(|(name, value)| Attribute { name, value: references::decode(value) })
            .collect();
        for attribute in &attributes {
            let prefix = match name::split(attribute.name) {
                ("xmlns", prefix) => prefix,
                ("", "xmlns") => "",
                _ => continue,
            };
            if self.spaces.len() < MOST_SPACES {
                let space = Space::of_address(&attribute.value);
                self.spaces.push((prefix, space, self.open.len()));
            }
        }
        let space = self.space(written).unwrap_or_else(|| {
            let (prefix, _) = name::split(written);
            self.fault(|| format!("<{written}> has a prefix that is not declared"));
            Space::of_prefix(prefix)
        });
        let name = Name { written, space };
        let element = Element { name, attributes, children: Vec::new(), whole: true };
        self.open.push(element);
        if is_empty {
            self.close_from(self.open.len() - 1, true);
        }
    }

    /// The vocabulary of a name, or `None` where its prefix is not declared.
    fn space(&self, written: &str) -> Option<Space> {
        let (prefix, _) = name::split(written);
        let declared = self.spaces.iter().rev().find(|(known, _, _)| *known == prefix);
        match declared {
            Some(&(_, space, _)) => Some(space),
            None if prefix.is_empty() => Some(Space::Plain),
            None => None,
        }
    }

    fn end(&mut self, written: &str) {
        let last = self.below.len().saturating_sub(LAST);
        let same = |name: &&str| name.eq_ignore_ascii_case(written);
        if let Some(at) = self.below[last..].iter().rposition(same) {
            self.below.truncate(last + at);
            return;
        }
        let named = |open: &Element| open.name.written.eq_ignore_ascii_case(written);
        match self.open.iter().rposition(named) {
            Some(at) => {
                if at + 1 < self.open.len() {
                    let left = self.open[at + 1].name.written;
                    self.fault(|| format!("<{left}> is not closed"));
                }
                self.close_from(at, true);
            }
            None if is_void(written) => {}
            None => self.fault(|| format!("</{written}> closes nothing")),
        }
    }

    /// Closes the elements from one on, the innermost first.
    fn close_from(&mut self, at: usize, whole: bool) {
        self.below.clear();
        while self.open.len() > at {
            let Some(mut element) = self.open.pop() else { return };
            element.whole = whole;
            let depth = self.open.len();
            while self.spaces.last().is_some_and(|&(_, _, declared)| declared >= depth) {
                self.spaces.pop();
            }
            match self.open.last_mut() {
                Some(outer) => outer.children.push(Node::Element(element)),
                None => self.roots.push(element),
            }
        }
    }

    fn text(&mut self, text: Cow<'t, str>) {
        let Some(open) = self.open.last_mut() else { return };
        match open.children.last_mut() {
            _ if text.is_empty() => {}
            Some(Node::Text(before)) => before.to_mut().push_str(&text),
            _ => open.children.push(Node::Text(text)),
        }
    }

    fn reference(&mut self, name: &'t str) {
        if let Some(meaning) = references::resolve(name) {
            let mut text = String::new();
            meaning.push_to(&mut text);
            return self.text(Cow::Owned(text));
        }
        match self.declared.look_up(name) {
            Found::Words(words) => {
                let words = words.to_owned();
                self.text(Cow::Owned(words));
            }
            Found::Refused => {
                if self.refused == 0 {
                    self.first_refused = name.to_owned();
                }
                self.refused += 1;
            }
            Found::Unknown => {
                self.fault(|| format!("&{name};"));
                self.text(Cow::Owned(format!("&{name};")));
            }
        }
    }

    fn fault(&mut self, what: impl FnOnce() -> String) {
        self.faults += 1;
        if self.first_fault.is_none() {
            self.first_fault = Some(what());
        }
    }

    fn finish(mut self) -> Vec<Element<'t>> {
        self.close_from(0, false);
        self.roots
    }
}
