use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{ArticleIndex, Passage, Relation, Story, Utterance, Variant};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::evidence::weight;
use crate::foreign::translated_speakers;
use crate::group::groups;
use crate::judge::{Setting, judge};
use crate::note::note;
use crate::piece::{Piece, pieces};
use crate::speaker::{Agreement, Speakers};
use crate::telling::{Telling, join_neighbours, relation, sites, span_of};
use crate::word::Vocabulary;

/// All that is said in a story, ready to be compared.
pub struct Remarks<'s> {
    story: &'s Story,
    language: &'s Language,
    speakers: Speakers,
    pieces: Vec<Piece>,
    translated: BTreeSet<usize>,
}

/// How much two passages are one remark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// From 0 to 1; 0.5 and more where the program takes them for one remark.
    pub score: f32,
    /// How they relate, where they are one.
    pub relation: Option<Relation>,
}

impl<'s> Remarks<'s> {
    /// Reads the quotations of a story.
    pub fn new(story: &'s Story, language: &'s Language) -> Remarks<'s> {
        let mut vocabulary = Vocabulary::new(story, language);
        let mut speakers = Speakers::default();
        let pieces = pieces(story, &mut vocabulary, &mut speakers, language);
        let translated = translated_speakers(story, &pieces, language);
        Remarks { story, language, speakers, pieces, translated }
    }

    /// The remarks that are told more than once.
    pub fn utterances(&self) -> Vec<Utterance> {
        let groups = groups(&self.pieces, &self.speakers, &|speaker| self.is_translated(speaker));
        let mut groups: Vec<Vec<Telling>> = join_neighbours(&self.pieces, groups)
            .into_iter()
            .filter_map(|tellings| self.told_again(tellings))
            .collect();
        groups.sort_by_key(|tellings| {
            let piece = &self.pieces[tellings[0].first];
            (piece.article, piece.span.start())
        });
        let stitches = self.stitches(&groups);
        groups
            .iter()
            .zip(stitches)
            .map(|(tellings, stitch)| self.utterance(tellings, stitch))
            .filter(is_told_again)
            .collect()
    }

    /// How much the quoted or reported words in two passages are one remark: the best pair of a
    /// piece of the one and a piece of the other.
    pub fn likeness(&self, a: Passage, b: Passage) -> Likeness {
        let mut best = Likeness { score: 0.0, relation: None };
        for first in self.pieces_in(a) {
            for second in self.pieces_in(b) {
                let likeness = self.likeness_of(first, second);
                if likeness.score > best.score {
                    best = likeness;
                }
            }
        }
        best
    }

    fn likeness_of(&self, a: usize, b: usize) -> Likeness {
        let [mut light, mut heavy] = [a, b].map(|at| &self.pieces[at]);
        if weight(&light.words) > weight(&heavy.words) {
            std::mem::swap(&mut light, &mut heavy);
        }
        let setting = Setting {
            speakers: self.speakers.agreement(light.speaker, heavy.speaker),
            quoted: light.quoted && heavy.quoted,
            translated: self.is_translated(light.speaker),
        };
        match judge(&light.words, &heavy.words, setting) {
            Some((score, _)) => {
                let [light, heavy] = [light, heavy].map(|piece| self.telling_of(piece));
                let sites = sites(self.story, &heavy, &light);
                let relation = relation(&heavy, &light, setting.translated, &sites);
                Likeness { score: 0.5 + score / 2.0, relation: Some(relation) }
            }
            None if setting.speakers == Agreement::Different => {
                Likeness { score: 0.0, relation: None }
            }
            None => {
                let found = crate::evidence::compare(&light.words, &heavy.words);
                let score = found.closeness().min(1.0) * (found.content / 2.0).min(1.0);
                Likeness { score: score * 0.49, relation: None }
            }
        }
    }

    fn telling_of(&self, piece: &Piece) -> Telling {
        Telling {
            first: 0,
            last: 0,
            article: piece.article,
            span: piece.span,
            words: piece.words.clone(),
            quoted: piece.quoted,
        }
    }

    fn pieces_in(&self, passage: Passage) -> Vec<usize> {
        let first = self.pieces.partition_point(|piece| piece.article < passage.article);
        self.pieces[first..]
            .iter()
            .take_while(|piece| piece.article == passage.article)
            .enumerate()
            .filter(|(_, piece)| piece.span.overlaps(passage.span))
            .map(|(at, _)| first + at)
            .collect()
    }

    fn is_translated(&self, speaker: Option<usize>) -> bool {
        speaker.is_some_and(|speaker| self.translated.contains(&speaker))
    }

    /// The tellings of a group without those that overlap a longer one, the longest first; or
    /// `None` where the remark is told only once.
    fn told_again(&self, mut tellings: Vec<Telling>) -> Option<Vec<Telling>> {
        tellings.sort_by(|a, b| {
            let place = |t: &Telling| (t.article, t.span.start());
            (b.quoted.cmp(&a.quoted))
                .then(b.words.len().cmp(&a.words.len()))
                .then(b.span.len().cmp(&a.span.len()))
                .then(place(a).cmp(&place(b)))
        });
        let mut kept: Vec<Telling> = Vec::new();
        for telling in tellings {
            let overlaps = |other: &Telling| {
                other.article == telling.article && other.span.overlaps(telling.span)
            };
            if !kept.iter().any(overlaps) {
                kept.push(telling);
            }
        }
        let articles: BTreeSet<ArticleIndex> = kept.iter().map(|t| t.article).collect();
        let plainly = || kept.len() > 1 && kept.iter().all(|t| t.quoted && t.words.len() >= 4);
        (articles.len() > 1 || plainly()).then_some(kept)
    }

    fn utterance(&self, tellings: &[Telling], stitch: Option<String>) -> Utterance {
        let longest = &tellings[0];
        let mut found = Relation::Identical;
        let mut differing: Vec<Vec<Span>> = vec![Vec::new(); tellings.len()];
        for (at, other) in tellings.iter().enumerate().skip(1) {
            let translated = self.is_translated(self.pieces[other.first].speaker);
            let sites = sites(self.story, longest, other);
            found = found.max(relation(longest, other, translated, &sites));
            for site in sites {
                let document = |telling: &Telling| self.story.document(telling.article);
                differing[0].extend(span_of(document(longest), longest, &site.a));
                differing[at].extend(span_of(document(other), other, &site.b));
            }
        }
        let (speaker, speaker_name) = self.speaker(tellings);
        let note = note(self.story, &self.pieces, &self.speakers, tellings, found, self.language);
        Utterance {
            speaker,
            speaker_name,
            variants: tellings.iter().zip(differing).map(|(t, d)| self.variant(t, d)).collect(),
            relation: found,
            note: if note.is_empty() { stitch.unwrap_or_default() } else { note },
        }
    }

    fn variant(&self, telling: &Telling, differing: Vec<Span>) -> Variant {
        let piece = &self.pieces[telling.first];
        Variant {
            article: piece.article,
            quotation: piece.quotation,
            span: telling.span,
            kind: piece.kind,
            differing: joined(differing),
        }
    }

    /// Who most tellings give the remark to; among equals the first.
    fn speaker(&self, tellings: &[Telling]) -> (Option<usize>, Option<String>) {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for telling in tellings {
            if let Some(speaker) = self.pieces[telling.first].speaker {
                *counts.entry(speaker).or_insert(0) += 1;
            }
        }
        let known = |speaker: usize| self.speakers.person(speaker).entity.is_some();
        let most = counts
            .into_iter()
            .max_by_key(|&(speaker, count)| (known(speaker), count, std::cmp::Reverse(speaker)));
        match most {
            Some((speaker, _)) => {
                let person = self.speakers.person(speaker);
                (person.entity, Some(person.name.clone()))
            }
            None => (None, None),
        }
    }

    /// For each group the note that a report joins its words to those of another remark, though
    /// a longer telling has a sentence between them.
    fn stitches(&self, groups: &[Vec<Telling>]) -> Vec<Option<String>> {
        let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (group, tellings) in groups.iter().enumerate() {
            for telling in tellings {
                group_of.extend((telling.first..=telling.last).map(|piece| (piece, group)));
            }
        }
        groups
            .iter()
            .enumerate()
            .map(|(at, tellings)| {
                tellings.iter().find_map(|t| self.stitch(groups, &group_of, at, t))
            })
            .collect()
    }

    fn stitch(
        &self,
        groups: &[Vec<Telling>],
        group_of: &BTreeMap<usize, usize>,
        group: usize,
        telling: &Telling,
    ) -> Option<String> {
        let before = telling.first.checked_sub(1)?;
        let same_marks = |a: usize, b: usize| {
            let (a, b) = (&self.pieces[a], &self.pieces[b]);
            a.quoted
                && b.quoted
                && (a.article, a.quotation, a.content) == (b.article, b.quotation, b.content)
        };
        let other = *group_of.get(&before)?;
        if other == group || !same_marks(before, telling.first) {
            return None;
        }
        let text = self.story.document(telling.article).article.text.as_str();
        let gap = &text[self.pieces[before].span.start()..self.pieces[telling.first].span.end()];
        if gap.contains('…') || gap.contains("..") || gap.contains('[') {
            return None;
        }
        let whole = groups[group].iter().find(|whole| {
            groups[other]
                .iter()
                .any(|first| same_marks(first.last, whole.first) && whole.first > first.last + 1)
        })?;
        let outlet =
            |telling: &Telling| self.story.document(telling.article).article.outlet_or_id();
        Some(format!(
            "{} joins two sentences that do not follow each other in {}.",
            outlet(telling),
            outlet(whole)
        ))
    }
}

/// From one report alone only the same words count: nobody else tells that two different
/// sentences of it are one remark.
fn is_told_again(utterance: &Utterance) -> bool {
    let first = utterance.variants[0].article;
    utterance.relation <= Relation::Cut
        || utterance.variants.iter().any(|variant| variant.article != first)
}

/// Spans in order, those that overlap made one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.overlaps(span) || *last == span => *last = last.hull(span),
            _ => joined.push(span),
        }
    }
    joined
}
