use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rashomon_article::{QuotationKind, Relation};
use rashomon_text::Span;

use crate::align::Pair;
use crate::evidence::{Evidence, compare, weight};
use crate::gist::Gist;
use crate::judge::{Setting, is_one_remark};
use crate::odds::{Case, Said, Signs, rivals};
use crate::piece::Piece;
use crate::remarks::Remarks;
use crate::speaker::Agreement;
use crate::telling::{Telling, sites, telling_of};
use crate::word::Word;

/// Words of a fragment that says too little to be compared without the sentence it stands in.
const FRAGMENT: usize = 4;
/// Reports that must put the same short phrase of one speaker in quotation marks.
const OUTLETS: usize = 3;
/// A word that stands in more tellings of a speaker than this leads to no candidates.
const TOO_FREQUENT: usize = 60;
/// How sure it must be that two tellings are one remark where their words differ, on the scale of
/// `odds::chance`. Set by reading pairs above 0.5 in 98 stories of the development data: of some 32
/// groups that came of it one was wrong and one open to doubt. `FRAGMENTS` and `TRANSLATED` rest on
/// few cases.
mod bar {
    /// Words of matter in common that are many.
    pub const MANY: usize = 4;
    /// Where they share many words of matter.
    pub const SURE: f32 = 0.77;
    /// Where they share few.
    pub const FEW: f32 = 0.88;
    /// Of two fragments, by the sentences that they stand in.
    pub const FRAGMENTS: f32 = 0.65;
    /// Of speakers without a name.
    pub const UNNAMED: f32 = 0.93;
    /// Of somebody who is translated, where numbers and names agree.
    pub const TRANSLATED: f32 = 0.52;
    /// Words of matter that two renderings must share.
    pub const RENDERED: usize = 3;
}
/// The weight of the words of matter that a telling must have to be compared.
const MATTER: f32 = 1.2;

/// A telling that may belong to another one, though their words are not the same.
struct Unit {
    telling: Telling,
    speaker: usize,
    /// The group that it is in.
    group: Option<usize>,
    /// What it is compared by: its words, or of a fragment the sentence around it.
    words: Vec<Word>,
    gist: Gist,
    number: u32,
    place: Span,
    fragment: bool,
    /// Whether it is only a part of another unit.
    part: bool,
}

impl Unit {
    fn said(&self) -> Said<'_> {
        Said { words: &self.words, gist: &self.gist, number: self.number }
    }
}

