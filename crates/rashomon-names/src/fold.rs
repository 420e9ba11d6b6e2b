/// A name in lower-case Latin letters without diacritics, marks or possessive, its words parted
/// by one blank: what two spellings must share to be the same at a glance.
///
/// ```
/// use rashomon_names::fold_name;
/// assert_eq!(fold_name("Jürgen O’Dowd-Şahin"), "jurgen odowd sahin");
/// assert_eq!(fold_name("U.N."), "un");
/// ```
pub fn fold_name(name: &str) -> String {
    let dotted = is_dotted(name);
    let mut folded = String::with_capacity(name.len());
    for c in any_ascii::any_ascii(name).chars() {
        let stop =
            c == '.' && (dotted || folded.chars().rev().take_while(|&c| c != ' ').count() <= 1);
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        } else if !stop && !matches!(c, '\'' | '`') && !folded.ends_with(' ') && !folded.is_empty()
        {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// An abbreviation with inner full stops: `U.N.`
fn is_dotted(name: &str) -> bool {
    let mut letters = 0;
    name.split('.').all(|part| {
        letters += part.chars().count();
        part.chars().count() <= 1
    }) && letters >= 2
}

/// The consonants of a folded word, the letters that transliterations confuse made one:
/// `kh` and `h`, `sch` and `sh`, `w` and `v`, `q`, `g` and `k`, doubled letters; vowels and
/// their like (`y`, `i`, `j`) dropped but for the first.
fn skeleton(word: &str) -> String {
    const CLASSES: [(&str, &str); 22] = [
        ("shch", "S"),
        ("tsch", "C"),
        ("sch", "S"),
        ("tch", "C"),
        ("sh", "S"),
        ("ch", "C"),
        ("cz", "C"),
        ("sz", "S"),
        ("zh", "Z"),
        ("kh", "h"),
        ("gh", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("ts", "c"),
        ("tz", "c"),
        ("ck", "k"),
        ("ks", "x"),
        ("q", "k"),
        ("g", "k"),
        ("w", "v"),
        ("c", "k"),
    ];
    let mut skeleton = String::new();
    let mut at = 0;
    while at < word.len() {
        let rest = &word[at..];
        let (class, length) = CLASSES
            .iter()
            .find(|(letters, _)| rest.starts_with(letters))
            .map_or((&rest[..1], 1), |(letters, class)| (*class, letters.len()));
        let vowel = matches!(class, "a" | "e" | "i" | "o" | "u" | "y" | "j");
        let class = match class {
            "a" | "e" | "i" | "o" | "u" | "y" | "j" => "a",
            other => other,
        };
        if (!vowel || at == 0) && !skeleton.ends_with(class) {
            skeleton.push_str(class);
        }
        at += length;
    }
    // A final `h` is seldom heard: `Abdullah`, `Abdulla`.
    if skeleton.len() > 2 && skeleton.ends_with('h') {
        skeleton.pop();
    }
    skeleton
}

/// Whether two folded words are spellings of one name.
pub(crate) fn is_spelling_of(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let short = a.len().min(b.len());
    if short < 3 || !a.is_ascii() || !b.is_ascii() {
        return false;
    }
    let likeness = strsim::jaro_winkler(a, b);
    // `Yuri` and `Yury` are one name, `Bell` and `Ball` are two.
    let least = match short {
        ..=4 => 0.87,
        5 | 6 => 0.80,
        _ => 0.74,
    };
    likeness >= least && skeletons(a).any(|a| skeletons(b).any(|b| a == b))
}

/// The skeleton of a folded word, and where it has a `j` the one in which that is a `zh` as in
/// French: `Dorjenko` is `Dorzhenko`.
pub(crate) fn skeletons(word: &str) -> impl Iterator<Item = String> {
    let french = word.contains('j').then(|| skeleton(&word.replace('j', "zh")));
    std::iter::once(skeleton(word)).chain(french)
}
