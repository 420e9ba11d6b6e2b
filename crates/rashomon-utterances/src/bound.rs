use crate::evidence::weight;
use crate::word::Word;

/// Bits of a set of numbers.
const BITS: u32 = 256;

/// A set of numbers that may hold some more than were put in.
#[derive(Clone, Copy, Debug, Default)]
struct Set([u64; (BITS / 64) as usize]);

impl Set {
    fn place(number: u32) -> (usize, u64) {
        let spread = number.wrapping_mul(0x9e37_79b9) >> 24;
        ((spread / 64) as usize, 1 << (spread % 64))
    }

    fn of(numbers: impl Iterator<Item = u32>) -> Set {
        let mut set = Set::default();
        for (at, bit) in numbers.map(Set::place) {
            set.0[at] |= bit;
        }
        set
    }

    fn may_hold(&self, number: u32) -> bool {
        let (at, bit) = Set::place(number);
        self.0[at] & bit != 0
    }
}

/// Which words a piece has, in whatever order: enough to tell that two pieces are too different
/// to be aligned.
#[derive(Debug)]
pub(crate) struct Outline {
    exact: Set,
    keys: Set,
    senses: Set,
    denies: bool,
}

impl Outline {
    pub fn new(words: &[Word]) -> Outline {
        Outline {
            exact: Set::of(words.iter().map(|word| word.exact)),
            keys: Set::of(words.iter().map(|word| word.key)),
            senses: Set::of(words.iter().filter_map(|word| word.sense)),
            denies: words.iter().any(|word| word.negation),
        }
    }

    /// How alike a word is to one of this piece at most; as in `evidence::similarity`.
    fn likest(&self, word: &Word) -> f32 {
        if self.exact.may_hold(word.exact) {
            1.0
        } else if self.keys.may_hold(word.key) {
            0.95
        } else if word.negation && self.denies {
            0.8
        } else if word.sense.is_some_and(|sense| self.senses.may_hold(sense)) {
            0.7
        } else {
            0.0
        }
    }
}

/// More than sums in another order differ by.
const ROUNDING: f32 = 1.001;

/// What the evidence for two pieces can be at most.
pub(crate) struct Most {
    /// As in `Evidence`.
    pub words: f32,
    /// As in `Evidence`.
    pub cover: f32,
    /// As in `Evidence`.
    pub content: f32,
    /// As in `Evidence`.
    pub matter: usize,
    /// As in `Evidence::closeness`.
    pub closeness: f32,
    /// As in `Evidence`.
    pub facts_agree: bool,
}

impl Most {
    /// The bounds for the words of the lighter piece beside the outline of the heavier one.
    pub fn new(light: &[Word], heavy: &Outline) -> Most {
        let (mut equal, mut matter, mut matched, mut content) = (0, 0, 0.0, 0.0);
        let mut facts_agree = true;
        for word in light {
            let likest = heavy.likest(word);
            equal += usize::from(likest >= 1.0);
            matched += word.weight * likest;
            facts_agree &= !word.number || likest > 0.0;
            if word.content && likest > 0.0 {
                content += word.weight * likest;
                matter += 1;
            }
        }
        let cover = matched / weight(light).max(f32::EPSILON) * ROUNDING;
        Most {
            words: equal as f32 / light.len().max(1) as f32,
            cover,
            content: content * ROUNDING,
            matter,
            closeness: 2.0 * cover / (cover + 1.0).max(f32::EPSILON) * ROUNDING,
            facts_agree,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::{Setting, judge, may_be_one_remark};
    use crate::speaker::Agreement;
    use rashomon_text::Span;

    /// No two pieces that are one remark are told apart by their outlines.
    #[test]
    fn agrees_with_aligning() {
        let mut state = 11u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let speakers = [Agreement::Same, Agreement::Unknown, Agreement::Different];
        let (mut joined, mut spared) = (0, 0);
        for round in 0..8_000 {
            let kinds = 6 + next(40);
            let mut word = |at: u32| {
                let at = if next(4) == 0 { next(kinds) } else { at };
                let content = at % 4 != 0;
                Word {
                    span: Span::new(0, 0),
                    key: at / 2,
                    exact: 1000 + at,
                    sense: (at % 5 == 1).then_some(at / 10),
                    topic: None,
                    stem: None,
                    weight: if content { 0.2 + (at % 9) as f32 / 10.0 } else { 0.1 },
                    content,
                    number: at % 23 == 3,
                    name: at % 11 == 2,
                    negation: at % 12 == 0,
                    usage: None,
                }
            };
            let from = round % 7;
            let mut light: Vec<Word> = (from..from + 3 + round % 9).map(&mut word).collect();
            let mut heavy: Vec<Word> = (from..from + 3 + round % 12).map(&mut word).collect();
            if weight(&light) > weight(&heavy) {
                std::mem::swap(&mut light, &mut heavy);
            }
            let most = Most::new(&light, &Outline::new(&heavy));
            for speakers in speakers {
                for (quoted, translated) in [(true, false), (true, true), (false, false)] {
                    let setting = Setting { speakers, quoted, translated };
                    let is = judge(&light, &heavy, setting).is_some();
                    let may = may_be_one_remark(&most, setting);
                    assert!(may || !is, "{light:?} {heavy:?} {setting:?}");
                    joined += u32::from(is);
                    spared += u32::from(!may);
                }
            }
        }
        assert!(joined > 200 && spared > 200, "{joined} {spared}");
    }
}
