use std::collections::BTreeSet;

/// Which words mean the same, the opposite, or something wider: a distillate of WordNet (Fellbaum
/// 1998). Made by `rashomon-train thesaurus`; `docs/models/thesaurus.md` tells from what.
///
/// Lemmas are in lower case; a lemma of two words (`carry out`) has a blank in it. A lemma has
/// senses, the most usual first, and words of one sense are synonyms. Nothing is told of which
/// sense a word has in a text: two words are synonyms here if they can be.
///
/// ```
/// let thesaurus = &rashomon_language::english().thesaurus;
/// assert_eq!(thesaurus.lemmas("harbours"), ["harbour"]);
/// assert!(thesaurus.synonyms("harbour").contains(&"harbor"));
/// assert!(thesaurus.antonyms("ally").is_empty() && thesaurus.antonyms("hot").contains(&"cold"));
/// assert!(thesaurus.relation("dangerous", "safe").opposite);
/// ```
///
/// The bytes: `RT03`, then eleven counts as `u32` (lemmas, senses, meanings, wider, opposite meanings,
/// opposite lemmas, kin, the first meanings of nouns, adverbs and verbs, and the meaning of
/// a physical thing), then `u32` starts of lemmas in the letters, `u32` starts of
/// their senses, `u16` senses, `u32` starts of the wider meanings of each meaning, `u16` wider
/// meanings, sorted pairs of `u16` for the three relations, and the letters. Little end first.
#[derive(Clone, Copy, Debug)]
pub struct Thesaurus {
    bytes: &'static [u8],
    /// Endings that a form may have, each with what the lemma has instead: `ies`, `y`.
    endings: &'static [(&'static str, &'static str)],
    /// Irregular forms and their lemma, sorted.
    irregular: &'static [(&'static str, &'static str)],
}

/// How two words stand to each other in their best senses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// They share a lemma: `harbour`, `harbours`.
    pub same: bool,
    /// They share a meaning; the ranks of it among the senses of either, 0 for the most usual.
    pub synonyms: Option<(u8, u8)>,
    /// The second is that many steps wider than the first: `truck`, `vehicle`.
    pub wider: Option<u8>,
    /// The second is that many steps narrower than the first.
    pub narrower: Option<u8>,
    /// They are two kinds of one thing: `truck`, `car`.
    pub siblings: bool,
    /// They are opposites, or near in meaning to such.
    pub opposite: bool,
    /// One is derived from the other: `investigate`, `investigation`.
    pub kin: bool,
}

/// Classes of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// `harbour`
    Noun,
    /// `sail`
    Verb,
    /// `narrow`
    Adjective,
    /// `slowly`
    Adverb,
}

/// A form with all that the thesaurus knows of it; made once, compared often.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    lemmas: Vec<u16>,
    /// Meanings, each with its rank.
    senses: Vec<(u16, u8)>,
    /// The usual meanings and all above them, each with the steps up.
    wider: Vec<(u16, u8)>,
    /// The usual meanings and those right above.
    close: Vec<u16>,
    /// Meanings opposed to its own and to those right above.
    contrary: Vec<u16>,
    opposites: Vec<u16>,
    kin: Vec<u16>,
    first: Option<Class>,
    tangible: bool,
}

impl Entry {
    /// Whether the thesaurus has no such word.
    pub fn is_empty(&self) -> bool {
        self.lemmas.is_empty()
    }

    /// The class of its most usual meaning.
    pub fn class(&self) -> Option<Class> {
        self.first
    }

    /// Whether its most usual meaning is something that can be touched: a truck, not a strategy.
    pub fn is_tangible(&self) -> bool {
        self.tangible
    }

    /// Whether some meaning that may be meant has a class.
    pub fn has_senses(&self) -> bool {
        !self.senses.is_empty()
    }

    /// How another word stands to this one.
    pub fn relation(&self, other: &Entry) -> Relation {
        let steps = |up: &Entry, to: &Entry| {
            let found = shared(&up.wider, &to.wider).filter(|&(step, at)| step > 0 && at == 0);
            found.map(|(step, _)| step).min()
        };
        let above = shared(&self.wider, &other.wider);
        Relation {
            same: meets(&self.lemmas, &other.lemmas),
            synonyms: shared(&self.senses, &other.senses)
                .min_by_key(|&(a, b)| u16::from(a) + u16::from(b)),
            wider: steps(self, other),
            narrower: steps(other, self),
            siblings: above.clone().any(|(a, b)| a == 1 && b == 1),
            opposite: meets(&self.opposites, &other.lemmas) || meets(&self.contrary, &other.close),
            kin: meets(&self.kin, &other.lemmas),
        }
    }

