//! Entities that a document declares for itself.

use std::collections::BTreeMap;

use crate::references;

/// The most bytes that all declared entities may add to a document.
const MOST_ADDED: usize = 1 << 16;

/// The most entities that are remembered.
const MOST_ENTITIES: usize = 256;

/// What a document type declares. Only plain words stand for themselves: an entity that refers to
/// other ones may grow without bound, one that names a file or an address would have to be
/// fetched, and both are refused.
#[derive(Debug, Default)]
pub(crate) struct Declared<'t> {
    entities: BTreeMap<&'t str, Option<String>>,
    added: usize,
}

/// What came of looking an entity up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'d> {
    Words(&'d str),
    Refused,
    Unknown,
}

impl<'t> Declared<'t> {
    /// Reads the declarations of a document type.
    pub fn read(&mut self, document_type: &'t str) {
        let mut rest = document_type;
        while let Some(at) = rest.find("<!ENTITY") {
            rest = &rest[at + "<!ENTITY".len()..];
            let words = rest.trim_start();
            let end = words.find(|c: char| c.is_whitespace()).unwrap_or(words.len());
            let (name, value) = words.split_at(end);
            if self.entities.len() < MOST_ENTITIES && !name.is_empty() && name != "%" {
                // The first declaration counts, as XML has it.
                self.entities.entry(name).or_insert_with(|| literal(value.trim_start()));
            }
        }
    }

    /// The words that a name stands for.
    pub fn look_up(&mut self, name: &str) -> Found<'_> {
        match self.entities.get(name) {
            None => Found::Unknown,
            Some(Some(words)) if self.added + words.len() <= MOST_ADDED => {
                self.added += words.len();
                Found::Words(words)
            }
            Some(_) => Found::Refused,
        }
    }
}

/// A quoted value that refers to nothing but characters.
fn literal(value: &str) -> Option<String> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value[1..].split(quote).next()?;
    let decoded = references::decode(value);
    let refers = decoded.contains(['&', '%', '<']);
    (!refers && value.len() <= 4096).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_alone_are_resolved() {
        let mut declared = Declared::default();
        declared.read(
            r#"rss [ <!ENTITY paper "Lusa Herald"> <!ENTITY e 'caf&#233;'>
            <!ENTITY twice "&paper;&paper;"> <!ENTITY file SYSTEM "file:///etc/passwd">
            <!ENTITY % parameter "x"> <!ENTITY cut "#,
        );
        assert_eq!(declared.look_up("paper"), Found::Words("Lusa Herald"));
        assert_eq!(declared.look_up("e"), Found::Words("café"));
        assert_eq!(declared.look_up("twice"), Found::Refused);
        assert_eq!(declared.look_up("file"), Found::Refused);
        assert_eq!(declared.look_up("parameter"), Found::Unknown);
    }

    #[test]
    fn what_they_add_is_bounded() {
        let long = format!("rss [<!ENTITY long \"{}\">]", "x".repeat(4000));
        let mut declared = Declared::default();
        declared.read(&long);
        let found = (0..100).filter(|_| declared.look_up("long") != Found::Refused).count();
        assert_eq!(found, MOST_ADDED / 4000);
    }
}
