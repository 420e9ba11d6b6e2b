//! Which words of a text a query found: asked of the same index, in memory, so that both always
//! mean the same.

use std::borrow::Cow;

use rashomon::text::Span;
use rusqlite::{Connection, params};

use crate::error::{Error, Result};
use crate::sql::Sql;

/// What stands around a word that was found. No text holds it by chance; one that does on purpose
/// loses its marks and nothing else.
const OPEN: &str = "\u{E000}\u{2}<rashomon\u{E001}";
const CLOSE: &str = "\u{E000}\u{3}rashomon>\u{E001}";

/// Longer lines are cut: to mark a line takes time in proportion to its length times its marks.
const LINE: usize = 4096;

/// So much of a text is looked at.
const MOST: usize = 1 << 18;

/// Finds words in texts.
#[derive(Debug)]
pub(crate) struct Marker(Sql);

/// The words that are looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// For the index: any of these.
    expressions: Vec<String>,
    /// A word of each of them, or `None` where one has none that a plain look can rule out.
    words: Option<Vec<String>>,
}

impl Wanted {
    /// Nothing yet.
    pub(crate) fn new() -> Wanted {
        Wanted { expressions: Vec::new(), words: Some(Vec::new()) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.expressions.is_empty()
    }

    /// Adds words, and the expression for them.
    pub(crate) fn add(&mut self, expression: String, words: &str) {
        self.expressions.push(expression);
        let longest = words
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|_| words.is_ascii())
            .max_by_key(|word| word.len());
        match (longest, &mut self.words) {
            (Some(word), Some(words)) => words.push(word.to_owned()),
            _ => self.words = None,
        }
    }

    /// Whether a part may hold any of the words. Most lines of a text hold none, and a plain look
    /// is enough to say so where all letters are plain.
    fn may_stand_in(&self, part: &str) -> bool {
        let is_plain = |c: char| c.is_ascii() || ('\u{2000}'..='\u{206f}').contains(&c);
        let Some(words) = &self.words else { return true };
        let stands = |word: &String| {
            let word = word.as_bytes();
            part.as_bytes().windows(word.len().max(1)).any(|at| at.eq_ignore_ascii_case(word))
        };
        words.iter().any(stands) || !part.chars().all(is_plain)
    }
}

/// A headline, or a line of a text, in which words are looked for.
#[derive(Debug)]
pub(crate) struct Part<'t> {
    /// Which of the hits it belongs to.
    pub(crate) hit: usize,
    /// Whether it is the headline.
    pub(crate) is_title: bool,
    /// The headline or the text of the article.
    pub(crate) text: &'t str,
    /// The part: bytes of it.
    pub(crate) span: Span,
}

impl<'t> Part<'t> {
    pub(crate) fn title(hit: usize, title: &'t str) -> Part<'t> {
        Part { hit, is_title: true, text: title, span: Span::new(0, title.len()) }
    }

    /// The lines of a stretch of a text.
    pub(crate) fn lines(hit: usize, text: &'t str, span: Span) -> impl Iterator<Item = Part<'t>> {
        lines(text, span).into_iter().map(move |span| Part { hit, is_title: false, text, span })
    }

    fn words(&self) -> Cow<'t, str> {
        // SQLite's functions end a text at a null byte.
        let words = &self.text[self.span.range()];
        if words.contains('\0') { words.replace('\0', " ").into() } else { words.into() }
    }
}

impl Marker {
    pub(crate) fn new() -> Result<Marker> {
        let file = "the marker of words".to_owned();
        let connection =
            Connection::open_in_memory().map_err(|cause| Error::sqlite(&file, cause))?;
        let sql = Sql { connection, file };
        sql.script(
            "CREATE VIRTUAL TABLE part USING fts5 (
                 title, text, tokenize = 'unicode61 remove_diacritics 2'
             )",
        )?;
        Ok(Marker(sql))
    }

