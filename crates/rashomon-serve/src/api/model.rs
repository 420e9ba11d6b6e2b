//! What the API answers, beside the documents of the output contract.

use std::borrow::Cow;

use rashomon::text::{Offsets, Span};
use rashomon_desk::store::{Feed, Member, StoryRow};
use serde::Serialize;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Stands for a document whose schema is published under `schema/`.
macro_rules! published {
    ($($name:ident)*) => {$(
        pub(crate) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )*};
}

published!(Comparison Article);

/// A story in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct StoryEntry {
    /// `s1`, `s2`…
    pub story: String,
    /// The headline to show.
    pub title: Option<String>,
    /// How many articles it has.
    pub articles: u64,
    /// How many outlets tell it.
    pub outlets: u64,
    /// How many independent origins they have, as last found.
    pub origins: u64,
    /// In how many things its articles differ, as last found.
    pub discrepancies: u64,
    /// In how many of these they contradict each other.
    pub conflicts: u64,
    /// The time of its first article.
    #[schema(format = DateTime)]
    pub first: String,
    /// The time of its last article.
    #[schema(format = DateTime)]
    pub last: String,
    /// Whether what was found is about its articles as they are now.
    pub up_to_date: bool,
}

impl From<&StoryRow> for StoryEntry {
    fn from(row: &StoryRow) -> StoryEntry {
        StoryEntry {
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
pub(crate) struct StoryList {
    pub stories: Vec<StoryEntry>,
    /// Where the next page begins: give it as `after`.
    pub next: Option<String>,
}

/// What spoke for something, and how much it weighs.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reason {
    pub words: String,
    pub weight: f64,
}

pub(crate) fn reasons(why: &[(String, f64)]) -> Vec<Reason> {
    why.iter().map(|(words, weight)| Reason { words: words.clone(), weight: *weight }).collect()
}

/// An article in its story.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberEntry {
    /// `a1`, `a2`…
    pub article: String,
    /// The id that its record gave it; the comparison names it so.
    pub id: String,
    /// What tells it from all others: its address, mostly.
    pub key: String,
    /// Who published it, or else its id.
    pub outlet: String,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published, or else read.
    #[schema(format = DateTime)]
    pub at: String,
    /// Whether `at` is when it was published.
    pub dated: bool,
    /// How often its words changed.
    pub revisions: u64,
    /// How sure it is that it belongs here.
    pub score: f64,
    /// What joined it to the others.
    pub why: Vec<Reason>,
}

impl MemberEntry {
    pub fn new(member: &Member, why: &[(String, f64)]) -> MemberEntry {
        MemberEntry {
            article: article_name(member.article),
            id: member.id.clone(),
            key: member.key.clone(),
            outlet: member.outlet.clone(),
            title: member.title.clone(),
            at: member.at.to_string(),
            dated: member.dated,
            revisions: member.revisions,
            score: member.score,
            why: reasons(why),
        }
    }
}

/// The articles of a story.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberList {
    pub story: String,
    pub articles: Vec<MemberEntry>,
}

/// A story that has to do with another and is not the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinkEntry {
    /// The older story.
    pub from: String,
    /// The newer story.
    pub to: String,
    pub score: f64,
    pub why: Vec<Reason>,
}

/// A story with its articles.
#[derive(Serialize, ToSchema)]
pub(crate) struct StoryDetail {
    #[serde(flatten)]
    pub entry: StoryEntry,
    /// The number that was asked for, where that story went into this one.
    pub redirected_from: Option<String>,
    /// Goes up whenever its articles or their words change.
    pub version: u64,
    /// Its articles, by time.
    pub members: Vec<MemberEntry>,
    pub links: Vec<LinkEntry>,
}

/// Exact words at their place in an article.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Stretch {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
}

impl Stretch {
    /// The words of a span.
    pub fn new(text: &str, offsets: &Offsets<'_>, span: Span) -> Stretch {
        let (start, end) = offsets.code_points(span);
        Stretch { start, end, text: text.get(span.range()).unwrap_or_default().to_owned() }
    }
}

/// A feed and how it does.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedEntry {
    pub address: String,
    pub title: Option<String>,
    pub home: Option<String>,
    pub folder: Option<String>,
    /// How often fetching failed since it last went well.
    pub failures: u32,
    pub last_error: Option<String>,
    #[schema(format = DateTime)]
    pub last_ok: Option<String>,
    #[schema(format = DateTime)]
    pub next_at: Option<String>,
    pub moved_to: Option<String>,
    /// Whether its server says that it is gone for good.
    pub gone: bool,
}

impl From<Feed> for FeedEntry {
    fn from(feed: Feed) -> FeedEntry {
        FeedEntry {
            address: feed.address,
            title: feed.title,
            home: feed.home,
            folder: feed.folder,
            failures: feed.failures,
            last_error: feed.last_error,
            last_ok: feed.last_ok.map(|at| at.to_string()),
            next_at: feed.next_at.map(|at| at.to_string()),
            moved_to: feed.moved_to,
            gone: feed.gone,
        }
    }
}

pub(crate) fn story_name(story: u64) -> String {
    format!("s{story}")
}

pub(crate) fn article_name(article: u64) -> String {
    format!("a{article}")
}
