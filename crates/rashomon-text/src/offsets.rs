use crate::Span;

/// How many bytes lie between two remembered positions of [`Offsets`].
const STRIDE: usize = 128;

/// A place for an error message: both count from 1, columns in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
}

/// Byte offsets of one text translated into the units of the outside world and back.
///
/// Built once in time linear in the text; each look-up scans at most 128 bytes (none where the
/// text is all ASCII).
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    ascii: bool,
    /// Code points and UTF-16 units before byte `i * STRIDE` (or the next boundary after it).
    marks: Vec<(u32, u32)>,
    /// The first byte of each line.
    lines: Vec<u32>,
}

impl<'t> Offsets<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Offsets<'t> {
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        let mut lines = vec![0];
        let (mut points, mut units) = (0u32, 0u32);
        for (at, c) in text.char_indices() {
            if !ascii {
                while marks.len() * STRIDE <= at {
                    marks.push((points, units));
                }
                points += 1;
                units += c.len_utf16() as u32;
            }
            if c == '\n' {
                lines.push(at as u32 + 1);
            }
        }
        Offsets { text, ascii, marks, lines }
    }

    /// Code points before a byte offset.
    pub fn code_point(&self, byte: usize) -> usize {
        self.count(byte, |mark| mark.0, |_| 1)
    }

    /// UTF-16 units before a byte offset.
    pub fn utf16(&self, byte: usize) -> usize {
        self.count(byte, |mark| mark.1, char::len_utf16)
    }

    /// A span as half-open code point offsets.
    pub fn code_points(&self, span: Span) -> (usize, usize) {
        (self.code_point(span.start()), self.code_point(span.end()))
    }

    /// The byte offset of a code point, or `None` past the end.
    pub fn byte(&self, code_point: usize) -> Option<usize> {
        if self.ascii {
            return (code_point <= self.text.len()).then_some(code_point);
        }
        let mark =
            self.marks.partition_point(|mark| mark.0 as usize <= code_point).checked_sub(1)?;
        let mut points = self.marks[mark].0 as usize;
        let start = self.boundary(mark * STRIDE);
        for (at, _) in self.text[start..].char_indices() {
            if points == code_point {
                return Some(start + at);
            }
            points += 1;
        }
        (points == code_point).then_some(self.text.len())
    }

    /// Line and column of a byte offset.
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let line = self.lines.partition_point(|&start| start as usize <= byte);
        let start = self.lines[line - 1] as usize;
        LineColumn { line, column: self.code_point(byte) - self.code_point(start) + 1 }
    }

    fn boundary(&self, mut byte: usize) -> usize {
        while !self.text.is_char_boundary(byte) {
            byte += 1;
        }
        byte
    }

    fn count(
        &self,
        byte: usize,
        part: impl Fn(&(u32, u32)) -> u32,
        width: impl Fn(char) -> usize,
    ) -> usize {
        if self.ascii || self.marks.is_empty() {
            return byte;
        }
        let mark = (byte / STRIDE).min(self.marks.len() - 1);
        let mut start = self.boundary(mark * STRIDE);
        let mut counted = part(&self.marks[mark]) as usize;
        if start > byte {
            // The remembered boundary lies after a character that straddles it.
            let before = mark - 1;
            start = self.boundary(before * STRIDE);
            counted = part(&self.marks[before]) as usize;
        }
        counted + self.text[start..byte].chars().map(width).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The naive count that the marks must agree with.
    fn check(text: &str) {
        let offsets = Offsets::new(text);
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for (points, byte) in ends.enumerate() {
            assert_eq!(offsets.code_point(byte), points);
            assert_eq!(offsets.utf16(byte), text[..byte].encode_utf16().count());
            assert_eq!(offsets.byte(points), Some(byte));
            let line = text[..byte].matches('\n').count() + 1;
            let column = text[..byte].chars().rev().take_while(|&c| c != '\n').count() + 1;
            assert_eq!(offsets.line_column(byte), LineColumn { line, column });
        }
        assert_eq!(offsets.byte(text.chars().count() + 1), None);
    }

    #[test]
    fn agrees_with_counting() {
        check("");
        check("plain\nascii\n");
        check(&"“curly”\n".repeat(60));
        check(&"a😀é—".repeat(100));
        check(&format!("{}é\n{}", "x".repeat(127), "😀".repeat(50)));
    }
}
