use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use super::{Cell, Column, cannot_write};
use crate::Error;

/// Rows of CSV.
pub(super) struct Rows<W: Write> {
    writer: Writer<W>,
    /// Whether nothing may look like a formula.
    guarded: bool,
}

impl<W: Write> Rows<W> {
    pub fn new(columns: &[Column], out: W, guarded: bool) -> Result<Rows<W>, Error> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        let names = columns.iter().map(|column| column.name.as_str());
        writer.write_record(names).map_err(cannot_write)?;
        Ok(Rows { writer, guarded })
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Error> {
        let words = cells.iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => self.text(text),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Truth(truth) => truth.to_string(),
            Cell::Time(at) => at.to_string(),
            Cell::TextList(texts) => serde_json::Value::from(texts.clone()).to_string(),
        });
        let words: Vec<String> = words.collect();
        self.writer.write_record(&words).map_err(cannot_write)
    }

    fn text(&self, text: &str) -> String {
        let computes = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        if self.guarded && computes { format!("'{text}") } else { text.to_owned() }
    }

    pub fn finish(self) -> Result<W, Error> {
        self.writer.into_inner().map_err(|error| cannot_write(error.error()))
    }
}
