use crate::evidence::Evidence;
use crate::judge::Setting;
use crate::speaker::Agreement;
use crate::word::{PLACE, Word};

/// What is known about two passages beside their words.
pub(crate) struct Signs {
    /// Speakers, marks, translation.
    pub setting: Setting,
    /// Whether the rules for quotations join them.
    pub judged: bool,
    /// How much of the lighter passage another sentence of the other report has.
    pub rival_of_light: f32,
    /// The same of the heavier one.
    pub rival_of_heavy: f32,
}

/// The share of the matter of some words that stands somewhere in others: the same word, a word
/// of its family, one of the same sense, or in part one that is used alike. To this comes how near
/// the two are as a whole.
pub(crate) fn overlap(a: &[Word], b: &[Word]) -> f32 {
    shared(a, b) / matter(a).max(0.3) + WHOLE * nearness(a, b)
}

fn matter(words: &[Word]) -> f32 {
    words.iter().filter(|word| word.content).map(|word| word.weight).sum()
}

fn shared(a: &[Word], b: &[Word]) -> f32 {
    a.iter()
        .filter(|word| word.content)
        .map(|word| word.weight * b.iter().map(|other| kinship(word, other)).fold(0.0, f32::max))
        .sum()
}

/// Words of a lower cosine are no kin.
const KIN: f32 = 0.45;
/// Added to how far a cosine lies above that, so that the farthest kin counts too.
const FAR_KIN: f32 = 0.1;
/// The most that a word counts that is used alike and nothing else.
const NEAREST: f32 = 0.9;
/// What the nearness of the whole counts beside the words one by one.
const WHOLE: f32 = 0.4;

/// How near two words are, order and form aside.
fn kinship(a: &Word, b: &Word) -> f32 {
    let same = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
    if a.key == b.key {
        1.0
    } else if same(a.sense, b.sense) || same(a.stem, b.stem) {
        0.75
    } else if same(a.topic, b.topic) {
        0.6
    } else if let (Some(a), Some(b)) = (&a.usage, &b.usage) {
        let cosine = a.nearness(b);
        let near = ((cosine - KIN + FAR_KIN) / (1.0 - KIN)).min(1.0);
        if cosine < KIN { 0.0 } else { NEAREST * near }
    } else {
        0.0
    }
}

/// The cosine of the sums of how the words are used, each by its weight; 0 where it is negative.
fn nearness(a: &[Word], b: &[Word]) -> f32 {
    let (a, b) = (place(a), place(b));
    let dot = |a: &[f32; PLACE], b: &[f32; PLACE]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    let lengths = (dot(&a, &a) * dot(&b, &b)).sqrt();
    if lengths > f32::EPSILON { (dot(&a, &b) / lengths).max(0.0) } else { 0.0 }
}

fn place(words: &[Word]) -> [f32; PLACE] {
    let mut sum = [0.0; PLACE];
    for word in words {
        let Some(usage) = &word.usage else { continue };
        for (sum, &step) in sum.iter_mut().zip(&usage.place) {
            *sum += word.weight * f32::from(step);
        }
    }
    sum
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

/// The probability that two passages are one remark, the lighter first.
pub(crate) fn chance(light: &[Word], heavy: &[Word], found: &Evidence, signs: Signs) -> f32 {
    let yes = |sign: bool| f32::from(u8::from(sign));
    let (of_light, of_heavy) = (overlap(light, heavy), overlap(heavy, light));
    let matter = shared(light, heavy).max(shared(heavy, light));
    let setting = signs.setting;
    let quoted = yes(setting.quoted);
    let denials = |words: &[Word]| words.iter().filter(|word| word.negation).count() % 2;
    let odds = weigh::BASE
        + weigh::LIGHT_BEFORE_RIVAL * (of_light - signs.rival_of_light)
        + weigh::HEAVY_BEFORE_RIVAL * (of_heavy - signs.rival_of_heavy)
        + weigh::SAME_SPEAKER * yes(setting.speakers == Agreement::Same)
        + weigh::OTHER_SPEAKER * yes(setting.speakers == Agreement::Different)
        + weigh::CONTAINED * yes(found.contained)
        + weigh::NUMBER_ALONE * numbers_alone(light, heavy, found).min(2) as f32
        + weigh::MATTER * matter / (1.0 + matter)
        + weigh::BOTH_QUOTED * quoted
        + weigh::EQUAL_WORDS_QUOTED * quoted * found.words
        + weigh::JUDGED * yes(signs.judged)
        + weigh::DENSITY * found.density
        + weigh::COVER * found.cover
        + weigh::DENIED * yes(denials(light) != denials(heavy));
    1.0 / (1.0 + (-odds).exp())
}
