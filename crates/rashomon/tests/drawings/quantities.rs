use rashomon::article::{Change, Quantity, Story};
use rashomon_spec::Findings;

use super::marks;

/// Each quantity with its sign, numbers, unit, what is counted, what happened to it and which way
/// it moves.
pub fn draw(story: &Story) -> Findings {
    marks(story, |document| {
        let label = |quantity: &Quantity| {
            let mut parts = vec![value(quantity)];
            if let Some(unit) = &quantity.unit {
                parts.push(unit.name.clone());
            }
            parts.push(format!("({:?})", quantity.dimension));
            if let Some(counted) = quantity.counted {
                parts.push(format!("of {}", document.slice(counted)));
            }
            if let Some(role) = quantity.role {
                parts.push(format!("[{}]", document.slice(role)));
            }
            parts.extend(quantity.change.map(|change| match change {
                Change::Up => "up".to_owned(),
                Change::Down => "down".to_owned(),
            }));
            if let Some(other) = &quantity.restated {
                let unit = other.unit.as_ref().map_or("", |unit| unit.name.as_str());
                parts.push(format!("or {} {unit}", value(other)));
            }
            parts.join(" ")
        };
        document.quantities.iter().map(|quantity| (quantity.span, label(quantity))).collect()
    })
}

fn value(quantity: &Quantity) -> String {
    let (min, max) = (quantity.min, quantity.max);
    let sign = quantity.comparator.sign();
    if min == max { format!("{sign} {min}") } else { format!("{sign} {min}..{max}") }
}
