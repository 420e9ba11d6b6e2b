use std::path::{Path, PathBuf};

use rashomon::article::Diagnostic;

/// Endings that are read in a folder. A file that is named is read whatever its ending.
const ENDINGS: &[&str] = &[
    "txt", "text", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv", "parquet",
    "xml", "rss", "rdf", "atom", "opml", "warc", "arc", "zip", "tar", "tgz", "gz", "zst",
];

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
    /// An address of the web.
    Address(String),
}

impl Input {
    /// The name of standard input.
    pub const STANDARD: &'static str = "stdin";

    /// The name of what somebody sent to a server.
    pub const POSTED: &'static str = "posted";

    /// Whether something that was read, or a record in it, came from no place that could be
    /// looked up again: `stdin`, `stdin:3`, `posted[2]`.
    pub(crate) fn is_nowhere(name: &str) -> bool {
        let rest = [Input::STANDARD, Input::POSTED].iter().find_map(|it| name.strip_prefix(it));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '[']))
    }

    /// How messages name it.
    pub fn name(&self) -> String {
        match self {
            Input::Standard => Input::STANDARD.to_owned(),
            Input::File(path) => path.display().to_string(),
            Input::Address(address) => address.clone(),
        }
    }
}

/// The inputs that a command line names: a folder stands for the reports below it, in the order
/// of their names. What is left alone is told by diagnostics.
pub fn inputs(names: &[PathBuf]) -> (Vec<Input>, Vec<Diagnostic>) {
    let mut list = List::default();
    for name in names {
        list.take(name);
    }
    (list.inputs, list.diagnostics)
}

#[derive(Default)]
struct List {
    inputs: Vec<Input>,
    diagnostics: Vec<Diagnostic>,
    /// Files of a folder whose endings are not those of reports.
    others: usize,
}

impl List {
    fn take(&mut self, name: &Path) {
        let text = name.to_string_lossy();
        if text == "-" {
            self.inputs.push(Input::Standard);
        } else if is_address(&text) {
            self.inputs.push(Input::Address(text.into_owned()));
        } else if name.is_dir() {
            self.folder(name);
        } else {
            self.inputs.push(Input::File(name.to_owned()));
        }
    }

    fn folder(&mut self, folder: &Path) {
        let before = self.inputs.len();
        self.others = 0;
        self.walk(folder);
        if self.others > 0 {
            let message = format!(
                "{} files were left alone: their endings are not those of reports; name one to read it all the same",
                self.others
            );
            self.tell("other-files", message, folder);
        }
        if self.inputs.len() == before {
            self.tell("empty-input", "the folder holds no report".to_owned(), folder);
        }
    }

    fn walk(&mut self, folder: &Path) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                return self.tell(
                    "unreadable",
                    format!("the folder cannot be read: {error}"),
                    folder,
                );
            }
        };
        let mut paths: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            // A link to a folder could lead round in a circle; one to a file is read.
            if path.is_dir() {
                if !path.is_symlink() {
                    self.walk(&path);
                }
            } else if is_report(&path) {
                self.inputs.push(Input::File(path));
            } else {
                self.others += 1;
            }
        }
    }

    fn tell(&mut self, code: &'static str, message: String, place: &Path) {
        self.diagnostics.push(Diagnostic::input(code, message, place.display().to_string()));
    }
}

/// Whether a text is an address of the web.
pub fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn is_report(path: &Path) -> bool {
    path.extension()
        .is_none_or(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
