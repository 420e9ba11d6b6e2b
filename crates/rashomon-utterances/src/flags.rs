use rashomon_article::{Document, Flag, FlagKind, Passage, Relation, Story};
use rashomon_language::Language;
use rashomon_terms::{fold, terms};
use rashomon_text::Span;

use crate::evidence::compare;
use crate::piece::Piece;
use crate::speaker::{Agreement, Speakers};
use crate::telling::{Site, Telling, is_inflection, sites, spans_of};

/// Who looks for what an editor must know of a remark.
pub(crate) struct Flagger<'f> {
    pub story: &'f Story,
    pub pieces: &'f [Piece],
    pub speakers: &'f Speakers,
    pub language: &'f Language,
}

impl Flagger<'_> {
    /// All flags of a remark but that for a stitched quotation, the gravest first.
    pub fn flags(&self, tellings: &[Telling], relation: Relation) -> Vec<Flag> {
        let mut flags = Vec::new();
        flags.extend(self.two_speakers(tellings));
        flags.extend(self.cut_short(tellings));
        if relation == Relation::Reworded {
            flags.extend(self.wording(tellings));
        }
        flags
    }

    fn document(&self, telling: &Telling) -> &Document {
        self.story.document(telling.article)
    }

    fn outlet(&self, telling: &Telling) -> &str {
        self.document(telling).article.outlet_or_id()
    }

    /// One remark, two speakers.
    fn two_speakers(&self, tellings: &[Telling]) -> Option<Flag> {
        let speaker = |telling: &Telling| self.pieces[telling.first].speaker;
        let first = tellings.iter().find(|telling| speaker(telling).is_some())?;
        let differs = |telling: &&Telling| {
            let agreement = self.speakers.agreement(speaker(first), speaker(telling));
            agreement == Agreement::Different
        };
        let others: Vec<&Telling> = tellings.iter().filter(differs).collect();
        let other = *others.first()?;
        let why = format!(
            "{} gives the remark to {}, {} to {}.",
            self.outlet(first),
            self.speakers.person(speaker(first)?).name,
            self.outlet(other),
            self.speakers.person(speaker(other)?).name,
        );
        let mentions = std::iter::once(first).chain(others).flat_map(passages).collect();
        Some(Flag { kind: FlagKind::Speakers, mentions, why })
    }

    /// Words inside quotation marks differ though nothing suggests a translation.
    fn wording(&self, tellings: &[Telling]) -> Option<Flag> {
        let (longest, others) = tellings.split_first()?;
        let altered: Vec<(&Telling, Vec<Site>)> = others
            .iter()
            .filter(|other| other.quoted)
            .map(|other| {
                let mut sites = sites(self.story, longest, other);
                sites.retain(|site| !is_inflection(longest, other, site));
                (other, sites)
            })
            .filter(|(_, sites)| !sites.is_empty())
            .collect();
        let (other, sites) = altered.first()?;
        let mentions = altered
            .iter()
            .flat_map(|(other, sites)| sites.iter().map(move |site| (*other, site)))
            .flat_map(|(other, site)| {
                let there = spans_of(self.document(other), other, &site.b);
                let here = spans_of(self.document(longest), longest, &site.a);
                let there = there.into_iter().map(|span| passage(other, span));
                there.chain(here.into_iter().map(|span| passage(longest, span)))
            });
        let mut mentions: Vec<Passage> = mentions.collect();
        let mut seen = std::collections::BTreeSet::new();
        mentions.retain(|mention| seen.insert(*mention));
        Some(Flag { kind: FlagKind::Wording, mentions, why: self.changes(longest, other, sites) })
    }

    /// What one telling has for what of another.
    fn changes(&self, longest: &Telling, other: &Telling, sites: &[Site]) -> String {
        let words = |telling: &Telling, range: &std::ops::Range<usize>| {
            let document = self.document(telling);
            let span = spans_of(document, telling, range).into_iter().next();
            span.map(|span| format!("“{}”", document.slice(span)))
        };
        let change = |site: &Site| match (words(other, &site.b), words(longest, &site.a)) {
            (Some(new), Some(old)) => Some(format!("{new} for {old}")),
            (Some(new), None) => Some(format!("{new} added")),
            (None, Some(old)) => Some(format!("{old} left out")),
            (None, None) => None,
        };
        let changes: Vec<String> = sites.iter().take(2).filter_map(change).collect();
        let and_more = if sites.len() > 2 { " and more" } else { "" };
        format!(
            "The words in quotation marks differ: {} has {}{and_more} against {}.",
            self.outlet(other),
            changes.join(" and "),
            self.outlet(longest),
        )
    }

    /// Cuts that drop a denial before, or a condition beside the words that they keep; of each
    /// kind the first, with the places of all.
    fn cut_short(&self, tellings: &[Telling]) -> Vec<Flag> {
        let Some((longest, others)) = tellings.split_first() else { return Vec::new() };
        let mut flags: Vec<Flag> = Vec::new();
        if !longest.quoted {
            return flags;
        }
        for other in others.iter().filter(|other| other.quoted) {
            let Some((kind, lost)) = self.lost(longest, other) else { continue };
            if self.told_beside(other) {
                continue;
            }
            let kept: Vec<Passage> = passages(other).collect();
            if let Some(flag) = flags.iter_mut().find(|flag| flag.kind == kind) {
                flag.mentions.extend(kept);
                continue;
            }
            let (outlet, whole) = (self.outlet(other), self.outlet(longest));
            let words = self.document(longest).slice(lost);
            let why = format!("{outlet} leaves out “{words}”, which {whole} has.");
            let mentions = std::iter::once(passage(longest, lost)).chain(kept).collect();
            flags.push(Flag { kind, mentions, why });
        }
        flags
    }

    /// The denial or condition of the longest telling that another one cuts away.
    fn lost(&self, longest: &Telling, other: &Telling) -> Option<(FlagKind, Span)> {
        let found = compare(&other.words, &longest.words);
        let first = found.pairs.iter().map(|pair| pair.b).min()?;
        let last = found.pairs.iter().map(|pair| pair.b).max()?;
        if !found.contained && found.words < NEARLY_ALL {
            return None;
        }
        let denies = other.words.iter().any(|word| word.negation);
        self.lost_denial(longest, first)
            .filter(|_| !denies)
            .map(|span| (FlagKind::LostDenial, span))
            .or_else(|| {
                let before = || self.condition_before(longest, first);
                let span = self.condition_after(longest, last).or_else(before)?;
                Some((FlagKind::LostCondition, span))
            })
    }

    /// A denial at most four words before the kept ones, in the same clause.
    fn lost_denial(&self, telling: &Telling, first: usize) -> Option<Span> {
        let document = self.document(telling);
        let from = first.saturating_sub(4);
        let at = (from..first).rev().find(|&at| telling.words[at].negation)?;
        let gap = Span::new(telling.words[at].span.end(), telling.words[first].span.start());
        let same_clause = !document.slice(gap).contains([',', ';', '.', '—', '?', '!', ':']);
        let span = spans_of(document, telling, &(at..at + 1)).into_iter().next()?;
        same_clause.then_some(span)
    }

    /// A condition that begins at most two words after the kept ones.
    fn condition_after(&self, telling: &Telling, last: usize) -> Option<Span> {
        let document = self.document(telling);
        let end = (last + 3).min(telling.words.len());
        let at = (last + 1..end).find(|&at| self.is_condition(document, telling, at))?;
        let word = telling.words[at].span;
        let part = telling.parts.iter().find(|part| part.covers(word))?;
        let gap = Span::new(telling.words[last].span.end(), word.start());
        let rest = Span::new(word.start(), part.end());
        let rest = Span::new(rest.start(), rest.start() + sentence_end(document.slice(rest)));
        let same_sentence = !document.slice(gap).contains(['.', '?', '!']);
        same_sentence.then_some(document.article.text.trim(rest))
    }

    /// A condition that stands before the kept words, up to the comma or `then` right before them.
    fn condition_before(&self, telling: &Telling, first: usize) -> Option<Span> {
        let document = self.document(telling);
        let before = telling.words[..first].last()?.span;
        let comma = document.slice(Span::new(before.end(), telling.words[first].span.start()));
        if !comma.contains(',') {
            return None;
        }
        let sentence = document.sentence_at(telling.words[first].span.start())?;
        let start = document.sentences[sentence].span.start();
        let from = telling.words[..first].iter().position(|word| word.span.start() >= start)?;
        // `If the river stays low, …` and `But if …`.
        let lead =
            (from..first.min(from + 2)).find(|&at| self.is_condition(document, telling, at))?;
        let span = Span::new(telling.words[lead].span.start(), before.end());
        telling.parts.iter().any(|part| part.covers(span)).then_some(span)
    }

    fn is_condition(&self, document: &Document, telling: &Telling, at: usize) -> bool {
        self.is_conditional(&fold(document.slice(telling.words[at].span)))
    }

    fn is_conditional(&self, word: &str) -> bool {
        self.language.renderings.conditions.binary_search(&word).is_ok()
    }

    /// Whether the outlet itself tells of a denial or a condition in the sentence around the
    /// words.
    fn told_beside(&self, telling: &Telling) -> bool {
        let document = self.document(telling);
        let Some(sentence) = document.sentence_at(telling.span.start()) else { return false };
        terms(document, document.sentences[sentence].span, self.language)
            .iter()
            .filter(|term| !telling.span.covers(term.span))
            .any(|term| term.negation || self.is_conditional(&fold(document.slice(term.span))))
    }
}

/// The share of equal words from which on the rest is a slip and the telling a cut all the same.
const NEARLY_ALL: f32 = 0.9;

/// Where the first sentence of some words ends, in bytes.
fn sentence_end(words: &str) -> usize {
    words.find(['.', '?', '!', ';']).unwrap_or(words.len())
}

/// A place in the report of a telling.
pub(crate) fn passage(telling: &Telling, span: Span) -> Passage {
    Passage { article: telling.article, span }
}

/// The parts of a telling.
pub(crate) fn passages(telling: &Telling) -> impl Iterator<Item = Passage> {
    let article = telling.article;
    telling.parts.iter().map(move |&span| Passage { article, span })
}
