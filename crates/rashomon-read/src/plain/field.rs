use rashomon_article::{BlockKind, Diagnostic};
use rashomon_text::Span;

use super::byline;
use super::credit::known_agency;
use super::line::{fold, opens_with};
use super::{Draft, Unit};
use crate::date::{BadDate, scan};

/// Fields and dates stand among so many lines at the head of a text,
const HEAD_LINES: usize = 16;
/// or these at its foot.
const FOOT_LINES: usize = 6;
/// A line with a date holds no more words than this.
const MOST_WORDS: usize = 14;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Date,
    Update,
    Outlet,
    Title,
    Author,
    Address,
    Idle,
}

/// Reads labelled fields (“Published: 14 March 2026”) and dates on lines of their own.
pub(super) fn mark(draft: &mut Draft<'_>) {
    // A head ends where the report has begun in earnest.
    let begun = draft.units.iter().enumerate().filter(|(_, unit)| unit.is_running()).nth(2);
    let head = begun.map_or(draft.units.len(), |(at, _)| at).min(HEAD_LINES);
    let foot = draft.units.len().saturating_sub(FOOT_LINES).max(head);
    for at in (0..head).chain(foot..draft.units.len()) {
        let unit = &draft.units[at];
        let given = unit.is_open() || unit.kind == Some(BlockKind::Furniture);
        if given && unit.line.words <= 60 && !mark_field(draft, at, at < head) && at < head {
            mark_date(draft, at, true);
        } else if given && at >= foot {
            mark_date(draft, at, false);
        }
    }
}

/// The label of a line and the place of its value.
fn split(draft: &Draft<'_>, unit: &Unit) -> Option<(Field, Span)> {
    let words = draft.text.slice(unit.line.span);
    let colon = words.find(':').filter(|&at| at <= 40)?;
    let field = field(draft, &fold(&words[..colon]))?;
    let start = unit.line.span.start() + colon + 1;
    Some((field, draft.text.trim(Span::new(start, unit.line.span.end()))))
}

fn field(draft: &Draft<'_>, label: &str) -> Option<Field> {
    let pack = &draft.language.reading;
    let lists = [
        (pack.date_labels, Field::Date),
        (pack.update_labels, Field::Update),
        (pack.outlet_labels, Field::Outlet),
        (pack.title_labels, Field::Title),
        (pack.author_labels, Field::Author),
        (pack.address_labels, Field::Address),
        (pack.idle_labels, Field::Idle),
    ];
    lists.iter().find(|(list, _)| list.binary_search(&label).is_ok()).map(|&(_, field)| field)
}

fn mark_field(draft: &mut Draft<'_>, at: usize, in_head: bool) -> bool {
    let Some((field, value)) = split(draft, &draft.units[at]) else {
        return false;
    };
    let words = draft.text.slice(value).to_owned();
    let few = words.split_whitespace().count();
    match field {
        Field::Date => return mark_date(draft, at, true),
        Field::Update if few <= MOST_WORDS => set(draft, at, BlockKind::Dateline),
        Field::Outlet if (1..=8).contains(&few) => {
            if let Some(agency) = known_agency(&fold(&words), draft.language) {
                draft.facts.credit(agency.to_owned());
                if in_head {
                    draft.facts.outlet.get_or_insert(agency.to_owned());
                }
            } else if in_head {
                draft.facts.outlet.get_or_insert(words);
            }
            set(draft, at, BlockKind::Byline);
        }
        Field::Title if in_head && (1..=45).contains(&few) => {
            draft.facts.title.get_or_insert(words);
            // The label is no part of the headline.
            draft.units[at].line.span = value;
            draft.units[at].line.folded = fold(draft.text.slice(value));
            set(draft, at, BlockKind::Headline);
        }
        Field::Author if (1..=20).contains(&few) => {
            let Some(byline) = byline::named(&words, draft.language) else {
                return false;
            };
            byline.give(&mut draft.facts);
            set(draft, at, BlockKind::Byline);
        }
        Field::Address if few == 1 && words.contains("://") => {
            draft.facts.canonical.get_or_insert(words);
            draft.units[at].drop("an address");
        }
        Field::Idle if in_head && few <= 12 && !draft.units[at].line.ends => {
            draft.units[at].drop("a field");
        }
        _ => return false,
    }
    true
}

fn set(draft: &mut Draft<'_>, at: usize, kind: BlockKind) {
    draft.units[at].kind = Some(kind);
    draft.units[at].dropped = None;
}

/// A date on a line of its own, with or without a label, an hour, an outlet beside it.
fn mark_date(draft: &mut Draft<'_>, at: usize, in_head: bool) -> bool {
    let unit = &draft.units[at];
    if unit.line.words > MOST_WORDS {
        return false;
    }
    let pack = &draft.language.reading;
    let folded = unit.line.folded.clone();
    let opens = |list: &[&str]| {
        list.iter().filter(|label| opens_with(&folded, label)).map(|label| label.len()).max()
    };
    let updates = opens(pack.update_labels);
    let label = opens(pack.date_labels).or(updates);
    let words = draft.text.slice(unit.line.span);
    if words.contains("(@") {
        // The signature of an embedded post, with the date of the post.
        draft.units[at].drop("the signature of a post");
        return true;
    }
    // The label is cut off in the folded line; the same words follow in the line itself.
    let found = scan(words, pack);
    let label_words = label.map_or(0, |length| folded[..length].split_whitespace().count());
    let others = found.others.len().saturating_sub(label_words);
    if !found.any() || (label.is_none() && !found.whole()) || others > 3 {
        return false;
    }
    if others > 0
        && (unit.line.ends
            || reads_as_prose(draft, &found.others[label_words.min(found.others.len())..]))
    {
        return false;
    }
    let published = found.published();
    let span = unit.line.span;
    match published {
        // What was changed last was published before.
        Ok(Some(_)) if updates.is_some() => {}
        // At the foot a bare date may belong to another article or to a comment.
        Ok(Some(_)) if !in_head && label.is_none() => {}
        Ok(Some(published)) => {
            draft.facts.published.get_or_insert(published);
        }
        Ok(None) => {}
        Err(BadDate(_)) if !in_head => {}
        Err(BadDate(why)) => {
            let message = format!("the date of publication is left out: {why}");
            draft.diagnostics.push(Diagnostic::at("bad-date", message, span));
        }
    }
    set(draft, at, BlockKind::Dateline);
    true
}

/// Whether what stands beside a date is more than a name or a label.
fn reads_as_prose(draft: &Draft<'_>, others: &[&str]) -> bool {
    others.iter().any(|word| {
        let lower = fold(word);
        word.chars().next().is_some_and(char::is_lowercase)
            && draft.language.reading.date_labels.binary_search(&lower.as_str()).is_err()
            && draft.language.reading.update_labels.binary_search(&lower.as_str()).is_err()
    })
}
