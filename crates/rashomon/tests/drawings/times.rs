use rashomon::article::{Story, TimeBasis};
use rashomon_spec::Findings;

use super::marks;

/// Each time expression with its type, value (`?` where it is a guess), modifier, days and instant.
pub fn draw(story: &Story) -> Findings {
    marks(story, |document| {
        let label = |time: &rashomon::article::TimeExpression| {
            let days = time.days.map_or(String::new(), |days| {
                let day = days.first.to_string();
                if days.first == days.last || day == time.value {
                    return String::new();
                }
                format!(" ({day} to {})", days.last)
            });
            let modifier =
                time.modifier.map_or(String::new(), |modifier| format!(" {}", modifier.name()));
            let guessed = if time.basis == TimeBasis::Guessed { "?" } else { "" };
            let instant = time.instant.map_or(String::new(), |instant| format!(" = {instant}"));
            format!("{} {}{guessed}{modifier}{days}{instant}", time.kind.name(), time.value)
        };
        document.times.iter().map(|time| (time.span, label(time))).collect()
    })
}
