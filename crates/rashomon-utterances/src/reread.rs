use std::collections::{BTreeSet, HashMap};

use rashomon_article::{
    ArticleIndex, Document, EntityKind, Quotation, QuotationKind, Speaker, Story, TokenKind,
};
use rashomon_language::Language;
use rashomon_terms::fold;
use rashomon_text::{Layer, Span};

/// Words in a row that two people do not put in quotation marks by chance.
const RUN: usize = 4;
/// Words that must be the same where the report describes the speaker in a word of its own.
const DESCRIBED: usize = 6;

/// The quotations of each report, corrected by what the other reports of the story tell: whoever
/// one report names as the speaker of some words in quotation marks also said the same words
/// where another report leaves the speaker open or only says `he`; and words in quotation marks
/// that a report gives to nobody are a quotation where another report names who said them.
///
/// A speaker that a report names is never changed: that two reports name two people is a finding.
/// Reads tokens, mentions, quotations and entities; pure, and the same when done again.
pub fn reread(story: &Story, language: &Language) -> Vec<Layer<Quotation>> {
    let witnesses = Witnesses::new(story, language);
    story.articles().map(|article| corrected(story, article, &witnesses, language)).collect()
}

/// What is said in quotation marks by somebody with a name, by its runs of words.
struct Witnesses {
    said: Vec<Said>,
    by_run: HashMap<[u32; RUN], Vec<usize>>,
    /// The words that somebody with a name says.
    numbers: HashMap<String, u32>,
}

struct Said {
    article: ArticleIndex,
    /// The index of the entity of the story.
    speaker: usize,
    words: Vec<u32>,
}

/// The number of a word that nobody with a name says.
const UNSAID: u32 = u32::MAX;

impl Witnesses {
    fn new(story: &Story, language: &Language) -> Witnesses {
        let mut known = HashMap::new();
        for (at, entity) in story.entities.iter().enumerate() {
            for &member in &entity.members {
                known.insert(member, at);
            }
        }
        let mut witnesses =
            Witnesses { said: Vec::new(), by_run: HashMap::new(), numbers: HashMap::new() };
        for article in story.articles() {
            let document = story.document(article);
            for quotation in &document.quotations {
                let entity = quotation.speaker.as_ref().and_then(|speaker| speaker.entity);
                let speaker = entity.and_then(|entity| known.get(&(article, entity)).copied());
                let person = |&at: &usize| story.entities[at].kind == EntityKind::Person;
                let Some(speaker) = speaker.filter(person) else { continue };
                for words in marked(document, quotation) {
                    witnesses.add(article, speaker, words, language);
                }
            }
        }
        witnesses
    }

    fn add(
        &mut self,
        article: ArticleIndex,
        speaker: usize,
        words: Vec<String>,
        language: &Language,
    ) {
        let telling: Vec<bool> =
            words.windows(RUN).map(|run| says_something(run, language)).collect();
        let words: Vec<u32> = words.into_iter().map(|word| self.number(word)).collect();
        let mut runs: Vec<[u32; RUN]> =
            runs(&words).zip(telling).filter(|(_, tells)| *tells).map(|(run, _)| run).collect();
        runs.sort_unstable();
        runs.dedup();
        for run in runs {
            self.by_run.entry(run).or_default().push(self.said.len());
        }
        self.said.push(Said { article, speaker, words });
    }

    fn number(&mut self, word: String) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(word).or_insert(next)
    }

    /// Whom the other reports give these words to, if they all name one person.
    fn speaker(&self, article: ArticleIndex, words: &[String]) -> Option<usize> {
        let numbers = words.iter().map(|word| self.numbers.get(word).copied());
        let words: Vec<u32> = numbers.map(|number| number.unwrap_or(UNSAID)).collect();
        let mut speakers = BTreeSet::new();
        for run in runs(&words) {
            for &at in self.by_run.get(&run).into_iter().flatten() {
                let said = &self.said[at];
                if said.article != article && is_part(&said.words, &words) {
                    speakers.insert(said.speaker);
                }
            }
        }
        if speakers.len() == 1 { speakers.pop_first() } else { None }
    }
}

/// The runs of words, from each word on.
fn runs(words: &[u32]) -> impl Iterator<Item = [u32; RUN]> + '_ {
    words.windows(RUN).filter_map(|run| run.try_into().ok())
}

/// Whether the shorter of two sequences stands in the longer one.
fn is_part(a: &[u32], b: &[u32]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.windows(short.len().max(1)).any(|run| run == short)
}

/// Whether there are two words of matter, so that others would not say the same by chance.
fn says_something(words: &[String], language: &Language) -> bool {
    words.iter().filter(|word| !language.words.is_function_word(word)).count() >= 2
}