    fn sort(&mut self) {
        for list in [&mut self.senses, &mut self.wider] {
            list.sort_unstable();
            list.dedup_by_key(|&mut (meaning, _)| meaning);
        }
        for list in [&mut self.contrary, &mut self.opposites, &mut self.kin] {
            list.sort_unstable();
            list.dedup();
        }
        self.lemmas.sort_unstable();
        let close = self.wider.iter().filter(|&&(_, step)| step <= 1);
        self.close = close.map(|&(meaning, _)| meaning).collect();
    }
}

/// The values of the meanings that stand in both sorted lists.
fn shared<'e>(
    one: &'e [(u16, u8)],
    other: &'e [(u16, u8)],
) -> impl Iterator<Item = (u8, u8)> + Clone + 'e {
    let mut at = 0;
    one.iter().filter_map(move |&(meaning, value)| {
        while other.get(at).is_some_and(|&(next, _)| next < meaning) {
            at += 1;
        }
        let &(found, beside) = other.get(at)?;
        (found == meaning).then_some((value, beside))
    })
}

/// Whether some number stands in both sorted lists.
fn meets(one: &[u16], other: &[u16]) -> bool {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    few.iter().any(|number| many.binary_search(number).is_ok())
}

const MAGIC: &[u8; 4] = b"RT03";
const COUNTS: usize = 11;
/// Beyond so many steps, what is wider says nothing: all things are entities.
const STEPS: u8 = 3;
/// Senses rarer than this are mostly not meant in news.
const SENSES: usize = 5;

impl Thesaurus {
    /// A thesaurus over bytes in the form above; an empty one where they have another form.
    pub const fn new(
        bytes: &'static [u8],
        endings: &'static [(&'static str, &'static str)],
        irregular: &'static [(&'static str, &'static str)],
    ) -> Thesaurus {
        Thesaurus { bytes, endings, irregular }
    }

    /// How many lemmas there are.
    pub fn len(&self) -> usize {
        self.layout().map_or(0, |layout| layout.counts[0])
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lemmas that a form in lower case may belong to, itself first if it is one.
    pub fn lemmas(&self, form: &str) -> Vec<&'static str> {
        self.numbers_of(form).into_iter().filter_map(|at| self.lemma(at)).collect()
    }

