//! A word in the form of another one, for made-up edits.

use rashomon::language::Language;

/// A lemma in the form that another form has of its own lemma, where the endings are regular:
/// `start` in the form of `launched` is `started`.
pub fn inflect(form: &str, lemma: &str, other: &str, language: &Language) -> Option<String> {
    let irregular = |lemma: &str| language.words.irregular.iter().any(|&(_, known)| known == lemma);
    if form == lemma {
        return Some(other.to_owned());
    }
    if irregular(other) || other.contains(' ') {
        return None;
    }
    let past = language.words.irregular_lemma(form) == Some(lemma);
    if form.ends_with("ing") {
        Some(with_vowel(other, "ing"))
    } else if form.ends_with("ed") || past {
        Some(with_vowel(other, "ed"))
    } else if form.ends_with('s') {
        Some(plural(other))
    } else {
        None
    }
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !"aeiou".contains(c)
}

fn with_vowel(lemma: &str, ending: &str) -> String {
    let letters: Vec<char> = lemma.chars().rev().take(3).collect();
    match letters[..] {
        ['e', ..] => format!("{}{ending}", lemma.trim_end_matches('e')),
        ['y', before, ..] if is_consonant(before) && ending == "ed" => {
            format!("{}ied", &lemma[..lemma.len() - 1])
        }
        [last, vowel, first]
            if lemma.len() <= 4
                && is_consonant(last)
                && !"wxy".contains(last)
                && !is_consonant(vowel)
                && is_consonant(first) =>
        {
            format!("{lemma}{last}{ending}")
        }
        _ => format!("{lemma}{ending}"),
    }
}

fn plural(lemma: &str) -> String {
    let letters: Vec<char> = lemma.chars().rev().take(2).collect();
    match letters[..] {
        ['y', before] if is_consonant(before) => format!("{}ies", &lemma[..lemma.len() - 1]),
        ['s' | 'x' | 'z', ..] | ['h', 'c' | 's'] => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon::language::english;

    #[test]
    fn a_word_takes_the_form_of_another() {
        let of = |form, lemma, other| inflect(form, lemma, other, english());
        assert_eq!(of("launched", "launch", "start").as_deref(), Some("started"));
        assert_eq!(of("said", "say", "stop").as_deref(), Some("stopped"));
        assert_eq!(of("closing", "close", "carry").as_deref(), Some("carrying"));
        assert_eq!(of("ports", "port", "ferry").as_deref(), Some("ferries"));
        assert_eq!(of("port", "port", "quay").as_deref(), Some("quay"));
        // The past of an irregular verb is not made up.
        assert_eq!(of("launched", "launch", "begin"), None);
    }
}
