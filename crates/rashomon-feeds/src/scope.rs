//! What holds at a place of a document: base address and language.

use crate::address::Base;
use crate::xml::Element;

#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub base: Base,
    pub language: Option<String>,
}

/// The longest tag of a language, which each entry repeats.
const LONGEST_LANGUAGE: usize = 64;

/// A tag of a language, if it may be one.
pub(crate) fn language(tag: &str) -> Option<String> {
    let tag = tag.trim();
    (!tag.is_empty() && tag.len() <= LONGEST_LANGUAGE).then(|| tag.to_owned())
}

impl Scope {
    /// What holds in an element: `xml:base` and `xml:lang` are inherited.
    pub fn within(&self, element: &Element) -> Scope {
        let language = match element.attribute("xml:lang") {
            Some(tag) => language(tag),
            None => self.language.clone(),
        };
        Scope { base: self.base.within(element.attribute("xml:base")), language }
    }
}
