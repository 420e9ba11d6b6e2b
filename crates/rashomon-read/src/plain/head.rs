use rashomon_article::BlockKind;
use rashomon_text::Span;

use super::line::{fold, holds_any};
use super::{Draft, Hints, Unit, byline};

/// A headline holds no more words than this.
const MOST_HEADLINE_WORDS: usize = 40;
/// A headline that is a question or a cry, not more than this.
const MOST_SHOUTED_WORDS: usize = 20;
/// A subheading holds no more words than this.
const MOST_SUBHEADING_WORDS: usize = 16;
/// Bylines stand among so many lines at the head of a text.
const HEAD_LINES: usize = 14;
/// Lines about the author stand among so many at the foot.
const BIO_LINES: usize = 6;

/// Finds the headline, the byline and the lines between them and the first paragraph.
pub(super) fn mark(draft: &mut Draft<'_>, hints: Hints<'_>) {
    mark_announced_bylines(draft);
    let headline = headline(draft, hints);
    if let Some(at) = headline {
        draft.units[at].kind = Some(BlockKind::Headline);
        draft.units[at].dateline = None;
        let words = draft.words(at).to_owned();
        draft.facts.title.get_or_insert(words);
    }
    let Some(body) = draft.first_running() else {
        return;
    };
    let top = headline
        .or_else(|| draft.units.iter().position(|unit| unit.kind == Some(BlockKind::Headline)));
    mark_bare_byline(draft, top, body);
    mark_between(draft, top, body);
}

/// The place of the headline: the line that a record gives, or the first that looks like one.
fn headline(draft: &Draft<'_>, hints: Hints<'_>) -> Option<usize> {
    let units = &draft.units;
    if let Some(title) = hints.title.map(fold).filter(|title| !title.is_empty()) {
        let is_title = |unit: &Unit| unit.is_open() && unit.line.folded == title;
        if let Some(at) = units.iter().take(HEAD_LINES).position(is_title) {
            return Some(at);
        }
    }
    if units.iter().any(|unit| unit.kind == Some(BlockKind::Headline)) {
        return None;
    }
    let first = units.iter().position(Unit::is_open)?;
    let shouted = looks_shouted(draft, first);
    let body = draft.first_running().filter(|&body| body > first).or_else(|| {
        // A question over the report ends as a sentence does.
        (shouted && units.get(first + 1).is_some_and(Unit::is_running)).then_some(first + 1)
    })?;
    (first..body.min(HEAD_LINES)).find(|&at| {
        let line = &units[at].line;
        let is_title = !line.ends || (at == first && looks_shouted(draft, at));
        units[at].is_open()
            && is_title
            && (2..=MOST_HEADLINE_WORDS).contains(&line.words)
            && !ends_open(draft.words(at))
            && starts_as_title(draft.words(at))
            && !is_label(draft, at)
            && !is_signature(draft, at)
    })
}

/// “Why did the bridge fall?” over a report.
fn looks_shouted(draft: &Draft<'_>, at: usize) -> bool {
    let unit = &draft.units[at];
    let words = draft.words(at);
    let inner = words.trim_end_matches(['”', '"', '’', '\'']);
    unit.line.words <= MOST_SHOUTED_WORDS
        && inner.ends_with(['?', '!'])
        && !inner.contains(". ")
        && unit.dateline.is_none()
}

/// A name of a section or a label: “World”, “Breaking news”.
fn is_label(draft: &Draft<'_>, at: usize) -> bool {
    let pack = &draft.language.reading;
    let line = &draft.units[at].line;
    line.words <= 3
        && (pack.labels.binary_search(&line.folded.as_str()).is_ok()
            || line.folded.split_whitespace().all(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                word.is_empty()
                    || pack.section_words.binary_search(&word).is_ok()
                    || draft.language.words.is_function_word(word)
            }))
}

/// A lone name or role over a text without a headline: of a writer, an outlet, a place.
fn is_signature(draft: &Draft<'_>, at: usize) -> bool {
    let words = draft.words(at);
    let pack = &draft.language.reading;
    let holds_role = draft.units[at].line.folded.split_whitespace().any(|word| {
        pack.roles.binary_search(&word).is_ok() || pack.outlet_words.binary_search(&word).is_ok()
    });
    let few = draft.units[at].line.words <= 3;
    words.starts_with(['-', '–', '—', '•'])
        || (few && (holds_role || !words.chars().any(char::is_lowercase)))
        || byline::bare(words, draft.language).is_some()
}

fn ends_open(words: &str) -> bool {
    words.ends_with([',', ';', ':', '-', '–', '—', '('])
}

fn starts_as_title(words: &str) -> bool {
    let first = words.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| !c.is_lowercase() || words.chars().any(char::is_uppercase))
}

/// “By Ada Bell” near the head or at the foot.
fn mark_announced_bylines(draft: &mut Draft<'_>) {
    let count = draft.units.len();
    for at in (0..count).filter(|&at| at < HEAD_LINES || at + 4 > count) {
        let unit = &draft.units[at];
        if !unit.is_open() || (unit.line.ends && unit.line.words > 8) {
            continue;
        }
        if let Some(byline) = byline::opened(draft.words(at), draft.language) {
            draft.units[at].kind = Some(BlockKind::Byline);
            byline.give(&mut draft.facts);
        }
    }
}

