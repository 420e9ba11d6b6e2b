//! Differing figures drawn on one line.

use maud::{Markup, html};
use rashomon_article::{Discrepancy, Quantity, Side};

use super::view::View;

/// A line with one bar for each account, where all accounts are figures of one dimension.
pub(super) fn scale(view: &View<'_>, discrepancy: &Discrepancy) -> Markup {
    let _ = discrepancy.sides.iter().map(|side| quantity(view, side)).collect::<Vec<_>>();
    html! {}
}

/// The figure that a side gives: the quantity that its first mention covers or lies in.
fn quantity<'s>(view: &View<'s>, side: &Side) -> Option<&'s Quantity> {
    let mention = side.mentions.first()?;
    view.document(mention.article).quantities.overlapping(mention.span).next()
}
