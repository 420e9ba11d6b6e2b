use rashomon_desk::store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::findings::{Utterance, utterance};
use crate::mcp::model::{Places, article_name, limit, story_name, words};
use crate::problem::Problem;

/// Who is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RemarksAsked {
    /// The name as it is shown, with any case and accents; or the beginning of a word of it.
    speaker: String,
    /// From 1 to 50; 10 where nothing is said.
    limit: Option<usize>,
    /// The next of the page before.
    cursor: Option<String>,
}

/// A page of what somebody said.
#[derive(Serialize, ToSchema)]
#[schema(as = RemarksAnswer)]
pub(super) struct Remarks {
    /// The name under which the remarks are kept; null where nobody is called so.
    speaker: Option<String>,
    /// Others whom the name may mean.
    others: Vec<Somebody>,
    remarks: Vec<Utterance>,
    /// The cursor of the next page.
    next: Option<String>,
}

/// Somebody who is quoted.
#[derive(Serialize, ToSchema)]
struct Somebody {
    speaker: String,
    remarks: u64,
}

pub(super) fn remarks(store: &Store, asked: RemarksAsked) -> Result<Remarks, Problem> {
    use rashomon_desk::store::SpeakerFilter;
    let name = words("speaker", &asked.speaker)?;
    let limit = limit(asked.limit, 10)?;
    let filter = SpeakerFilter { prefix: Some(name.to_owned()), ..SpeakerFilter::default() };
    let mut others = store.speakers(&filter, 10, None)?.rows;
    let exact = store.speaker(name)?;
    // Where one person alone can be meant, that is who is meant.
    let speaker = match exact {
        Some(speaker) => Some(speaker.name),
        None if others.len() == 1 => others.pop().map(|speaker| speaker.name),
        None => None,
    };
    others.retain(|other| Some(&other.name) != speaker.as_ref());
    let asked_for = speaker.as_deref().unwrap_or(name);
    let page = store.remarks_of(asked_for, limit, asked.cursor.as_deref())?;
    let mut places = Places::new(store);
    let rows = page.rows.into_iter().map(|remark| utterance(&mut places, remark));
    Ok(Remarks {
        remarks: rows.collect::<Result<Vec<Utterance>, Problem>>()?,
        speaker,
        others: others
            .into_iter()
            .map(|row| Somebody { speaker: row.name, remarks: row.remarks })
            .collect(),
        next: page.next,
    })
}

/// Which outlet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OutletAsked {
    /// Its name in capitals or small letters.
    name: String,
    /// From 1 to 50; 10 where nothing is said.
    limit: Option<usize>,
    /// The next of the page before.
    cursor: Option<String>,
}

/// An outlet, and a page of its articles, the newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = OutletAnswer)]
pub(super) struct OutletAnswer {
    outlet: String,
    articles: u64,
    stories: u64,
    /// The time of its first article.
    first: String,
    /// The time of its last article.
    last: String,
    /// How many passages it tells alone in their stories.
    alone: u64,
    /// How many claims it leaves out that most tell.
    left_out: u64,
    /// How many of its articles have their words from elsewhere.
    copied_from: u64,
    /// How many articles of others have their words from it.
    copied_by: u64,
    newest: Vec<OutletArticle>,
    /// The cursor of the next page.
    next: Option<String>,
}

/// An article of an outlet.
#[derive(Serialize, ToSchema)]
struct OutletArticle {
    article: String,
    story: Option<String>,
    key: String,
    title: Option<String>,
    date: String,
    revisions: u64,
}

pub(super) fn outlet(store: &Store, asked: OutletAsked) -> Result<OutletAnswer, Problem> {
    let name = words("name", &asked.name)?;
    let limit = limit(asked.limit, 10)?;
    let Some(row) = store.outlet(name)? else {
        // Names of outlets are words of third parties, and no error may carry them.
        let why = format!("{name:?}: there is no such outlet; search with outlet: finds its name");
        return Err(Problem::new("not-found", why));
    };
    let page = store.articles_by(&row.outlet, limit, asked.cursor.as_deref())?;
    let newest = page.rows.into_iter().map(|article| OutletArticle {
        article: article_name(article.article),
        story: article.story.map(story_name),
        key: article.key,
        title: article.title,
        date: article.at.to_string(),
        revisions: article.revisions,
    });
    Ok(OutletAnswer {
        newest: newest.collect(),
        outlet: row.outlet,
        articles: row.articles,
        stories: row.stories,
        first: row.first.to_string(),
        last: row.last.to_string(),
        alone: row.alone,
        left_out: row.left_out,
        copied_from: row.copied_from,
        copied_by: row.copied_by,
        next: page.next,
    })
}
