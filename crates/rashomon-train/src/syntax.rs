//! Sentences with their syntax, from a treebank in the form of Universal Dependencies.

use std::collections::BTreeMap;
use std::path::Path;

use rashomon::article::Document;
use rashomon::language::english;

use crate::files::read_text;

/// Sentences in one document.
const SENTENCES: usize = 40;
/// A label that is seen more seldom counts with the others.
const SEEN: u32 = 100;

/// A document with the syntactic label of each token, where it is a token of the treebank as well.
pub struct Parsed {
    pub document: Document,
    pub labels: Vec<Option<u16>>,
}

/// One word of the treebank: form, relation to its head and the side of the head, and whether a
/// blank follows.
struct Word {
    form: String,
    label: String,
    blank: bool,
}

/// Reads the training part of a treebank; also tells how many labels there are.
pub fn read(file: &Path) -> Result<(Vec<Parsed>, usize), String> {
    let text = read_text(file)?;
    let sentences: Vec<Vec<Word>> = text.split("\n\n").map(sentence).collect();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    sentences.iter().flatten().for_each(|word| *counts.entry(&word.label).or_default() += 1);
    let labels: Vec<&str> =
        counts.into_iter().filter(|&(_, count)| count >= SEEN).map(|(label, _)| label).collect();
    let documents: Vec<Parsed> =
        sentences.chunks(SENTENCES).map(|sentences| parsed(sentences, &labels)).collect();
    Ok((documents, labels.len() + 1))
}

fn sentence(lines: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, part, _, _, head, relation, _, rest] = columns[..] else { continue };
        // Words taken apart (`don't`) stand again one by one.
        let (Ok(id), Ok(head)) = (id.parse::<u32>(), head.parse::<u32>()) else { continue };
        let side = match head {
            0 => "",
            head if head < id => "<",
            _ => ">",
        };
        words.push(Word {
            form: form.to_owned(),
            label: format!("{part} {relation}{side}"),
            blank: !rest.contains("SpaceAfter=No"),
        });
    }
    words
}

fn parsed(sentences: &[Vec<Word>], labels: &[&str]) -> Parsed {
    let mut text = String::new();
    let mut ends: BTreeMap<(usize, usize), u16> = BTreeMap::new();
    for (at, sentence) in sentences.iter().enumerate() {
        for word in sentence {
            let start = text.len();
            text.push_str(&word.form);
            let label = labels.binary_search(&word.label.as_str());
            ends.insert((start, text.len()), label.unwrap_or(labels.len()) as u16);
            if word.blank {
                text.push(' ');
            }
        }
        text.truncate(text.trim_end().len());
        text.push_str(if at % 4 == 3 { "\n\n" } else { " " });
    }
    let document =
        rashomon::annotate(rashomon::read::read_plain("treebank", &text, english()), english());
    let same = document.article.text.as_str().trim_end() == text.trim_end();
    let label = |span: rashomon::text::Span| ends.get(&(span.start(), span.end())).copied();
    let labels = document.tokens.iter().map(|token| label(token.span).filter(|_| same)).collect();
    Parsed { document, labels }
}
