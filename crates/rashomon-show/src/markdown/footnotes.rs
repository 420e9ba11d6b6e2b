use std::collections::BTreeMap;
use std::fmt::Write as _;

use rashomon_article::Passage;

use super::escape::escape;
use crate::editor::Places;

/// The places that the notes refer to, numbered over the whole document; a place has one number.
#[derive(Default)]
pub(super) struct Footnotes {
    numbers: BTreeMap<String, usize>,
    texts: Vec<String>,
}

impl Footnotes {
    /// `Outlet[^3]` for each of the passages, one for each article.
    pub fn sources(&mut self, places: &Places<'_>, passages: &[Passage]) -> String {
        let sources: Vec<String> = places
            .once_each(passages)
            .into_iter()
            .map(|passage| {
                let outlet = places.outlet(passage.article);
                format!("{}{}", escape(outlet), self.reference(places, passage))
            })
            .collect();
        sources.join(", ")
    }

    /// `[^3]`
    fn reference(&mut self, places: &Places<'_>, passage: Passage) -> String {
        let (outlet, place) = (places.outlet(passage.article), places.place(passage));
        let text = match places.file(passage.article).contains(outlet) {
            true => escape(&place),
            false => format!("{}, {}", escape(outlet), escape(&place)),
        };
        let next = self.texts.len() + 1;
        let number = *self.numbers.entry(text.clone()).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        format!("[^{number}]")
    }

    /// The texts of all notes.
    pub fn write(&self, out: &mut String) {
        if !self.texts.is_empty() {
            out.push('\n');
        }
        for (at, text) in self.texts.iter().enumerate() {
            let _ = writeln!(out, "[^{}]: {text}", at + 1);
        }
    }
}
