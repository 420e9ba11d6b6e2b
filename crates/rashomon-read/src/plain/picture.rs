use rashomon_article::BlockKind;

use rashomon_language::Language;
use rashomon_text::Span;

use super::Draft;
use super::credit::known_agency;
use super::line::{fold, holds_any, opens_with};

/// A caption has no more words than this.
const MOST_WORDS: usize = 70;

/// Marks what a page says is a caption.
pub(super) fn mark_captions(draft: &mut Draft<'_>, captions: &[Span]) {
    for unit in &mut draft.units {
        if unit.is_open() && captions.iter().any(|caption| caption.covers(unit.line.span)) {
            unit.kind = Some(BlockKind::Caption);
        }
    }
}

/// Marks captions and credits of pictures.
pub(super) fn mark(draft: &mut Draft<'_>) {
    for at in 0..draft.units.len() {
        if draft.units[at].is_open() && is_caption(draft, at) {
            draft.units[at].kind = Some(BlockKind::Caption);
        }
    }
}

fn is_caption(draft: &Draft<'_>, at: usize) -> bool {
    let line = &draft.units[at].line;
    if line.folded.is_empty() || line.words > MOST_WORDS {
        return false;
    }
    let pack = &draft.language.reading;
    let folded = line.folded.as_str();
    let words = draft.words(at);
    if line.words <= 4 && pack.picture_words.binary_search(&folded).is_ok() {
        return true;
    }
    // “Photo: Ada Bell” and “… at the bridge. Photo: Ada Bell”.
    if let Some((before, credited)) = words.rsplit_once(':') {
        let named = credited.split_whitespace().count();
        let label = last_sentence(before);
        let label = fold(label);
        if (1..=10).contains(&named) && pack.picture_words.binary_search(&label.as_str()).is_ok() {
            return true;
        }
    }
    // “(AP Photo/Ada Bell)”, “[Photo by Ada Bell]” at the end.
    let tail = folded.rsplit(['(', '[', '|', '.']).next().unwrap_or(folded);
    let tail = tail.trim();
    let credited = holds_any(tail, pack.picture_credits);
    if credited && tail.split_whitespace().count() <= 14 && !has_quotation(words) {
        return true;
    }
    // “(NPA Photo/Ada Bell)”.
    if let Some((credit, _)) = tail.split_once('/')
        && let Some(last) = credit.split_whitespace().next_back()
        && credit.split_whitespace().count() <= 3
        && pack.picture_words.binary_search(&last).is_ok()
    {
        return true;
    }
    is_slashed(words.rsplit(['.', '(']).next().unwrap_or(words), draft.language)
        || (line.words <= 10
            && pack
                .picture_words
                .iter()
                .any(|word| word.ends_with(" by") && opens_with(folded, word)))
}

/// “REUTERS/Ada Bell”, “Ada Bell/Getty” after the last stop: a name, a slash, a name.
fn is_slashed(tail: &str, language: &Language) -> bool {
    let tail = tail.trim().trim_end_matches([')', ']']);
    let Some((agency, name)) = tail.split_once('/') else {
        return false;
    };
    let named = name.split_whitespace().count();
    let is_capitals = !agency.chars().any(char::is_lowercase);
    // “(AP/AFP)” after the last word credits two agencies with the report.
    let is_named = named > 1 || name.chars().any(char::is_lowercase);
    is_capitals
        && is_named
        && known_agency(&fold(agency), language).is_some()
        && (1..=5).contains(&named)
}

fn last_sentence(words: &str) -> &str {
    words.rsplit(['.', '|', '(', '[', '/', '—', '–', '!', '?', '”', '"']).next().unwrap_or(words)
}

fn has_quotation(words: &str) -> bool {
    words.contains(['“', '"'])
}
