use rashomon_text::{Span, Text};

/// A line shorter than this (in characters) is never one that a wrap went through.
const SHORTEST_WRAPPED: usize = 40;
/// Text with longer lines was not wrapped.
const WIDEST_WRAP: usize = 110;
/// How many breaks inside of groups must show a wrap before the text counts as wrapped.
const FEWEST_BREAKS: usize = 3;

/// One line of the file with what deciding about its end needs.
struct Row {
    span: Span,
    chars: usize,
    /// Blank lines stand before it.
    apart: bool,
    /// It is indented.
    indented: bool,
    first_word: usize,
    starts_small: bool,
    ends_open: bool,
}

/// The paragraphs of a text: lines, put together again where a hard wrap or a lost link broke
/// them. Each is without white space at its ends, and none is empty.
pub(crate) fn paragraphs(text: &Text) -> Vec<Span> {
    let rows = rows(text);
    let width = wrap_width(&rows);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut before: Option<&Row> = None;
    for row in &rows {
        let joined = before.is_some_and(|above| goes_on(above, row, width));
        match paragraphs.last_mut() {
            Some(last) if joined => *last = last.hull(row.span),
            _ => paragraphs.push(row.span),
        }
        before = Some(row);
    }
    paragraphs
}

fn rows(text: &Text) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut apart = false;
    for line in text.lines() {
        let span = text.trim(line);
        let words = text.slice(span);
        if words.is_empty() {
            apart = true;
            continue;
        }
        let last = words.chars().next_back().unwrap_or_default();
        rows.push(Row {
            span,
            chars: words.chars().count(),
            apart,
            indented: span.start() > line.start(),
            first_word: words.split_whitespace().next().unwrap_or_default().chars().count(),
            starts_small: words.chars().next().is_some_and(char::is_lowercase),
            ends_open: last.is_alphanumeric() || matches!(last, ',' | ';' | '-' | '–' | '—' | '’'),
        });
        apart = false;
    }
    rows
}

/// Whether the line below could not have begun on the line above: its first word did not fit.
fn is_full(above: &Row, below: &Row, width: usize) -> bool {
    above.chars + 1 + below.first_word > width
}

/// The width that the text was wrapped at, if it was.
///
/// A wrapped text has lines that all end near one width, and most of its breaks stand in the
/// middle of a sentence.
fn wrap_width(rows: &[Row]) -> Option<usize> {
    let mut lengths: Vec<usize> = rows.iter().map(|row| row.chars).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 95 / 100)?;
    if !(SHORTEST_WRAPPED..=WIDEST_WRAP).contains(&width) {
        return None;
    }
    // One long address does not make a text unwrapped; the common lines must reach the width.
    let breaks = rows.windows(2).filter(|pair| !pair[1].apart);
    let (mut all, mut full, mut open) = (0, 0, 0);
    for pair in breaks {
        all += 1;
        full += usize::from(is_full(&pair[0], &pair[1], width.saturating_sub(2)));
        open += usize::from(pair[0].ends_open);
    }
    (all >= FEWEST_BREAKS && full * 4 >= all * 3 && open * 2 >= all).then_some(width)
}

fn goes_on(above: &Row, below: &Row, width: Option<usize>) -> bool {
    if below.apart || (below.indented && !above.indented) {
        return false;
    }
    let wrapped = width.is_some_and(|width| is_full(above, below, width.saturating_sub(2)));
    // A sentence that breaks off and goes on in small letters lost its link or its wrap.
    let broken = above.chars >= SHORTEST_WRAPPED && above.ends_open && below.starts_small;
    wrapped || broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let text = Text::from(text);
        let found: Vec<_> = paragraphs(&text)
            .into_iter()
            .map(|span| text.slice(span).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_is_a_paragraph() {
        check(
            "One day.\nTwo days.\r\n\n  Three days. \n",
            &["One day.", "Two days.", "Three days."],
        );
        check("", &[]);
    }

    #[test]
    fn a_wrap_is_undone() {
        let wrapped = "Mill bridge closes for repairs\n\n\
            The old mill bridge over the Tame will close on Monday for a year of\n\
            repairs that the county says can wait no longer, its engineer told the\n\
            council.\n\n\
            Traders on the east bank fear for their custom. They ask for a ferry to\n\
            run from dawn to dusk.\n";
        check(
            wrapped,
            &[
                "Mill bridge closes for repairs",
                "The old mill bridge over the Tame will close on Monday for a year of repairs that \
                 the county says can wait no longer, its engineer told the council.",
                "Traders on the east bank fear for their custom. They ask for a ferry to run from \
                 dawn to dusk.",
            ],
        );
    }

    #[test]
    fn a_lost_link_is_mended() {
        check(
            "The council said on Tuesday in a long and sober\nstatement that it was sorry.\nNobody came.",
            &[
                "The council said on Tuesday in a long and sober statement that it was sorry.",
                "Nobody came.",
            ],
        );
    }
}