impl Remarks<'_, '_> {
    /// Groups with the tellings that the words alone do not join: indirect speech of what others
    /// quote or tell in other words, and fragments in quotation marks.
    pub(crate) fn with_hearsay(&self, mut groups: Vec<Vec<Telling>>) -> Vec<Vec<Telling>> {
        let foreign = self.rendered_speakers(&groups);
        let mut units = self.units(&groups);
        phrases(&mut units, &mut groups);
        let mut pairs: Vec<(f32, usize, usize)> = candidates(&units)
            .into_iter()
            .filter_map(|(a, b)| Some((self.sure(&units[a], &units[b], &foreign)?, a, b)))
            .collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, a, b) in pairs {
            join(&mut units, &mut groups, a, b);
        }
        groups
    }

    /// Speakers two of whose remarks come in different renderings.
    fn rendered_speakers(&self, groups: &[Vec<Telling>]) -> BTreeSet<usize> {
        let mut foreign = self.foreign_speakers(groups);
        let mut remarks: BTreeMap<usize, usize> = BTreeMap::new();
        for tellings in groups {
            let (longest, others) = tellings.split_first().expect("a remark has tellings");
            let sites: Vec<_> =
                others.iter().map(|other| sites(self.story, longest, other)).collect();
            let relation = self.relation(longest, others, &sites, &foreign);
            if let Some(speaker) = self.pieces[longest.first].speaker
                && relation == Relation::Translated
            {
                *remarks.entry(speaker).or_insert(0) += 1;
            }
        }
        foreign.extend(remarks.into_iter().filter(|&(_, n)| n >= 2).map(|(speaker, _)| speaker));
        foreign
    }

    /// All tellings of speakers who are known: those in groups, and those in none, of indirect
    /// speech the whole of it with the words in quotation marks.
    fn units(&self, groups: &[Vec<Telling>]) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut taken = BTreeSet::new();
        for (group, tellings) in groups.iter().enumerate() {
            for telling in tellings {
                let piece = &self.pieces[telling.first];
                taken.insert((piece.article, piece.quotation));
                units.extend(self.unit(telling.clone(), Some(group)));
            }
        }
        let same = |a: &Piece, b: &Piece| (a.article, a.quotation) == (b.article, b.quotation);
        let mut first = 0;
        for pieces in self.pieces.chunk_by(same) {
            let here = first;
            first += pieces.len();
            let piece = &pieces[0];
            if taken.contains(&(piece.article, piece.quotation)) {
                continue;
            }
            let document = self.story.document(piece.article);
            let quotation = &document.quotations[piece.quotation];
            if pieces.len() == 1 || quotation.kind == QuotationKind::Direct {
                for (at, piece) in pieces.iter().enumerate() {
                    units.extend(self.unit(telling_of(piece, here + at), None));
                }
                continue;
            }
            let words: Vec<Word> = quotation
                .content
                .iter()
                .flat_map(|&part| self.vocabulary.words(piece.article, part, false))
                .collect();
            let mut whole = telling_of(piece, here);
            whole.last = first - 1;
            whole.span = quotation.span;
            whole.parts.clone_from(&quotation.content);
            whole.words = words;
            whole.quoted = false;
            units.extend(self.unit(whole, None));
            let parts = pieces.iter().enumerate().filter(|(_, piece)| piece.quoted);
            let parts =
                parts.filter_map(|(at, piece)| self.unit(telling_of(piece, here + at), None));
            units
                .extend(parts.filter(|unit| unit.fragment).map(|unit| Unit { part: true, ..unit }));
        }
        units
    }

    fn unit(&self, telling: Telling, group: Option<usize>) -> Option<Unit> {
        let speaker = self.pieces[telling.first].speaker?;
        let fragment = telling.quoted
            && telling.words.len() <= FRAGMENT
            && self.pieces[telling.first].kind == QuotationKind::Mixed;
        let document = self.story.document(telling.article);
        let around = document
            .sentence_at(telling.span.start())
            .map(|at| document.sentences[at].span)
            .filter(|_| fragment);
        let words = around.map_or_else(
            || telling.words.clone(),
            |span| self.vocabulary.words(telling.article, span, false),
        );
        let place = around.unwrap_or(telling.span);
        let gist = Gist::new(&words, &self.vocabulary.usages());
        let number = self.vocabulary.number(&words);
        (gist.matter >= MATTER || fragment).then_some(Unit {
            telling,
            speaker,
            group,
            words,
            number,
            gist,
            place,
            fragment,
            part: false,
        })
    }

    /// How sure it is that two units are one remark, if it is sure enough.
    fn sure(&self, a: &Unit, b: &Unit, foreign: &BTreeSet<usize>) -> Option<f32> {
        let (light, heavy) = if weight(&a.words) <= weight(&b.words) { (a, b) } else { (b, a) };
        let setting = Setting {
            speakers: Agreement::Same,
            quoted: false,
            translated: foreign.contains(&a.speaker),
        };
        let found = compare(&light.words, &heavy.words);
        let denied = found.facts_agree && !found.agrees;
        // Two numbers are a difference to show between facts, not two ways to say one thing.
        if denied || !a.fragment && self.has_odd_number(light, heavy, &found) {
            return None;
        }
        let rendered = foreign.contains(&a.speaker) && found.matter >= bar::RENDERED;
        // `Critics` of two reports need not be the same ones.
        let bar = if self.speakers.person(a.speaker).entity.is_none() {
            bar::UNNAMED
        } else if a.fragment {
            bar::FRAGMENTS
        } else if rendered && found.agrees {
            bar::TRANSLATED
        } else if found.matter >= bar::MANY {
            bar::SURE
        } else {
            bar::FEW
        };
        let judged = is_one_remark(&light.words, &found, setting);
        let signs = Signs { setting, judged };
        let case = Case::new(light.said(), heavy.said(), &found, signs, &self.vocabulary.kin());
        if !case.may_reach(bar) {
            return None;
        }
        let of = [heavy, light].map(|unit| self.vocabulary.sentences(unit.telling.article));
        let kin = self.vocabulary.kin();
        case.reaches(
            bar,
            rivals(light.said(), &of[0], heavy.place, &kin),
            rivals(heavy.said(), &of[1], light.place, &kin),
        )
    }

    /// Whether a number of the first telling, or of the second between its first and last matched
    /// word, has no partner. A year may be left out.
    fn has_odd_number(&self, a: &Unit, b: &Unit, found: &Evidence) -> bool {
        let lonely = |unit: &Unit, partners: &BTreeSet<usize>, range: Range<usize>| {
            let document = self.story.document(unit.telling.article);
            let year = |word: &Word| {
                let digits = document.slice(word.span);
                digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
            };
            let odd =
                |(at, word): (usize, &Word)| word.number && !partners.contains(&at) && !year(word);
            let words = unit.words.iter().enumerate();
            words.filter(|(at, _)| range.contains(at)).any(odd)
        };
        let matched = |of: fn(&Pair) -> usize| found.pairs.iter().map(of).collect::<BTreeSet<_>>();
        let (in_a, in_b) = (matched(|pair| pair.a), matched(|pair| pair.b));
        let inside = in_b.first().copied().unwrap_or(0)..in_b.last().map_or(0, |last| last + 1);
        lonely(a, &in_a, 0..a.words.len()) || lonely(b, &in_b, inside)
    }
}

