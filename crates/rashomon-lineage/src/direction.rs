use rashomon_article::{Article, Direction, Published};

use crate::credit::address;
use crate::index::Overlap;
use crate::kinship::Report;

/// From which share of its shingles on a report lies in another one, and up to which share the
/// other one lies in it: what both hold alone must not be worth mentioning on the one side and be
/// plain on the other.
const CONTAINED: f64 = 0.8;
const HOLDS_MORE: f64 = 0.6;

/// What shows which of two reports of one origin was the first, and whether it is `a`: a credit
/// stands above the dates, as a page carries the date of its last change, and dates above
/// containment, as the longer report may be the later one.
pub fn direction(
    a: Report<'_, '_>,
    b: Report<'_, '_>,
    overlap: Option<&Overlap>,
) -> Option<(bool, Direction)> {
    let credits = |report: Report<'_, '_>, source: Report<'_, '_>| {
        report.credits.names_outlet(source.credits)
            || report.article.outlet != source.article.outlet && stands_at(report, source)
    };
    match (credits(b, a), credits(a, b)) {
        (true, false) => return Some((true, Direction::Credit)),
        (false, true) => return Some((false, Direction::Credit)),
        _ => {}
    }
    if let Some(first) = earlier(a.article, b.article) {
        return Some((first, Direction::EarlierDate));
    }
    let (in_b, in_a) = overlap?.containment;
    if in_a >= CONTAINED && in_b <= HOLDS_MORE {
        Some((true, Direction::Containment))
    } else if in_b >= CONTAINED && in_a <= HOLDS_MORE {
        Some((false, Direction::Containment))
    } else {
        None
    }
}

/// Whether a report gives an address as its own that names the outlet of another report.
fn stands_at(report: Report<'_, '_>, source: Report<'_, '_>) -> bool {
    let host = |article: &Article| {
        let address = address(article)?.split_once("://")?.1;
        Some(address.split('/').next()?.trim_start_matches("www.").to_owned())
    };
    let outlet = source.article.outlet.as_deref().map(|outlet| outlet.trim_start_matches("www."));
    let host = host(report.article);
    host.is_some() && host.as_deref() == outlet
}

/// Whether the first of two articles was published before the other. A bare day says nothing
/// about another article of the same day.
fn earlier(a: &Article, b: &Article) -> Option<bool> {
    let (a, b) = (a.published?, b.published?);
    let exact = |published| matches!(published, Published::Instant { .. });
    if exact(a) && exact(b) {
        return (a.instant() != b.instant()).then(|| a.instant() < b.instant());
    }
    (a.day() != b.day()).then(|| a.day() < b.day())
}
