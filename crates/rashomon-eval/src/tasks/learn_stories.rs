//! Learns the decision that groups articles into stories:
//! `rashomon-eval learn-stories --gold FILE,FILE,… [--distractors FILE] [--across stories|sets]
//! [--pairs OUT] --pred OUT`.
//!
//! Each file counts the same: as a whole once, and once more as many small folders of one to five
//! stories, so that five articles group as well as five thousand. Distractors, of which one in four
//! is read, are mixed into the articles of Ground News once more. The card of the decision is
//! `docs/models/stories.md`.
//!
//! What is printed are BCubed precision, recall and F1 of each file, grouped as a batch. `--across
//! stories` learns from two thirds of the stories of each file and measures on the others, three
//! times; `--across sets` learns from all files but one and measures on that.
//!
//! `--pairs` writes the pairs of groups that the decision of the last fold meets, a line each: the
//! set, the stories of both, what the pair weighs among those of its batch, and the figures. Other
//! kinds of decision can be tried on them before anything is built.

use std::collections::BTreeMap;
use std::path::Path;

use rashomon::article::Document;
use rashomon::language::english;
use rashomon_stories::{Batch, Decision, Lesson, learn};
use serde_json::{Value, json};

use super::stories::{document, in_time};
use crate::Options;
use crate::files::{read_items, write_items};

/// How many small folders are made of each file.
const FOLDERS: usize = 40;

/// How many articles of a story a small folder holds at most.
const PER_STORY: usize = 12;

/// One in so many distractors is read.
const STEP: usize = 4;

/// The set that distractors are mixed into: they are older than its articles by years.
const DISTRACTED: &str = "ground-news";

/// How often stories are kept back in turn.
const FOLDS: usize = 3;

/// The articles of a file and their stories.
struct Labelled {
    name: String,
    documents: Vec<Document>,
    stories: Vec<usize>,
}

/// What is kept back from learning, to be measured on.
#[derive(Clone, Copy, PartialEq)]
enum Across {
    Nothing,
    Stories,
    Sets,
}

impl Across {
    fn folds(self, files: usize) -> usize {
        match self {
            Across::Nothing => 1,
            Across::Stories => FOLDS,
            Across::Sets => files,
        }
    }

    fn keeps_back(self, file: usize, story: usize, fold: usize) -> bool {
        match self {
            Across::Nothing => false,
            Across::Stories => (story * 7919 + 13) % 1009 % FOLDS == fold,
            Across::Sets => file == fold,
        }
    }
}

pub fn run(options: &Options) -> Result<Value, String> {
    let files: Vec<Labelled> = options
        .get("gold")
        .ok_or("--gold FILE,FILE is missing")?
        .split(',')
        .map(|file| labelled(Path::new(file)))
        .collect::<Result<_, _>>()?;
    let distractors: Vec<Document> = match options.get("distractors") {
        Some(file) => read_items(Path::new(file))?.iter().step_by(STEP).map(document).collect(),
        None => Vec::new(),
    };
    let across = match options.get("across") {
        None => Across::Nothing,
        Some("stories") => Across::Stories,
        Some("sets") => Across::Sets,
        Some(other) => return Err(format!("--across is stories or sets, not {other}")),
    };
    let mut lessons: Vec<(usize, Lesson)> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let own = batches(file).into_iter().chain(mixed(file, &distractors));
        lessons.extend(own.map(|batch| (at, Lesson::new(&batch, english()))));
    }
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut learned = Value::Null;
    let mut last: Option<Decision> = None;
    for fold in 0..across.folds(files.len()) {
        for (file, lesson) in &mut lessons {
            let stories = files[*file].stories.iter().copied();
            lesson.kept_back = stories.filter(|&s| across.keeps_back(*file, s, fold)).collect();
        }
        let decision = learn(lessons.iter().map(|(_, lesson)| lesson));
        for (at, lesson) in &lessons {
            let file = &files[*at];
            if lesson.size() < file.documents.len() || (across == Across::Sets && *at != fold) {
                continue;
            }
            let mixed = lesson.size() > file.documents.len();
            let name = format!("{}{}", file.name, if mixed { " among distractors" } else { "" });
            let measured =
                |story: usize| across == Across::Nothing || lesson.kept_back.contains(&story);
            let score = scores.entry(name).or_default();
            score.add(&file.stories, &lesson.group(&decision), &measured);
        }
        let rounded = |x: &f64| (x * 10_000.0).round() / 10_000.0;
        let weights: Vec<f64> = decision.weights.iter().map(rounded).collect();
        learned = json!({"weights": weights, "bias": rounded(&decision.bias)});
        last = Some(decision);
    }
    if let (Some(path), Some(decision)) = (options.get("pairs"), &last) {
        lessons.iter_mut().for_each(|(_, lesson)| lesson.kept_back.clear());
        write_items(Path::new(path), &pairs(&files, &lessons, decision))?;
    }
    write_items(&options.path("pred")?, std::slice::from_ref(&learned))?;
    let scores: BTreeMap<&str, Value> =
        scores.iter().map(|(name, score)| (name.as_str(), score.figures())).collect();
    Ok(json!({"task": "learn-stories", "bcubed": scores}))
}

