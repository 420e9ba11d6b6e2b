//! What the files say about themselves: outlet, date, credit, furniture; and who copied whom.

use rashomon::article::{Article, Lineage, Origin, Published, Story};

use super::desk::{Desk, show};
use super::line::Line;
use super::tally::Tally;

pub fn check(desk: &Desk, line: &Line, tally: &mut Tally) {
    let article = |key: &str| desk.document(key).map(|document| &document.article);
    match line {
        Line::OneStory => {
            let sizes: Vec<usize> = desk.stories.iter().map(|s| s.documents.len()).collect();
            tally.expect("story", sizes.len() == 1, || format!("stories of {sizes:?} articles"));
        }
        Line::Outlet { key, name } => {
            let found = article(key).and_then(|article| article.outlet.as_deref());
            tally.expect("outlet", found == Some(name), || format!("{key} = {name}: {found:?}"));
        }
        Line::Published { key, time } => {
            let found = article(key).and_then(|article| article.published);
            let met = found.is_some_and(|found| is_time(found, time));
            tally.expect("published", met, || format!("{key} = {time}: {found:?}"));
        }
        Line::Credited { key, name } => {
            let met = credits(desk, key).any(|credit| bare(&credit) == bare(name));
            tally.expect("credited", met, || {
                format!("{key} = {name}: {:?}", credits(desk, key).collect::<Vec<_>>())
            });
        }
        Line::Origins(expected) => {
            let found: usize =
                desk.stories.iter().map(|story| story.counts(story.articles()).origins).sum();
            tally.expect("origins", found == *expected, || format!("{expected}: found {found}"));
        }
        Line::Lineage(keys) => {
            let mut keys = keys.clone();
            keys.sort();
            let met = desk
                .stories
                .iter()
                .any(|story| story.lineages.iter().any(|lineage| members(story, lineage) == keys));
            tally.expect("lineage", met, || keys.join(", "));
        }
        Line::Furniture(place) => {
            let met = desk.document(&place.key).is_some_and(|document| {
                desk.spans(place).iter().all(|&span| !is_prose(&document.article, span.start()))
            });
            tally.expect("furniture", met, || show(std::slice::from_ref(place)));
        }
        _ => {}
    }
}

/// Lineages that join articles which wrote for themselves.
pub fn find_false(desk: &Desk, tally: &mut Tally) {
    for story in &desk.stories {
        for lineage in &story.lineages {
            let keys = members(story, lineage);
            let allowed = desk.lines.iter().any(|line| match line {
                Line::Lineage(together) => keys.iter().all(|key| together.contains(key)),
                _ => false,
            });
            if keys.len() > 1 && !allowed {
                tally.wrong("lineage", keys.join(", "));
            }
        }
    }
}

/// Whom an article names as its source, and the agency that its lineage starts from.
fn credits<'d>(desk: &'d Desk, key: &str) -> impl Iterator<Item = String> + 'd {
    let (own, origin) = match desk.article(key) {
        Some((story, at)) => {
            let lineage = story.lineage(at).map(|lineage| &story.lineages[lineage].origin);
            (story.document(at).article.agencies.clone(), lineage)
        }
        None => (Vec::new(), None),
    };
    let agency = origin.and_then(|origin| match origin {
        Origin::Agency(name) => Some(name.clone()),
        Origin::Article(_) => None,
    });
    own.into_iter().chain(agency)
}

fn members(story: &Story, lineage: &Lineage) -> Vec<String> {
    let mut keys: Vec<String> =
        lineage.articles.iter().map(|&at| story.document(at).article.id.clone()).collect();
    keys.sort();
    keys
}

fn is_prose(article: &Article, offset: usize) -> bool {
    article.block_at(offset).is_some_and(|block| block.kind.is_prose())
}

/// A day matches only a bare day: a time that the outlet does not give would be made up.
fn is_time(found: Published, expected: &str) -> bool {
    match found {
        Published::Day(day) => day.to_string() == expected,
        Published::Instant { at, .. } => {
            expected.parse().is_ok_and(|time: jiff::Timestamp| time == at)
        }
    }
}

fn bare(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}