/// The words of the parts of a quotation that stand in quotation marks.
fn marked(document: &Document, quotation: &Quotation) -> Vec<Vec<String>> {
    let mut parts = Vec::new();
    for &part in &quotation.content {
        match quotation.kind {
            QuotationKind::Direct => parts.push(words(document, part)),
            QuotationKind::Mixed => {
                let inside = in_marks(document, part);
                parts.extend(inside.into_iter().map(|span| words(document, span)));
                if parts.is_empty() || is_marked(document, part) {
                    parts.push(words(document, part));
                }
            }
            QuotationKind::Indirect => {}
        }
    }
    parts.retain(|words| words.len() >= RUN);
    parts
}

/// Whether quotation marks stand around a span.
fn is_marked(document: &Document, span: Span) -> bool {
    document.article.text.as_str()[..span.start()].ends_with(['“', '"', '„', '«'])
}

/// The words of a span as they compare: small letters, one apostrophe.
fn words(document: &Document, span: Span) -> Vec<String> {
    document
        .tokens_in(span)
        .iter()
        .filter(|token| token.kind != TokenKind::QuotationMark)
        .map(|token| fold(document.slice(token.span)).replace('’', "'"))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

/// The stretches between double quotation marks of a span.
fn in_marks(document: &Document, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for token in document.tokens_in(within) {
        if token.kind != TokenKind::QuotationMark {
            continue;
        }
        match (document.slice(token.span), open) {
            ("“" | "\"", None) => open = Some(token.span.end()),
            ("“", Some(_)) => open = Some(token.span.end()),
            ("”" | "\"", Some(start)) => {
                found.push(Span::new(start, token.span.start()));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The layer of one report.
fn corrected(
    story: &Story,
    article: ArticleIndex,
    witnesses: &Witnesses,
    language: &Language,
) -> Layer<Quotation> {
    let document = story.document(article);
    let mut quotations: Vec<Quotation> = document.quotations.iter().cloned().collect();
    for quotation in &mut quotations {
        if let Some(speaker) = open_speaker(story, article, quotation, witnesses, language) {
            quotation.speaker = Some(speaker);
        }
    }
    for block in &document.article.blocks {
        for span in in_marks(document, block.span) {
            let free = document.quotations.overlapping(span).next().is_none();
            let words = words(document, span);
            let Some(who) = witnesses.speaker(article, &words).filter(|_| free) else { continue };
            let whole = document.slice(span);
            let direct =
                whole.starts_with(char::is_uppercase) && whole.ends_with(['.', ',', '!', '?']);
            quotations.push(Quotation {
                span,
                kind: if direct { QuotationKind::Direct } else { QuotationKind::Mixed },
                content: vec![span],
                cue: Vec::new(),
                speaker: Some(taught(story, article, who, Vec::new())),
                reported_by: None,
            });
        }
    }
    Layer::new(quotations)
}

/// Who said a quotation whose speaker the report does not name, as others name them.
fn open_speaker(
    story: &Story,
    article: ArticleIndex,
    quotation: &Quotation,
    witnesses: &Witnesses,
    language: &Language,
) -> Option<Speaker> {
    let document = story.document(article);
    let speaker = quotation.speaker.as_ref();
    if speaker.is_some_and(|speaker| speaker.entity.is_some()) {
        return None;
    }
    // An open question is an interviewer's as often as not.
    let question = |&part: &Span| document.slice(part).ends_with('?');
    if speaker.is_none() && quotation.content.last().is_some_and(question) {
        return None;
    }
    let names = |span: &Span| document.mentions.overlapping(*span).next().is_some();
    let spans: &[Span] = speaker.map_or(&[], |speaker| &speaker.spans);
    if spans.iter().any(names) {
        return None;
    }
    let pronoun = speaker
        .is_none_or(|speaker| language.quotations.pronouns.contains(&fold(&speaker.name).as_str()));
    let least = if pronoun { RUN } else { DESCRIBED };
    let mut found = BTreeSet::new();
    for words in marked(document, quotation) {
        found.extend(witnesses.speaker(article, &words).filter(|_| words.len() >= least));
    }
    let who = found.pop_first().filter(|_| found.is_empty())?;
    Some(taught(story, article, who, spans.to_vec()))
}

/// A person of the story as a speaker in a report.
fn taught(story: &Story, article: ArticleIndex, who: usize, spans: Vec<Span>) -> Speaker {
    let entity = &story.entities[who];
    let member = entity.members.iter().find(|(at, _)| *at == article);
    Speaker { spans, entity: member.map(|&(_, entity)| entity), name: entity.name.clone() }
}
