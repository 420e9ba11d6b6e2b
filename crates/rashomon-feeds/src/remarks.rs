//! What is to be said about one input, gathered while it is read.

use std::collections::BTreeMap;

use rashomon_article::Diagnostic;

/// How much of an example is shown.
const EXAMPLE: usize = 80;

/// Remarks of one kind become one diagnostic with their number and the first of them.
pub(crate) struct Remarks {
    source: String,
    found: BTreeMap<&'static str, Found>,
}

struct Found {
    times: usize,
    example: String,
}

impl Remarks {
    /// Remarks about an input of this name or address.
    pub fn about(source: Option<&str>) -> Remarks {
        Remarks { source: source.unwrap_or("feed").to_owned(), found: BTreeMap::new() }
    }

    /// Remarks something of a kind, with the words that it concerns.
    pub fn add(&mut self, code: &'static str, example: &str) {
        self.add_times(code, 1, example);
    }

    /// Remarks something of a kind that happened several times.
    pub fn add_times(&mut self, code: &'static str, times: usize, example: &str) {
        if times == 0 {
            return;
        }
        let shown = || example.chars().take(EXAMPLE).collect();
        let found = self.found.entry(code);
        found.or_insert_with(|| Found { times: 0, example: shown() }).times += times;
    }

    /// One diagnostic for each kind, in the order of their codes.
    pub fn diagnostics(self) -> Vec<Diagnostic> {
        let source = self.source;
        let say = |(code, found): (&'static str, Found)| {
            let message = format!("{source}: {}", sentence(code, found.times, &found.example));
            Diagnostic::input(code, message, source.clone())
        };
        self.found.into_iter().map(say).collect()
    }
}

/// What happened, how often, and the mend where there is one.
fn sentence(code: &str, times: usize, example: &str) -> String {
    let first = |one, many| format!("{}, the first “{example}”", counted(times, one, many));
    match code {
        "bad-address" => {
            format!("left out as no address of the web: {}", first("address", "addresses"))
        }
        "bad-date" => format!("left out as unreadable: {}", first("date", "dates")),
        "bad-entry" => {
            format!("left out: {} with nothing to read", counted(times, "entry", "entries"))
        }
        "encoding-errors" => {
            format!("bytes that mean nothing in {example} were replaced by U+FFFD")
        }
        "encoding-guessed" => {
            format!("nothing says rightly how it is encoded; it looks like {example}")
        }
        "encoding-unknown" => format!("nobody knows the encoding “{example}” that it names"),
        "entity-refused" => {
            format!("not resolved for safety: {}", first("entity", "entities"))
        }
        "feed-repaired" => format!("mended in the markup: {}", first("fault", "faults")),
        "feed-truncated" => format!("it ends too early: {example}; ask for it again"),
        "nesting-cut" => {
            let elements = counted(times, "element", "elements");
            format!("unwrapped: {elements} nested too deeply")
        }
        "too-many" => format!("what stands after {example} is not read"),
        "zone-missing" => {
            format!("kept by the day alone, as no zone is named: {}", first("date", "dates"))
        }
        _ => example.to_owned(),
    }
}

/// A number with its noun.
pub(crate) fn counted(times: usize, one: &str, many: &str) -> String {
    format!("{times} {}", if times == 1 { one } else { many })
}
