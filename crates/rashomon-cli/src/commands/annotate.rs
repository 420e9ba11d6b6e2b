use std::process::ExitCode;

use rashomon_show::wire;
use rayon::prelude::*;

use super::exit_code;
use crate::arguments::{AnnotateArguments, LineFormat};
use crate::{inputs, output};

pub fn run(options: &AnnotateArguments) -> anyhow::Result<ExitCode> {
    let LineFormat::Jsonl = options.format;
    let batch = inputs::read_all("annotate", &options.input)?;
    let lines = batch.documents.par_iter().map(|document| {
        let mut line = serde_json::to_string(&wire::annotate_line(document))?;
        line.push('\n');
        Ok(line)
    });
    let lines: Vec<String> = lines.collect::<anyhow::Result<_>>()?;
    output::write(options.output.as_deref(), &lines.concat())?;
    Ok(exit_code(&batch.diagnostics))
}
