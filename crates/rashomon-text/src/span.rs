use std::fmt;
use std::ops::Range;

/// A half-open run of bytes in one [`Text`](crate::Text).
///
/// The invariant `start <= end` is enforced when a span is made. That both ends stand on
/// character boundaries is the business of whoever makes the span; [`Text::slice`](crate::Text::slice)
/// checks it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes a span from byte offsets.
    ///
    /// # Panics
    ///
    /// When `start > end`, or when `end` does not fit into 32 bits.
    #[inline]
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "a span starts at or before its end: {start}..{end}");
        let end = u32::try_from(end).expect("a text is shorter than 4 GiB");
        Span { start: start as u32, end }
    }

    /// The first byte.
    #[inline]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[inline]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The length in bytes.
    #[inline]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of bytes, to slice a `str` with.
    #[inline]
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether the byte at `offset` lies inside.
    #[inline]
    pub const fn contains(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether all of `other` lies inside.
    #[inline]
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether at least one byte is shared.
    #[inline]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes that both hold, if any.
    pub fn intersection(self, other: Span) -> Option<Span> {
        self.overlaps(other)
            .then(|| Span { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The shortest span that covers both.
    #[must_use]
    pub fn hull(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations() {
        let table = [
            // a, b, overlaps, a covers b
            ((0, 5), (5, 9), false, false),
            ((0, 5), (4, 9), true, false),
            ((0, 9), (4, 9), true, true),
            ((3, 3), (3, 3), false, true),
        ];
        for (a, b, overlaps, covers) in table {
            let (a, b) = (Span::new(a.0, a.1), Span::new(b.0, b.1));
            assert_eq!(a.overlaps(b), overlaps, "{a:?} {b:?}");
            assert_eq!(b.overlaps(a), overlaps, "{b:?} {a:?}");
            assert_eq!(a.covers(b), covers, "{a:?} {b:?}");
            assert_eq!(a.intersection(b).is_some(), overlaps);
            assert!(a.hull(b).covers(a) && a.hull(b).covers(b));
        }
    }

    #[test]
    #[should_panic(expected = "starts at or before")]
    fn a_span_is_ordered() {
        let _ = Span::new(2, 1);
    }
}
