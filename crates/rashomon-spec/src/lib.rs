/*!
Literate specs: Markdown in which a text stands in a fenced block and the expected findings are
drawn under the words they concern.

````text
A cue may stand in the middle.

```quotations published=2026-03-02
# herald outlet=Herald
> “We won,” Ada Bell said. “It took years.”
   ^^^^^^^ direct 1
                                ^^^^^^^^^^^^^^ direct 1
           ^^^^^^^^ speaker 1: Ada Bell
= 1 quotation
```
````

A line after `> ` is text. A line of carets marks words of the text line above it, and what
follows is the label of the finding. A finding that goes over a line end is drawn on both lines.
`# name key=value` begins another article, `= ` is a statement about the whole. [`check`] draws
what the program finds in the same way and compares; with `UPDATE_SPECS=1` in the environment it
rewrites the file, and a person reads the diff.
*/

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use rashomon_text::Span;

/// One article of a case.
#[derive(Clone, Debug, Default)]
pub struct SpecArticle {
    /// Its name; empty where the case has a single unnamed one.
    pub name: String,
    /// What the header says: `published`, `outlet`.
    pub fields: BTreeMap<String, String>,
    /// Its text.
    pub text: String,
}

/// A text and what is expected of it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The first word of the info string: which analysis.
    pub analysis: String,
    /// `key=value` words of the info string.
    pub fields: BTreeMap<String, String>,
    /// The articles, at least one.
    pub articles: Vec<SpecArticle>,
}

/// What the program finds in a case.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Article, words, label; drawn in this order under each line.
    pub marks: Vec<(usize, Span, String)>,
    /// Statements about the whole.
    pub statements: Vec<String>,
}

/// Runs every case of a Markdown file whose info string names a known analysis and compares.
///
/// # Panics
///
/// When a drawing differs from the file, with both drawings in the message, or when the file
/// holds no case at all.
#[allow(clippy::disallowed_methods, reason = "a test harness reads and updates its files")]
pub fn check(path: impl AsRef<Path>, find: impl Fn(&Case) -> Option<Findings>) {
    let path = path.as_ref();
    let before =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (after, cases) = redraw(&before, find);
    assert!(cases > 0, "{}: no case", path.display());
    if after == before {
        return;
    }
    if std::env::var_os("UPDATE_SPECS").is_some() {
        std::fs::write(path, after).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    let mut message =
        format!("{}: the findings differ (UPDATE_SPECS=1 rewrites the file)\n", path.display());
    for (at, (old, new)) in before.lines().zip(after.lines()).enumerate() {
        if old != new {
            let context: Vec<&str> = before.lines().skip(at.saturating_sub(3)).take(3).collect();
            let _ = write!(
                message,
                "line {}:\n  {}\nexpected {old}\nfound    {new}\n",
                at + 1,
                context.join("\n  ")
            );
            break;
        }
    }
    let _ = write!(message, "\n--- found in full\n{after}");
    panic!("{message}");
}

/// The file with every known case drawn anew, and how many cases there were.
pub fn redraw(markdown: &str, find: impl Fn(&Case) -> Option<Findings>) -> (String, usize) {
    let mut out = String::new();
    let mut lines = markdown.lines();
    let mut cases = 0;
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        let (case, rows) = parse(info, &block);
        match find(&case) {
            Some(findings) => {
                cases += 1;
                out.push_str(&draw(&case, &rows, &findings));
            }
            None => {
                for line in block {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
        out.push_str("```\n");
    }
    (out, cases)
}

/// A line of the block that is kept as it is: a header, or text at a place in an article.
enum Row<'b> {
    Header(&'b str),
    Text { article: usize, start: usize, line: &'b str },
}

fn parse<'b>(info: &str, block: &[&'b str]) -> (Case, Vec<Row<'b>>) {
    let mut words = info.split_whitespace();
    let mut case = Case {
        analysis: words.next().unwrap_or_default().to_owned(),
        fields: fields(words),
        articles: Vec::new(),
    };
    let mut rows = Vec::new();
    for &line in block {
        if let Some(header) = line.strip_prefix("# ") {
            let mut words = header.split_whitespace();
            let name = words.next().unwrap_or_default().to_owned();
            case.articles.push(SpecArticle { name, fields: fields(words), text: String::new() });
            rows.push(Row::Header(line));
        } else if let Some(text) = line.strip_prefix('>') {
            let text = text.strip_prefix(' ').unwrap_or(text);
            if case.articles.is_empty() {
                case.articles.push(SpecArticle::default());
            }
            let article = case.articles.len() - 1;
            let whole = &mut case.articles[article].text;
            rows.push(Row::Text { article, start: whole.len(), line: text });
            whole.push_str(text);
            whole.push('\n');
        }
    }
    (case, rows)
}

/// `key=value` words; `_` in a value stands for a blank.
fn fields<'w>(words: impl Iterator<Item = &'w str>) -> BTreeMap<String, String> {
    words
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.replace('_', " ")))
        .collect()
}

fn draw(case: &Case, rows: &[Row<'_>], findings: &Findings) -> String {
    let mut out = String::new();
    for row in rows {
        match *row {
            Row::Header(line) => {
                out.push_str(line);
                out.push('\n');
            }
            Row::Text { article, start, line } => {
                out.push_str(if line.is_empty() { ">" } else { "> " });
                out.push_str(line);
                out.push('\n');
                let here = Span::new(start, start + line.len());
                for (of, span, label) in &findings.marks {
                    let Some(part) = span.intersection(here).filter(|_| *of == article) else {
                        continue;
                    };
                    let text = &case.articles[article].text;
                    let column = text[start..part.start()].chars().count();
                    let width = text[part.range()].chars().count();
                    let _ = writeln!(out, "  {}{} {label}", " ".repeat(column), "^".repeat(width));
                }
            }
        }
    }
    for statement in &findings.statements {
        let _ = writeln!(out, "= {statement}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find_vowels(case: &Case) -> Option<Findings> {
        let mut findings = Findings::default();
        for (at, article) in case.articles.iter().enumerate() {
            for (start, c) in article.text.char_indices().filter(|(_, c)| "aeiouö".contains(*c)) {
                findings.marks.push((at, Span::new(start, start + c.len_utf8()), c.to_string()));
            }
        }
        findings.statements.push(format!("{} articles", case.articles.len()));
        (case.analysis == "vowels").then_some(findings)
    }

    #[test]
    fn draws_under_the_words() {
        let input = "Prose.\n\n```vowels\n# a\n> bö\n> xa\n# b\n> y\n```\n\n```sh\nls\n```\n";
        let (once, cases) = redraw(input, find_vowels);
        assert_eq!(cases, 1);
        let drawn = "```vowels\n# a\n> bö\n   ^ ö\n> xa\n   ^ a\n# b\n> y\n= 2 articles\n```\n";
        assert!(once.contains(drawn), "{once}");
        assert!(once.ends_with("```sh\nls\n```\n"));
        assert_eq!(redraw(&once, find_vowels).0, once);
    }
}
