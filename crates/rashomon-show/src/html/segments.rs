//! A text with overlapping marks, cut where any of them starts or ends. HTML nests, findings do
//! not: each piece carries the keys of all marks that lie over it.

use rashomon_text::Span;

use super::view::{Mark, MarkKind};

/// A piece of text that the same marks cover throughout.
#[derive(Debug, PartialEq)]
pub(super) struct Segment<'m> {
    pub(super) span: Span,
    /// The keys of the marks over it, the shortest mark first.
    pub(super) keys: Vec<&'m str>,
    /// The kinds of these marks, the weightiest first.
    pub(super) kinds: Vec<MarkKind>,
    /// Whether a mark starts here.
    pub(super) starts: bool,
}

/// Cuts `block`. `marks` are in the order of the text; those outside of the block are ignored.
/// Takes time linear in the marks before the end of the block and in what is given back.
pub(super) fn segments(block: Span, marks: &[Mark]) -> Vec<Segment<'_>> {
    let inside: Vec<(Span, &Mark)> = marks
        .iter()
        .take_while(|mark| mark.span.start() < block.end())
        .filter_map(|mark| Some((mark.span.intersection(block)?, mark)))
        .collect();
    let mut cuts: Vec<usize> = vec![block.start(), block.end()];
    cuts.extend(inside.iter().flat_map(|(span, _)| [span.start(), span.end()]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut waiting = inside.into_iter().peekable();
    let mut open: Vec<(Span, &Mark)> = Vec::new();
    let mut segments = Vec::new();
    for pair in cuts.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        open.retain(|(open, _)| open.end() > span.start());
        let mut starts = false;
        while let Some(next) = waiting.next_if(|(mark, _)| mark.start() <= span.start()) {
            starts = true;
            open.push(next);
        }
        segments.push(segment(span, &open, starts));
    }
    segments
}

fn segment<'m>(span: Span, open: &[(Span, &'m Mark)], starts: bool) -> Segment<'m> {
    let mut over: Vec<&Mark> = open.iter().map(|&(_, mark)| mark).collect();
    over.sort_by_key(|mark| (mark.span.len(), mark.kind));
    let mut keys: Vec<&str> = Vec::new();
    for mark in &over {
        if !keys.contains(&mark.key.as_str()) {
            keys.push(&mark.key);
        }
    }
    let mut kinds: Vec<MarkKind> = over.iter().map(|mark| mark.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    Segment { span, keys, kinds, starts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, key: &str) -> Mark {
        Mark { span: Span::new(start, end), kind: MarkKind::Claim, key: key.into() }
    }

    #[test]
    fn overlapping_marks_are_cut() {
        let marks =
            [mark(0, 2, "before"), mark(3, 8, "a"), mark(5, 20, "b"), mark(30, 40, "after")];
        let cut = segments(Span::new(3, 12), &marks);
        let seen: Vec<_> = cut
            .iter()
            .map(|s| (s.span.start(), s.span.end(), s.keys.join(" "), s.starts))
            .collect();
        assert_eq!(
            seen,
            [(3, 5, "a".into(), true), (5, 8, "a b".into(), true), (8, 12, "b".into(), false),]
        );
    }

    #[test]
    fn nothing_is_lost_and_nothing_told_twice() {
        // Every arrangement of two marks over a text of six bytes.
        let spans = || (0..6).flat_map(|start| (start..=6).map(move |end| (start, end)));
        for a in spans().filter(|(start, end)| start < end) {
            for b in spans().filter(|(start, end)| start < end) {
                let mut marks = [mark(a.0, a.1, "a"), mark(b.0, b.1, "b")];
                marks.sort_by_key(|mark| (mark.span.start(), mark.span.end()));
                let cut = segments(Span::new(1, 5), &marks);
                assert_eq!(cut.first().unwrap().span.start(), 1);
                assert_eq!(cut.last().unwrap().span.end(), 5);
                assert!(cut.windows(2).all(|pair| pair[0].span.end() == pair[1].span.start()));
                for segment in &cut {
                    for at in segment.span.range() {
                        let over = marks.iter().filter(|mark| mark.span.contains(at)).count();
                        assert_eq!(segment.keys.len(), over, "{a:?} {b:?} at {at}");
                    }
                }
            }
        }
    }
}
