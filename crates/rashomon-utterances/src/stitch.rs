use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{Flag, FlagKind, Passage, QuotationKind, Story, TimeBasis, TimeKind};

use crate::flags::passages;
use crate::piece::Piece;
use crate::telling::{Telling, evidence};

/// Words between two parts of a speech that are more than a filler.
const WORDS_BETWEEN: usize = 3;
/// Words of each half that a single stitched sentence must hold.
const HALF: usize = 3;

/// Who looks for quotations that join what was not said in one go.
pub(crate) struct Seams<'s> {
    story: &'s Story,
    pieces: &'s [Piece],
    groups: &'s [Vec<Telling>],
    /// The group of each piece.
    group_of: BTreeMap<usize, usize>,
}

/// How two stretches that one report joins stand in another.
#[derive(Clone, Copy, Debug)]
enum Apart {
    Between,
    Reversed,
    OtherDay,
}

impl<'s> Seams<'s> {
    pub fn new(story: &'s Story, pieces: &'s [Piece], groups: &'s [Vec<Telling>]) -> Seams<'s> {
        let mut group_of = BTreeMap::new();
        for (group, tellings) in groups.iter().enumerate() {
            for telling in tellings {
                group_of.extend((telling.first..=telling.last).map(|piece| (piece, group)));
            }
        }
        Seams { story, pieces, groups, group_of }
    }

    /// The flag for the first telling of a group that is stitched to what stands before it, or
    /// that is itself stitched.
    pub fn flag(&self, group: usize) -> Option<Flag> {
        let tellings = &self.groups[group];
        tellings
            .iter()
            .find_map(|telling| self.sewn_on(group, telling))
            .or_else(|| tellings.iter().find_map(|telling| self.sewn_up(group, telling)))
    }

    /// A telling whose sentence before belongs to another remark, though a report that has both
    /// keeps them apart.
    fn sewn_on(&self, group: usize, telling: &Telling) -> Option<Flag> {
        let before = telling.first.checked_sub(1)?;
        let other = *self.group_of.get(&before)?;
        let (a, b) = (&self.pieces[before], &self.pieces[telling.first]);
        let in_one_pair_of_marks = a.quoted
            && b.quoted
            && (a.article, a.quotation, a.content) == (b.article, b.quotation, b.content);
        if other == group || !in_one_pair_of_marks || self.owns_up(a.span.hull(b.span), a) {
            return None;
        }
        let first = self.groups[other].iter().find(|t| (t.first..=t.last).contains(&before))?;
        self.groups[group]
            .iter()
            .filter(|second| second.article != telling.article)
            .find_map(|second| {
                let from = self.groups[other]
                    .iter()
                    .find_map(|first| Some((first, self.apart(first, second)?)));
                from.map(|(first, how)| (first, second, how))
            })
            .map(|(there, second, how)| self.sewn([first, telling], [there, second], how))
    }

    /// A telling of one sentence that holds two tellings of another report.
    fn sewn_up(&self, group: usize, telling: &Telling) -> Option<Flag> {
        let tellings = &self.groups[group];
        let piece = &self.pieces[telling.first];
        let mut articles = BTreeSet::new();
        let twice = tellings
            .iter()
            .filter(|other| other.article != telling.article && other.quoted)
            .any(|other| !articles.insert(other.article));
        if !twice || !telling.quoted || self.owns_up(telling.span, piece) {
            return None;
        }
        let within = |other: &Telling| {
            let pairs = evidence(telling, other).pairs;
            let first = pairs.iter().map(|pair| pair.a).min()?;
            let last = pairs.iter().map(|pair| pair.a).max()?;
            let whole = pairs.len() * 5 >= other.words.len() * 4 && pairs.len() >= HALF;
            whole.then_some((first, last))
        };
        let halves: Vec<(&Telling, (usize, usize))> = tellings
            .iter()
            .filter(|other| other.article != telling.article && other.quoted)
            .filter_map(|other| Some((other, within(other)?)))
            .collect();
        halves.iter().find_map(|&(first, (_, end))| {
            let next = |&&(second, (start, _)): &&(&Telling, (usize, usize))| {
                second.article == first.article && start > end
            };
            let &(second, _) = halves.iter().find(next)?;
            let how = self.apart(first, second)?;
            Some(self.sewn([telling, telling], [first, second], how))
        })
    }

    /// Whether an outlet shows that it leaves words out.
    fn owns_up(&self, span: rashomon_text::Span, piece: &Piece) -> bool {
        let words = self.story.document(piece.article).slice(span);
        words.contains('…')
            || words.contains("..")
            || words.contains(". . .")
            || words.contains('[')
    }

    /// How what one report joins is kept apart in another, if it is.
    fn apart(&self, first: &Telling, second: &Telling) -> Option<Apart> {
        if first.article != second.article || !first.quoted || !second.quoted {
            return None;
        }
        let (a, b) = (&self.pieces[first.last], &self.pieces[second.first]);
        let whole = |piece: &Piece| piece.kind == QuotationKind::Direct;
        let in_one_pair = a.content == b.first_content();
        let in_one_go = a.quotation == b.quotation && (in_one_pair || whole(a) && whole(b));
        if in_one_go && second.first > first.last + 1 {
            let between = &self.pieces[first.last + 1..second.first];
            let words: usize = between.iter().map(|piece| piece.words.len()).sum();
            return (words >= WORDS_BETWEEN).then_some(Apart::Between);
        }
        if in_one_go && second.last < first.first {
            return Some(Apart::Reversed);
        }
        let (on, then) = (self.days(a), self.days(b));
        let differ = !on.is_empty() && !then.is_empty() && on.is_disjoint(&then);
        (!in_one_go && differ).then_some(Apart::OtherDay)
    }

    /// The days that the outlet's own words around a quotation name.
    fn days(&self, piece: &Piece) -> BTreeSet<&'s str> {
        let document = self.story.document(piece.article);
        let quotation = &document.quotations[piece.quotation];
        let Some(cue) = quotation.cue.first() else { return BTreeSet::new() };
        let Some(sentence) = document.sentence_at(cue.start()) else { return BTreeSet::new() };
        document
            .times
            .overlapping(document.sentences[sentence].span)
            .filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time))
            .filter(|time| time.basis != TimeBasis::Guessed)
            .filter(|time| !quotation.content.iter().any(|said| said.overlaps(time.span)))
            .filter_map(|time| time.value.get(..DAY))
            .filter(|day| day.starts_with(|c: char| c.is_ascii_digit() || c == 'X'))
            .collect()
    }

    fn sewn(&self, here: [&Telling; 2], there: [&Telling; 2], how: Apart) -> Flag {
        let outlet = |telling: &Telling| {
            self.story.document(telling.article).article.outlet_or_id().to_owned()
        };
        let (sewn, whole) = (outlet(here[0]), outlet(there[0]));
        let why = match how {
            Apart::Between => {
                format!("{sewn} joins words that do not follow each other in {whole}.")
            }
            Apart::Reversed => {
                format!("{sewn} joins words that stand the other way round in {whole}.")
            }
            Apart::OtherDay => format!("{sewn} joins words that {whole} gives to different days."),
        };
        let mut mentions: Vec<Passage> = here.into_iter().chain(there).flat_map(passages).collect();
        mentions.dedup();
        Flag { kind: FlagKind::Stitched, mentions, why }
    }
}

/// The length of `2026-03-02` and of `XXXX-WXX-5`.
const DAY: usize = 10;
