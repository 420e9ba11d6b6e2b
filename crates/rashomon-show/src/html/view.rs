//! What all parts of the page need to know of a story: what its outlets and origins are called,
//! where a passage stands on the page, and which findings touch which words.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{
    ArticleIndex, Cell, Document, OmissionNote, Origin, Passage, Published, Story, Verdict,
};
use rashomon_text::Span;

use super::{links, matrix};
use crate::editor::likely;

/// How many hues the style sheet has.
const HUES: usize = 8;
/// A label longer than this is cut.
const LABEL: usize = 30;

/// A story on its way to the page.
pub(super) struct View<'s> {
    pub(super) story: &'s Story,
    /// Counted from 1.
    number: usize,
    /// Unique on the page: the head of all its ids.
    pub(super) prefix: String,
    /// By article.
    pub(super) tellers: Vec<Teller<'s>>,
    /// Articles by independent origin, in the order of their first articles.
    pub(super) origins: Vec<Vec<ArticleIndex>>,
    /// By claim and article: words that come near to a claim that has a row in the table.
    pub(super) near: BTreeMap<(usize, ArticleIndex), Passage>,
    /// By claim and article: what is left out, and why.
    pub(super) omitted: BTreeMap<(usize, ArticleIndex), OmissionNote>,
    /// By article: the passages that findings name, in the order of the text.
    pub(super) marks: Vec<Vec<Mark>>,
}

/// Who tells it, on this page.
pub(super) struct Teller<'s> {
    /// What to call it: the outlet, with a number where it has several reports.
    pub(super) label: String,
    /// The index into [`View::origins`].
    pub(super) origin: usize,
    /// Whether it is told after another report or an agency.
    pub(super) borrows: bool,
    /// Where to read it on the web.
    pub(super) address: Option<&'s str>,
}

/// What a finding says of the words it marks. Where several do, the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkKind {
    /// Reports contradict each other here.
    Conflict,
    /// Reports differ here.
    Difference,
    /// Somebody's words.
    Remark,
    /// Others tell it too.
    Claim,
    /// Reports use another form of the same here.
    Form,
    /// No other tells it.
    Unique,
    /// It stands on the time line.
    Time,
    /// It comes near to what others tell.
    Near,
    /// It was copied, or another report tells it in other words in the same order.
    Copy,
}

/// Words that a finding names.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) kind: MarkKind,
    /// The id of the finding on the page.
    pub(super) key: String,
}

impl<'s> View<'s> {
    pub(super) fn new(story: &'s Story, number: usize) -> View<'s> {
        let prefix = format!("s{number}");
        let (origins, origin_of) = origins(story);
        let tellers = tellers(story, &origin_of);
        let rows: BTreeSet<usize> = matrix::rows(story).into_iter().collect();
        let near = story.near.iter().filter(|near| rows.contains(&near.claim));
        let near = near.map(|near| ((near.claim, near.passage.article), near.passage)).collect();
        let omitted = story.omissions.iter();
        let omitted = omitted.map(|it| ((it.claim, it.article), it.note)).collect();
        let marks = Marks::collect(story, &prefix, &near);
        View { story, number, prefix, tellers, origins, near, omitted, marks }
    }

    /// The id of a finding on the page: `s1c3`.
    pub(super) fn key(&self, kind: char, at: usize) -> String {
        key(&self.prefix, kind, at)
    }

    /// The label of a discrepancy by its key.
    pub(super) fn about(&self, key: &str) -> Option<&'s str> {
        let number: usize = key.strip_prefix(&self.prefix)?.strip_prefix('d')?.parse().ok()?;
        self.story.discrepancies.get(number.checked_sub(1)?).map(|found| found.about.as_str())
    }

