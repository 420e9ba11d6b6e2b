//! A text as far as typography does not count.

use rashomon::text::Span;

/// A text in which one quotation mark, dash or stretch of white space is as good as another, with
/// the place of each character. Letters, capitals, accents and all other signs stand as they are.
#[derive(Clone, Debug)]
pub struct Even {
    chars: Vec<(char, Span)>,
}

impl Even {
    /// Evens a text out; white space at both ends does not count.
    pub fn new(text: &str) -> Even {
        let mut chars: Vec<(char, Span)> = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let (c, span) = (evened(c), Span::new(at, at + c.len_utf8()));
            match chars.last() {
                None if c == ' ' => {}
                Some((' ', _)) if c == ' ' => {}
                _ => chars.push((c, span)),
            }
        }
        if chars.last().is_some_and(|(last, _)| *last == ' ') {
            chars.pop();
        }
        Even { chars }
    }

    /// The text as it is compared.
    pub fn folded(&self) -> String {
        self.chars.iter().map(|(c, _)| *c).collect()
    }

    /// Where other words stand in it, from the first character to the last, and never in the
    /// middle of a word.
    pub fn find(&self, words: &Even) -> Vec<Span> {
        let (all, asked) = (&self.chars, &words.chars);
        let mut found = Vec::new();
        let Some((first, _)) = asked.first() else { return found };
        let mut at = 0;
        while at + asked.len() <= all.len() {
            let end = at + asked.len();
            let is_same = all[at].0 == *first
                && all[at..end].iter().zip(asked).all(|(a, b)| a.0 == b.0)
                && self.is_edge(at)
                && self.is_edge(end);
            if is_same {
                found.push(all[at].1.hull(all[end - 1].1));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether no word goes on across a place.
    fn is_edge(&self, at: usize) -> bool {
        let is_word = |at: usize| self.chars.get(at).is_some_and(|(c, _)| is_letter(*c));
        at == 0 || !(is_word(at - 1) && is_word(at))
    }
}

/// Letters, digits, and accents that stand behind their letter.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn evened(c: char) -> char {
    match c {
        c if is_quotation_mark(c) => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Quotation marks of all kinds and apostrophes, which are written alike.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '\u{2018}'
            ..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' | '\u{2bc}'
    )
}

/// Words without the quotation marks around the whole of them.
pub(super) fn bare(words: &str) -> &str {
    let words = words.trim();
    let mut inner = words.chars();
    let (first, last) = (inner.next(), inner.next_back());
    match (first, last) {
        (Some(a), Some(b)) if is_quotation_mark(a) && is_quotation_mark(b) => inner.as_str().trim(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typography_does_not_count_and_all_else_does() {
        let text = "He said: “We\u{a0}will not\nwait – ever,” and: «It’s over.» Cafe\u{301}.";
        let finds = |words: &str| {
            let found = Even::new(text).find(&Even::new(words));
            found.first().map(|span| &text[span.range()])
        };
        assert_eq!(finds("We  will not wait - ever"), Some("We\u{a0}will not\nwait – ever"));
        assert_eq!(finds("'It's over.'"), Some("«It’s over.»"));
        for wrong in ["we will not wait", "will not wai", "will now wait", "Cafe", "Its over", ""] {
            assert_eq!(finds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn marks_around_the_whole_are_taken_off_once() {
        assert_eq!(bare(" “It’s over.” "), "It’s over.");
        assert_eq!(bare("'"), "'");
        assert_eq!(bare("It’s"), "It’s");
    }

    proptest! {
        #[test]
        fn every_place_says_what_is_asked(
            text in "[aAb'’“” \n–-]{0,60}", words in "[aAb'’“” \n–-]{0,6}",
        ) {
            let asked = Even::new(&words);
            for span in Even::new(&text).find(&asked) {
                prop_assert_eq!(Even::new(&text[span.range()]).folded(), asked.folded());
            }
        }

        #[test]
        fn whole_words_of_a_text_are_found_in_it(
            text in "[ab]{1,4}( [ab’]{1,4}){3,9}", from in 0usize..3, count in 1usize..4,
        ) {
            let words: Vec<&str> = text.split(' ').skip(from).take(count).collect();
            let plain = words.join("  ").replace('’', "'");
            prop_assert!(!Even::new(&text).find(&Even::new(&plain)).is_empty());
        }
    }
}
