/*!
Planted differences: `rashomon-eval planted --gold STORIES --pred OUT [--part tune|report]
[--seed N] [--rounds N]`.

Real stories, with one thing changed in one report where another report tells the same: does the
program point at it, and how often does it point at what was left alone? The generator sees tokens
and sentences, and no finding of the program.

**A fact** is a value that stands in a sentence of two reports, with the same word before or after
it in both, where the two sentences share half of their words or more (Dice). Its kinds:

- `number`: a number that counts or measures, no year, time, part of a name, nor one with an open end
  (`more than 15`), beside which another contradicts nothing; becomes a third smaller to twice as
  large, written alike.
- `date`: a weekday, a day of a month, a year after `in` or `since`; becomes another one.
- `person`: a given and a family name; one of the two becomes another in the whole report, as a slip
  runs through a report.
- `place`: a country, city or state that neither report confuses itself; becomes another of its kind
  in the whole sentence.
- `polarity`: a verb or adjective becomes its opposite, or a denial is put in or taken out after an
  auxiliary.
- `attribution`: the name of a person beside a verb of saying becomes that of another person of the
  story.

**A round** changes one fact in some of the reports of each story: as many as one report in six, at
most six, at least one; no two changes are in one report or in sentences that share three words in
ten. The kinds take turns, and so do sentences with a copy elsewhere (nine words in ten are shared)
and rewritten ones. All else stays as it was published, copies of the changed report too.

**Found** is a change where a discrepancy of the verdict `conflict`, of whatever kind, has one side
that points into the changed sentence at the changed words, and another side that points at a
sentence of another report that has the original words and shares three words in ten with the changed
one. The shares are printed for all changes, by kind, and by how much of the sentence stands in the
most alike sentence of another report: `copied` (nine words in ten), `close` (seven in ten), `loose`. Where the verdict is another one, the change is `explained`: it is shown, and not as a conflict.

**Flagged** is a fact that was left alone, of the same kinds and drawn in the same way, where a
conflict has one side in the one sentence and another side in the other one. Some of these are
conflicts of the reports themselves; they count as false here.
*/

mod changes;
mod facts;
mod lists;
mod random;
mod reports;
mod score;

use std::collections::{BTreeMap, BTreeSet};

use rashomon::article::{Document, Story};
use rashomon::language::english;
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};
use crate::tasks::stories::document;
use changes::{Change, change};
use facts::{Fact, Kind, facts, families};
use random::Random;
use reports::{Report, reports};
use score::{Outcome, Score};

/// Two sentences with a common fact share this much of their words.
const LEAST_OVERLAP: f64 = 0.5;
/// With this much, one is a copy of the other, ...
const COPY: f64 = 0.9;
/// ... with this much, written after it or after the same text. Where less is shared, the reports
/// tell the same in sentences of their own.
const CLOSE: f64 = 0.7;
/// Two changes of one round stand in sentences that share less than this.
const APART: f64 = 0.3;
/// One report in so many is changed in a round, and no more than [`MOST_CHANGES`].
const REPORTS_A_CHANGE: usize = 6;
const MOST_CHANGES: usize = 6;
/// So many facts of each kind are drawn for changes in a story, and twice as many to be left alone.
const DRAWN: usize = 40;
/// Sentences of fewer or more words are not drawn.
const WORDS: std::ops::RangeInclusive<usize> = 8..=60;

/// Plants changes in the stories of a file and counts which are found.
pub fn run(options: &Options) -> Result<Value, String> {
    let number = |name: &str, default: u64| match options.get(name) {
        Some(value) => value.parse().map_err(|_| format!("--{name} is a number")),
        None => Ok(default),
    };
    let (seed, rounds) = (number("seed", 1)?, number("rounds", 3)?);
    let part = options.get("part");
    let mut stories: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for item in read_items(&options.path("gold")?)? {
        let story = item["story"].as_str().unwrap_or_default().to_owned();
        if part.is_none_or(|part| part == random::part(&story)) {
            stories.entry(story).or_default().push(item);
        }
    }
    stories.retain(|_, items| items.len() > 1);
    let mut score = Score::default();
    let mut predicted = Vec::new();
    for (name, items) in &stories {
        let desk = Desk::new(name, items);
        let mut random = Random::new(seed, name);
        let drawn = desk.draw(&mut random);
        if drawn.is_empty() {
            continue;
        }
        let mut used = BTreeSet::new();
        for _ in 0..rounds {
            let planted = desk.plant(&drawn, &mut used, &mut random);
            predicted.extend(desk.measure(&planted, &drawn, &mut score));
        }
    }
    write_items(&options.path("pred")?, &predicted)?;
    let mut metrics = score.metrics();
    metrics["task"] = json!("planted");
    metrics["stories"] = json!(stories.len());
    Ok(metrics)
}

/// A story with what the generator sees of it.
struct Desk<'i> {
    name: &'i str,
    items: &'i [Value],
    documents: Vec<Document>,
    reports: Vec<Report>,
}

