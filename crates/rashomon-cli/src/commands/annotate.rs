use std::process::ExitCode;

use rashomon_show::wire;

use super::exit_code;
use crate::arguments::{AnnotateArguments, LineFormat};
use crate::{inputs, output};

pub fn run(options: &AnnotateArguments) -> anyhow::Result<ExitCode> {
    let LineFormat::Jsonl = options.format;
    let batch = inputs::read_all(&options.input)?;
    let mut lines = String::new();
    for document in &batch.documents {
        lines.push_str(&serde_json::to_string(&wire::annotate_line(document))?);
        lines.push('\n');
    }
    output::write(options.output.as_deref(), &lines)?;
    Ok(exit_code(&batch.diagnostics))
}
