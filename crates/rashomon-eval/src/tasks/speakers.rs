//! Who speaks: `rashomon-eval speakers --gold FILE --docs FILE --pred OUT [--part tune|report]`.
//!
//! Gold: passages in quotation marks with the places where the article names their speaker (form
//! and rule: `labels/README.md`); `--docs` is a stories file with the articles. A passage counts
//! as found where a quotation covers half of it or more, and its speaker as right where the
//! program names the same person or thing: a pronoun or a description that it does not resolve is
//! wrong where the article gives a name.

use std::collections::BTreeMap;

use rashomon::article::{Document, MentionForm, Quotation, QuotationKind};
use rashomon::language::english;
use rashomon::text::{Offsets, Span};
use serde_json::{Value, json};

use super::stories::document;
use crate::Options;
use crate::files::{read_items, write_items};

pub fn run(options: &Options) -> Result<Value, String> {
    let mut gold = read_items(&options.path("gold")?)?;
    options.keep_part(&mut gold)?;
    let mut by_article: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for item in &gold {
        by_article.entry(item["article"].as_str().unwrap_or_default()).or_default().push(item);
    }
    let mut tally = Tally::default();
    let mut predicted = Vec::with_capacity(gold.len());
    for item in read_items(&options.path("docs")?)? {
        let Some(passages) = by_article.remove(item["id"].as_str().unwrap_or_default()) else {
            continue;
        };
        let document = rashomon::annotate(document(&item), english());
        let offsets = Offsets::new(document.article.text.as_str());
        for gold in passages {
            let passage = Passage::new(gold, &offsets)?;
            let verdict = passage.judge(&document);
            predicted.push(passage.prediction(&verdict, &document, &offsets));
            tally.add(&passage, &verdict);
        }
    }
    if let Some(article) = by_article.keys().next() {
        return Err(format!("the article {article} is not in the file of --docs"));
    }
    write_items(&options.path("pred")?, &predicted)?;
    let mut metrics = tally.metrics();
    metrics["part"] = json!(options.get("part").unwrap_or("all"));
    Ok(metrics)
}

/// A passage of the gold file, in bytes.
struct Passage {
    id: String,
    sample: String,
    kind: String,
    span: Span,
    /// Whether somebody speaks here.
    is_quotation: bool,
    /// Where the speaker is named in a way that tells who it is; none where nobody is named.
    names: Option<Vec<Span>>,
}

impl Passage {
    fn new(item: &Value, offsets: &Offsets) -> Result<Passage, String> {
        let id = item["id"].as_str().unwrap_or_default().to_owned();
        let span = |start: &Value, end: &Value| -> Result<Span, String> {
            let byte = |at: &Value| offsets.byte(usize::try_from(at.as_u64()?).ok()?);
            let ends = byte(start).zip(byte(end)).filter(|(start, end)| start < end);
            let (start, end) = ends.ok_or_else(|| format!("{id}: a span is not in the article"))?;
            Ok(Span::new(start, end))
        };
        let kind = item["kind"].as_str().unwrap_or("none");
        let speaker = &item["speaker"];
        let points = speaker["spans"].as_array().map_or(&[][..], Vec::as_slice);
        let mut names = points
            .iter()
            .map(|pair| span(&pair[0], &pair[1]))
            .collect::<Result<Vec<Span>, String>>()?;
        // `she` and `the minister` do not tell who it is where the article gives the name.
        if speaker["name"].is_string() && matches!(kind, "pronoun" | "description") {
            let source = span(&speaker["source"][0], &speaker["source"][1])?;
            names.retain(|name| *name != source);
        }
        Ok(Passage {
            span: span(&item["start"], &item["end"])?,
            sample: item["sample"].as_str().unwrap_or("listed").to_owned(),
            kind: kind.to_owned(),
            is_quotation: item["quotation"].as_bool() != Some(false),
            names: (!speaker.is_null()).then_some(names),
            id,
        })
    }

