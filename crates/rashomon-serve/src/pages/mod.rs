//! The pages: made on the server, whole without scripts, alive with one.

mod alerts;
mod article;
mod cookie;
mod events;
mod failure;
mod front;
pub(crate) mod layout;
mod outlets;
mod people;
mod pieces;
mod search;
mod sources;
mod story;
mod story_changes;

pub(crate) use alerts::{add_alert, alert_feed, alerts, remove_alert};
pub(crate) use article::article;
pub(crate) use events::events;
pub(crate) use failure::nothing_here;
pub(crate) use front::{front, front_list};
pub(crate) use outlets::{outlet, outlets};
pub(crate) use people::{people, person};
pub(crate) use search::{search, search_hits};
pub(crate) use sources::check as check_address;
pub(crate) use sources::{add_feed, export_feeds, import_feeds, remove_feed, sources};
pub(crate) use story::story_number;
pub(crate) use story::{story, story_synopsis};
pub(crate) use story_changes::article_number;
pub(crate) use story_changes::{merge, pin, split, undo};
