use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{ArticleIndex, Flag, Relation, Story, Utterance, Variant};
use rashomon_language::Language;
use rashomon_terms::Stamp;
use rashomon_text::Span;

use crate::collate::collate;
use crate::flags::Flagger;
use crate::foreign::translated_speakers;
use crate::group::groups;
use crate::memo::Memo;
use crate::piece::{Piece, pieces};
use crate::speaker::Speakers;
use crate::stitch::Seams;
use crate::substance::has_substance;
use crate::telling::{
    Site, Telling, exchanges_synonyms, join_neighbours, looks_translated, relation, sites, spans_of,
};
use crate::word::Vocabulary;

/// All that is said in a story, ready to be compared.
pub struct Remarks<'s, 'l> {
    pub(crate) story: &'s Story,
    pub(crate) language: &'l Language,
    pub(crate) speakers: Speakers,
    pub(crate) vocabulary: Vocabulary<'s, 'l>,
    pub(crate) pieces: Vec<Piece>,
    translated: BTreeSet<usize>,
}

impl<'s, 'l> Remarks<'s, 'l> {
    /// Reads the quotations of a story.
    pub fn new(story: &'s Story, language: &'l Language) -> Remarks<'s, 'l> {
        Remarks::of(story, language, Vocabulary::new(story, language))
    }

    /// As [`new`](Remarks::new): what the memo knows of documents with the same stamps is not read
    /// again.
    pub fn kept(
        story: &'s Story,
        language: &'l Language,
        stamps: &[Stamp],
        memo: &'s mut Memo<'l>,
    ) -> Remarks<'s, 'l> {
        Remarks::of(story, language, Vocabulary::kept(story, stamps, memo))
    }

    fn of(
        story: &'s Story,
        language: &'l Language,
        vocabulary: Vocabulary<'s, 'l>,
    ) -> Remarks<'s, 'l> {
        let mut speakers = Speakers::default();
        let pieces = pieces(story, &vocabulary, &mut speakers, language);
        let translated = translated_speakers(story, &pieces, language);
        Remarks { story, language, speakers, vocabulary, pieces, translated }
    }

    /// The remarks that are told more than once.
    pub fn utterances(&self) -> Vec<Utterance> {
        let groups = groups(&self.pieces, &self.speakers, &|speaker| self.is_translated(speaker));
        let mut groups: Vec<Vec<Telling>> = join_neighbours(&self.pieces, groups)
            .into_iter()
            .filter_map(|tellings| self.told_again(tellings))
            .filter(|tellings| has_substance(self.story, &self.pieces, tellings, self.language))
            .collect();
        groups = self.with_hearsay(groups);
        for tellings in &mut groups {
            sort_longest_first(tellings);
        }
        groups.sort_by_key(|tellings| {
            let piece = &self.pieces[tellings[0].first];
            (piece.article, piece.span.start())
        });
        let seams = Seams::new(self.story, &self.pieces, &groups);
        let foreign = self.foreign_speakers(&groups);
        groups
            .iter()
            .enumerate()
            .map(|(at, tellings)| self.utterance(tellings, seams.flag(at), &foreign))
            .filter(is_told_again)
            .collect()
    }

    pub(crate) fn is_translated(&self, speaker: Option<usize>) -> bool {
        speaker.is_some_and(|speaker| self.translated.contains(&speaker))
    }

    /// The tellings of a group without those that overlap a longer one, the longest first; or
    /// `None` where the remark is told only once.
    fn told_again(&self, mut tellings: Vec<Telling>) -> Option<Vec<Telling>> {
        sort_longest_first(&mut tellings);
        let mut kept: Vec<Telling> = Vec::new();
        for telling in tellings {
            if !kept.iter().any(|other| other.overlaps(&telling)) {
                kept.push(telling);
            }
        }
        let articles: BTreeSet<ArticleIndex> = kept.iter().map(|t| t.article).collect();
        let plainly = || kept.len() > 1 && kept.iter().all(|t| t.quoted && t.words.len() >= 4);
        (articles.len() > 1 || plainly()).then_some(kept)
    }

    /// Speakers who are translated: where a report says so, or where several of their remarks
    /// differ as renderings do.
    pub(crate) fn foreign_speakers(&self, groups: &[Vec<Telling>]) -> BTreeSet<usize> {
        let mut remarks: BTreeMap<usize, usize> = BTreeMap::new();
        for tellings in groups {
            let (longest, others) = tellings.split_first().expect("a remark has tellings");
            let rendered = others
                .iter()
                .any(|other| looks_translated(longest, other, &sites(self.story, longest, other)));
            if let Some(speaker) = self.pieces[longest.first].speaker.filter(|_| rendered) {
                *remarks.entry(speaker).or_insert(0) += 1;
            }
        }
        let several = remarks.into_iter().filter(|&(_, count)| count >= 2);
        several.map(|(speaker, _)| speaker).chain(self.translated.iter().copied()).collect()
    }

