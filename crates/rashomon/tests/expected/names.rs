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

/// Whether an entity has this name; a title before the name is no part of it.
fn bears(entity: &StoryEntity, name: &str) -> bool {
    let forms = entity.aliases.iter().map(|alias| alias.text.as_str()).chain([&*entity.name]);
    forms.into_iter().any(|form| {
        form == name
            || form.contains(' ') && name.strip_suffix(form).is_some_and(|s| s.ends_with(' '))
    })
}
