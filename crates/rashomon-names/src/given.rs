use rashomon_language::Language;

use crate::fold::is_spelling_of;
use crate::gender::Gender;

/// The most that two spellings of one given name differ, in changed vowels by letter.
const MOST: f32 = 0.15;
/// The same where the reports give both the same office.
const MOST_IN_OFFICE: f32 = 0.25;
/// Names of fewer letters must sound the same: `Jane`, `June` and `Jean` are three.
const LONG: usize = 5;

/// Whether two folded given names may be of one person: the same, another spelling, a short
/// form, an initial. `in_office` says that both hold the same office.
pub(crate) fn may_be_given(a: &str, b: &str, in_office: bool, language: &Language) -> bool {
    if a == b {
        return true;
    }
    if a.len() == 1 || b.len() == 1 {
        return a.as_bytes().first() == b.as_bytes().first();
    }
    is_short_form(a, b, language)
        || is_short_form(b, a, language)
        || (in_office || !are_two_names(a, b))
            && !is_of_two_genders(a, b, language)
            && (a.len().min(b.len()) >= LONG && is_spelling_of(a, b)
                || sounds_alike(a, b, if in_office { MOST_IN_OFFICE } else { MOST }))
}

/// `Hamid` and `Hamad`, `Jamil` and `Jamal`: two names that an inner `a` and `i` tell apart, which
/// no transliteration confuses.
fn are_two_names(a: &str, b: &str) -> bool {
    let (x, y) = (sounds(a, false), sounds(b, false));
    let inner = x.len().saturating_sub(1);
    x.len() == y.len()
        && x.iter()
            .zip(&y)
            .take(inner)
            .skip(1)
            .any(|pair| matches!(pair, (b'a', b'i') | (b'i', b'a')))
}

fn is_short_form(short: &str, full: &str, language: &Language) -> bool {
    let nicknames = &language.names.nicknames;
    let fulls = |name: &str| nicknames.get(name).unwrap_or_default();
    fulls(short).split(',').any(|name| name == full)
        || fulls(full)
            .split(',')
            .any(|name| !name.is_empty() && fulls(short).split(',').any(|other| other == name))
}

/// `Mario` and `Maria`, `Daniel` and `Daniela`: as the table has them, and where it does not
/// know both, by the ending that most languages of Europe and the Near East give to women.
fn is_of_two_genders(a: &str, b: &str, language: &Language) -> bool {
    let gender = |name: &str| language.names.given.get(name).and_then(Gender::of_value);
    if let (Some(a), Some(b)) = (gender(a), gender(b)) {
        return a != b;
    }
    let (a, b) = (a.trim_end_matches('h'), b.trim_end_matches('h'));
    let manly = |name: &str| !name.ends_with(['a', 'e']);
    a.ends_with('a') && manly(b) || b.ends_with('a') && manly(a)
}

/// Whether one outlet may have spelt a folded given name in these two ways: but for one vowel
/// within they sound the same, as those of brothers and sisters seldom do.
pub(crate) fn is_respelled(a: &str, b: &str, language: &Language) -> bool {
    let (x, y) = (sounds(a, false), sounds(b, false));
    let ends = x.first() == y.first() && x.last() == y.last();
    let distance = vowel_distance(&x, &y).is_some_and(|distance| distance <= 0.5);
    let long = a.len().min(b.len()) >= LONG;
    a.is_ascii() && b.is_ascii() && long && ends && distance && !is_of_two_genders(a, b, language)
}

/// Whether two names have the same consonants, and vowels that transliterations confuse.
fn sounds_alike(a: &str, b: &str, most: f32) -> bool {
    if !a.is_ascii() || !b.is_ascii() {
        return false;
    }
    let alike = |a: &[u8], b: &[u8]| {
        let shorter = a.len().min(b.len());
        let distance = vowel_distance(a, b);
        distance == Some(0.0)
            || shorter >= LONG && distance.is_some_and(|d| d <= most * a.len().max(b.len()) as f32)
    };
    if alike(&sounds(a, false), &sounds(b, false)) {
        return true;
    }
    // `Ximena` and `Jimena`, `Xavier` and `Javier`.
    let spanish = a.contains('x') && b.contains('j') || a.contains('j') && b.contains('x');
    spanish && alike(&sounds(a, true), &sounds(b, true))
}