    pub(super) fn document(&self, article: ArticleIndex) -> &'s Document {
        &self.story.documents[article.get()]
    }

    pub(super) fn teller(&self, article: ArticleIndex) -> &Teller<'s> {
        &self.tellers[article.get()]
    }

    /// The exact words, or nothing where the span does not fit the text.
    pub(super) fn words(&self, passage: Passage) -> &'s str {
        self.document(passage.article).article.text.get(passage.span).unwrap_or_default()
    }

    /// The language of a report, if it is a well-formed tag (RFC 5646, roughly).
    pub(super) fn language(&self, article: ArticleIndex) -> Option<&'s str> {
        let tag = self.document(article).article.language.as_deref()?;
        let mut parts = tag.split('-');
        let primary = parts.next().unwrap_or_default();
        let well_formed = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let named = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
        (named && parts.all(well_formed)).then_some(tag)
    }

    /// What a part is called to those who cannot see in which story it stands.
    pub(super) fn named(&self, part: &str) -> String {
        if self.number == 1 { part.to_owned() } else { format!("{part}, story {}", self.number) }
    }

    /// The class that gives an origin its hue.
    pub(super) fn hue(&self, article: ArticleIndex) -> String {
        hue(self.teller(article).origin)
    }

    /// The id of an article's column.
    pub(super) fn column(&self, article: ArticleIndex) -> String {
        format!("{}a{}", self.prefix, article.get() + 1)
    }

    /// The id of the place where a passage starts. Space between blocks is not on the page: what
    /// starts there starts at the next block.
    pub(super) fn place(&self, passage: Passage) -> String {
        let blocks = &self.document(passage.article).article.blocks;
        let next = blocks.partition_point(|block| block.span.end() <= passage.span.start());
        let start = passage.span.start();
        let start = blocks.get(next).map_or(start, |block| block.span.start().max(start));
        format!("{}-{start}", self.column(passage.article))
    }

    /// The link to the place where a passage starts.
    pub(super) fn href(&self, passage: Passage) -> String {
        format!("#{}", self.place(passage))
    }

    /// The link to the very words at the outlet.
    pub(super) fn source(&self, passage: Passage) -> Option<String> {
        let address = self.teller(passage.article).address?;
        Some(links::at_words(address, self.words(passage)))
    }

    /// The first passage of each article.
    pub(super) fn first_of_each(&self, passages: &[Passage]) -> BTreeMap<ArticleIndex, Passage> {
        let mut first = BTreeMap::new();
        for &passage in passages {
            first.entry(passage.article).or_insert(passage);
        }
        first
    }

    /// For each origin, whether one of the articles comes from it.
    pub(super) fn filled(&self, articles: impl IntoIterator<Item = ArticleIndex>) -> Vec<bool> {
        let mut filled = vec![false; self.origins.len()];
        for article in articles {
            filled[self.teller(article).origin] = true;
        }
        filled
    }

    /// A sentence around a passage, as spans before, at and after it.
    pub(super) fn context(&self, passage: Passage) -> [Span; 3] {
        let document = self.document(passage.article);
        let span = passage.span;
        let whole = document
            .sentence_at(span.start())
            .map_or(span, |sentence| document.sentences[sentence].span.hull(span));
        [Span::new(whole.start(), span.start()), span, Span::new(span.end(), whole.end())]
    }
}

/// The class of an origin's hue.
pub(super) fn hue(origin: usize) -> String {
    format!("h{}", origin % HUES)
}

/// A day as people write it.
pub(super) fn day(published: Published) -> String {
    published.day().strftime("%-d %B %Y").to_string()
}

/// A day and, where it is known, the time on the outlet's clock.
pub(super) fn moment(published: Published) -> String {
    match published {
        Published::Day(day) => day.strftime("%-d %b %Y").to_string(),
        Published::Instant { .. } => {
            let written = published.to_rfc3339();
            let clock = written.get(11..16).unwrap_or_default();
            format!("{}, {clock}", published.day().strftime("%-d %b %Y"))
        }
    }
}

fn key(prefix: &str, kind: char, at: usize) -> String {
    format!("{prefix}{kind}{}", at + 1)
}

/// The articles by origin, and the origin of each article. One without a lineage is its own.
fn origins(story: &Story) -> (Vec<Vec<ArticleIndex>>, Vec<(usize, bool)>) {
    let mut origins: Vec<Vec<ArticleIndex>> = Vec::new();
    let mut of_lineage: BTreeMap<usize, usize> = BTreeMap::new();
    let mut of_article = Vec::new();
    let mut lineage_of: BTreeMap<ArticleIndex, usize> = BTreeMap::new();
    for (at, lineage) in story.lineages.iter().enumerate() {
        for &article in &lineage.articles {
            lineage_of.entry(article).or_insert(at);
        }
    }
    for article in story.articles() {
        let lineage = lineage_of.get(&article).copied();
        let known = lineage.and_then(|lineage| of_lineage.get(&lineage).copied());
        let origin = known.unwrap_or_else(|| {
            origins.push(Vec::new());
            origins.len() - 1
        });
        if let Some(lineage) = lineage {
            of_lineage.insert(lineage, origin);
        }
        origins[origin].push(article);
        let borrows = lineage.is_some_and(|lineage| match &story.lineages[lineage].origin {
            Origin::Article(first) => *first != article,
            Origin::Agency(agency) => {
                let outlet = story.document(article).article.outlet_or_id();
                !outlet.trim().eq_ignore_ascii_case(agency.trim())
            }
        });
        of_article.push((origin, borrows));
    }
    (origins, of_article)
}

