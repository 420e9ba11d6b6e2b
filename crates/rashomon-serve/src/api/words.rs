//! Words held against a text.

use rashomon::text::Span;

/// A text in which quotation marks and white space do not count, with the place of each character
/// that does. Nothing else is evened out: letters, capitals and stops stand as they are written.
pub(crate) struct Even {
    chars: Vec<(char, Span)>,
}

impl Even {
    pub fn new(text: &str) -> Even {
        let mut chars: Vec<(char, Span)> = Vec::new();
        for (at, c) in text.char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            match evened(c) {
                Some(' ') if chars.last().is_none_or(|(last, _)| *last == ' ') => {}
                Some(c) => chars.push((c, span)),
                None => {}
            }
        }
        while chars.last().is_some_and(|(last, _)| *last == ' ') {
            chars.pop();
        }
        Even { chars }
    }

    /// Where other words stand in it, from the first character to the last; not in the middle of
    /// a word.
    pub fn find(&self, words: &Even) -> Vec<Span> {
        let (all, asked) = (&self.chars, &words.chars);
        let mut found = Vec::new();
        if asked.is_empty() || asked.len() > all.len() {
            return found;
        }
        let mut at = 0;
        while at + asked.len() <= all.len() {
            let end = at + asked.len();
            let is_same = all[at..end].iter().zip(asked).all(|(a, b)| a.0 == b.0);
            if is_same && self.is_edge(at) && self.is_edge(end) {
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
        let is_word = |at: usize| self.chars.get(at).is_some_and(|(c, _)| c.is_alphanumeric());
        at == 0 || !(is_word(at - 1) && is_word(at))
    }
}

/// A character as it counts, or `None` where it does not.
fn evened(c: char) -> Option<char> {
    match c {
        // Apostrophes are letters of words, and are written in two ways.
        '\u{2019}' | '\u{2018}' | '\u{201b}' | '\u{2bc}' => Some('\''),
        '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// The words of a text in small letters, each with its place.
pub(crate) fn words(text: &str) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((text[from..at].to_lowercase(), Span::new(from, at)));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// How many of the words asked for stand in a text in the same order, at most, and from where to
/// where: the longest common subsequence, by Hunt and Szymanski's naive ancestor.
pub(crate) fn shared(asked: &[(String, Span)], text: &[(String, Span)]) -> (usize, Option<Span>) {
    // For each length: the place of its first word and its last.
    let mut best = vec![vec![(0usize, None::<usize>, None::<usize>); text.len() + 1]; 2];
    for word in asked {
        let (before, now) = best.split_at_mut(1);
        let (before, now) = (&before[0], &mut now[0]);
        now[0] = (0, None, None);
        for (at, other) in text.iter().enumerate() {
            now[at + 1] = if word.0 == other.0 {
                let (count, first, _) = before[at];
                (count + 1, first.or(Some(at)), Some(at))
            } else if before[at + 1].0 >= now[at].0 {
                before[at + 1]
            } else {
                now[at]
            };
        }
        best.swap(0, 1);
    }
    let (count, first, last) = best[0][text.len()];
    let span = first.zip(last).map(|(first, last)| text[first].1.hull(text[last].1));
    (count, span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_white_space_do_not_count_and_all_else_does() {
        let text = "He said: “We\u{a0}will not\nwait,” and: “It’s over.”";
        let finds = |words: &str| {
            let found = Even::new(text).find(&Even::new(words));
            found.first().map(|span| &text[span.range()])
        };
        assert_eq!(finds("\"we will not wait\""), None);
        assert_eq!(finds("\"We  will not wait\""), Some("We\u{a0}will not\nwait"));
        assert_eq!(finds("It's over."), Some("It’s over."));
        assert_eq!(finds("will not wai"), None);
        assert_eq!(finds("will now wait"), None);
        assert_eq!(finds("”"), None);
    }

    #[test]
    fn shared_words_are_counted_in_order() {
        let count = |asked: &str, text: &str| {
            let (count, span) = shared(&words(asked), &words(text));
            (count, span.map(|span| text[span.range()].to_owned()))
        };
        assert_eq!(count("a b c", "x a, B; y c z"), (3, Some("a, B; y c".to_owned())));
        assert_eq!(count("c a", "a c"), (1, Some("c".to_owned())));
        assert_eq!(count("q", "a b"), (0, None));
    }
}
