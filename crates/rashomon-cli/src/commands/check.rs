use std::fmt::Write as _;
use std::process::ExitCode;

use crate::arguments::desk::CheckArguments;
use crate::listing::counted;
use crate::{desk, output};

pub fn run(options: &CheckArguments) -> anyhow::Result<ExitCode> {
    let desk = desk::open_to_read(options.store.db.as_deref())?;
    let stats = desk.store().stats()?;
    let checked = desk.store().check()?;
    let mut text = String::new();
    for (noun, count) in [
        ("article", stats.articles),
        ("revision", stats.revisions),
        ("quotation", stats.quotations),
        ("story", stats.stories),
        ("claim", stats.claims),
        ("feed", stats.feeds),
        ("byte", stats.bytes),
    ] {
        let line = counted(count, noun);
        // The numbers end in one column.
        let digits = count.to_string().len();
        writeln!(text, "{}{line}", " ".repeat(12_usize.saturating_sub(digits)))?;
    }
    for problem in &checked.problems {
        writeln!(text, "damaged: {problem}")?;
    }
    if checked.is_sound() {
        text.push_str("       sound\n");
    }
    output::write(None, &text)?;
    Ok(ExitCode::from(u8::from(!checked.is_sound())))
}
