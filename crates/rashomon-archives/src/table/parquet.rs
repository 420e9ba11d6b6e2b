use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::{Cell, Column, Kind, cannot_write};
use crate::Error;

/// So many rows go to the format library at a time.
const BATCH: usize = 512;
/// A group of rows is written once it has so many bytes in memory.
const GROUP_BYTES: usize = 32 << 20;

/// Groups of rows of a Parquet table.
pub(super) struct Groups<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: Arc<Schema>,
    builders: Vec<Builder>,
    waiting: usize,
}

impl<W: Write + Send> Groups<W> {
    pub fn new(columns: &[Column], out: W) -> Result<Groups<W>, Error> {
        let fields: Vec<Field> = columns
            .iter()
            .map(|column| Field::new(&column.name, data_type(column.kind), column.nullable))
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let level = ZstdLevel::try_new(3).map_err(cannot_write)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by("rashomon".to_owned())
            .build();
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties));
        let builders = columns.iter().map(|column| Builder::new(column.kind)).collect();
        Ok(Groups { writer: writer.map_err(cannot_write)?, schema, builders, waiting: 0 })
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Error> {
        for (builder, cell) in self.builders.iter_mut().zip(cells) {
            builder.push(cell);
        }
        self.waiting += 1;
        if self.waiting < BATCH {
            return Ok(());
        }
        self.write()?;
        if self.writer.in_progress_size() > GROUP_BYTES {
            self.writer.flush().map_err(cannot_write)?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), Error> {
        let arrays: Vec<ArrayRef> = self.builders.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(cannot_write)?;
        self.waiting = 0;
        self.writer.write(&batch).map_err(cannot_write)
    }

    pub fn finish(mut self) -> Result<W, Error> {
        if self.waiting > 0 {
            self.write()?;
        }
        self.writer.into_inner().map_err(cannot_write)
    }
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Real => DataType::Float64,
        Kind::Truth => DataType::Boolean,
        Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        Kind::TextList => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
    }
}

/// The cells of a column that wait to be written.
enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Real(Float64Builder),
    Truth(BooleanBuilder),
    Time(TimestampMicrosecondBuilder),
    TextList(ListBuilder<StringBuilder>),
}

impl Builder {
    fn new(kind: Kind) -> Builder {
        match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Integer => Builder::Integer(Int64Builder::new()),
            Kind::Real => Builder::Real(Float64Builder::new()),
            Kind::Truth => Builder::Truth(BooleanBuilder::new()),
            Kind::Time => {
                let builder = TimestampMicrosecondBuilder::new();
                Builder::Time(builder.with_data_type(data_type(kind)))
            }
            Kind::TextList => Builder::TextList(ListBuilder::new(StringBuilder::new())),
        }
    }

    /// Adds a cell that was found to fit.
    fn push(&mut self, cell: &Cell) {
        match (self, cell) {
            (Builder::Text(column), Cell::Text(text)) => column.append_value(text),
            (Builder::Integer(column), Cell::Integer(number)) => column.append_value(*number),
            (Builder::Real(column), Cell::Real(number)) => column.append_value(*number),
            (Builder::Truth(column), Cell::Truth(truth)) => column.append_value(*truth),
            (Builder::Time(column), Cell::Time(at)) => column.append_value(at.as_microsecond()),
            (Builder::TextList(column), Cell::TextList(texts)) => {
                texts.iter().for_each(|text| column.values().append_value(text));
                column.append(true);
            }
            (Builder::Text(column), _) => column.append_null(),
            (Builder::Integer(column), _) => column.append_null(),
            (Builder::Real(column), _) => column.append_null(),
            (Builder::Truth(column), _) => column.append_null(),
            (Builder::Time(column), _) => column.append_null(),
            (Builder::TextList(column), _) => column.append(false),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Builder::Text(column) => ArrayBuilder::finish(column),
            Builder::Integer(column) => ArrayBuilder::finish(column),
            Builder::Real(column) => ArrayBuilder::finish(column),
            Builder::Truth(column) => ArrayBuilder::finish(column),
            Builder::Time(column) => ArrayBuilder::finish(column),
            Builder::TextList(column) => ArrayBuilder::finish(column),
        }
    }
}