    /// Lemmas that share a meaning with this one, those of its most usual meaning first. Walks
    /// through all lemmas: to compare two words, ask for their [relation](Thesaurus::relation).
    pub fn synonyms(&self, lemma: &str) -> Vec<&'static str> {
        let (Some(layout), Some(own)) = (self.layout(), self.number(lemma)) else {
            return Vec::new();
        };
        let senses = self.senses(&layout, own);
        let mut found: Vec<(usize, u16)> = Vec::new();
        for other in (0..self.len() as u16).filter(|&other| other != own) {
            let shared = self.senses(&layout, other);
            let rank = senses.iter().position(|sense| shared.contains(sense));
            found.extend(rank.map(|rank| (rank, other)));
        }
        found.sort_unstable();
        found.into_iter().filter_map(|(_, at)| self.lemma(at)).collect()
    }

    /// Lemmas that are direct opposites of this one.
    pub fn antonyms(&self, lemma: &str) -> Vec<&'static str> {
        self.related(lemma, |layout| layout.opposites)
    }

    /// Lemmas of other classes that this one is derived from, or that are derived from it:
    /// `investigate` and `investigator` of `investigation`.
    pub fn kin(&self, lemma: &str) -> Vec<&'static str> {
        self.related(lemma, |layout| layout.kin)
    }

    /// How two forms in lower case stand to each other, in the best case for each relation. To
    /// compare many, make an [`Entry`] of each.
    pub fn relation(&self, a: &str, b: &str) -> Relation {
        let relation = self.entry(a, None).relation(&self.entry(b, None));
        Relation { same: relation.same || a == b, ..relation }
    }

    /// All that is known of a form in lower case, or of its use as one class of words, ready to be
    /// compared.
    pub fn entry(&self, form: &str, class: Option<Class>) -> Entry {
        let mut entry = Entry { lemmas: self.numbers_of(form), ..Entry::default() };
        let Some(layout) = self.layout() else { return entry };
        let fits = |&meaning: &u16| class.is_none_or(|class| layout.class(meaning) == class);
        for lemma in entry.lemmas.clone() {
            let senses: Vec<u16> = self.senses(&layout, lemma).into_iter().filter(fits).collect();
            for (rank, &meaning) in senses.iter().enumerate() {
                entry.senses.push((meaning, rank.min(255) as u8));
            }
            for &meaning in senses.iter().take(SENSES) {
                self.climb(&layout, meaning, &mut entry);
            }
            entry.opposites.extend(self.seconds(layout.opposites, lemma));
            entry.kin.extend(self.seconds(layout.kin, lemma));
        }
        if let Some(&(meaning, _)) = entry.senses.first() {
            entry.first = Some(layout.class(meaning));
            entry.tangible = self.is_physical(&layout, meaning);
        }
        entry.sort();
        entry
    }

    /// Whether a meaning lies under that of a physical thing, by the first way up.
    fn is_physical(&self, layout: &Layout, meaning: u16) -> bool {
        let up = |&meaning: &u16| self.wider(layout, meaning).first().copied();
        // No way up is that long; whatever the bytes, it ends.
        let mut way = std::iter::successors(Some(meaning), up).take(32);
        way.any(|meaning| usize::from(meaning) == layout.counts[10])
    }

    /// Adds what is above a meaning and what is opposed to it.
    fn climb(&self, layout: &Layout, meaning: u16, entry: &mut Entry) {
        let mut level = vec![meaning];
        for step in 0..=STEPS {
            if step <= 1 {
                let contrary = level.iter().flat_map(|&one| self.seconds(layout.contrary, one));
                entry.contrary.extend(contrary);
            }
            entry.wider.extend(level.iter().map(|&one| (one, step)));
            level = level.iter().flat_map(|&one| self.wider(layout, one)).collect();
        }
    }

    fn numbers_of(&self, form: &str) -> Vec<u16> {
        let mut numbers: Vec<u16> = self.number(form).into_iter().collect();
        let mut add = |lemma: &str| {
            if let Some(number) = self.number(lemma)
                && !numbers.contains(&number)
            {
                numbers.push(number);
            }
        };
        if let Ok(at) = self.irregular.binary_search_by_key(&form, |&(form, _)| form) {
            add(self.irregular[at].1);
            return numbers;
        }
        for &(ending, instead) in self.endings {
            let Some(stem) = form.strip_suffix(ending) else { continue };
            add(&format!("{stem}{instead}"));
            // `stopped` is `stop`, `travelled` is `travel`.
            let mut last = stem.chars().rev();
            if instead.is_empty() && ending != "s" && last.next() == last.next() {
                add(&stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)]);
            }
        }
        numbers
    }

    fn related(&self, lemma: &str, of: fn(&Layout) -> Pairs) -> Vec<&'static str> {
        let (Some(layout), Some(own)) = (self.layout(), self.number(lemma)) else {
            return Vec::new();
        };
        let found: BTreeSet<u16> = self.seconds(of(&layout), own).collect();
        found.into_iter().filter_map(|at| self.lemma(at)).collect()
    }

    /// The number of a lemma.
    fn number(&self, lemma: &str) -> Option<u16> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match self.lemma(middle as u16)?.cmp(lemma) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle as u16),
            }
        }
        None
    }

    fn lemma(&self, at: u16) -> Option<&'static str> {
        let layout = self.layout()?;
        let start = self.long(layout.letter_starts + 4 * usize::from(at));
        let end = self.long(layout.letter_starts + 4 * usize::from(at) + 4);
        let letters = self.bytes.get(layout.letters + start..layout.letters + end)?;
        std::str::from_utf8(letters).ok()
    }

    fn senses(&self, layout: &Layout, lemma: u16) -> Vec<u16> {
        self.list(layout.sense_starts, layout.senses, usize::from(lemma))
    }

    fn wider(&self, layout: &Layout, meaning: u16) -> Vec<u16> {
        self.list(layout.wider_starts, layout.wider, usize::from(meaning))
    }

    fn list(&self, starts: usize, values: usize, at: usize) -> Vec<u16> {
        let (from, to) = (self.long(starts + 4 * at), self.long(starts + 4 * at + 4));
        (from..to).map(|place| self.short(values + 2 * place)).collect()
    }

    /// What stands beside a number in a list of pairs.
    fn seconds(&self, pairs: Pairs, first: u16) -> impl Iterator<Item = u16> {
        (self.first(pairs, first, 0)..pairs.count)
            .map(move |at| self.pair(pairs, at))
            .take_while(move |&(one, _)| one == first)
            .map(|(_, second)| second)
    }

    /// The place of the first pair that is not before this one.
    fn first(&self, pairs: Pairs, first: u16, second: u16) -> usize {
        let (mut from, mut to) = (0, pairs.count);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.pair(pairs, middle) < (first, second) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    fn pair(&self, pairs: Pairs, at: usize) -> (u16, u16) {
        let place = pairs.start + 4 * at;
        (self.short(place), self.short(place + 2))
    }

    fn short(&self, at: usize) -> u16 {
        u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]])
    }

    fn long(&self, at: usize) -> usize {
        let four = &self.bytes[at..at + 4];
        u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize
    }

    fn layout(&self) -> Option<Layout> {
        let head = MAGIC.len() + 4 * COUNTS;
        if !self.bytes.starts_with(MAGIC) || self.bytes.len() < head {
            return None;
        }
        let mut counts = [0; COUNTS];
        for (at, count) in counts.iter_mut().enumerate() {
            *count = self.long(MAGIC.len() + 4 * at);
        }
        let [lemmas, senses, meanings, wider, contrary, opposites, kin, ..] = counts;
        let mut at = head;
        let mut take = |bytes: usize| {
            at += bytes;
            at - bytes
        };
        let letter_starts = take(4 * (lemmas + 1));
        let sense_starts = take(4 * (lemmas + 1));
        let senses = take(2 * senses);
        let wider_starts = take(4 * (meanings + 1));
        let wider = take(2 * wider);
        let contrary = Pairs { start: take(4 * contrary), count: contrary };
        let opposites = Pairs { start: take(4 * opposites), count: opposites };
        let kin = Pairs { start: take(4 * kin), count: kin };
        let letters = take(0);
        (self.bytes.len() >= letters).then_some(Layout {
            counts,
            letter_starts,
            sense_starts,
            senses,
            wider_starts,
            wider,
            contrary,
            opposites,
            kin,
            letters,
        })
    }
}