impl<'i> Desk<'i> {
    fn new(name: &'i str, items: &'i [Value]) -> Desk<'i> {
        let documents: Vec<Document> =
            items.iter().map(|item| rashomon::annotate(document(item), english())).collect();
        let reports = reports(&documents);
        Desk { name, items, documents, reports }
    }

    /// Facts in an order of chance, the kinds and the copied and rewritten ones in turn.
    fn draw(&self, random: &mut Random) -> Vec<Fact> {
        let mut places: Vec<(usize, usize)> = Vec::new();
        for (at, report) in self.reports.iter().enumerate() {
            let long = |sentence: &usize| WORDS.contains(&report.sentences[*sentence].words.len());
            places.extend((0..report.sentences.len()).filter(long).map(|sentence| (at, sentence)));
        }
        random.shuffle(&mut places);
        let families = families(&self.reports);
        let mut drawn: BTreeMap<(Kind, bool), Vec<Fact>> = BTreeMap::new();
        for &here in &places {
            let full = |kind: Kind| {
                [true, false]
                    .iter()
                    .all(|copy| drawn.get(&(kind, *copy)).is_some_and(|facts| facts.len() >= DRAWN))
            };
            if Kind::ALL.iter().all(|&kind| full(kind)) {
                break;
            }
            let sentence =
                |(report, sentence): (usize, usize)| &self.reports[report].sentences[sentence];
            let mut others: Vec<(f64, (usize, usize))> = places
                .iter()
                .filter(|there| there.0 != here.0)
                .map(|&there| (sentence(here).overlap(sentence(there)), there))
                .filter(|&(overlap, _)| overlap >= LEAST_OVERLAP)
                .collect();
            others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let Some(&(best, _)) = others.first() else { continue };
            let there = others[random.below(others.len())].1;
            for kind in Kind::ALL {
                let found = facts(&self.reports, &families, kind, here, there);
                let slot = drawn.entry((kind, best >= COPY)).or_default();
                if let Some(fact) = random.pick(&found)
                    && slot.len() < DRAWN
                {
                    slot.push(Fact { overlap: best, ..*fact });
                }
            }
        }
        let mut turns = Vec::new();
        for turn in 0..DRAWN {
            turns.extend(drawn.values().filter_map(|facts| facts.get(turn).copied()));
        }
        turns
    }

    /// The changes of a round, of facts that no round before changed.
    fn plant(
        &self,
        drawn: &[Fact],
        used: &mut BTreeSet<usize>,
        random: &mut Random,
    ) -> Vec<Change> {
        let most = (self.reports.len() / REPORTS_A_CHANGE).clamp(1, MOST_CHANGES);
        let mut planted: Vec<Change> = Vec::new();
        for (at, &fact) in drawn.iter().enumerate() {
            let sentence = |(report, sentence, _): (usize, usize, _)| {
                &self.reports[report].sentences[sentence]
            };
            let apart = |change: &Change| {
                let other = change.fact;
                other.here.0 != fact.here.0
                    && other.here.0 != fact.there.0
                    && other.there.0 != fact.here.0
                    && sentence(other.here).overlap(sentence(fact.here)) < APART
            };
            if !used.contains(&at)
                && planted.iter().all(apart)
                && let Some(change) = change(&self.reports, fact, random)
            {
                used.insert(at);
                planted.push(change);
            }
            if planted.len() == most {
                break;
            }
        }
        planted
    }

    /// Compares the story with the changes in it and counts.
    fn measure(&self, planted: &[Change], drawn: &[Fact], score: &mut Score) -> Vec<Value> {
        let mut documents = self.documents.clone();
        let mut places = Vec::new();
        for change in planted {
            let at = change.fact.here.0;
            let (text, changed) = change.apply(&self.reports[at].text);
            let mut item = self.items[at].clone();
            item["text"] = json!(text);
            documents[at] = rashomon::annotate(document(&item), english());
            places.push(changed);
        }
        let story: Story = rashomon::compare_story(self.name.to_owned(), documents, english());
        let conflicts = score::conflicts(&story);
        let mut predicted = Vec::new();
        for (change, changed) in planted.iter().zip(&places) {
            let outcome = score::outcome(&story, &self.reports, change, changed);
            score.add_change(change.fact, &outcome);
            predicted.push(self.describe(change, changed, &outcome));
        }
        let touched = |fact: &Fact| {
            planted.iter().any(|change| {
                let reports = [fact.here.0, fact.there.0];
                reports.contains(&change.fact.here.0)
            })
        };
        for fact in drawn.iter().filter(|fact| !touched(fact)) {
            let flagged = score::flagged(&story, &self.reports, fact);
            score.add_untouched(fact.kind, flagged);
            if flagged {
                let sentence = |(report, sentence, _): (usize, usize, _)| {
                    let report = &self.reports[report];
                    json!([report.id, report.slice(report.sentences[sentence].span)])
                };
                predicted.push(json!({"flagged": fact.kind.name(), "here": sentence(fact.here),
                    "there": sentence(fact.there),
                    "words": self.reports[fact.here.0].slice(fact.here.2)}));
            }
        }
        score.add_story(conflicts, self.reports.len());
        predicted
    }

    fn describe(
        &self,
        change: &Change,
        changed: &[rashomon::text::Span],
        outcome: &Outcome,
    ) -> Value {
        let fact = change.fact;
        let (report, sentence, words) = fact.here;
        let report = &self.reports[report];
        json!({
            "id": report.id,
            "story": self.name,
            "kind": fact.kind.name(),
            "overlap": (fact.overlap * 100.0).round() / 100.0,
            "from": report.slice(words),
            "to": change.edits[0].1,
            "changed": changed.iter().map(|span| [span.start(), span.end()]).collect::<Vec<_>>(),
            "outcome": outcome.name(),
            "here": report.slice(report.sentences[sentence].span),
            "there": self.reports[fact.there.0].slice(self.reports[fact.there.0].sentences[fact.there.1].span),
        })
    }
}
