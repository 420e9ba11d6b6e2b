use crate::bound::Most;
use crate::evidence::{Evidence, compare, content, weight};
use crate::speaker::Agreement;
use crate::word::Word;

/// What is known about two pieces beside their words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// Whether they have one speaker.
    pub speakers: Agreement,
    /// Whether both stand in quotation marks.
    pub quoted: bool,
    /// Whether the speaker is translated.
    pub translated: bool,
}

/// The thresholds, kept together. Set by reading every group that they make and every pair that
/// they miss by less than 0.1 in the development stories and in the invented reports of the
/// specs; weights are those of [`Word`], a rare word of matter weighing 1.
mod bar {
    /// Words of matter in a fragment of two or three words.
    pub const FRAGMENT: f32 = 0.45;
    /// Weight of a remark of four words or more that has hardly any word of matter.
    pub const PLAIN: f32 = 0.6;
    /// The same where one of the speakers is not known.
    pub const UNKNOWN: f32 = 1.5;
    /// Words of matter that a remark must share where its words differ.
    pub const REWORDED: f32 = 1.7;
    /// Closeness of such.
    pub const REWORDED_CLOSE: f32 = 0.8;
    /// Share of equal words of such.
    pub const REWORDED_WORDS: f32 = 0.7;
    /// Words of matter that two renderings must share.
    pub const TRANSLATED: f32 = 0.9;
    /// Closeness of two renderings.
    pub const TRANSLATED_CLOSE: f32 = 0.68;
    /// Words of matter that are too many in common for two remarks, by weight and by number.
    pub const DENSE: f32 = 2.6;
    pub const DENSE_MATTER: usize = 4;
    /// Share of both that they must make up.
    pub const DENSE_COVER: f32 = 0.7;
    /// Words of a remark that may be given to two people.
    pub const WORDS: usize = 5;
    /// Share of its words that must be the same.
    pub const ALIGNED: f32 = 0.8;
    /// Words of matter of such, names aside.
    pub const ANYBODY: f32 = 1.4;
    /// Words of matter that indirect speech must share with another telling.
    pub const INDIRECT: f32 = 1.8;
    /// Closeness of such.
    pub const INDIRECT_CLOSE: f32 = 0.72;
}

/// Whether a remark says enough for two people not to make it by chance.
pub(crate) fn says_enough(words: &[Word], speakers: Agreement) -> bool {
    let (length, matter, whole) = (words.len(), content(words), weight(words));
    match speakers {
        Agreement::Same => {
            length >= 2 && matter >= bar::FRAGMENT || length >= 4 && whole >= bar::PLAIN
        }
        Agreement::Unknown => length >= 3 && matter >= bar::UNKNOWN,
        Agreement::Different => false,
    }
}

/// The evidence for two pieces being one remark and its strength from 0 to 1, or `None` where it
/// is not enough. The lighter piece comes first.
pub(crate) fn judge(a: &[Word], b: &[Word], setting: Setting) -> Option<(f32, Evidence)> {
    let evidence = compare(a, b);
    is_one_remark(a, &evidence, setting).then(|| {
        let trust = if setting.speakers == Agreement::Same { 1.0 } else { 0.9 };
        (evidence.closeness().min(1.0) * trust, evidence)
    })
}

/// Whether two pieces may be one remark for all that can be told before they are aligned: each
/// way to say so in [`is_one_remark`] asks for one of these.
pub(crate) fn may_be_one_remark(most: &Most, setting: Setting) -> bool {
    if !most.facts_agree {
        return false;
    }
    if most.words >= bar::ALIGNED.min(bar::REWORDED_WORDS) {
        return true;
    }
    let same = setting.speakers == Agreement::Same;
    let indirect = most.content >= bar::INDIRECT && most.closeness >= bar::INDIRECT_CLOSE;
    let translated = setting.translated
        && most.content >= bar::TRANSLATED
        && most.closeness >= bar::TRANSLATED_CLOSE;
    let dense = most.content >= bar::DENSE
        && most.matter >= bar::DENSE_MATTER
        && most.cover >= bar::DENSE_COVER;
    match (setting.speakers, setting.quoted) {
        (Agreement::Different, _) => false,
        (_, false) => indirect,
        (_, true) => same && (translated || dense),
    }
}

/// Whether two tellings have so many words in common, in one order and rare ones among them, that
/// they are one remark whoever is said to have made it: an outlet has mistaken the speaker.
fn has_the_same_words(a: &[Word], found: &Evidence) -> bool {
    let in_order = || found.pairs.iter().filter(|pair| !pair.moved);
    let rare: f32 = in_order()
        .map(|pair| &a[pair.a])
        .filter(|word| word.content && !word.name && !word.number)
        .map(|word| word.weight)
        .sum();
    let aligned = in_order().count() as f32 / a.len().max(1) as f32;
    let most = found.agrees
        && aligned >= bar::ALIGNED
        && found.words >= bar::ALIGNED
        && found.cover.min(found.density) >= bar::ALIGNED;
    a.len() >= bar::WORDS && rare >= bar::ANYBODY && (found.contained || most)
}

/// Whether the evidence is enough; `a` is the lighter piece.
pub(crate) fn is_one_remark(a: &[Word], found: &Evidence, setting: Setting) -> bool {
    if !found.facts_agree {
        return false;
    }
    if setting.quoted && setting.speakers != Agreement::Same && has_the_same_words(a, found) {
        return true;
    }
    if setting.speakers == Agreement::Different {
        return false;
    }
    // A few words of the outlet's own come back by chance; words in marks do not.
    let enough = setting.quoted || a.len() >= bar::WORDS && found.content >= bar::ANYBODY;
    if found.contained && enough && says_enough(a, setting.speakers) {
        return true;
    }
    let same = setting.speakers == Agreement::Same;
    let close = found.closeness();
    // A denial too many is a slip worth a note where all else is equal, else another remark.
    let misquoted = setting.quoted && found.words > 0.85 && found.content > 2.0;
    if !(found.agrees || misquoted) {
        return false;
    }
    if !setting.quoted {
        let (matter, near) = if same { (0.0, 0.0) } else { (1.5, 0.12) };
        return found.content >= bar::INDIRECT + matter
            && found.matter >= 3
            && close >= bar::INDIRECT_CLOSE + near;
    }
    let same_words_moved = found.words > 0.99 && a.len() >= 3 && close >= 0.85;
    if same && same_words_moved && found.content >= bar::FRAGMENT {
        return true;
    }
    if same && setting.translated && found.content >= bar::TRANSLATED && found.matter >= 2 {
        return close >= bar::TRANSLATED_CLOSE;
    }
    // Many rare words in common, nearly all of both: too much for two remarks.
    let dense = found.content >= bar::DENSE
        && found.matter >= bar::DENSE_MATTER
        && found.cover.min(found.cover_longer) >= bar::DENSE_COVER
        && found.density >= bar::DENSE_COVER;
    if same && dense {
        return true;
    }
    let (matter, near) = if same { (0.0, 0.0) } else { (1.0, 0.07) };
    a.len() >= 4
        && found.content >= bar::REWORDED + matter
        && found.words >= bar::REWORDED_WORDS + near
        && close >= bar::REWORDED_CLOSE + near
}