/// The pairs that a decision meets in each batch.
fn pairs(files: &[Labelled], lessons: &[(usize, Lesson)], decision: &Decision) -> Vec<Value> {
    let mut pairs = Vec::new();
    for (batch, (file, lesson)) in lessons.iter().enumerate() {
        pairs.extend(lesson.meet(decision).into_iter().map(|met| {
            json!({"set": files[*file].name, "batch": batch, "stories": met.stories,
                   "together": met.together(), "weight": met.weight,
                   "figures": met.figures.as_slice()})
        }));
    }
    pairs
}

/// BCubed figures of some articles, added up.
#[derive(Default)]
struct Score {
    precision: f64,
    recall: f64,
    articles: f64,
}

impl Score {
    /// Adds the articles of the stories that are measured. Articles beyond those of gold belong to
    /// no story and count as wrong company.
    fn add(&mut self, gold: &[usize], found: &[usize], measured: &dyn Fn(usize) -> bool) {
        let mut sizes: BTreeMap<usize, f64> = BTreeMap::new();
        let mut golds: BTreeMap<usize, f64> = BTreeMap::new();
        let mut both: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        found.iter().for_each(|&group| *sizes.entry(group).or_default() += 1.0);
        for (&story, &group) in gold.iter().zip(found) {
            *golds.entry(story).or_default() += 1.0;
            *both.entry((story, group)).or_default() += 1.0;
        }
        for ((story, group), count) in both.into_iter().filter(|((story, _), _)| measured(*story)) {
            self.precision += count * count / sizes[&group];
            self.recall += count * count / golds[&story];
            self.articles += count;
        }
    }

    fn figures(&self) -> Value {
        let share = |sum: f64| sum / self.articles.max(1.0);
        let (p, r) = (share(self.precision), share(self.recall));
        let f1 = 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE);
        json!([p, r, f1].map(|x| (x * 1000.0).round() / 1000.0))
    }
}

fn labelled(path: &Path) -> Result<Labelled, String> {
    let mut items = read_items(path)?;
    in_time(&mut items);
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let stories = items
        .iter()
        .map(|item| {
            let next = numbers.len();
            *numbers.entry(item["story"].to_string()).or_insert(next)
        })
        .collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.split('.').next().unwrap_or_default().to_owned();
    Ok(Labelled { name, documents: items.iter().map(document).collect(), stories })
}

/// The articles of a file among others that belong to none of its stories.
fn mixed<'d>(file: &'d Labelled, distractors: &'d [Document]) -> Option<Batch<'d>> {
    if distractors.is_empty() || file.name != DISTRACTED {
        return None;
    }
    let unknown = distractors.iter().map(|_| None);
    Some(Batch {
        documents: file.documents.iter().chain(distractors).collect(),
        stories: file.stories.iter().map(|&story| Some(story)).chain(unknown).collect(),
        weight: 1.0,
    })
}

/// The whole file, and small folders of neighbouring stories: folder `n` holds one to five stories
/// from the `n`th on, and of each the articles at even distances.
fn batches(file: &Labelled) -> Vec<Batch<'_>> {
    let whole = Batch {
        documents: file.documents.iter().collect(),
        stories: file.stories.iter().map(|&story| Some(story)).collect(),
        weight: 1.0,
    };
    let stories = file.stories.iter().max().map_or(0, |most| most + 1);
    let folder = |n: usize| {
        let mut batch =
            Batch { documents: Vec::new(), stories: Vec::new(), weight: 1.0 / FOLDERS as f64 };
        for story in (0..n % 5 + 1).map(|at| (n * 7 + at) % stories) {
            let members: Vec<usize> =
                (0..file.documents.len()).filter(|&at| file.stories[at] == story).collect();
            let step = members.len().div_ceil(PER_STORY).max(1);
            for &at in members.iter().step_by(step) {
                batch.documents.push(&file.documents[at]);
                batch.stories.push(Some(story));
            }
        }
        batch
    };
    std::iter::once(whole).chain((0..FOLDERS).map(folder)).collect()
}