/// A sorted list of pairs.
#[derive(Clone, Copy)]
struct Pairs {
    start: usize,
    count: usize,
}

impl Layout {
    fn class(&self, meaning: u16) -> Class {
        let meaning = usize::from(meaning);
        match self.counts[7..10] {
            [_, _, verbs] if meaning >= verbs => Class::Verb,
            [_, adverbs, _] if meaning >= adverbs => Class::Adverb,
            [nouns, ..] if meaning >= nouns => Class::Noun,
            _ => Class::Adjective,
        }
    }
}

/// Where in the bytes everything starts.
struct Layout {
    counts: [usize; COUNTS],
    letter_starts: usize,
    sense_starts: usize,
    senses: usize,
    wider_starts: usize,
    wider: usize,
    contrary: Pairs,
    opposites: Pairs,
    kin: Pairs,
    letters: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english;

    #[test]
    fn forms_lead_to_lemmas() {
        let thesaurus = &english().thesaurus;
        let cases = [
            ("ferries", "ferry"),
            ("stopped", "stop"),
            ("closing", "close"),
            ("said", "say"),
            ("boxes", "box"),
            ("largest", "large"),
        ];
        for (form, lemma) in cases {
            assert!(thesaurus.lemmas(form).contains(&lemma), "{form}");
        }
        assert!(thesaurus.lemmas("qqzx").is_empty());
    }

    #[test]
    fn relations_of_words() {
        let relation = |a, b| english().thesaurus.relation(a, b);
        assert!(relation("began", "started").synonyms.is_some());
        assert!(relation("buys", "purchased").synonyms.is_some());
        assert!(relation("truck", "vehicle").wider.is_some());
        assert!(relation("vehicle", "truck").narrower.is_some());
        assert!(relation("truck", "car").siblings);
        assert!(relation("boys", "girls").opposite);
        assert!(relation("accepted", "refused").opposite);
        assert!(relation("investigated", "investigation").kin);
        assert_eq!(relation("truck", "opinion"), Relation::default());
    }

    #[test]
    fn things_that_can_be_touched() {
        let tangible = |word| english().thesaurus.entry(word, None).is_tangible();
        assert!(tangible("trucks") && tangible("hospital") && tangible("soldier"));
        assert!(!tangible("strategy") && !tangible("outcome") && !tangible("qqzx"));
    }

    #[test]
    fn other_bytes_hold_no_words() {
        assert!(Thesaurus::new(b"", &[], &[]).is_empty());
        assert!(Thesaurus::new(b"RT03\x05\0\0\0\x05\0\0\0", &[], &[]).synonyms("a").is_empty());
        assert_eq!(Thesaurus::new(b"RT03", &[], &[]).relation("a", "b"), Relation::default());
    }
}
