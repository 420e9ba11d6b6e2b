/*!
Tables out: rows written one by one to CSV or Parquet.

```
use rashomon_archives::table::{Cell, Column, Format, Kind, Table};

let columns = vec![Column::new("outlet", Kind::Text), Column::new("articles", Kind::Integer)];
let mut table = Table::new(Format::Csv, columns, Vec::new())?;
table.row(&[Cell::from("Harbour Herald, evening"), Cell::Integer(3)])?;
let bytes = table.finish()?;
assert_eq!(String::from_utf8_lossy(&bytes), "outlet,articles\r\n\"Harbour Herald, evening\",3\r\n");
# Ok::<(), rashomon_archives::Error>(())
```
*/

mod cells;
mod csv;
#[cfg(feature = "parquet")]
mod parquet;

use std::io::Write;

pub use cells::{Cell, Column, Kind};

use crate::Error;

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180 in UTF-8: a head, lines that end in CR LF, cells in quotation marks where they
    /// need them. A list of texts is written as a JSON array, an instant as RFC 3339. An empty
    /// text and no value look alike.
    Csv,
    /// The same for people who open it in a spreadsheet: a text that a spreadsheet would take for
    /// a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end) has an apostrophe in
    /// front, so that words of foreign pages are never computed. It does not read back as it was.
    CsvForSpreadsheets,
    /// Parquet with Zstandard, in groups of rows. Needs the feature `parquet`.
    Parquet,
}

/// A table that is being written. Its rows are not held, but for a group of them in Parquet.
pub struct Table<W: Write + Send> {
    columns: Vec<Column>,
    writer: Writer<W>,
    rows: u64,
}

enum Writer<W: Write + Send> {
    Csv(Box<csv::Rows<W>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Groups<W>>),
}

impl<W: Write + Send> Table<W> {
    /// Begins a table; its head is written at once.
    ///
    /// # Errors
    ///
    /// `bad-table` for no columns or two of one name, `no-parquet` where this build has none,
    /// `cannot-write`.
    pub fn new(format: Format, columns: Vec<Column>, out: W) -> Result<Table<W>, Error> {
        for (at, column) in columns.iter().enumerate() {
            if columns[..at].iter().any(|other| other.name == column.name) {
                let message = format!("two columns of the table are called {:?}", column.name);
                return Err(Error::new("bad-table", message));
            }
        }
        if columns.is_empty() {
            return Err(Error::new("bad-table", "the table has no columns"));
        }
        let writer = match format {
            Format::Csv => Writer::Csv(Box::new(csv::Rows::new(&columns, out, false)?)),
            Format::CsvForSpreadsheets => {
                Writer::Csv(Box::new(csv::Rows::new(&columns, out, true)?))
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => Writer::Parquet(Box::new(parquet::Groups::new(&columns, out)?)),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                let message = "this build writes no Parquet; write CSV instead";
                return Err(Error::new("no-parquet", message));
            }
        };
        Ok(Table { columns, writer, rows: 0 })
    }

    /// Writes a row, a cell for each column.
    ///
    /// # Errors
    ///
    /// `bad-table` where the cells are not what the columns say, `cannot-write`.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Error> {
        self.check(cells)?;
        self.rows += 1;
        match &mut self.writer {
            Writer::Csv(rows) => rows.row(cells),
            #[cfg(feature = "parquet")]
            Writer::Parquet(groups) => groups.row(cells),
        }
    }

    /// How many rows were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the table and gives back what it was written to. A table that is not ended may lack
    /// its last rows, and as Parquet it cannot be read at all.
    ///
    /// # Errors
    ///
    /// `cannot-write`.
    pub fn finish(self) -> Result<W, Error> {
        match self.writer {
            Writer::Csv(rows) => rows.finish(),
            #[cfg(feature = "parquet")]
            Writer::Parquet(groups) => groups.finish(),
        }
    }

    fn check(&self, cells: &[Cell]) -> Result<(), Error> {
        let number = self.rows + 1;
        if cells.len() != self.columns.len() {
            let (cells, columns) = (cells.len(), self.columns.len());
            let message = format!("row {number} has {cells} cells for {columns} columns");
            return Err(Error::new("bad-table", message));
        }
        for (column, cell) in self.columns.iter().zip(cells) {
            if !cell.fits(column) {
                let message =
                    format!("row {number}: {cell:?} is no value for the column {:?}", column.name);
                return Err(Error::new("bad-table", message));
            }
        }
        Ok(())
    }
}

fn cannot_write(error: impl std::fmt::Display) -> Error {
    Error::new("cannot-write", format!("the table cannot be written: {error}"))
}
