use std::cell::{Ref, RefCell};
use std::sync::Arc;

use rashomon_terms::Pairs;
use rashomon_text::Span;

use crate::evidence::Evidence;
use crate::gist::Gist;
use crate::judge::Setting;
use crate::speaker::Agreement;
use crate::usage::Usages;
use crate::word::{Sentence, Sentences, Word};

/// What is known about two passages beside their words.
pub(crate) struct Signs {
    /// Speakers, marks, translation.
    pub setting: Setting,
    /// Whether the rules for quotations join them.
    pub judged: bool,
}

/// Words with what they are as a whole.
#[derive(Clone, Copy)]
pub(crate) struct Said<'w> {
    pub words: &'w [Word],
    pub gist: &'w Gist,
    /// As in [`Memo::number`](crate::memo::Memo::number).
    pub number: u32,
}

/// How words are akin.
pub(crate) struct Kin<'k> {
    pub usages: Ref<'k, Usages>,
    /// How near the words of matter of some words lie to others, by the numbers of both, where that
    /// is kept.
    pub nearest: Option<&'k RefCell<Pairs<Arc<[f32]>>>>,
}

/// The share of the matter of some words that stands somewhere in others: the same word, a word
/// of its family, one of the same sense, or in part one that is used alike. To this comes how near
/// the two are as a whole.
fn overlap(a: Said<'_>, b: Said<'_>, kin: &Kin<'_>) -> f32 {
    overlap_of(shared(a, b, kin), a, b)
}

fn overlap_of(shared: f32, a: Said<'_>, b: Said<'_>) -> f32 {
    shared / a.gist.matter.max(0.3) + WHOLE * a.gist.nearness(b.gist)
}

fn shared(a: Said<'_>, b: Said<'_>, kin: &Kin<'_>) -> f32 {
    let matter = || a.words.iter().filter(|word| word.content);
    let near = |word| nearest(word, b.words, &kin.usages);
    match kin.nearest {
        None => matter().map(|word| word.weight * near(word)).sum(),
        Some(known) => {
            let find = || matter().map(near).collect();
            let known = known.borrow_mut().of(a.number, b.number, find);
            matter().zip(&*known).map(|(word, near)| word.weight * near).sum()
        }
    }
}

/// How near a word is to the nearest one of some others.
fn nearest(word: &Word, others: &[Word], usages: &Usages) -> f32 {
    if others.iter().any(|other| other.key == word.key) {
        return SAME;
    }
    others.iter().map(|other| kinship(word, other, usages)).fold(0.0, f32::max)
}

/// How much words have beside them in each sentence of another report, but for those where the
/// passage lies that they are held against.
pub(crate) fn rivals<'r>(
    asked: Said<'r>,
    sentences: &'r Sentences,
    against: Span,
    kin: &'r Kin<'r>,
) -> impl Iterator<Item = f32> + 'r {
    let elsewhere = sentences.iter().filter(move |sentence| !sentence.span.overlaps(against));
    elsewhere.map(move |sentence| {
        let Sentence { words, gist, number, .. } = sentence;
        overlap(asked, Said { words, gist, number: *number }, kin)
    })
}

/// Words of a lower cosine are no kin.
const KIN: f32 = 0.45;
/// Added to how far a cosine lies above that, so that the farthest kin counts too.
const FAR_KIN: f32 = 0.1;
/// The most that a word counts that is used alike and nothing else.
const NEAREST: f32 = 0.9;
/// What the nearness of the whole counts beside the words one by one.
const WHOLE: f32 = 0.4;

/// How near a word is to itself; no two are nearer.
const SAME: f32 = 1.0;

/// How near two words are, order and form aside.
fn kinship(a: &Word, b: &Word, usages: &Usages) -> f32 {
    let same = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
    if a.key == b.key {
        SAME
    } else if same(a.sense, b.sense) || same(a.stem, b.stem) {
        0.75
    } else if same(a.topic, b.topic) {
        0.6
    } else if let (Some(a), Some(b)) = (a.usage, b.usage) {
        let cosine = usages.nearness(a, b);
        let near = ((cosine - KIN + FAR_KIN) / (1.0 - KIN)).min(1.0);
        if cosine < KIN { 0.0 } else { NEAREST * near }
    } else {
        0.0
    }
}

/// Numbers on either side that have no partner.
fn numbers_alone(a: &[Word], b: &[Word], found: &Evidence) -> usize {
    let in_a = |at: usize| found.pairs.iter().any(|pair| pair.a == at);
    let in_b = |at: usize| found.pairs.iter().any(|pair| pair.b == at);
    let lonely = |words: &[Word], matched: &dyn Fn(usize) -> bool| {
        words.iter().enumerate().filter(|(at, word)| word.number && !matched(*at)).count()
    };
    lonely(a, &in_a) + lonely(b, &in_b)
}