    fn judge<'d>(&self, document: &'d Document) -> Verdict<'d> {
        let quotation = self.quotation(document);
        Verdict { quotation, outcome: quotation.map(|quotation| self.outcome(document, quotation)) }
    }

    /// The quotation that covers most of the passage, one in marks before reported speech.
    fn quotation<'d>(&self, document: &'d Document) -> Option<&'d Quotation> {
        let covered = |quotation: &Quotation| -> usize {
            let shared = quotation.content.iter().filter_map(|&span| self.span.intersection(span));
            shared.map(Span::len).sum()
        };
        let mut best: Option<((bool, usize), &Quotation)> = None;
        for quotation in document.quotations.iter() {
            let bytes = covered(quotation);
            let rank = (quotation.kind != QuotationKind::Indirect, bytes);
            if bytes * 2 >= self.span.len() && best.is_none_or(|(known, _)| rank > known) {
                best = Some((rank, quotation));
            }
        }
        best.map(|(_, quotation)| quotation)
    }

    fn outcome(&self, document: &Document, quotation: &Quotation) -> Outcome {
        let is_named = |span: Span| self.names.iter().flatten().any(|name| name.overlaps(span));
        match (&quotation.speaker, &self.names) {
            (None, None) => Outcome::Right,
            (None, Some(_)) => Outcome::Nobody,
            (Some(_), None) => Outcome::Another,
            (Some(speaker), Some(_)) => {
                let right = match speaker.entity {
                    Some(entity) => document.mentions.iter().any(|mention| {
                        mention.entity == entity
                            && mention.form != MentionForm::Pronoun
                            && is_named(mention.span)
                    }),
                    // A speaker carried over from the passage before is given in words alone.
                    None if speaker.spans.is_empty() => {
                        let mut names = self.names.iter().flatten();
                        names.any(|&name| holds(&speaker.name, document.slice(name)))
                    }
                    None => speaker.spans.iter().any(|&span| is_named(span)),
                };
                match (right, speaker.entity) {
                    (true, _) => Outcome::Right,
                    (false, Some(_)) => Outcome::Another,
                    (false, None) => Outcome::Unresolved,
                }
            }
        }
    }

    fn prediction(&self, verdict: &Verdict, document: &Document, offsets: &Offsets) -> Value {
        let pairs = |spans: &[Span]| -> Vec<(usize, usize)> {
            spans.iter().map(|&span| offsets.code_points(span)).collect()
        };
        let quotation = verdict.quotation.map(|quotation| {
            let speaker = quotation.speaker.as_ref().map(|speaker| {
                json!({"name": speaker.name, "spans": pairs(&speaker.spans),
                       "entity": speaker.entity.map(|entity| entity.get())})
            });
            json!({"kind": quotation.kind.name(), "content": pairs(&quotation.content),
                   "cue": pairs(&quotation.cue), "speaker": speaker})
        });
        json!({"id": self.id, "article": document.article.id, "quotation": quotation,
               "outcome": verdict.outcome.filter(|_| self.is_quotation).map(Outcome::name)})
    }
}

/// Whether `words` stand in a phrase as whole words.
fn holds(phrase: &str, words: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (phrase, words) = (split(phrase), split(words));
    !words.is_empty() && phrase.windows(words.len()).any(|window| window == words)
}

/// What the program has for a passage.
struct Verdict<'d> {
    quotation: Option<&'d Quotation>,
    outcome: Option<Outcome>,
}

/// How the program's speaker compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Right,
    /// The program names nobody.
    Nobody,
    /// Words are marked as the speaker that the program joins to no name.
    Unresolved,
    /// Somebody else, or somebody where nobody is named.
    Another,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Outcome::Right => "right",
            Outcome::Nobody => "nobody",
            Outcome::Unresolved => "unresolved",
            Outcome::Another => "another",
        }
    }
}

/// Right among found.
#[derive(Clone, Copy, Default)]
struct Share {
    right: usize,
    found: usize,
}

impl Share {
    fn add(&mut self, outcome: Outcome) {
        self.found += 1;
        self.right += usize::from(outcome == Outcome::Right);
    }

    fn json(self) -> Value {
        let share = self.right as f64 / self.found.max(1) as f64;
        json!({"found": self.found, "right": self.right,
               "share": (share * 10_000.0).round() / 10_000.0})
    }
}

#[derive(Default)]
struct Tally {
    quotations: usize,
    direct: Share,
    marked: Share,
    reported: Share,
    /// Passages found in marks for which the program names a speaker.
    shown: Share,
    by_kind: BTreeMap<String, Share>,
    wrong: BTreeMap<&'static str, usize>,
    missed: BTreeMap<String, usize>,
    no_quotation: usize,
    listed_no_quotation: usize,
}

impl Tally {
    fn add(&mut self, passage: &Passage, verdict: &Verdict) {
        let kind = verdict.quotation.map(|quotation| quotation.kind);
        let marked = kind.is_some_and(|kind| kind != QuotationKind::Indirect);
        if !passage.is_quotation {
            self.no_quotation += 1;
            self.listed_no_quotation += usize::from(marked);
            return;
        }
        self.quotations += 1;
        if !marked {
            *self.missed.entry(passage.sample.clone()).or_default() += 1;
        }
        let Some((quotation, outcome)) = verdict.quotation.zip(verdict.outcome) else {
            return;
        };
        if !marked {
            self.reported.add(outcome);
            return;
        }
        self.marked.add(outcome);
        self.by_kind.entry(passage.kind.clone()).or_default().add(outcome);
        if kind == Some(QuotationKind::Direct) {
            self.direct.add(outcome);
        }
        if quotation.speaker.is_some() {
            self.shown.add(outcome);
        }
        if outcome != Outcome::Right {
            *self.wrong.entry(outcome.name()).or_default() += 1;
        }
    }

    fn metrics(&self) -> Value {
        let kinds = self.by_kind.iter().map(|(kind, share)| (kind.clone(), share.json()));
        let missed: usize = self.missed.values().sum();
        json!({
            "task": "speakers",
            "quotations": self.quotations,
            "direct": self.direct.json(),
            "direct and mixed": self.marked.json(),
            "where a speaker is shown": self.shown.json(),
            "wrong": self.wrong,
            "by kind": kinds.collect::<serde_json::Map<String, Value>>(),
            "missed": {"all": missed, "by sample": self.missed,
                       "of these as reported speech": self.reported.json()},
            "no quotation": {"gold": self.no_quotation, "listed": self.listed_no_quotation},
        })
    }
}

#[cfg(test)]
mod tests;
