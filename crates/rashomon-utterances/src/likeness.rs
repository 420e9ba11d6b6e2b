use rashomon_article::{Passage, Relation};

use crate::evidence::{compare, weight};
use crate::gist::Gist;
use crate::judge::{Setting, is_one_remark};
use crate::odds::{Case, Said, Signs, rivals};
use crate::piece::Piece;
use crate::remarks::Remarks;
use crate::telling::{Telling, relation, sites};

/// How much two passages are one remark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// From 0 to 1; 0.5 and more where the program takes them for one remark.
    pub score: f32,
    /// How they relate, where they are one.
    pub relation: Option<Relation>,
}

/// Words of a report that are asked for.
struct Asked {
    passage: Passage,
    telling: Telling,
    speaker: Option<usize>,
}

impl Remarks<'_, '_> {
    /// How much the words in two passages are one remark. They need not be quotations that were
    /// found: any words of a report may be asked for. Besides the words it is weighed whether
    /// another sentence of either report is a better match.
    pub fn likeness(&self, a: Passage, b: Passage) -> Likeness {
        let (mut light, mut heavy) = (self.asked(a), self.asked(b));
        if weight(&light.telling.words) > weight(&heavy.telling.words) {
            std::mem::swap(&mut light, &mut heavy);
        }
        let setting = Setting {
            speakers: self.speakers.agreement(light.speaker, heavy.speaker),
            quoted: light.telling.quoted && heavy.telling.quoted,
            translated: self.is_translated(light.speaker) || self.is_translated(heavy.speaker),
        };
        let (few, many) = (&light.telling.words[..], &heavy.telling.words[..]);
        let found = compare(few, many);
        let signs = Signs { setting, judged: is_one_remark(few, &found, setting) };
        let of = [heavy.passage, light.passage].map(|at| self.vocabulary.sentences(at.article));
        let gists = [few, many].map(|words| Gist::new(words, &self.vocabulary.usages()));
        let [few, many] = [(few, &gists[0]), (many, &gists[1])].map(|(words, gist)| Said {
            words,
            gist,
            number: self.vocabulary.number(words),
        });
        let kin = self.vocabulary.kin();
        let case = Case::new(few, many, &found, signs, &kin);
        let most = |rivals: &mut dyn Iterator<Item = f32>| rivals.fold(0.0, f32::max);
        let score = case.chance(
            most(&mut rivals(few, &of[0], heavy.passage.span, &kin)),
            most(&mut rivals(many, &of[1], light.passage.span, &kin)),
        );
        drop(kin);
        let relation = (score >= 0.5).then(|| self.relation_of(&heavy, &light, setting));
        Likeness { score, relation }
    }

    fn relation_of(&self, heavy: &Asked, light: &Asked, setting: Setting) -> Relation {
        let (heavy, light) = (&heavy.telling, &light.telling);
        match relation(heavy, light, &sites(self.story, heavy, light)) {
            Relation::Reworded if setting.translated => Relation::Translated,
            relation => relation,
        }
    }

    /// A passage as a telling, with the speaker of the quotation that has most of it.
    fn asked(&self, passage: Passage) -> Asked {
        let common = |piece: &Piece| -> usize {
            let parts = piece.parts.iter().filter_map(|part| part.intersection(passage.span));
            parts.map(|common| common.len()).sum()
        };
        let first = self.pieces.partition_point(|piece| piece.article < passage.article);
        let here =
            || self.pieces[first..].iter().take_while(|piece| piece.article == passage.article);
        let main = here().filter(|piece| common(piece) > 0).max_by_key(|piece| common(piece));
        let in_marks: usize = here().filter(|piece| piece.quoted).map(common).sum();
        let text = self.story.document(passage.article).article.text.as_str();
        let opened = text[..passage.span.start()].ends_with(['“', '"', '‘']);
        let quoted = in_marks * 2 >= passage.span.len() || opened;
        let words = self.vocabulary.words(passage.article, passage.span, quoted);
        Asked {
            passage,
            telling: Telling::of_passage(passage, words, quoted),
            speaker: main.and_then(|piece| piece.speaker),
        }
    }
}
