//! Who is named: `rashomon-eval entities --gold FILE --docs FILE --pred OUT [--part tune|report]`.
//!
//! Gold: the mentions of some articles of a story, each with the entity that it names across the
//! reports (form and rule: `labels/README.md`). All articles of the story are annotated and
//! gathered; the labelled ones are scored. A gold mention is aligned with the mention of the
//! program by name that it shares most characters with, of equals the first; the same mention of
//! the program may answer to one gold mention only. A gold mention without a partner counts as a
//! bearer of its own, which nobody else shares.
//!
//! BCubed (Bagga and Baldwin 1998) is taken over the gold mentions by name of all labelled
//! articles of a story together and averaged over mentions.

mod score;

use std::collections::BTreeMap;

use rashomon::article::{ArticleIndex, Document, Mention, MentionForm, Story};
use rashomon::language::english;
use rashomon::text::{Offsets, Span};
use serde_json::{Value, json};

use self::score::{Aligned, Scores};
use super::stories::document;
use crate::Options;
use crate::files::{read_items, write_items};

pub fn run(options: &Options) -> Result<Value, String> {
    let mut gold = read_items(&options.path("gold")?)?;
    options.keep_part(&mut gold)?;
    let documents = read_items(&options.path("docs")?)?;
    let stories: BTreeMap<&str, &str> = documents
        .iter()
        .filter_map(|item| Some((item["id"].as_str()?, item["story"].as_str()?)))
        .collect();
    let mut labelled: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for item in &gold {
        let id = item["id"].as_str().unwrap_or_default();
        let story = stories.get(id).ok_or_else(|| format!("the article {id} is not in --docs"))?;
        labelled.entry(story).or_default().push(item);
    }
    let mut scores = Scores::default();
    let mut predicted = Vec::new();
    for (id, items) in labelled {
        let members = documents.iter().filter(|item| item["story"].as_str() == Some(id));
        let annotated = members.map(|item| rashomon::annotate(document(item), english())).collect();
        let name = items[0]["story"].as_str().unwrap_or_default();
        let story = rashomon::gather(name.to_owned(), annotated, english());
        let mut aligned = Vec::new();
        for item in items {
            aligned.extend(align(&story, item)?);
        }
        predicted.extend(scores.add(name, &aligned));
    }
    write_items(&options.path("pred")?, &predicted)?;
    let mut metrics = scores.metrics();
    metrics["part"] = json!(options.get("part").unwrap_or("all"));
    Ok(metrics)
}

/// The gold mentions of an article with the entities of the story that the program gives them.
fn align(story: &Story, item: &Value) -> Result<Vec<Aligned>, String> {
    let id = item["id"].as_str().unwrap_or_default();
    let at = story.articles().find(|&at| story.document(at).article.id == id);
    let article = at.ok_or_else(|| format!("the article {id} is in no story"))?;
    let document = story.document(article);
    let offsets = Offsets::new(document.article.text.as_str());
    let mut gold = Vec::new();
    for mention in item["mentions"].as_array().map_or(&[][..], Vec::as_slice) {
        let byte = |key: &str| offsets.byte(usize::try_from(mention[key].as_u64()?).ok()?);
        let ends = byte("start").zip(byte("end")).filter(|(start, end)| start < end);
        let (start, end) = ends.ok_or_else(|| format!("{id}: a mention is not in the article"))?;
        gold.push((Span::new(start, end), mention));
    }
    // A description may span names: names answer to names, descriptions to descriptions.
    let mut taken = vec![false; document.mentions.len()];
    let aligned = gold.into_iter().map(|(span, mention)| {
        let described = mention["form"].as_str() == Some("description");
        let best = best(document, span, described, &taken);
        if let Some(best) = best {
            taken[best] = true;
        }
        let found = best.map(|at| document.mentions[at]);
        Aligned {
            article: id.to_owned(),
            start: mention["start"].as_u64().unwrap_or_default(),
            end: mention["end"].as_u64().unwrap_or_default(),
            text: document.slice(span).to_owned(),
            entity: mention["entity"].as_str().unwrap_or_default().to_owned(),
            is_person: mention["kind"].as_str() == Some("person"),
            described,
            found: found.and_then(|found| joined(story, article, &found)),
            kind: found.map(|found| super::names::kind(found.kind)),
            is_found: found.is_some(),
        }
    });
    Ok(aligned.collect())
}

/// The mention that shares most with a span and is not taken.
fn best(document: &Document, span: Span, described: bool, taken: &[bool]) -> Option<usize> {
    let form = if described { MentionForm::Description } else { MentionForm::Name };
    let shared = |mention: &Mention| {
        let end = mention.span.end().min(span.end());
        end.saturating_sub(mention.span.start().max(span.start()))
    };
    let mentions = document.mentions.iter().enumerate();
    mentions
        .filter(|(at, mention)| !taken[*at] && mention.form == form && shared(mention) > 0)
        .max_by_key(|(at, mention)| (shared(mention), std::cmp::Reverse(*at)))
        .map(|(at, _)| at)
}

/// The entity of the story, by its place among them.
fn joined(story: &Story, article: ArticleIndex, mention: &Mention) -> Option<usize> {
    story.entity(article, mention.entity)
}
