use rashomon_text::Span;
use unicode_width::UnicodeWidthChar;

use crate::editor::harmless;

use super::Style;

/// How words look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Faint,
    Red,
    Yellow,
    Green,
    Blue,
    /// Words that another telling has not.
    Differs,
}

impl Ink {
    /// The parameters of the ANSI sequence (ECMA-48, SGR) that turns it on.
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Red => "1;31",
            Ink::Yellow => "33",
            Ink::Green => "32",
            Ink::Blue => "36",
            Ink::Differs => "1;4;33",
        }
    }
}

/// Words on their way to the page; each character harmless, white space folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(Vec<(char, Ink)>);

impl Words {
    pub fn new(words: &str, ink: Ink) -> Words {
        Words::default().and(words, ink)
    }

    /// More words of another look.
    #[must_use]
    pub fn and(mut self, words: &str, ink: Ink) -> Words {
        for c in words.chars().filter_map(harmless) {
            let c = if c.is_whitespace() && c != '\u{a0}' { ' ' } else { c };
            if c != ' ' || self.0.last().is_some_and(|&(last, _)| last != ' ') {
                self.0.push((c, ink));
            }
        }
        self
    }

    /// The words of a source, those in `differing` marked.
    #[must_use]
    pub fn and_source(self, source: &str, span: Span, differing: &[Span]) -> Words {
        let mut words = self;
        let mut at = span.start();
        for differs in differing {
            let Some(inside) = differs.intersection(Span::new(at, span.end())) else { continue };
            words = words
                .and(&source[at..inside.start()], Ink::Plain)
                .and(&source[inside.range()], Ink::Differs);
            at = inside.end();
        }
        words.and(&source[at..span.end()], Ink::Plain)
    }

    /// The columns that they take in one line.
    pub fn width(&self) -> usize {
        width(&self.0)
    }
}

fn width(cells: &[(char, Ink)]) -> usize {
    cells.iter().map(|&(c, _)| c.width().unwrap_or(0)).sum()
}

/// Lines of text with the width of the window.
pub(super) struct Page<'s> {
    style: &'s Style,
    columns: usize,
    out: String,
}

/// A window narrower than this is treated as this wide.
const NARROWEST: usize = 40;
/// Lines longer than this are hard to read, however wide the window.
const WIDEST: usize = 112;

impl<'s> Page<'s> {
    pub fn new(style: &'s Style) -> Page<'s> {
        Page { style, columns: style.width.clamp(NARROWEST, WIDEST), out: String::new() }
    }

    /// The columns of a line.
    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn into_string(self) -> String {
        self.out
    }

    /// An empty line, unless there is one already.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A rule over the whole width with a heading in it.
    pub fn heading(&mut self, heading: &str) {
        self.gap();
        let words = Words::new(heading, Ink::Strong);
        let rest = self.columns.saturating_sub(words.width() + 1);
        let words = words.and(" ", Ink::Faint).and(&"─".repeat(rest), Ink::Faint);
        self.write(&words.0, 0);
    }

    /// A paragraph, all lines indented.
    pub fn paragraph(&mut self, indent: usize, words: &Words) {
        self.hanging(indent, &Words::default(), words);
    }

    /// A paragraph with a label before its first line, the further lines under the words.
    pub fn hanging(&mut self, indent: usize, label: &Words, words: &Words) {
        let inner = indent + label.width();
        let room = self.columns.saturating_sub(inner).max(NARROWEST / 2);
        for (at, line) in wrap(&words.0, room).into_iter().enumerate() {
            if at == 0 {
                let mut first = label.0.clone();
                first.extend_from_slice(line);
                self.write(&first, indent);
                self.underline(line, inner);
            } else {
                self.write(line, inner);
                self.underline(line, inner);
            }
        }
    }

    /// Where there is no colour, a line of tildes under words that differ.
    fn underline(&mut self, line: &[(char, Ink)], indent: usize) {
        if self.style.colour || !line.iter().any(|&(_, ink)| ink == Ink::Differs) {
            return;
        }
        let mut under = " ".repeat(indent);
        for &(c, ink) in line {
            let mark = if ink == Ink::Differs { "~" } else { " " };
            under.push_str(&mark.repeat(c.width().unwrap_or(0)));
        }
        self.out.push_str(under.trim_end());
        self.out.push('\n');
    }

    fn write(&mut self, line: &[(char, Ink)], indent: usize) {
        self.out.push_str(&" ".repeat(indent));
        let mut now = Ink::Plain;
        for &(c, ink) in line {
            if self.style.colour && ink != now {
                if now != Ink::Plain {
                    self.out.push_str("\u{1b}[0m");
                }
                if ink != Ink::Plain {
                    self.out.push_str(&format!("\u{1b}[{}m", ink.code()));
                }
                now = ink;
            }
            self.out.push(c);
        }
        if now != Ink::Plain && self.style.colour {
            self.out.push_str("\u{1b}[0m");
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }
}

/// Lines of at most `room` columns, broken at blanks, and inside a word only where it alone is
/// wider than a line.
fn wrap(cells: &[(char, Ink)], room: usize) -> Vec<&[(char, Ink)]> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        if cells[start].0 == ' ' {
            start += 1;
            continue;
        }
        let (mut end, mut taken, mut blank) = (start, 0, None);
        while end < cells.len() {
            let (c, _) = cells[end];
            let columns = c.width().unwrap_or(0);
            if c == ' ' {
                blank = Some(end);
            }
            if taken + columns > room && end > start {
                break;
            }
            taken += columns;
            end += 1;
        }
        let stop = if end == cells.len() { end } else { blank.unwrap_or(end) };
        let mut line = &cells[start..stop];
        while let Some((&(' ', _), before)) = line.split_last() {
            line = before;
        }
        lines.push(line);
        start = stop;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize, colour: bool, words: &Words) -> String {
        let style = Style { width, colour, all: false };
        let mut page = Page::new(&style);
        page.hanging(2, &Words::new("• ", Ink::Plain), words);
        page.into_string()
    }

    #[test]
    fn no_line_is_wider_than_the_window() {
        let texts = [
            "plain words of a report that go on for longer than a single line of the window",
            "漢字は二つの桁を取る。漢字は二つの桁を取る。漢字は二つの桁を取る。",
            "https://outlet.example/a-very-long-address-that-has-no-blank-in-it-at-all/and/goes/on",
            "e\u{301}\u{301}\u{301} a\u{200d}b 👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀",
            "",
        ];
        for text in texts {
            for width in [40, 60, 80, 200] {
                let shown = page(width, false, &Words::new(text, Ink::Plain));
                for line in shown.lines() {
                    let columns: usize = line.chars().map(|c| c.width().unwrap_or(0)).sum();
                    assert!(columns <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn a_source_cannot_drive_the_terminal() {
        let evil = "a\u{1b}[31mred\u{7}\u{202e}back\u{9b}2J\rx\u{2066}";
        let shown = page(80, true, &Words::new(evil, Ink::Plain));
        assert_eq!(shown, "  • a␛[31mred␇�back�2J x�\n");
    }

    #[test]
    fn differing_words_are_marked_with_and_without_colour() {
        let source = "an insult with a ribbon on it";
        let words =
            Words::default().and_source(source, Span::new(0, source.len()), &[Span::new(17, 23)]);
        assert_eq!(
            page(80, false, &words),
            "  • an insult with a ribbon on it\n                     ~~~~~~\n"
        );
        assert!(page(80, true, &words).contains("\u{1b}[1;4;33mribbon\u{1b}[0m"));
    }
}