fn tellers<'s>(story: &'s Story, origin_of: &[(usize, bool)]) -> Vec<Teller<'s>> {
    let labels: Vec<String> =
        story.documents.iter().map(|d| short(d.article.outlet_or_id())).collect();
    let mut total: BTreeMap<&str, usize> = BTreeMap::new();
    for label in &labels {
        *total.entry(label).or_default() += 1;
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tellers = Vec::new();
    for (at, document) in story.documents.iter().enumerate() {
        let label = labels[at].as_str();
        let nth = seen.entry(label).or_default();
        *nth += 1;
        let label = if total[label] > 1 { format!("{label} ({nth})") } else { label.to_owned() };
        let (origin, borrows) = origin_of[at];
        tellers.push(Teller { label, origin, borrows, address: links::address(&document.article) });
    }
    tellers
}

/// A name short enough for a label: of a path or an address only the last part, no extension.
fn short(name: &str) -> String {
    let name = name.trim();
    let last = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
    let last = match last.rsplit_once('.') {
        Some((stem, "txt" | "html" | "htm" | "md" | "json" | "jsonl")) if !stem.is_empty() => stem,
        _ => last,
    };
    let mut label: String = last.chars().take(LABEL).collect();
    if label.len() < last.len() {
        label.push('…');
    }
    if label.is_empty() { "unnamed".to_owned() } else { label }
}

/// Collects the marks of a story, by article.
struct Marks<'p> {
    prefix: &'p str,
    by_article: Vec<Vec<Mark>>,
}

impl Marks<'_> {
    fn collect(
        story: &Story,
        prefix: &str,
        near: &BTreeMap<(usize, ArticleIndex), Passage>,
    ) -> Vec<Vec<Mark>> {
        let mut marks = Marks { prefix, by_article: vec![Vec::new(); story.documents.len()] };
        for (at, claim) in story.claims.iter().enumerate() {
            if story.leads(at) {
                // The sentence that shows a claim may be longer than the clause that tells it.
                let places: Vec<Passage> =
                    claim.mentions.iter().chain([&claim.text]).copied().collect();
                marks.add('c', at, MarkKind::Claim, &places);
            }
        }
        for (at, utterance) in story.utterances.iter().enumerate() {
            for variant in &utterance.variants {
                let passage = Passage { article: variant.article, span: variant.span };
                marks.add('u', at, MarkKind::Remark, &[passage]);
            }
            // Where the words part, each of them can be jumped to.
            for column in utterance.alignment.iter().filter(|column| !column.agrees) {
                for (variant, cell) in utterance.variants.iter().zip(&column.cells) {
                    if let Cell::Words(span) = *cell {
                        let passage = Passage { article: variant.article, span };
                        marks.add('u', at, MarkKind::Remark, &[passage]);
                    }
                }
            }
        }
        for (at, discrepancy) in story.discrepancies.iter().enumerate() {
            let kind = match discrepancy.verdict {
                Verdict::Conflict => MarkKind::Conflict,
                Verdict::Update | Verdict::Vague => MarkKind::Difference,
                Verdict::Compatible | Verdict::Variant => MarkKind::Form,
            };
            for side in &discrepancy.sides {
                marks.add('d', at, kind, &side.mentions);
            }
        }
        // With nobody else to tell it, being alone says nothing.
        let alone = if story.documents.len() > 1 { &story.unique[..] } else { &[] };
        for (at, &passage) in alone.iter().enumerate() {
            marks.add('q', at, MarkKind::Unique, &[passage]);
        }
        for (at, entry) in story.timeline.iter().enumerate() {
            marks.add('t', at, MarkKind::Time, &entry.mentions);
        }
        for (&(at, _), &passage) in near {
            marks.add('m', at, MarkKind::Near, &[passage]);
        }
        for (at, lineage) in story.lineages.iter().enumerate() {
            for evidence in &lineage.evidence {
                marks.add('l', at, MarkKind::Copy, &[evidence.a, evidence.b]);
            }
        }
        for (at, tie) in likely(story).enumerate() {
            for evidence in &tie.passages {
                marks.add('k', at, MarkKind::Copy, &[evidence.a, evidence.b]);
            }
        }
        for marks in &mut marks.by_article {
            marks.sort_by_key(|mark| (mark.span.start(), mark.span.end()));
        }
        marks.by_article
    }

    fn add(&mut self, letter: char, at: usize, kind: MarkKind, passages: &[Passage]) {
        for passage in passages.iter().filter(|passage| !passage.span.is_empty()) {
            let mark = Mark { span: passage.span, kind, key: key(self.prefix, letter, at) };
            self.by_article[passage.article.get()].push(mark);
        }
    }
}
