//! The text of a gold file in code points, read as `score.py` reads it.

use std::ops::Range;

const CUTS: [&str; 18] = [
    "and other",
    "of",
    "in",
    "at",
    "for",
    "from",
    "with",
    "on",
    "by",
    "to",
    "near",
    "whose",
    "who",
    "that",
    "which",
    " - ",
    " – ",
    " — ",
];

/// The characters of a text and the regions of it in quotation marks.
pub struct GoldText {
    chars: Vec<char>,
    regions: Vec<Range<usize>>,
}

impl GoldText {
    pub fn new(text: &str) -> GoldText {
        let chars: Vec<char> = text.chars().collect();
        let regions = regions(&chars);
        GoldText { chars, regions }
    }

    pub fn len(&self) -> usize {
        self.chars.len()
    }

    pub fn is_blank(&self, at: usize) -> bool {
        self.chars[at].is_whitespace()
    }

    /// The words of a span.
    pub fn words(&self, span: &Range<usize>) -> Vec<Range<usize>> {
        words(&self.chars[span.clone()]).map(|w| span.start + w.start..span.start + w.end).collect()
    }

    /// `direct`, `mixed` or `indirect`, by how many words of the content stand in marks.
    pub fn kind(&self, content: &[Range<usize>], cue: &[Range<usize>]) -> &'static str {
        let mut share = self.share(content, &self.regions);
        if share > 0.0 && !cue.is_empty() && self.share(cue, &self.regions) == 1.0 {
            let inner: Vec<Range<usize>> = content
                .iter()
                .flat_map(|span| {
                    let inside = regions(&self.chars[span.clone()]).into_iter();
                    inside.map(|r| span.start + r.start..span.start + r.end)
                })
                .collect();
            share = self.share(content, &inner);
        }
        if share == 1.0 {
            "direct"
        } else if share > 0.0 {
            "mixed"
        } else {
            "indirect"
        }
    }

    fn share(&self, spans: &[Range<usize>], regions: &[Range<usize>]) -> f64 {
        let (mut inside, mut total) = (0, 0);
        for word in spans.iter().flat_map(|span| self.words(span)) {
            total += 1;
            let after = regions.partition_point(|region| region.start <= word.start);
            inside += usize::from(after > 0 && word.end <= regions[after - 1].end);
        }
        if total == 0 { 0.0 } else { f64::from(inside as u32) / f64::from(total) }
    }

    /// The place of the head of a source: its last word before the first comma, bracket,
    /// preposition or relative.
    pub fn head(&self, spans: &[Range<usize>]) -> Option<usize> {
        let mut spans = spans.to_vec();
        spans.sort_by_key(|span| (span.start, span.end));
        spans.iter().find_map(|span| {
            let part = &self.chars[span.clone()];
            let cut = (1..part.len()).find(|&at| is_cut(part, at));
            let cut = cut.filter(|&cut| part[..cut].iter().any(|&c| is_word(c)));
            let kept = &part[..cut.unwrap_or(part.len())];
            head_words(kept).last().map(|at| span.start + at)
        })
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn words(chars: &[char]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at..chars.len()).find(|&at| is_word(chars[at]))?;
        let end = (start..chars.len()).find(|&at| !is_word(chars[at])).unwrap_or(chars.len());
        at = end;
        Some(start..end)
    })
}

/// Where words begin that may hold full stops, apostrophes and hyphens.
fn head_words(chars: &[char]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if is_word(chars[at]) {
            found.push(at);
            while at < chars.len()
                && (is_word(chars[at]) || matches!(chars[at], '.' | '\'' | '’' | '-'))
            {
                at += 1;
            }
        } else {
            at += 1;
        }
    }
    found
}

fn is_cut(part: &[char], at: usize) -> bool {
    if matches!(part[at], ',' | '(' | '[' | ';') {
        return true;
    }
    CUTS.iter().any(|cut| {
        let letters: Vec<char> = cut.chars().collect();
        let end = at + letters.len();
        let same = end <= part.len()
            && part[at..end].iter().flat_map(|c| c.to_lowercase()).eq(letters.iter().copied());
        let bare = letters[0] == ' ';
        same && (bare || !is_word(part[at - 1]) && (end == part.len() || !is_word(part[end])))
    })
}

/// Half-open regions in quotation marks, each within one paragraph.
fn regions(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut base = 0;
    for paragraph in chars.split(|&c| c == '\n') {
        let mut at = 0;
        while at < paragraph.len() {
            match region_end(paragraph, at) {
                Some(end) => {
                    found.push(base + at..base + end);
                    at = end;
                }
                None => at += 1,
            }
        }
        base += paragraph.len() + 1;
    }
    found
}

fn region_end(p: &[char], at: usize) -> Option<usize> {
    let doubled = |i: usize| i + 1 < p.len() && p[i] == p[i + 1];
    let length = if matches!(p[at], '\'' | '`') && doubled(at) { 2 } else { 1 };
    let from = at + length;
    let find = |closes: &dyn Fn(usize) -> bool, width: usize| {
        Some((from..p.len()).find(|&i| closes(i)).map_or(p.len(), |i| (i + width).min(p.len())))
    };
    if length == 2 {
        return find(&|i| p[i] == '\'' && doubled(i), 2);
    }
    match p[at] {
        '“' => find(
            &|i| {
                matches!(p[i], '”' | '"')
                    || p[i] == '“'
                        && !p[i - 1].is_whitespace()
                        && p[i - 1] != '('
                        && p.get(i + 1).is_none_or(|&c| !is_word(c))
            },
            1,
        ),
        '„' => find(&|i| matches!(p[i], '“' | '”' | '"'), 1),
        '«' => find(&|i| p[i] == '»', 1),
        '»' => find(&|i| matches!(p[i], '«' | '»'), 1),
        '"' => find(&|i| matches!(p[i], '"' | '”'), 1),
        '‘' | '\'' | '`' => single_end(p, at),
        _ => None,
    }
}

fn single_end(p: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|before| p[before]);
    if before.is_some_and(char::is_alphanumeric)
        || !p.get(at + 1).is_some_and(|c| c.is_alphabetic())
    {
        return None;
    }
    let close = (at + 1..p.len())
        .find(|&i| matches!(p[i], '’' | '\'') && p.get(i + 1).is_none_or(|&c| !is_word(c)))?;
    let plural = matches!(p[close - 1], 's' | 'S')
        && p.get(close + 1) == Some(&' ')
        && p.get(close + 2).is_some_and(char::is_ascii_lowercase);
    (close + 1 - at <= 400 && !plural).then_some(close + 1)
}
