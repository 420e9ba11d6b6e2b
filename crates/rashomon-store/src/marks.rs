//! Which words of a text a query found: asked of the same index, in memory, so that both always
//! mean the same.

use rashomon::text::Span;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::sql::Sql;

/// What stands around a word that was found. No text holds it by chance; one that does on purpose
/// loses its marks and nothing else.
const OPEN: &str = "\u{E000}\u{2}<rashomon\u{E001}";
const CLOSE: &str = "\u{E000}\u{3}rashomon>\u{E001}";

/// Longer lines are cut: to mark a line takes time in proportion to its length times its marks.
const LINE: usize = 4096;

/// So much of a text is looked at.
const MOST: usize = 1 << 20;

/// Finds words in texts.
#[derive(Debug)]
pub(crate) struct Marker(Sql);

/// A line of a text, where it begins, and what was found in it.
#[derive(Debug)]
pub(crate) struct MarkedLine {
    /// Bytes of the text.
    pub(crate) line: Span,
    /// Bytes of the text.
    pub(crate) marks: Vec<Span>,
}

impl Marker {
    pub(crate) fn new() -> Result<Marker> {
        let file = "the marker of words".to_owned();
        let connection = Connection::open_in_memory()
            .map_err(|cause| crate::error::Error::sqlite(&file, cause))?;
        let sql = Sql { connection, file };
        sql.script(
            "CREATE VIRTUAL TABLE line USING fts5 (
                 title, text, tokenize = 'unicode61 remove_diacritics 2'
             )",
        )?;
        Ok(Marker(sql))
    }

    /// The lines of a text in which something is found, and the words of the title that are.
    pub(crate) fn mark(
        &self,
        title: Option<&str>,
        text: &str,
        asked: &str,
    ) -> Result<(Vec<Span>, Vec<MarkedLine>)> {
        self.0.script("BEGIN")?;
        let found = self.marked(title, text, asked);
        self.0.script("ROLLBACK")?;
        found
    }

    fn marked(
        &self,
        title: Option<&str>,
        text: &str,
        asked: &str,
    ) -> Result<(Vec<Span>, Vec<MarkedLine>)> {
        let lines = lines(text);
        let insert = "INSERT INTO line (rowid, title, text) VALUES (?1, ?2, ?3)";
        if let Some(title) = title {
            self.0.run(insert, params![0, printable(title), None::<&str>])?;
        }
        for (number, &line) in (1i64..).zip(&lines) {
            self.0.run(insert, params![number, None::<&str>, printable(&text[line.range()])])?;
        }
        let sql = "SELECT rowid, highlight(line, 0, ?2, ?3), highlight(line, 1, ?2, ?3)
                   FROM line WHERE line MATCH ?1 ORDER BY rowid";
        let rows = self.0.all(sql, [asked, OPEN, CLOSE], |row| {
            let number: i64 = row.get(0)?;
            let column = if number == 0 { 1 } else { 2 };
            Ok((number, row.get::<_, Option<String>>(column)?.unwrap_or_default()))
        })?;
        let (mut of_title, mut of_lines) = (Vec::new(), Vec::new());
        for (number, marked) in rows {
            if number == 0 {
                of_title = spans(&marked, &printable(title.unwrap_or_default()), 0);
            } else if let Some(&line) = lines.get(number as usize - 1) {
                let marks = spans(&marked, &printable(&text[line.range()]), line.start());
                of_lines.push(MarkedLine { line, marks });
            }
        }
        Ok((of_title, of_lines))
    }
}

/// The lines of a text that hold anything; a long one is cut between words.
pub(crate) fn lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > MOST {
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

/// The same text with blanks for null bytes, at which SQLite's functions end a text.
fn printable(text: &str) -> std::borrow::Cow<'_, str> {
    match text.contains('\0') {
        true => text.replace('\0', " ").into(),
        false => text.into(),
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
    use super::*;

    #[test]
    fn marks_are_places_in_the_text() {
        let marker = Marker::new().unwrap();
        let text = "Die Brücke schließt.\n\nBruecken and \0 brucke-like: bridges, the BRÜCKE.";
        let (title, lines) =
            marker.mark(Some("Brücke zu"), text, "({title text} : \"brucke\")").unwrap();
        assert_eq!(title, [Span::new(0, 7)]);
        let words: Vec<&str> =
            lines.iter().flat_map(|line| &line.marks).map(|mark| &text[mark.range()]).collect();
        assert_eq!(words, ["Brücke", "brucke", "BRÜCKE"]);
    }

    #[test]
    fn a_text_with_the_marks_in_it_loses_them() {
        let marker = Marker::new().unwrap();
        let text = format!("a {OPEN}harbour{CLOSE} b");
        let (_, lines) = marker.mark(None, &text, "({title text} : \"harbour\")").unwrap();
        assert!(lines.iter().all(|line| line.marks.is_empty()));
    }

    #[test]
    fn long_lines_are_cut_between_words_and_nothing_is_lost() {
        let text = "harbour ".repeat(2000) + &"é".repeat(5000) + "\nend";
        let spans = lines(&text);
        assert!(spans.iter().all(|span| span.len() <= LINE));
        let kept: String = spans.iter().map(|span| &text[span.range()]).collect();
        let without_blanks = |text: &str| text.replace(char::is_whitespace, "");
        assert_eq!(without_blanks(&kept), without_blanks(&text));
    }
}
