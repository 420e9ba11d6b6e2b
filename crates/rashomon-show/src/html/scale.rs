//! Differing figures drawn on one line, so that the eye sees which of them can both be right.

use maud::{Markup, html};
use rashomon_article::{Comparator, Dimension, Discrepancy, Passage, Quantity, Side};

use super::view::View;

/// What a figure states, in base units of its dimension.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stated {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether the true value may lie anywhere below, or above.
    pub(super) open: (bool, bool),
}

/// A line with one bar for each account, where at least two of them are figures that can be held
/// against each other. An exact figure is a stroke, a range a bar, an open bound a bar that runs
/// out of the picture.
pub(super) fn scale(view: &View<'_>, discrepancy: &Discrepancy) -> Markup {
    let quantities: Vec<_> = discrepancy.sides.iter().map(|side| quantity(view, side)).collect();
    let mut known = quantities.iter().flatten();
    let Some(first) = known.next() else { return html! {} };
    if known.next().is_none() || quantities.iter().flatten().any(|other| !comparable(first, other))
    {
        return html! {};
    }
    let stated: Vec<Option<Stated>> =
        quantities.iter().map(|quantity| quantity.and_then(state)).collect();
    let Some((left, right)) = frame(&stated) else { return html! {} };
    html! {
        ul.scale aria-hidden="true" {
            @for (side, stated) in discrepancy.sides.iter().zip(&stated) {
                li {
                    span.scale-name dir="auto" { (side.value) }
                    svg.scale-line { @if let Some(stated) = stated { (bar(stated, left, right)) } }
                }
            }
        }
    }
}

/// The figure that a side gives first.
fn quantity<'s>(view: &View<'s>, side: &Side) -> Option<&'s Quantity> {
    quantity_at(view, *side.mentions.first()?, &side.value)
}

/// The figure of a mention: among those that it touches, the one that the value names.
pub(super) fn quantity_at<'s>(
    view: &View<'s>,
    mention: Passage,
    value: &str,
) -> Option<&'s Quantity> {
    let document = view.document(mention.article);
    let near: Vec<&Quantity> = document.quantities.overlapping(mention.span).collect();
    let named = |quantity: &&&Quantity| {
        let words = document.slice(quantity.span);
        words.contains(value) || value.contains(words)
    };
    near.iter().find(named).or(near.first().filter(|_| near.len() == 1)).copied()
}

pub(super) fn comparable(a: &Quantity, b: &Quantity) -> bool {
    let unit = |quantity: &Quantity| quantity.unit.as_ref().map(|unit| unit.name.clone());
    let convertible = !matches!(a.dimension, Dimension::Money | Dimension::Other);
    a.dimension == b.dimension
        && a.dimension != Dimension::Score
        && (convertible || unit(a) == unit(b))
}

pub(super) fn state(quantity: &Quantity) -> Option<Stated> {
    let (low, high) = quantity.base();
    let (near, far) = quantity.interval();
    let (low, high) = match quantity.comparator {
        Comparator::About => (near, far),
        _ => (low, high),
    };
    let open = (
        matches!(quantity.comparator, Comparator::Less | Comparator::AtMost),
        matches!(quantity.comparator, Comparator::More | Comparator::AtLeast),
    );
    (low.is_finite() && high.is_finite() && low <= high).then_some(Stated { low, high, open })
}

/// The ends of the picture, with room for the bars that run out of it.
pub(super) fn frame(stated: &[Option<Stated>]) -> Option<(f64, f64)> {
    let bounds = || stated.iter().flatten();
    let low = bounds().map(|stated| stated.low).reduce(f64::min)?;
    let high = bounds().map(|stated| stated.high).reduce(f64::max)?;
    let room = ((high - low) * 0.35).max(high.abs() * 0.05).max(f64::MIN_POSITIVE);
    let left = if low >= 0.0 { (low - room).max(0.0) } else { low - room };
    let right = high + room;
    (right.is_finite() && right > left).then_some((left, right))
}

fn bar(stated: &Stated, left: f64, right: f64) -> Markup {
    let place = |value: f64| ((value - left) / (right - left) * 100.0).clamp(0.0, 100.0);
    let percent = |value: f64| format!("{value:.2}%");
    let (low, high) = (place(stated.low), place(stated.high));
    let from = if stated.open.0 { 0.0 } else { low };
    let to = if stated.open.1 { 100.0 } else { high };
    html! {
        line.scale-axis x1="0" x2="100%" y1="50%" y2="50%" {}
        @if to > from { rect.scale-bar x=(percent(from)) width=(percent(to - from)) y="3" height="8" {} }
        @if !stated.open.0 { line.scale-end x1=(percent(low)) x2=(percent(low)) y1="0" y2="14" {} }
        @if !stated.open.1 { line.scale-end x1=(percent(high)) x2=(percent(high)) y1="0" y2="14" {} }
        @if stated.open.0 { line.scale-bound x1=(percent(high)) x2=(percent(high)) y1="0" y2="14" {} }
        @if stated.open.1 { line.scale-bound x1=(percent(low)) x2=(percent(low)) y1="0" y2="14" {} }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(low: f64, high: f64) -> Option<Stated> {
        Some(Stated { low, high, open: (false, false) })
    }

    #[test]
    fn the_picture_holds_all_figures() {
        let (left, right) = frame(&[stated(3.0, 4.0), None, stated(2.5, 2.5)]).unwrap();
        assert!((0.0..2.5).contains(&left) && right > 4.0);
        let (left, right) = frame(&[stated(0.0, 0.0), stated(0.0, 0.0)]).unwrap();
        assert!(left < right);
        assert!(frame(&[None, None]).is_none());
        assert!(frame(&[stated(f64::MIN, f64::MAX)]).is_none());
    }
}