/// The signs and what each adds to the odds, natural logarithm; learned by ridge logistic
/// regression (ridge 1) on the 258 pairs of the part `tune` of `rashomon-eval/labels`. Left out
/// story by story, they give there precision .97 and recall .85; the base is set for that
/// precision, 0.45 below the learned one. Kinship by use and the nearness of the whole were set
/// on the same pairs by the mean recall at precisions from .94 to .97.
mod weigh {
    pub const BASE: f32 = -2.54;
    pub const LIGHT_BEFORE_RIVAL: f32 = 1.96;
    pub const HEAVY_BEFORE_RIVAL: f32 = 1.68;
    pub const SAME_SPEAKER: f32 = 1.19;
    pub const OTHER_SPEAKER: f32 = -0.73;
    pub const CONTAINED: f32 = 0.73;
    pub const NUMBER_ALONE: f32 = -0.61;
    pub const MATTER: f32 = 1.63;
    pub const BOTH_QUOTED: f32 = -0.94;
    pub const EQUAL_WORDS_QUOTED: f32 = 0.44;
    pub const JUDGED: f32 = 0.93;
    pub const DENSITY: f32 = 0.86;
    pub const COVER: f32 = 0.83;
    pub const DENIED: f32 = -0.59;
}

/// Two passages that may be one remark, held against each other.
pub(crate) struct Case {
    of_light: f32,
    of_heavy: f32,
    /// What the signs add that ask for no other sentence, in the order in which they are added.
    others: [f32; 11],
}

impl Case {
    /// Weighs two passages, the lighter first.
    pub fn new(
        light: Said<'_>,
        heavy: Said<'_>,
        found: &Evidence,
        signs: Signs,
        kin: &Kin<'_>,
    ) -> Case {
        let yes = |sign: bool| f32::from(u8::from(sign));
        let (in_heavy, in_light) = (shared(light, heavy, kin), shared(heavy, light, kin));
        let matter = in_heavy.max(in_light);
        let setting = signs.setting;
        let quoted = yes(setting.quoted);
        let denials = |said: Said<'_>| said.words.iter().filter(|word| word.negation).count() % 2;
        let others = [
            weigh::SAME_SPEAKER * yes(setting.speakers == Agreement::Same),
            weigh::OTHER_SPEAKER * yes(setting.speakers == Agreement::Different),
            weigh::CONTAINED * yes(found.contained),
            weigh::NUMBER_ALONE * numbers_alone(light.words, heavy.words, found).min(2) as f32,
            weigh::MATTER * matter / (1.0 + matter),
            weigh::BOTH_QUOTED * quoted,
            weigh::EQUAL_WORDS_QUOTED * quoted * found.words,
            weigh::JUDGED * yes(signs.judged),
            weigh::DENSITY * found.density,
            weigh::COVER * found.cover,
            weigh::DENIED * yes(denials(light) != denials(heavy)),
        ];
        Case {
            of_light: overlap_of(in_heavy, light, heavy),
            of_heavy: overlap_of(in_light, heavy, light),
            others,
        }
    }

    /// The probability that the two are one remark, given how much of either another sentence of
    /// the other's report has: the more, the less likely.
    pub fn chance(&self, rival_of_light: f32, rival_of_heavy: f32) -> f32 {
        let odds = weigh::BASE
            + weigh::LIGHT_BEFORE_RIVAL * (self.of_light - rival_of_light)
            + weigh::HEAVY_BEFORE_RIVAL * (self.of_heavy - rival_of_heavy);
        let odds = self.others.iter().fold(odds, |odds, other| odds + other);
        1.0 / (1.0 + (-odds).exp())
    }

    /// Whether the chance may reach a bar, before any rival is known.
    pub fn may_reach(&self, bar: f32) -> bool {
        self.may(bar, 0.0, 0.0)
    }

    fn may(&self, bar: f32, rival_of_light: f32, rival_of_heavy: f32) -> bool {
        self.chance(rival_of_light, rival_of_heavy) + ROUNDING >= bar
    }

    /// The chance, if it reaches a bar; the rivals are looked at only as long as it may.
    pub fn reaches(
        &self,
        bar: f32,
        rivals_of_light: impl Iterator<Item = f32>,
        rivals_of_heavy: impl Iterator<Item = f32>,
    ) -> Option<f32> {
        let mut of_light = 0.0;
        for rival in rivals_of_light {
            if rival > of_light {
                of_light = rival;
                if !self.may(bar, of_light, 0.0) {
                    return None;
                }
            }
        }
        let mut of_heavy = 0.0;
        for rival in rivals_of_heavy {
            if rival > of_heavy {
                of_heavy = rival;
                if !self.may(bar, of_light, of_heavy) {
                    return None;
                }
            }
        }
        let chance = self.chance(of_light, of_heavy);
        (chance >= bar).then_some(chance)
    }
}

/// More than the error of an exponential function.
const ROUNDING: f32 = 1e-5;
