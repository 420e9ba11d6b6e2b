use std::io::Write;

use rashomon::article::Document;
use rashomon::language::Language;
use rashomon_show::wire;
use rayon::prelude::*;
use serde_json::json;

use super::{Selection, cannot_write};
use crate::Error;
use crate::desk::Desk;
use crate::identity::KEY_FIELD;

/// How many articles are annotated between two writes.
const AT_ONCE: usize = 128;

pub(super) fn write(desk: &Desk, selection: &Selection, out: &mut dyn Write) -> Result<u64, Error> {
    let (numbers, language) = (desk.numbers(selection)?, desk.language);
    for chunk in numbers.chunks(AT_ONCE) {
        let mut documents = Vec::with_capacity(chunk.len());
        for &number in chunk {
            let stored = desk.store.article(number)?;
            let mut document = stored.document;
            let extra = &mut document.article.extra;
            extra.insert(KEY_FIELD.to_owned(), json!(stored.key));
            extra.insert("number".to_owned(), json!(format!("a{number}")));
            if let Some(story) = stored.story {
                extra.insert("story".to_owned(), json!(format!("s{story}")));
            }
            documents.push(document);
        }
        let lines: Vec<serde_json::Result<String>> =
            documents.into_par_iter().map(|document| line(document, language)).collect();
        for line in lines {
            out.write_all(line.map_err(cannot_write)?.as_bytes()).map_err(cannot_write)?;
        }
    }
    Ok(numbers.len() as u64)
}

fn line(document: Document, language: &Language) -> serde_json::Result<String> {
    let document = rashomon::annotate(document, language);
    let mut line = serde_json::to_string(&wire::annotate_line(&document))?;
    line.push('\n');
    Ok(line)
}