/// Pairs of units of one speaker in two reports that share a word of matter and whose words have
/// not been held against each other: at least one of them is in no group and not a direct
/// quotation.
fn candidates(units: &[Unit]) -> Vec<(usize, usize)> {
    let mut postings: Vec<((usize, u8, u32), usize)> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        let content = unit.telling.words.iter().filter(|word| word.content);
        let keys = content
            .flat_map(|w| [Some((0, w.key)), w.sense.map(|s| (1, s)), w.stem.map(|s| (2, s))])
            .flatten();
        postings.extend(keys.map(|(kind, key)| ((unit.speaker, kind, key), at)));
    }
    postings.sort_unstable();
    postings.dedup();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let rare = postings.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() <= TOO_FREQUENT);
    for posting in rare {
        for (nth, &(_, a)) in posting.iter().enumerate() {
            found.extend(posting[nth + 1..].iter().map(|&(_, b)| (a, b)));
        }
    }
    found.sort_unstable();
    found.dedup();
    let told: Vec<&Telling> =
        units.iter().filter(|u| u.part && u.group.is_some()).map(|u| &u.telling).collect();
    found.retain(|&(a, b)| {
        let (a, b) = (&units[a], &units[b]);
        let spent = |unit: &Unit| unit.part || told.iter().any(|t| t.overlaps(&unit.telling));
        if spent(a) || spent(b) {
            return false;
        }
        let loose = |unit: &Unit| unit.group.is_none() && (!unit.telling.quoted || unit.fragment);
        a.telling.article != b.telling.article && (loose(a) || loose(b)) && a.fragment == b.fragment
    });
    found
}

/// Short phrases that several reports put in quotation marks for one speaker, however frequent
/// their words are in the story.
fn phrases(units: &mut [Unit], groups: &mut Vec<Vec<Telling>>) {
    let exact = |unit: &Unit| unit.telling.words.iter().map(|w| w.exact).collect::<Vec<_>>();
    let mut by_words: BTreeMap<(usize, Vec<u32>), Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let says = unit.telling.words.iter().any(|word| word.content);
        if unit.fragment && unit.group.is_none() && unit.telling.words.len() >= 2 && says {
            by_words.entry((unit.speaker, exact(unit))).or_default().push(at);
        }
    }
    let mut order: Vec<&(usize, Vec<u32>)> = by_words.keys().collect();
    order.sort_by_key(|phrase| by_words[*phrase][0]);
    for (speaker, words) in order {
        let members: Vec<usize> = by_words
            .iter()
            .filter(|((other, longer), _)| {
                other == speaker && longer.windows(words.len()).any(|run| run == words)
            })
            .flat_map(|(_, members)| members.iter().copied())
            .filter(|&at| units[at].group.is_none())
            .collect();
        let articles: BTreeSet<_> = members.iter().map(|&at| units[at].telling.article).collect();
        if articles.len() >= OUTLETS {
            for &at in &members {
                units[at].group = Some(groups.len());
            }
            groups.push(members.into_iter().map(|at| units[at].telling.clone()).collect());
        }
    }
}

/// Puts two units in one group, unless both are in groups or the report of the one has a telling
/// in the group of the other.
fn join(units: &mut [Unit], groups: &mut Vec<Vec<Telling>>, a: usize, b: usize) {
    let (target, loose) = match (units[a].group, units[b].group) {
        (Some(_), Some(_)) => return,
        (Some(group), None) => (group, b),
        (None, Some(group)) => (group, a),
        (None, None) => {
            groups.push(vec![units[a].telling.clone()]);
            units[a].group = Some(groups.len() - 1);
            (groups.len() - 1, b)
        }
    };
    let telling = units[loose].telling.clone();
    if groups[target].iter().all(|other| other.article != telling.article) {
        groups[target].push(telling);
        units[loose].group = Some(target);
    }
}
