use rashomon_desk::store::{Query, Store, StoryFilter, StoryNumber, StoryOrder, StoryRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::findings::{Claim, Discrepancy, Utterance, claim, discrepancy, utterance};
use crate::mcp::model::{Places, article_name, limit, number, page, story_name, words};
use crate::problem::Problem;

/// The order of a list.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = StoryOrder)]
enum Order {
    #[default]
    Newest,
    Begun,
    Articles,
    Outlets,
    Origins,
    Conflicts,
}

/// Which stories.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StoriesAsked)]
pub(super) struct ListAsked {
    #[serde(default)]
    order: Order,
    /// With so many articles at least.
    min_articles: Option<u64>,
    /// With so many outlets at least.
    min_outlets: Option<u64>,
    /// Only those whose reports contradict each other.
    disputed: Option<bool>,
    /// With an article of this outlet.
    outlet: Option<String>,
    /// With an article that this query finds.
    query: Option<String>,
    /// From 1 to 50; 20 where nothing is said.
    limit: Option<usize>,
    /// The next of the page before.
    cursor: Option<String>,
}

/// A story in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = StoryEntry)]
struct Entry {
    /// s1, s2…
    story: String,
    /// The headline to show.
    title: Option<String>,
    articles: u64,
    outlets: u64,
    /// Independent origins, as last found.
    origins: u64,
    discrepancies: u64,
    /// In how many of these the reports contradict each other.
    conflicts: u64,
    /// The time of its first article.
    first: String,
    /// The time of its last article.
    last: String,
    /// Whether what was found is about its articles as they are now.
    up_to_date: bool,
}

impl From<&StoryRow> for Entry {
    fn from(row: &StoryRow) -> Entry {
        Entry {
            story: story_name(row.story),
            title: row.title.clone(),
            articles: row.articles,
            outlets: row.outlets,
            origins: row.origins,
            discrepancies: row.discrepancies,
            conflicts: row.conflicts,
            first: row.first.to_string(),
            last: row.last.to_string(),
            up_to_date: row.found,
        }
    }
}

/// A page of stories.
#[derive(Serialize, ToSchema)]
#[schema(as = StoriesAnswer)]
pub(super) struct List {
    stories: Vec<Entry>,
    /// The cursor of the next page.
    next: Option<String>,
}

pub(super) fn list(store: &Store, asked: ListAsked) -> Result<List, Problem> {
    let order = match asked.order {
        Order::Newest => StoryOrder::Newest,
        Order::Begun => StoryOrder::Begun,
        Order::Articles => StoryOrder::Articles,
        Order::Outlets => StoryOrder::Outlets,
        Order::Origins => StoryOrder::Origins,
        Order::Conflicts => StoryOrder::Conflicts,
    };
    let query = asked.query.as_deref().map(|query| words("query", query)).transpose()?;
    let filter = StoryFilter {
        articles: asked.min_articles.unwrap_or(0),
        outlets: asked.min_outlets.unwrap_or(0),
        disputed: asked.disputed.unwrap_or(false),
        outlet: asked.outlet,
        query: query.map(Query::parse).transpose()?,
        ..StoryFilter::default()
    };
    let page = store.stories(&filter, order, limit(asked.limit, 20)?, asked.cursor.as_deref())?;
    Ok(List { stories: page.stories.iter().map(Entry::from).collect(), next: page.next })
}

/// A part of a story.
#[derive(Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Section {
    #[default]
    Overview,
    Reports,
    Claims,
    Discrepancies,
    Utterances,
}

/// Which story, and what of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StoryAsked)]
pub(super) struct Asked {
    /// s1, s2…
    story: String,
    #[serde(default)]
    section: Section,
    /// From 1 to 50; 10 where nothing is said.
    limit: Option<usize>,
    /// The next of the page before.
    cursor: Option<String>,
}

/// How much a story has of each section.
#[derive(Serialize, ToSchema)]
struct Sections {
    reports: usize,
    claims: usize,
    discrepancies: usize,
    utterances: usize,
}

/// A report of a story.
#[derive(Serialize, ToSchema)]
#[schema(as = Report)]
struct Report {
    article: String,
    outlet: String,
    key: String,
    title: Option<String>,
    date: String,
    revisions: u64,
}

/// A story, or a page of one of its sections: the others are empty.
#[derive(Serialize, ToSchema)]
#[schema(as = StoryAnswer)]
pub(super) struct Answer {
    /// The story as in a list.
    summary: Entry,
    /// The name that was asked for, where that story went into this one.
    redirected_from: Option<String>,
    section: Section,
    sections: Sections,
    reports: Vec<Report>,
    claims: Vec<Claim>,
    discrepancies: Vec<Discrepancy>,
    utterances: Vec<Utterance>,
    /// The cursor of the next page of the section.
    next: Option<String>,
}

pub(super) fn story(store: &Store, asked: Asked) -> Result<Answer, Problem> {
    let story = store.story(number(&asked.story, 's')?)?;
    let number: StoryNumber = story.row.story;
    let (limit, cursor) = (limit(asked.limit, 10)?, asked.cursor.as_deref());
    let (claims, disputes) = (store.claims(number)?, store.disputes(number)?);
    let remarks = store.remarks(number)?;
    let mut answer = Answer {
        summary: Entry::from(&story.row),
        redirected_from: story.redirected_from.map(story_name),
        section: asked.section,
        sections: Sections {
            reports: story.members.len(),
            claims: claims.len(),
            discrepancies: disputes.len(),
            utterances: remarks.len(),
        },
        reports: Vec::new(),
        claims: Vec::new(),
        discrepancies: Vec::new(),
        utterances: Vec::new(),
        next: None,
    };
    let mut places = Places::new(store);
    match asked.section {
        Section::Overview => {}
        Section::Reports => {
            let (rows, next) = page(story.members, limit, cursor)?;
            answer.next = next;
            answer.reports.extend(rows.into_iter().map(|member| Report {
                article: article_name(member.article),
                outlet: member.outlet,
                key: member.key,
                title: member.title,
                date: member.at.to_string(),
                revisions: member.revisions,
            }));
        }
        Section::Claims => {
            let (rows, next) = page(claims, limit, cursor)?;
            answer.next = next;
            for row in &rows {
                answer.claims.push(claim(&mut places, row)?);
            }
        }
        Section::Discrepancies => {
            let (rows, next) = page(disputes, limit, cursor)?;
            answer.next = next;
            for row in &rows {
                answer.discrepancies.push(discrepancy(&mut places, row)?);
            }
        }
        Section::Utterances => {
            let (rows, next) = page(remarks, limit, cursor)?;
            answer.next = next;
            for row in rows {
                answer.utterances.push(utterance(&mut places, row)?);
            }
        }
    }
    Ok(answer)
}
