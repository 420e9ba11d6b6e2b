use rashomon::article::Story;
use rashomon_spec::Findings;

use super::marks;

/// Each time expression with its type, value and days.
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
            format!("{} {}{days}", time.kind.name(), time.value)
        };
        document.times.iter().map(|time| (time.span, label(time))).collect()
    })
}