    /// The words that are found in each of the parts: bytes of their texts.
    pub(crate) fn mark(&self, parts: &[Part<'_>], wanted: &Wanted) -> Result<Vec<Vec<Span>>> {
        self.0.script("BEGIN")?;
        let found = self.marked(parts, wanted);
        self.0.script("ROLLBACK")?;
        found
    }

    fn marked(&self, parts: &[Part<'_>], wanted: &Wanted) -> Result<Vec<Vec<Span>>> {
        for (number, part) in (1i64..).zip(parts) {
            let words = part.words();
            if !wanted.may_stand_in(&words) {
                continue;
            }
            let (title, text) = match part.is_title {
                true => (Some(&*words), None),
                false => (None, Some(&*words)),
            };
            let insert = "INSERT INTO part (rowid, title, text) VALUES (?1, ?2, ?3)";
            self.0.run(insert, params![number, title, text])?;
        }
        let sql = "SELECT rowid, highlight(part, 0, ?2, ?3), highlight(part, 1, ?2, ?3)
                   FROM part WHERE part MATCH ?1 ORDER BY rowid";
        let rows = self.0.all(sql, [&wanted.expressions.join(" OR "), OPEN, CLOSE], |row| {
            let number: i64 = row.get(0)?;
            let at = usize::try_from(number - 1).unwrap_or(usize::MAX);
            let column = if parts.get(at).is_some_and(|part| part.is_title) { 1 } else { 2 };
            Ok((at, row.get::<_, Option<String>>(column)?.unwrap_or_default()))
        })?;
        let mut marks = vec![Vec::new(); parts.len()];
        for (at, marked) in rows {
            if let Some(part) = parts.get(at) {
                marks[at] = spans(&marked, &part.words(), part.span.start());
            }
        }
        Ok(marks)
    }
}

/// The lines of a stretch of a text that hold anything; a long one is cut between words.
pub(crate) fn lines(text: &str, stretch: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut at = stretch.start();
    for line in text.get(stretch.range()).unwrap_or_default().split_inclusive('\n') {
        if at - stretch.start() > MOST {
            break;
        }
        let end = at + line.len();
        while end - at > LINE {
            let cut = floor(text, at + LINE);
            let cut = text[at..cut].rfind(char::is_whitespace).map_or(cut, |space| {
                let width = text[at + space..].chars().next().map_or(1, char::len_utf8);
                at + space + width
            });
            push(&mut lines, text, at, cut);
            at = cut;
        }
        push(&mut lines, text, at, end);
        at = end;
    }
    lines
}

/// The last boundary between characters at or before a byte.
pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn push(lines: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let line = &text[start..end];
    let left = line.len() - line.trim_start().len();
    let kept = line.trim().len();
    if kept > 0 {
        lines.push(Span::new(start + left, start + left + kept));
    }
}

/// Where the marks stand: the marked text read beside the text itself.
fn spans(marked: &str, text: &str, offset: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut rest, mut at, mut open) = (marked, 0, None);
    loop {
        if let Some(behind) = rest.strip_prefix(OPEN) {
            open = Some(at);
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix(CLOSE) {
            spans.extend(open.take().map(|open| Span::new(offset + open, offset + at)));
            rest = behind;
        } else if let Some(c) = rest.chars().next() {
            if !text[at..].starts_with(c) {
                return Vec::new();
            }
            at += c.len_utf8();
            rest = &rest[c.len_utf8()..];
        } else {
            break;
        }
    }
    if at == text.len() { spans } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A plain look rules out nothing that the index finds.
        #[test]
        fn what_is_ruled_out_is_not_there(
            text in "([a-cA-Cäé“’.\u{212A}\u{17F}k]{1,3}[ \\-\n]?){0,20}",
            words in prop::collection::vec("[a-cA-Cäék]{1,2}([ -][a-cs]{1,2})?", 1..3),
        ) {
            let mut wanted = Wanted::new();
            for words in &words {
                wanted.add(format!("({{title text}} : \"{words}\")"), words);
            }
            let all = Wanted { words: None, ..wanted.clone() };
            prop_assert_eq!(marked("", &text, &wanted), marked("", &text, &all));
        }
    }

    fn marks(title: &str, text: &str, column: &str, words: &str) -> Vec<String> {
        let mut wanted = Wanted::new();
        wanted.add(format!("({column} : \"{words}\")"), words);
        marked(title, text, &wanted)
    }

    fn marked(title: &str, text: &str, wanted: &Wanted) -> Vec<String> {
        let whole = Span::new(0, text.len());
        let parts: Vec<Part<'_>> =
            [Part::title(0, title)].into_iter().chain(Part::lines(0, text, whole)).collect();
        let marks = Marker::new().unwrap().mark(&parts, wanted).unwrap();
        let words = parts.iter().zip(marks).flat_map(|(part, marks)| {
            marks.into_iter().map(|mark| part.text[mark.range()].to_owned())
        });
        words.collect()
    }

    #[test]
    fn marks_are_places_in_the_text() {
        let text = "Die Brücke schließt.\n\nBruecken and \0 brucke-like: bridges, the BRÜCKE.";
        let found = marks("Brücke zu", text, "{title text}", "brucke");
        assert_eq!(found, ["Brücke", "Brücke", "brucke", "BRÜCKE"]);
        assert_eq!(marks("Brücke zu", text, "title", "zu"), ["zu"]);
    }

    #[test]
    fn a_text_with_the_marks_in_it_loses_them() {
        let text = format!("a {OPEN}harbour{CLOSE} b");
        assert!(marks("", &text, "{title text}", "harbour").is_empty());
    }

    #[test]
    fn long_lines_are_cut_between_words_and_nothing_is_lost() {
        let text = "harbour ".repeat(2000) + &"é".repeat(5000) + "\nend";
        let spans = lines(&text, Span::new(0, text.len()));
        assert!(spans.iter().all(|span| span.len() <= LINE));
        let kept: String = spans.iter().map(|span| &text[span.range()]).collect();
        let without_blanks = |text: &str| text.replace(char::is_whitespace, "");
        assert_eq!(without_blanks(&kept), without_blanks(&text));
    }
}
