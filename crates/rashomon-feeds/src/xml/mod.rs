//! XML as it is published, which is not always XML: a tree of elements of whatever stands there.
//!
//! `tokens` splits a text with quick-xml and mends what it refuses, `tree` puts elements together
//! and closes what was left open, `markup` writes pieces of the tree as HTML.

mod declared;
mod markup;
mod name;
mod tokens;
mod tree;

use std::borrow::Cow;

pub(crate) use name::{Name, Space};
pub(crate) use tokens::{Tag, Token, Tokens};
pub(crate) use tree::{Tree, read};

/// An element and what it holds.
#[derive(Debug)]
pub(crate) struct Element<'t> {
    pub name: Name<'t>,
    pub attributes: Vec<Attribute<'t>>,
    pub children: Vec<Node<'t>>,
    /// Whether the document goes on after it: a cut one ends with the document.
    pub whole: bool,
}

/// An attribute with its name as written.
#[derive(Debug)]
pub(crate) struct Attribute<'t> {
    pub name: &'t str,
    pub value: Cow<'t, str>,
}

#[derive(Debug)]
pub(crate) enum Node<'t> {
    Element(Element<'t>),
    Text(Cow<'t, str>),
}

impl<'t> Element<'t> {
    /// The elements directly in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element<'t>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// Elements directly in it that bear a name.
    pub fn all(&self, space: Space, local: &str) -> impl Iterator<Item = &Element<'t>> {
        self.elements().filter(move |element| element.is(space, local))
    }

    /// The first element directly in it that bears a name.
    pub fn child(&self, space: Space, local: &str) -> Option<&Element<'t>> {
        self.all(space, local).next()
    }

    /// Whether it bears a name.
    pub fn is(&self, space: Space, local: &str) -> bool {
        self.name.is(space, local)
    }

    /// An attribute, whatever its case; one without a prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let named = |attribute: &&Attribute| attribute.name.eq_ignore_ascii_case(name);
        self.attributes.iter().find(named).map(|attribute| attribute.value.trim())
    }

    /// An attribute by its local name, with any prefix.
    pub fn attribute_local(&self, local: &str) -> Option<&str> {
        let named =
            |attribute: &&Attribute| name::split(attribute.name).1.eq_ignore_ascii_case(local);
        self.attributes.iter().find(named).map(|attribute| attribute.value.trim())
    }

    /// The text in it and in all elements in it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text
    }

    fn push_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.push_text(text),
                Node::Text(words) => text.push_str(words),
            }
        }
    }

    /// What it holds as HTML: text as it stands where it has no elements, since that is how
    /// feeds wrap HTML, and else its elements written out.
    pub fn html(&self) -> String {
        if self.has_elements() { markup::inner(self) } else { self.text() }
    }

    /// What it holds as HTML, where text is text and not wrapped HTML.
    pub fn markup(&self) -> String {
        markup::inner(self)
    }
}