/// “Ada Bell” between the headline and the first paragraph.
fn mark_bare_byline(draft: &mut Draft<'_>, top: Option<usize>, body: usize) {
    let from = top.map_or(0, |top| top + 1);
    // A first paragraph of one sentence may be the deck, with the byline below it.
    let to = (body + 3).min(draft.units.len()).min(HEAD_LINES);
    for at in from..to {
        let unit = &draft.units[at];
        let above = at.checked_sub(1).map(|above| &draft.units[above]);
        let is_in_head = at < body
            || above.is_some_and(|above| above.kind == Some(BlockKind::Dateline))
            || draft.units.get(at + 1).is_some_and(|below| {
                below.kind == Some(BlockKind::Dateline) || below.dateline.is_some()
            });
        if !unit.is_open() || unit.line.ends || !is_in_head {
            continue;
        }
        // Without a headline above it a lone pair of capitalised words may be anything.
        let is_sure = top.is_some() || at > 0 || draft.units[body].dateline.is_some();
        if is_sure
            && !is_told_of(draft, at, top, body)
            && let Some(byline) = byline::bare(draft.words(at), draft.language)
        {
            draft.units[at].kind = Some(BlockKind::Byline);
            byline.give(&mut draft.facts);
        }
    }
}

/// “Ada Bell is a reporter who covers the river.” at the foot: of a writer that the byline names,
/// or of somebody whom the report has not named before.
pub(super) fn mark_bios(draft: &mut Draft<'_>) {
    let pack = &draft.language.reading;
    let count = draft.units.len();
    for at in count.saturating_sub(BIO_LINES).max(2)..count {
        let unit = &draft.units[at];
        let folded = unit.line.folded.clone();
        let opener = pack.bio_openers.iter().find_map(|opener| {
            let found = folded.find(&format!(" {opener} "))?;
            Some((found, found + opener.len() + 2))
        });
        let Some((name_end, rest)) = opener.filter(|_| unit.is_open()) else {
            continue;
        };
        let name = &folded[..name_end];
        let has_role = folded[rest..]
            .split_whitespace()
            .take(8)
            .any(|word| pack.roles.binary_search(&word.trim_matches(',')).is_ok());
        let signed = draft.facts.byline.iter().any(|author| fold(author) == name);
        let works = holds_any(&folded[rest..], pack.bio_words);
        let last_name = name.rsplit(' ').next().unwrap_or(name);
        let is_told = (0..at).filter(|&other| draft.units[other].is_running()).any(|other| {
            draft.words(other).split(|c: char| !c.is_alphanumeric()).any(|w| fold(w) == last_name)
        });
        let names = (2..=4).contains(&name.split(' ').count());
        let quotes = draft.words(at).contains(['“', '"', '”']);
        if names && has_role && !quotes && (signed || (works && !is_told)) {
            draft.units[at].drop("a line about the author");
        }
    }
}

/// Whether the headline or the first paragraph tells of a word of the line: writers are not in
/// the news that they write, and “Ada Bell Cleared” is a second headline.
fn is_told_of(draft: &Draft<'_>, at: usize, top: Option<usize>, body: usize) -> bool {
    let told: Vec<String> = [top, Some(body)]
        .into_iter()
        .flatten()
        .filter(|&other| other != at)
        .flat_map(|other| draft.words(other).split_whitespace().map(fold))
        .collect();
    draft.words(at).split_whitespace().filter(|word| word.chars().count() >= 4).any(|word| {
        let pack = &draft.language.reading;
        let word = fold(word);
        let is_beside = [pack.roles, pack.outlet_words]
            .iter()
            .any(|list| list.binary_search(&word.as_str()).is_ok());
        !is_beside && told.iter().any(|other| other.trim_end_matches("'s") == word)
    })
}

/// What is left between the headline and the body: names of sections, and the deck.
fn mark_between(draft: &mut Draft<'_>, top: Option<usize>, body: usize) {
    for at in 0..body {
        if !draft.units[at].is_open() || draft.units[at].line.ends {
            continue;
        }
        if is_label(draft, at) {
            draft.units[at].drop("a label");
        } else if top.is_some_and(|top| at > top)
            && draft.units[at].line.words >= 4
            && !ends_open(draft.words(at))
        {
            draft.units[at].kind = Some(BlockKind::Subheading);
        }
    }
}

/// Short lines without a full stop that stand before a paragraph head it.
pub(super) fn mark_subheadings(draft: &mut Draft<'_>, headings: &[Span]) {
    for at in 1..draft.units.len() {
        let unit = &mut draft.units[at];
        if unit.is_open() && headings.binary_search(&unit.line.span).is_ok() {
            unit.kind = Some(BlockKind::Subheading);
            continue;
        }
        let words = draft.words(at);
        let line = &draft.units[at].line;
        let is_heading = draft.units[at].is_open()
            && (!line.ends || (line.words <= 12 && words.ends_with('?')))
            && line.words <= MOST_SUBHEADING_WORDS
            && words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
            && !words.starts_with(['-', '•', '*', '·', '▪', '–', '—'])
            && !words.ends_with([',', ';', '-', '–', '—']);
        let heads_prose =
            next_read(draft, at).is_some_and(|next| draft.units[next].line.is_running());
        let after_prose = (0..at)
            .rev()
            .take(8)
            .map(|before| &draft.units[before])
            .find(|unit| !matches!(unit.kind, Some(BlockKind::Furniture | BlockKind::Caption)));
        if is_heading && heads_prose && after_prose.is_some() {
            draft.units[at].kind = Some(BlockKind::Subheading);
        }
    }
}

/// The next unit that is neither furniture nor a caption.
fn next_read(draft: &Draft<'_>, at: usize) -> Option<usize> {
    (at + 1..draft.units.len()).take(6).find(|&next| {
        !matches!(draft.units[next].kind, Some(BlockKind::Furniture | BlockKind::Caption))
    })
}