/// What is heard of a folded name: one letter for each sound that is spelt in several ways. `x`
/// and `j` are read as in Spanish, or else as `ks` and `i`.
fn sounds(name: &str, spanish: bool) -> Vec<u8> {
    const WRITTEN: [(&str, &str); 25] = [
        ("shch", "S"),
        ("tsch", "S"),
        ("dzh", "i"),
        ("sch", "S"),
        ("tch", "S"),
        ("sh", "S"),
        ("ch", "S"),
        ("cz", "S"),
        ("sz", "S"),
        ("zh", "Z"),
        ("kh", "h"),
        ("gh", "h"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("dj", "i"),
        ("ck", "k"),
        ("ou", "u"),
        ("oo", "u"),
        ("ei", "i"),
        ("ee", "i"),
        ("q", "k"),
        ("w", "v"),
        ("y", "i"),
        // Ukrainian has `h` where Russian has `g`: `Oleh`, `Oleg`.
        ("g", "h"),
    ];
    let mut heard: Vec<u8> = Vec::with_capacity(name.len() + 2);
    let mut at = 0;
    while at < name.len() {
        let rest = &name[at..];
        let (sound, length) = WRITTEN
            .iter()
            .find(|(letters, _)| rest.starts_with(letters))
            .map_or((&rest[..1], 1), |(letters, sound)| (*sound, letters.len()));
        at += length;
        let soft = name[at..].starts_with(['e', 'i', 'y']);
        let silent = sound == "h" && length == 1 && rest.starts_with('h');
        match sound {
            "x" if spanish => heard.push(b'h'),
            "x" => heard.extend(b"ks"),
            "j" if spanish => heard.push(b'h'),
            "j" => heard.push(b'i'),
            "c" => heard.push(if soft { b's' } else { b'k' }),
            // `John`, `Sarah`, but `Oleh`, which is `Oleg` elsewhere, keeps it.
            "h" if silent && !name[at..].is_empty() && !starts_with_vowel(&name[at..]) => {}
            "h" if silent && at == name.len() && heard.last() == Some(&b'a') => {}
            sound => heard.extend(sound.bytes()),
        }
    }
    heard.dedup();
    // `Yevhen`, `Evgeny`.
    if heard.starts_with(b"ie") {
        heard.remove(0);
    }
    heard
}

fn starts_with_vowel(letters: &str) -> bool {
    letters.bytes().next().is_some_and(is_vowel)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// How far the vowels of two words lie apart, a changed one counted half, one too many a little
/// more; `None` where their consonants differ.
fn vowel_distance(a: &[u8], b: &[u8]) -> Option<f32> {
    let mut distance = 0.0;
    let (mut x, mut y) = (a, b);
    loop {
        let (left, right) = (vowels(x), vowels(y));
        let changed = left.iter().zip(right).filter(|(a, b)| a != b).count();
        distance += 0.5 * changed as f32 + 0.7 * left.len().abs_diff(right.len()) as f32;
        (x, y) = (&x[left.len()..], &y[right.len()..]);
        match (x.split_first(), y.split_first()) {
            (None, None) => return Some(distance),
            (Some((a, after_a)), Some((b, after_b))) if a == b => (x, y) = (after_a, after_b),
            _ => return None,
        }
    }
}

fn vowels(word: &[u8]) -> &[u8] {
    let end = word.iter().position(|&letter| !is_vowel(letter)).unwrap_or(word.len());
    &word[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(a: &str, b: &str) -> bool {
        may_be_given(a, b, false, rashomon_language::english())
    }

    #[test]
    fn transliterations_are_one_name() {
        for (a, b) in [
            ("yusuf", "youssef"),
            ("ximena", "jimena"),
            ("xenia", "ksenia"),
            ("iryna", "irina"),
            ("serhii", "sergei"),
            ("oleh", "oleg"),
            ("mohammed", "muhammad"),
            ("aleksandr", "alexander"),
            ("yevhen", "evgeny"),
            ("filip", "philippe"),
            ("aisha", "aicha"),
            ("sarah", "sara"),
            ("jakov", "yakov"),
            ("khalid", "halid"),
            ("erik", "eric"),
        ] {
            assert!(joined(a, b), "{a} and {b}");
            assert!(joined(b, a), "{b} and {a}");
        }
    }

    #[test]
    fn brothers_and_sisters_stay_apart() {
        for (a, b) in [
            ("hector", "victor"),
            ("jane", "june"),
            ("jan", "jean"),
            ("mario", "maria"),
            ("oleksandr", "oleksandra"),
            ("martin", "marvin"),
            ("anton", "agata"),
            ("jana", "hana"),
            ("peter", "paul"),
            ("alina", "elena"),
            ("karim", "kamir"),
        ] {
            assert!(!joined(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn one_report_respells_seldom() {
        let respelled = |a, b| is_respelled(a, b, rashomon_language::english());
        assert!(respelled("yusuf", "youssef"));
        assert!(respelled("serhii", "serhiy"));
        assert!(!respelled("maria", "marie"));
        assert!(!respelled("anna", "anne"));
        assert!(!respelled("mohammed", "muhammad"));
    }
}
