use std::ops::{Deref, Range};

use crate::Span;

/// Something that stands at a place in a text.
pub trait Spanned {
    /// The bytes it covers.
    fn span(&self) -> Span;
}

impl Spanned for Span {
    fn span(&self) -> Span {
        *self
    }
}

/// Findings of one kind beside a text, sorted by start, then by end (the longer first).
///
/// A layer is made whole and never changed: whoever wants another one makes another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer<T> {
    items: Vec<T>,
    /// How many bytes the longest finding covers: what starts further back reaches no place.
    longest: usize,
}

impl<T> Default for Layer<T> {
    fn default() -> Layer<T> {
        Layer { items: Vec::new(), longest: 0 }
    }
}

impl<T: Spanned> Layer<T> {
    /// Sorts the findings into a layer. Findings with the same span keep their order.
    pub fn new(mut items: Vec<T>) -> Layer<T> {
        items.sort_by_key(|item| (item.span().start(), std::cmp::Reverse(item.span().end())));
        let longest = items.iter().map(|item| item.span().len()).max().unwrap_or(0);
        Layer { items, longest }
    }

    /// The indices of the findings that start inside `span`.
    pub fn starting_in(&self, span: Span) -> Range<usize> {
        let from = self.items.partition_point(|item| item.span().start() < span.start());
        let to = self.items.partition_point(|item| item.span().start() < span.end());
        from..to.max(from)
    }

    /// The findings that lie wholly inside `span`, in order.
    pub fn inside(&self, span: Span) -> impl Iterator<Item = &T> + '_ {
        self.items[self.starting_in(span)].iter().filter(move |item| span.covers(item.span()))
    }

    /// The findings that share at least a byte with `span`, in order.
    ///
    /// Findings of a layer may overlap each other, so that all are looked at that start no further
    /// before `span` than the longest of the layer is long.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = &T> + '_ {
        let reach = span.start().saturating_sub(self.longest);
        let from = self.items.partition_point(|item| item.span().start() < reach);
        let to = self.items.partition_point(|item| item.span().start() < span.end());
        self.items[from..to.max(from)].iter().filter(move |item| item.span().overlaps(span))
    }

    /// The findings themselves.
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }
}

impl<T> Deref for Layer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T: Spanned> FromIterator<T> for Layer<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Layer<T> {
        Layer::new(items.into_iter().collect())
    }
}

impl<'l, T> IntoIterator for &'l Layer<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_searched() {
        let layer: Layer<Span> =
            [Span::new(4, 6), Span::new(0, 3), Span::new(4, 9)].into_iter().collect();
        assert_eq!(&layer[..], [Span::new(0, 3), Span::new(4, 9), Span::new(4, 6)]);
        let inside: Vec<_> = layer.inside(Span::new(3, 7)).copied().collect();
        assert_eq!(inside, [Span::new(4, 6)]);
        let overlapping: Vec<_> = layer.overlapping(Span::new(2, 5)).copied().collect();
        assert_eq!(overlapping, [Span::new(0, 3), Span::new(4, 9), Span::new(4, 6)]);
    }

    /// Held against looking at every finding.
    #[test]
    fn what_overlaps_is_found_wherever_it_starts() {
        let spans =
            || (0..12).flat_map(|start| (0..9).map(move |len| Span::new(start, start + len)));
        let layer: Layer<Span> = spans().filter(|span| span.start() % 3 != 1).collect();
        for asked in spans() {
            let all: Vec<Span> =
                layer.iter().copied().filter(|span| span.overlaps(asked)).collect();
            let found: Vec<Span> = layer.overlapping(asked).copied().collect();
            assert_eq!(found, all, "{asked:?}");
        }
    }
}
