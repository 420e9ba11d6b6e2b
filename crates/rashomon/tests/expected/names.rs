//! Who is who.

use rashomon::article::{Story, StoryEntity};

use super::desk::Desk;
use super::line::Line;
use super::tally::Tally;

pub fn check(desk: &Desk, line: &Line, tally: &mut Tally) {
    match line {
        Line::SamePerson(a, b) => {
            let met = bearers(desk, a).iter().any(|who| bearers(desk, b).contains(who));
            tally.expect("same-person", met, || format!("{a} | {b}"));
        }
        Line::DifferentPerson(a, b) => {
            let (one, other) = (bearers(desk, a), bearers(desk, b));
            let apart = !one.iter().any(|who| other.contains(who));
            let met = !one.is_empty() && !other.is_empty() && apart;
            tally.expect("different-person", met, || {
                format!("{a} | {b}: {} and {} entities", one.len(), other.len())
            });
        }
        _ => {}
    }
}

/// The entities of all stories that bear a name, by story and index.
fn bearers(desk: &Desk, name: &str) -> Vec<(usize, usize)> {
    let of = |(at, story): (usize, &Story)| {
        let found = story.entities.iter().enumerate().filter(|(_, entity)| bears(entity, name));
        found.map(|(entity, _)| (at, entity)).collect::<Vec<_>>()
    };
    desk.stories.iter().enumerate().flat_map(of).collect()
}

/// Titles of the sample stories: mentions leave them out.
const TITLES: &[&str] = &["Captain", "Father", "Madame"];

/// Whether an entity has this name; a title before the name is no part of it.
pub fn bears(entity: &StoryEntity, name: &str) -> bool {
    let bare = name.split_once(' ').filter(|(title, _)| TITLES.contains(title));
    let bare = bare.map_or(name, |(_, bare)| bare);
    let mut forms = entity.aliases.iter().map(|alias| alias.text.as_str()).chain([&*entity.name]);
    forms.any(|form| form == name || form == bare)
}
