use std::fmt;
use std::ops::RangeBounds;

use jiff::Timestamp;
use rashomon::HandDecision;
use rashomon_store::{ArticleNumber, Store, StoredDecision, StoryNumber};
use serde_json::{Value, json};

use crate::Error;
use crate::desk::Desk;

/// Something that an editor decided by hand. Shown, it says in words what it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its number, by which it is taken back.
    pub number: u64,
    /// When it was made; `None` where that was not kept.
    pub at: Option<Timestamp>,
    /// What was decided.
    pub what: HandDecision,
    /// From where articles were moved by it; empty where all were in their places already.
    pub origins: Vec<Origin>,
    /// The story that they were moved to, as it was called then.
    pub into: Option<StoryNumber>,
}

/// A story from which a decision took articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The story.
    pub story: StoryNumber,
    /// The articles that were taken.
    pub articles: Vec<ArticleNumber>,
    /// Whether these were all that it had, so that its number leads to the other story since.
    pub ended: bool,
    /// The numbers that led to it then.
    pub led: Vec<StoryNumber>,
}

impl Desk {
    /// What was decided by hand and is in force, in order: a later decision wins.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        decisions(&self.store)
    }
}

/// What was decided by hand and is in force in a store, in order: for threads that only read.
pub fn decisions(store: &Store) -> Result<Vec<Decision>, Error> {
    store.decisions()?.into_iter().map(Decision::read).collect()
}

/// The decisions with these numbers that the engine holds to, in order.
pub(crate) fn in_force(
    store: &Store,
    numbers: impl RangeBounds<u64>,
) -> Result<Vec<HandDecision>, Error> {
    let decisions = store.decisions()?.into_iter();
    let asked = decisions.filter(|kept| numbers.contains(&kept.number));
    asked.map(|kept| Ok(Decision::read(kept)?.what)).collect()
}

impl Decision {
    /// A decision as the store keeps it.
    pub(crate) fn read(kept: StoredDecision) -> Result<Decision, Error> {
        let json = &kept.json;
        let read = read_what(json).zip(read_origins(&json["origins"]));
        let Some((what, origins)) = read else {
            let message =
                format!("a decision by hand cannot be read: {json}; a newer version made it");
            return Err(Error::new("newer-version", message));
        };
        let into = json["into"].as_u64();
        Ok(Decision { number: kept.number, at: kept.at, what, origins, into })
    }
}

/// What the store keeps of a decision.
pub(crate) fn written(what: &HandDecision, origins: &[Origin], into: Option<StoryNumber>) -> Value {
    let mut json = match what {
        HandDecision::Split { articles, from } => json!({"split": articles, "from": from}),
        HandDecision::Merge { articles } => json!({"merge": articles}),
        HandDecision::Pin { article, with } => json!({"pin": article, "with": with}),
    };
    let origin = |origin: &Origin| {
        let Origin { story, articles, ended, led } = origin;
        json!({"story": story, "articles": articles, "ended": ended, "led": led})
    };
    json["origins"] = origins.iter().map(origin).collect();
    json["into"] = into.into();
    json
}

fn numbers(json: &Value) -> Option<Vec<u64>> {
    json.as_array()?.iter().map(Value::as_u64).collect()
}

fn read_what(json: &Value) -> Option<HandDecision> {
    if let Some(articles) = numbers(&json["split"]) {
        return Some(HandDecision::Split { articles, from: numbers(&json["from"])? });
    }
    if let Some(articles) = numbers(&json["merge"]) {
        return Some(HandDecision::Merge { articles });
    }
    let (article, with) = (json["pin"].as_u64()?, json["with"].as_u64()?);
    Some(HandDecision::Pin { article, with })
}

/// An earlier version did not keep them.
fn read_origins(json: &Value) -> Option<Vec<Origin>> {
    let origin = |json: &Value| {
        Some(Origin {
            story: json["story"].as_u64()?,
            articles: numbers(&json["articles"])?,
            ended: json["ended"].as_bool()?,
            led: numbers(&json["led"])?,
        })
    };
    if json.is_null() {
        return Some(Vec::new());
    }
    json.as_array()?.iter().map(origin).collect()
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let articles = |articles: &[u64]| list('a', articles.iter().copied());
        let from = list('s', self.origins.iter().map(|origin| origin.story));
        let into = list('s', self.into);
        match &self.what {
            HandDecision::Split { articles: taken, .. } if self.origins.is_empty() => {
                write!(f, "{} kept apart", articles(taken))
            }
            HandDecision::Split { articles: taken, .. } => {
                write!(f, "{} taken out of {from} as {into}", articles(taken))
            }
            HandDecision::Merge { articles: all } if self.origins.is_empty() => {
                write!(f, "{} kept together", articles(all))
            }
            HandDecision::Merge { .. } => write!(f, "{from} taken into {into}"),
            HandDecision::Pin { article, with } if self.origins.is_empty() => {
                write!(f, "a{article} kept with a{with}")
            }
            HandDecision::Pin { article, .. } => {
                write!(f, "a{article} moved from {from} to {into}")
            }
        }
    }
}

/// Numbers with their letter, with commas.
fn list(letter: char, numbers: impl IntoIterator<Item = u64>) -> String {
    let numbers: Vec<String> =
        numbers.into_iter().map(|number| format!("{letter}{number}")).collect();
    numbers.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(json: Value) -> StoredDecision {
        StoredDecision { number: 7, at: None, undone_at: None, json }
    }

    #[test]
    fn decisions_are_read_as_they_were_written() {
        let origins = [
            Origin { story: 3, articles: vec![3, 5], ended: false, led: vec![] },
            Origin { story: 4, articles: vec![6], ended: true, led: vec![2, 9] },
        ];
        let decisions = [
            HandDecision::Split { articles: vec![3, 5], from: vec![1] },
            HandDecision::Merge { articles: vec![1, 9] },
            HandDecision::Pin { article: 4, with: 2 },
        ];
        for what in decisions {
            for origins in [&origins[..], &[]] {
                let read = Decision::read(kept(written(&what, origins, Some(8)))).expect("written");
                assert_eq!((&read.what, &read.origins[..]), (&what, origins));
                assert_eq!((read.number, read.into), (7, Some(8)));
            }
        }
        let old = Decision::read(kept(json!({"merge": [1, 9]}))).expect("an older version");
        assert_eq!((old.origins, old.into), (vec![], None));
        let error = Decision::read(kept(json!({"burn": [1]}))).expect_err("nobody knows it");
        assert_eq!(error.code(), "newer-version");
    }

    #[test]
    fn decisions_say_what_they_did() {
        let origin = |story| Origin { story, ..Origin::default() };
        let says = |what, origins: &[Origin]| {
            let json = written(&what, origins, Some(5));
            Decision::read(kept(json)).expect("written").to_string()
        };
        let split = HandDecision::Split { articles: vec![3, 4], from: vec![1] };
        assert_eq!(says(split, &[origin(1)]), "a3, a4 taken out of s1 as s5");
        let merge = HandDecision::Merge { articles: vec![1, 9] };
        assert_eq!(says(merge.clone(), &[origin(2)]), "s2 taken into s5");
        assert_eq!(says(merge, &[]), "a1, a9 kept together");
        let pin = HandDecision::Pin { article: 4, with: 2 };
        assert_eq!(says(pin, &[origin(1)]), "a4 moved from s1 to s5");
    }
}
