//! What holds at a place of a document: base address and language.

use crate::address::Base;
use crate::xml::Element;

#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub base: Base,
    pub language: Option<String>,
}

impl Scope {
    /// What holds in an element: `xml:base` and `xml:lang` are inherited.
    pub fn within(&self, element: &Element) -> Scope {
        let language = match element.attribute("xml:lang") {
            Some("") => None,
            Some(language) => Some(language.to_owned()),
            None => self.language.clone(),
        };
        Scope { base: self.base.within(element.attribute("xml:base")), language }
    }
}
