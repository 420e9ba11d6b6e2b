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
/// The bytes: `RT01`, then seven counts as `u32` (lemmas, senses, meanings, wider, opposite
/// meanings, opposite lemmas, kin), then `u32` starts of lemmas in the letters, `u32` starts of
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

const MAGIC: &[u8; 4] = b"RT01";
const COUNTS: usize = 7;
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
        let Some(own) = self.number(lemma) else { return Vec::new() };
        let senses = self.senses(own);
        let mut found: Vec<(usize, u16)> = Vec::new();
        for other in (0..self.len() as u16).filter(|&other| other != own) {
            let shared = self.senses(other);
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

    /// How two forms in lower case stand to each other, in the best case for each relation.
    pub fn relation(&self, a: &str, b: &str) -> Relation {
        let (first, second) = (self.numbers_of(a), self.numbers_of(b));
        let mut relation = Relation { same: a == b, ..Relation::default() };
        for &one in &first {
            for &other in &second {
                self.add(&mut relation, one, other);
            }
        }
        relation
    }

    fn add(&self, relation: &mut Relation, one: u16, other: u16) {
        let Some(layout) = self.layout() else { return };
        relation.same |= one == other;
        relation.kin |= self.has(layout.kin, one, other);
        relation.opposite |= self.has(layout.opposites, one, other);
        let (senses, others) = (self.senses(one), self.senses(other));
        for (rank, &sense) in senses.iter().enumerate() {
            if let Some(at) = others.iter().position(|&other| other == sense) {
                let found = (rank.min(255) as u8, at.min(255) as u8);
                let better = relation.synonyms.is_none_or(|(a, b)| found.0 + found.1 < a + b);
                relation.synonyms = if better { Some(found) } else { relation.synonyms };
            }
        }
        let usual = |senses: &[u16]| senses[..senses.len().min(SENSES)].to_vec();
        let (senses, others) = (usual(&senses), usual(&others));
        for &sense in &senses {
            for &other in &others {
                relation.wider = least(relation.wider, self.steps(sense, other));
                relation.narrower = least(relation.narrower, self.steps(other, sense));
                relation.siblings |= sense != other && self.are_siblings(sense, other);
                relation.opposite |= self.are_opposite(sense, other);
            }
        }
    }

    /// How many steps up from one meaning another is, if it is any.
    fn steps(&self, from: u16, to: u16) -> Option<u8> {
        let mut level = self.wider(from);
        for step in 1..=STEPS {
            if level.contains(&to) {
                return Some(step);
            }
            level = level.iter().flat_map(|&meaning| self.wider(meaning)).collect();
        }
        None
    }

    fn are_siblings(&self, one: u16, other: u16) -> bool {
        let above = self.wider(other);
        self.wider(one).iter().any(|meaning| above.contains(meaning))
    }

    /// Whether two meanings, or the wider ones right above, are opposites.
    fn are_opposite(&self, one: u16, other: u16) -> bool {
        let Some(layout) = self.layout() else { return false };
        let with_wider = |meaning: u16| {
            let mut meanings = self.wider(meaning);
            meanings.push(meaning);
            meanings
        };
        let others = with_wider(other);
        let opposite = |a: u16, b: u16| self.has(layout.contrary, a, b);
        with_wider(one).into_iter().any(|a| others.iter().any(|&b| opposite(a, b)))
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
        let pairs = of(&layout);
        let found: BTreeSet<u16> = (self.first(pairs, own, 0)..pairs.count)
            .map(|at| self.pair(pairs, at))
            .take_while(|&(first, _)| first == own)
            .map(|(_, second)| second)
            .collect();
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

    fn senses(&self, lemma: u16) -> Vec<u16> {
        self.layout().map_or_else(Vec::new, |layout| {
            self.list(layout.sense_starts, layout.senses, usize::from(lemma))
        })
    }

    fn wider(&self, meaning: u16) -> Vec<u16> {
        self.layout().map_or_else(Vec::new, |layout| {
            self.list(layout.wider_starts, layout.wider, usize::from(meaning))
        })
    }

    fn list(&self, starts: usize, values: usize, at: usize) -> Vec<u16> {
        let (from, to) = (self.long(starts + 4 * at), self.long(starts + 4 * at + 4));
        (from..to).map(|place| self.short(values + 2 * place)).collect()
    }

    fn has(&self, pairs: Pairs, first: u16, second: u16) -> bool {
        let at = self.first(pairs, first, second);
        at < pairs.count && self.pair(pairs, at) == (first, second)
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
        let [lemmas, senses, meanings, wider, contrary, opposites, kin] = counts;
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

fn least(a: Option<u8>, b: Option<u8>) -> Option<u8> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
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
    fn other_bytes_hold_no_words() {
        assert!(Thesaurus::new(b"", &[], &[]).is_empty());
        assert!(Thesaurus::new(b"RT01\x05\0\0\0\x05\0\0\0", &[], &[]).synonyms("a").is_empty());
        assert_eq!(Thesaurus::new(b"RT01", &[], &[]).relation("a", "b"), Relation::default());
    }
}
