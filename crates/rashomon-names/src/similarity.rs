use rashomon_language::Language;

use crate::fold::{fold_name, is_spelling_of};
use crate::given::may_be_given;

/// How likely two names are of one bearer, by the names alone: 1 for the same words in any
/// order, 0 for names that share nothing.
///
/// Words are matched one to one, each by its spelling folded across transliterations, by short
/// forms and initials, else by Jaro-Winkler; a word without a match counts against the pair by
/// its length, and a family name in conflict more than a middle name left out.
///
/// ```
/// use rashomon_language::english;
/// use rashomon_names::similarity;
/// assert_eq!(similarity("Ada Bell", "Bell, Ada", english()), 1.0);
/// assert!(similarity("Yuri Petrov", "Yury Petrow", english()) > 0.9);
/// assert!(similarity("Ada Bell", "Ada Ball-Meyer", english()) < 0.7);
/// ```
pub fn similarity(a: &str, b: &str, language: &Language) -> f64 {
    let (a, b) = (content(a, language), content(b, language));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a.concat() == b.concat() {
        return 1.0;
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let likeness = word(x, y, language);
            if likeness > 0.0 {
                pairs.push((likeness, i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut left, mut right) = (vec![true; a.len()], vec![true; b.len()]);
    let mut matched = 0.0;
    for (likeness, i, j) in pairs {
        if left[i] && right[j] {
            (left[i], right[j]) = (false, false);
            matched += likeness * (weight(&a[i]) + weight(&b[j]));
        }
    }
    let total: f64 = a.iter().chain(&b).map(|word| weight(word)).sum();
    let unmatched = |words: &[String], open: &[bool]| -> bool {
        words.iter().zip(open).any(|(word, &open)| open && word.len() > 2)
    };
    let score = matched / total;
    // Words left over on both sides are a conflict; on one side, a fuller name.
    if unmatched(&a, &left) && unmatched(&b, &right) {
        score * 0.8
    } else {
        score.sqrt() * 0.5 + score * 0.5
    }
}

fn weight(word: &str) -> f64 {
    (word.len() as f64).min(8.0).sqrt()
}

/// The folded words without titles and particles.
fn content(name: &str, language: &Language) -> Vec<String> {
    let names = &language.names;
    let folded = fold_name(name);
    let all: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let kept: Vec<String> = all
        .iter()
        .filter(|word| {
            let title = matches!(names.titles.get(word), Some(gender) if !gender.is_empty());
            !title && !names.particles.contains(word) && !names.joiners.contains(word)
        })
        .cloned()
        .collect();
    if kept.is_empty() { all } else { kept }
}

fn word(a: &str, b: &str, language: &Language) -> f64 {
    if a == b {
        return 1.0;
    }
    if is_spelling_of(a, b) {
        return 0.95;
    }
    if may_be_given(a, b, false, language) {
        return if a.len() == 1 || b.len() == 1 { 0.75 } else { 0.85 };
    }
    let likeness = strsim::jaro_winkler(a, b);
    if likeness >= 0.88 && a.len().min(b.len()) >= 4 { likeness * 0.9 } else { 0.0 }
}
