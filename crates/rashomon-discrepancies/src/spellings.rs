use std::collections::BTreeMap;

use rashomon_article::{
    Discrepancy, DiscrepancyKind, EntityKind, Passage, Side, StoryEntity, Verdict,
};
use rashomon_terms::fold;

use crate::desk::Desk;
use crate::side::{side, silent};

/// Names that reports spell differently: the same person or place, and no dispute about facts.
pub fn spellings(desk: &Desk<'_>) -> Vec<Discrepancy> {
    desk.story.entities.iter().filter_map(|entity| spelling(desk, entity)).collect()
}

/// The spellings of a name, grouped by the part of it that differs: `Yuri Ushakov` and
/// `Yury Ushakov` differ in the first part, `Ushakov` alone differs in none.
fn spelling(desk: &Desk<'_>, entity: &StoryEntity) -> Option<Discrepancy> {
    if entity.kind == EntityKind::Other {
        return None;
    }
    let mut parts: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
    for alias in &entity.aliases {
        for part in alias.text.split_whitespace() {
            let letters = part.chars().filter(|c| c.is_alphabetic()).count();
            if letters > 2 && part.chars().any(char::is_lowercase) {
                parts.entry(part.to_owned()).or_default().extend(&alias.mentions);
            }
        }
    }
    let names: Vec<&String> = parts.keys().collect();
    for (at, &name) in names.iter().enumerate() {
        let alike: Vec<&String> =
            names[at..].iter().copied().filter(|other| is_spelling(name, other)).collect();
        let articles = |name: &String| parts[name].iter().map(|p| p.article).collect::<Vec<_>>();
        // A spelling that only ever stands beside the other one in an article is another word.
        let apart =
            alike.iter().any(|other| articles(other).iter().any(|a| !articles(name).contains(a)));
        if alike.len() < 2 || !apart {
            continue;
        }
        let mut sides: Vec<Side> = alike
            .iter()
            .map(|spelling| {
                let full = fullest(desk, entity, spelling);
                Side { value: full, ..side(desk.story, parts[*spelling].clone()) }
            })
            .collect();
        sides.sort_by_key(|side| std::cmp::Reverse(side.mentions.len()));
        let silent = silent(desk.story, &sides);
        return Some(Discrepancy {
            kind: DiscrepancyKind::Name,
            verdict: Verdict::Variant,
            about: entity.name.clone(),
            sides,
            silent,
            why: "another spelling of the same name".to_owned(),
        });
    }
    None
}

/// The longest alias that holds a spelling.
fn fullest(desk: &Desk<'_>, entity: &StoryEntity, spelling: &str) -> String {
    let holds = |text: &str| text.split_whitespace().any(|part| part == spelling);
    let aliases = entity.aliases.iter().filter(|alias| holds(&alias.text));
    let longest = aliases.max_by_key(|alias| alias.text.len());
    let mention = longest.and_then(|alias| alias.mentions.first().copied());
    mention.map_or_else(|| spelling.to_owned(), |mention| desk.story.slice(mention).to_owned())
}

/// Whether two words are one name in two spellings, or the same word. Both belong to one entity
/// already, so that little is asked: most letters in the same order, and the same beginning or end.
fn is_spelling(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (fold(a), fold(b));
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.trim_end_matches("'s") == b.trim_end_matches("'s") {
        return false;
    }
    let longer = x.len().max(y.len());
    let distance = edit_distance(&x, &y);
    longer > 2 && distance <= 1 + longer / 3 && (x.first() == y.first() || x.last() == y.last())
}

/// Whether two given names are one, spelled differently, though nothing else joins them: one
/// letter in eight may differ.
pub fn is_respelled(a: &str, b: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longer = x.len().max(y.len());
    longer > 3 && edit_distance(&x, &y) <= 1 + longer / 8
}

/// Whether two names, in folded words, may be one in two spellings: each word of the shorter is
/// one of the longer, or sounds like it, or nearly is it. `Mariam Daqqa` is `Maryam Abu Dagga`.
pub fn are_spellings(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = |x: &str, y: &str| {
        x == y || is_spelling(x, y) && x.chars().count() > 3 || sound(x) == sound(y)
    };
    short.iter().all(|word| long.iter().any(|other| same(word, other)))
}

/// The consonants of a folded word, doubled ones once: what transliterations keep.
fn sound(word: &str) -> String {
    let mut sound: Vec<char> = word
        .chars()
        .enumerate()
        .filter(|(at, c)| {
            c.is_alphanumeric()
                && (*at == 0 || !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h'))
        })
        .map(|(_, c)| match c {
            'q' | 'k' | 'c' | 'g' => 'k',
            'z' | 's' => 's',
            'w' | 'v' => 'v',
            _ => c,
        })
        .collect();
    sound.dedup();
    sound.into_iter().collect()
}

/// Levenshtein's distance, in letters.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_two_spellings() {
        let words = |name: &str| name.split(' ').map(fold).collect::<Vec<_>>();
        for (a, b) in [("Mariam Daqqa", "Maryam Abu Dagga"), ("Manny Godard", "Meni Goddard")] {
            assert!(are_spellings(&words(a), &words(b)), "{a} {b}");
        }
        for (a, b) in [("Karen Bell", "Catherine Bell"), ("Ada Bell", "Ada Whitaker")] {
            assert!(!are_spellings(&words(a), &words(b)), "{a} {b}");
        }
    }

    #[test]
    fn spellings_and_other_names() {
        for (a, b) in [
            ("Zelensky", "Zelenskyy"),
            ("Yuri", "Yury"),
            ("Kovalchuk", "Kovaltchuk"),
            ("Youssef", "Yusuf"),
        ] {
            assert!(is_spelling(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("Ann", "Bob"),
            ("Vladimir", "Putin"),
            ("Putin", "Putin's"),
            ("Hector", "Victor Lumbres"),
        ] {
            assert!(!is_spelling(a, b), "{a} {b}");
        }
    }
}
