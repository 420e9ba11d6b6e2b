use crate::evidence::Evidence;
use crate::judge::Setting;
use crate::speaker::Agreement;
use crate::word::Word;

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
/// of its family, or one of the same sense.
pub(crate) fn overlap(a: &[Word], b: &[Word]) -> f32 {
    shared(a, b)
        / a.iter().filter(|word| word.content).map(|word| word.weight).sum::<f32>().max(0.3)
}

fn shared(a: &[Word], b: &[Word]) -> f32 {
    a.iter()
        .filter(|word| word.content)
        .map(|word| word.weight * b.iter().map(|other| kinship(word, other)).fold(0.0, f32::max))
        .sum()
}

/// How near two words are, order and form aside.
fn kinship(a: &Word, b: &Word) -> f32 {
    let same = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
    if a.key == b.key {
        1.0
    } else if same(a.sense, b.sense) || same(a.stem, b.stem) {
        0.75
    } else if same(a.topic, b.topic) {
        0.6
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
/// regression on the 258 pairs of the part `tune` of `rashomon-eval/labels`. Left out story by
/// story, they give there precision .96 and recall .81; the base is set for that precision.
mod weigh {
    pub const BASE: f32 = -2.5;
    pub const LIGHT_BEFORE_RIVAL: f32 = 1.93;
    pub const HEAVY_BEFORE_RIVAL: f32 = 1.88;
    pub const SAME_SPEAKER: f32 = 1.38;
    pub const OTHER_SPEAKER: f32 = -1.39;
    pub const CONTAINED: f32 = 1.49;
    pub const NUMBER_ALONE: f32 = -0.57;
    pub const MATTER: f32 = 1.01;
    pub const BOTH_QUOTED: f32 = -1.37;
    pub const EQUAL_WORDS_QUOTED: f32 = 0.71;
    pub const JUDGED: f32 = 1.15;
    pub const DENSITY: f32 = 1.2;
    pub const COVER: f32 = 0.65;
}

/// The probability that two passages are one remark, the lighter first.
pub(crate) fn chance(light: &[Word], heavy: &[Word], found: &Evidence, signs: Signs) -> f32 {
    let yes = |sign: bool| f32::from(u8::from(sign));
    let (of_light, of_heavy) = (overlap(light, heavy), overlap(heavy, light));
    let matter = shared(light, heavy).max(shared(heavy, light));
    let setting = signs.setting;
    let quoted = yes(setting.quoted);
    let odds = weigh::BASE
        + weigh::LIGHT_BEFORE_RIVAL * (of_light - signs.rival_of_light)
        + weigh::HEAVY_BEFORE_RIVAL * (of_heavy - signs.rival_of_heavy)
        + weigh::SAME_SPEAKER * yes(setting.speakers == Agreement::Same)
        + weigh::OTHER_SPEAKER * yes(setting.speakers == Agreement::Different)
        + weigh::CONTAINED * yes(found.contained)
        + weigh::NUMBER_ALONE * numbers_alone(light, heavy, found).min(2) as f32
        + weigh::MATTER * (0.2 + matter).ln()
        + weigh::BOTH_QUOTED * quoted
        + weigh::EQUAL_WORDS_QUOTED * quoted * found.words
        + weigh::JUDGED * yes(signs.judged)
        + weigh::DENSITY * found.density
        + weigh::COVER * found.cover;
    1.0 / (1.0 + (-odds).exp())
}