    fn utterance(
        &self,
        tellings: &[Telling],
        stitch: Option<Flag>,
        foreign: &BTreeSet<usize>,
    ) -> Utterance {
        let (longest, others) = tellings.split_first().expect("a remark has tellings");
        let sites: Vec<Vec<Site>> =
            others.iter().map(|other| sites(self.story, longest, other)).collect();
        let found = self.relation(longest, others, &sites, foreign);
        let mut differing: Vec<Vec<Span>> = vec![Vec::new(); tellings.len()];
        for ((at, other), sites) in others.iter().enumerate().zip(sites) {
            // Indirect words differ by their nature: they are drawn only where that is all.
            if other.quoted != longest.quoted && found != Relation::Paraphrased {
                continue;
            }
            for site in sites {
                let document = |telling: &Telling| self.story.document(telling.article);
                differing[0].extend(spans_of(document(longest), longest, &site.a));
                differing[at + 1].extend(spans_of(document(other), other, &site.b));
            }
        }
        let (speaker, speaker_name) = self.speaker(tellings);
        let flagger = Flagger {
            story: self.story,
            pieces: &self.pieces,
            speakers: &self.speakers,
            language: self.language,
        };
        let mut flags = flagger.flags(tellings, found);
        flags.extend(stitch);
        let whys: Vec<&str> = flags.iter().map(|flag| flag.why.as_str()).collect();
        Utterance {
            speaker,
            speaker_name,
            variants: tellings
                .iter()
                .zip(differing)
                .enumerate()
                .flat_map(|(at, (telling, differing))| self.variants(at, telling, differing))
                .collect(),
            relation: found,
            note: whys.join(" "),
            flags,
            alignment: collate(self.story, tellings),
        }
    }

    /// The gravest relation among the tellings in quotation marks; an indirect telling makes the
    /// remark a paraphrase only where these have the same words.
    pub(crate) fn relation(
        &self,
        longest: &Telling,
        others: &[Telling],
        sites: &[Vec<Site>],
        foreign: &BTreeSet<usize>,
    ) -> Relation {
        let pairs = || others.iter().zip(sites);
        let all: BTreeSet<Relation> =
            pairs().map(|(other, sites)| relation(longest, other, sites)).collect();
        if !all.contains(&Relation::Reworded) {
            return all.last().copied().unwrap_or(Relation::Identical);
        }
        let translated = pairs().filter(|(other, _)| other.quoted).any(|(other, sites)| {
            let speakers = [longest, other].map(|telling| self.pieces[telling.first].speaker);
            !sites.is_empty()
                && (speakers.iter().flatten().any(|speaker| foreign.contains(speaker))
                    || looks_translated(longest, other, sites)
                        && (exchanges_synonyms(longest, other)
                            || self.is_foreign(longest)
                            || self.is_foreign(other)))
        });
        if translated { Relation::Translated } else { Relation::Reworded }
    }

    /// Whether the outlet writes another language than the one that its words are read in.
    fn is_foreign(&self, telling: &Telling) -> bool {
        let language = self.story.document(telling.article).article.language.as_deref();
        language.is_some_and(|code| !code.starts_with(self.language.tag))
    }

    /// The telling as variants, one for each of its parts.
    fn variants(&self, at: usize, telling: &Telling, differing: Vec<Span>) -> Vec<Variant> {
        let piece = &self.pieces[telling.first];
        let differing = joined(differing);
        let alike = |at: usize| self.pieces[at].quoted == telling.quoted;
        let kind = if (telling.first..=telling.last).all(alike) {
            piece.kind
        } else {
            self.story.document(piece.article).quotations[piece.quotation].kind
        };
        let variant = |&span: &Span| Variant {
            article: piece.article,
            quotation: piece.quotation,
            telling: at,
            span,
            kind,
            differing: differing.iter().filter(|differs| span.covers(**differs)).copied().collect(),
        };
        telling.parts.iter().map(variant).collect()
    }

    /// Who most tellings give the remark to, those first that name somebody beside the words;
    /// among equals the first.
    fn speaker(&self, tellings: &[Telling]) -> (Option<usize>, Option<String>) {
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for telling in tellings {
            let piece = &self.pieces[telling.first];
            if let Some(speaker) = piece.speaker {
                let count = counts.entry(speaker).or_insert((0, 0));
                count.0 += usize::from(piece.named);
                count.1 += 1;
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
}

/// Quoted tellings before indirect ones, the longest of each first.
fn sort_longest_first(tellings: &mut [Telling]) {
    tellings.sort_by(|a, b| {
        let place = |t: &Telling| (t.article, t.span.start());
        (b.quoted.cmp(&a.quoted))
            .then(b.words.len().cmp(&a.words.len()))
            .then(b.span.len().cmp(&a.span.len()))
            .then(place(a).cmp(&place(b)))
    });
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
