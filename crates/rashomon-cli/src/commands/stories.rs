use std::process::ExitCode;

use rashomon::article::Document;
use rashomon::language::english;

use super::exit_code;
use crate::arguments::{LineFormat, StoriesArguments};
use crate::{inputs, output};

pub fn run(options: &StoriesArguments) -> anyhow::Result<ExitCode> {
    let LineFormat::Jsonl = options.format;
    let batch = inputs::read_all(&options.input)?;
    let documents: Vec<&Document> = batch.documents.iter().collect();
    let mut lines = String::new();
    for (document, assignment) in documents.iter().zip(rashomon::group(&documents, english())) {
        let line = serde_json::json!({
            "id": document.article.id,
            "story": format!("s{}", assignment.story + 1),
            "score": assignment.score,
            "why": assignment.why,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    output::write(options.output.as_deref(), &lines)?;
    Ok(exit_code(&batch.diagnostics))
}
