use std::fmt::Write as _;
use std::process::ExitCode;

use crate::arguments::desk::CheckArguments;
use crate::{desk, output};

pub fn run(options: &CheckArguments) -> anyhow::Result<ExitCode> {
    let desk = desk::open_to_read(options.store.db.as_deref())?;
    let stats = desk.store().stats()?;
    let checked = desk.store().check()?;
    let mut text = String::new();
    for (what, count) in [
        ("articles", stats.articles),
        ("revisions", stats.revisions),
        ("quotations", stats.quotations),
        ("stories", stats.stories),
        ("claims", stats.claims),
        ("feeds", stats.feeds),
        ("bytes", stats.bytes),
    ] {
        writeln!(text, "{count:>12} {what}")?;
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
