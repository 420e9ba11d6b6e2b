//! What to show of a text: always a span of it.

use rashomon::text::Span;

use crate::marks::{floor, lines};

/// A stretch of an article's text, and the words in it that a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Snippet {
    /// Where it stands in the text.
    pub span: Span,
    /// Its words: the text at that span, to the byte.
    pub words: String,
    /// The words that are asked for: bytes of the article's text, within the span.
    pub marks: Vec<Span>,
}

/// A snippet has so many bytes at most, and so many stand before its first mark.
const LONGEST: usize = 320;
const BEFORE: usize = 80;

impl Snippet {
    fn new(text: &str, span: Span, marks: &[Span]) -> Snippet {
        let words = text.get(span.range()).unwrap_or_default().to_owned();
        let marks = marks.iter().copied().filter(|&mark| span.covers(mark)).collect();
        Snippet { span, words, marks }
    }
}

/// The stretch of an article with most of the words that are asked for, or its lede. Marks stand by
/// the lines that they are in.
pub(crate) fn of_article(text: &str, lede: Option<Span>, marked: &[(Span, Vec<Span>)]) -> Snippet {
    // The first of the lines with most marks: the last of equals in the order from behind.
    let best = marked.iter().rev().max_by_key(|(_, marks)| marks.len());
    if let Some((line, marks)) = best.filter(|(_, marks)| !marks.is_empty()) {
        return Snippet::new(text, window(text, *line, marks), marks);
    }
    let lede = lede.filter(|lede| text.get(lede.range()).is_some_and(|lede| !lede.is_empty()));
    let line = lede.or_else(|| lines(text, Span::new(0, text.len())).first().copied());
    let line = line.unwrap_or(Span::new(0, 0));
    Snippet::new(text, window(text, line, &[]), &[])
}

/// From the first to the last of some spans, with the words in them that are asked for.
pub(crate) fn of_content(text: &str, content: &[Span], marked: &[(Span, Vec<Span>)]) -> Snippet {
    let hull = content.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0));
    let marks: Vec<Span> = marked.iter().flat_map(|(_, marks)| marks).copied().collect();
    Snippet::new(text, hull, &marks)
}

/// The stretch of a line with most of the marks, cut between words where the line is long.
fn window(text: &str, line: Span, marks: &[Span]) -> Span {
    if line.len() <= LONGEST {
        return line;
    }
    let reach = LONGEST - BEFORE;
    let near = |first: &Span| {
        let behind = marks.iter().filter(|mark| first.start() <= mark.start());
        behind.filter(|mark| mark.end() <= first.start() + reach).count()
    };
    let first = marks.iter().rev().max_by_key(|mark| near(mark));
    let from = first.map_or(line.start(), |mark| mark.start().saturating_sub(BEFORE));
    // A short rest at the end of a line is shown with what stands before it.
    let from = from.min(line.end() - LONGEST).max(line.start());
    let start = match from == line.start() {
        true => from,
        false => next_word(text, floor(text, from), first.map_or(line.end(), |mark| mark.start())),
    };
    let limit = floor(text, (start + LONGEST).min(line.end()));
    let end = match limit == line.end() {
        true => limit,
        false => text[start..limit]
            .rfind(char::is_whitespace)
            .map_or(limit, |space| start + text[start..start + space].trim_end().len()),
    };
    let last = first.map_or(start, |mark| mark.end());
    Span::new(start, if end < last { limit.max(start) } else { end })
}

/// The first beginning of a word at or after a byte and at or before another one.
fn next_word(text: &str, from: usize, until: usize) -> usize {
    let until = until.max(from);
    let between = &text[from..until];
    let Some(space) = between.find(char::is_whitespace) else { return until };
    let rest = &between[space..];
    from + space + (rest.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, marks: &[Span]) -> String {
        let line = Span::new(0, text.len());
        let span = window(text, line, marks);
        assert!(span.len() <= LONGEST || marks.iter().any(|mark| mark.len() > LONGEST));
        text[span.range()].to_owned()
    }

    #[test]
    fn a_long_line_is_cut_around_its_marks() {
        let text = format!("{}the harbour strike{}", "é word ".repeat(200), " ende".repeat(200));
        let at = text.find("harbour").unwrap();
        let shown = check(&text, &[Span::new(at, at + 7), Span::new(at + 8, at + 14)]);
        assert!(shown.contains("harbour strike"));
        assert!(shown.starts_with("é word") || shown.starts_with("word"), "{shown}");
        assert!(shown.ends_with(" ende"));
        let begin = check(&text, &[]);
        assert!(text.starts_with(&begin));
        let no_blank = "é".repeat(400);
        let shown = check(&no_blank, &[Span::new(700, 706)]);
        assert!(no_blank.contains(&shown));
    }

    #[test]
    fn the_last_words_of_a_line_are_shown_with_those_before() {
        let text = format!("{}end", "word ".repeat(100));
        let at = text.len() - 3;
        let shown = check(&text, &[Span::new(at, at + 3)]);
        assert!(shown.ends_with("word end") && shown.len() > LONGEST / 2);
    }
}
