use std::fmt::Display;
use std::io::Write as _;

use rashomon::article::{Diagnostic, Document};
use rashomon::text::Offsets;

use crate::arguments::InputArguments;

/// Says a line on standard error. That nobody listens there, or that there is no room for it, is no
/// reason to end the work.
pub fn say(message: impl Display) {
    let _ = writeln!(std::io::stderr(), "rashomon: {message}");
}

/// Says on standard error what a user should know beside the result.
pub struct Reporter<'o> {
    options: &'o InputArguments,
}

/// Codes that tell of an input that is not in the result: the exit code says so too.
const NOTICES: [&str; 2] = ["other-files", "read-before"];

/// Whether something that the user asked for is missing in the result.
pub fn skipped_any(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| !is_notice(&diagnostic.code))
}

/// Whether a code tells of something that nobody misses.
pub fn is_notice(code: &str) -> bool {
    NOTICES.contains(&code)
}

impl<'o> Reporter<'o> {
    pub fn new(options: &'o InputArguments) -> Reporter<'o> {
        Reporter { options }
    }

    pub fn report(&self, documents: &[Document], diagnostics: &[Diagnostic]) {
        if self.options.quiet {
            return;
        }
        for diagnostic in diagnostics {
            if is_notice(&diagnostic.code) && !self.options.verbose {
                continue;
            }
            tell(diagnostic);
        }
        if self.options.verbose {
            documents.iter().for_each(report_document);
        }
    }
}

/// Says what concerns an input.
pub fn tell(diagnostic: &Diagnostic) {
    let source = diagnostic.source.as_deref().unwrap_or("input");
    // Most messages name the file, and the place in it, themselves.
    let named = diagnostic.message.starts_with(source);
    let source = if named { String::new() } else { format!("{source}: ") };
    say(format_args!("{source}{} [{}]", diagnostic.message, diagnostic.code));
}

fn report_document(document: &Document) {
    let article = &document.article;
    let name = article.source.as_deref().unwrap_or(&article.id);
    let offsets = Offsets::new(article.text.as_str());
    for diagnostic in &document.diagnostics {
        match diagnostic.span {
            Some(span) => {
                let place = offsets.line_column(span.start());
                say(format_args!(
                    "{name}:{}:{}: {} [{}]",
                    place.line, place.column, diagnostic.message, diagnostic.code
                ));
            }
            None => say(format_args!("{name}: {} [{}]", diagnostic.message, diagnostic.code)),
        }
    }
}
