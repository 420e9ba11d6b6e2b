//! Parquet tables, a group of rows at a time.

mod values;

use std::collections::VecDeque;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::DecodeResult;
use parquet::arrow::push_decoder::{ParquetPushDecoder, ParquetPushDecoderBuilder};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataPushDecoder};
use rashomon_article::Diagnostic;
use serde_json::Value;

use crate::Error;
use crate::record::{Body, Counts, Record};
use crate::records::ReadSeek;
use crate::source::{Place, Source};

/// So many rows are decoded at a time.
const BATCH: usize = 64;
/// No group of rows has more packed bytes than this.
const LARGEST_GROUP: u64 = 4 << 30;

/// The rows of a table. A position is the number of rows before it.
pub(crate) struct Rows<'r> {
    reader: Box<dyn ReadSeek + 'r>,
    length: u64,
    decoder: ParquetPushDecoder,
    place: Place,
    waiting: VecDeque<Record>,
    /// How many rows were decoded.
    decoded: u64,
    position: u64,
    ended: bool,
}

impl<'r> Rows<'r> {
    pub fn open(mut reader: Box<dyn ReadSeek + 'r>, place: Place) -> Result<Rows<'r>, Error> {
        let length =
            reader.seek(SeekFrom::End(0)).map_err(|error| Error::io(&place.name, error))?;
        let refuse = |why: String| {
            let message = format!("{}: a Parquet table that cannot be read: {why}", place.name);
            Error::new("bad-archive", message)
        };
        let metadata = metadata(&mut *reader, length).map_err(refuse)?;
        let decoder = guarded(|| {
            ParquetPushDecoderBuilder::try_new_decoder(Arc::new(metadata))?
                .with_batch_size(BATCH)
                .build()
        });
        let decoder = decoder.map_err(refuse)?;
        Ok(Rows {
            reader,
            length,
            decoder,
            place,
            waiting: VecDeque::new(),
            decoded: 0,
            position: 0,
            ended: false,
        })
    }

    /// Decodes the next rows; `None` at the end.
    fn batch(&mut self) -> Result<Option<RecordBatch>, String> {
        loop {
            match guarded(|| self.decoder.try_decode())? {
                DecodeResult::Data(batch) => return Ok(Some(batch)),
                DecodeResult::Finished => return Ok(None),
                DecodeResult::NeedsData(ranges) => {
                    let data = read_ranges(&mut *self.reader, self.length, &ranges)?;
                    guarded(|| {
                        let data = data.into_iter().map(Into::into).collect();
                        self.decoder.push_ranges(ranges, data)
                    })?;
                }
            }
        }
    }

    fn take(&mut self, batch: &RecordBatch, counts: &mut Counts) {
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            self.decoded += 1;
            if self.decoded <= self.place.resume {
                self.position = self.decoded;
                continue;
            }
            let mut fields = serde_json::Map::new();
            for (field, column) in schema.fields().iter().zip(batch.columns()) {
                match values::value(column, row) {
                    Some(Value::Null) => {}
                    Some(value) => {
                        fields.insert(field.name().clone(), value);
                    }
                    None => counts.note("unread-column"),
                }
            }
            let name = format!("{}:{}", self.place.name, self.decoded);
            self.waiting.push_back(Record::new(name, Body::Fields(fields)));
        }
    }
}

impl Source for Rows<'_> {
    fn next(&mut self, counts: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        while self.waiting.is_empty() && !self.ended {
            match self.batch() {
                Ok(Some(batch)) => self.take(&batch, counts),
                Ok(None) => self.ended = true,
                Err(why) => {
                    self.ended = true;
                    let name = format!("{}:{}", self.place.name, self.decoded + 1);
                    let why = format!("{why}; the rows from here on are skipped");
                    return Some(Err(self.place.diagnostic("bad-record", &name, why)));
                }
            }
        }
        let record = self.waiting.pop_front()?;
        self.position += 1;
        Some(Ok(record))
    }

    fn position(&self) -> u64 {
        self.position
    }
}

/// A fault of the library in one table must not end the reading of the others.
fn guarded<T>(step: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("its bytes contradict each other".to_owned()),
    }
}

fn metadata(reader: &mut dyn ReadSeek, length: u64) -> Result<ParquetMetaData, String> {
    let mut decoder = guarded(|| ParquetMetaDataPushDecoder::try_new(length))?;
    loop {
        match guarded(|| decoder.try_decode())? {
            DecodeResult::Data(metadata) => return Ok(metadata),
            DecodeResult::Finished => return Err("it has no directory".to_owned()),
            DecodeResult::NeedsData(ranges) => {
                let data = read_ranges(reader, length, &ranges)?;
                let data = data.into_iter().map(Into::into).collect();
                guarded(|| decoder.push_ranges(ranges, data))?;
            }
        }
    }
}

fn read_ranges(
    reader: &mut dyn ReadSeek,
    length: u64,
    ranges: &[Range<u64>],
) -> Result<Vec<Vec<u8>>, String> {
    let asked: u64 = ranges.iter().map(|range| range.end.saturating_sub(range.start)).sum();
    if asked > LARGEST_GROUP || ranges.iter().any(|range| range.end > length) {
        return Err(format!("it points at {asked} bytes that are not there or too many"));
    }
    let read = |range: &Range<u64>| -> std::io::Result<Vec<u8>> {
        reader.seek(SeekFrom::Start(range.start))?;
        let mut bytes = Vec::new();
        let most = range.end.saturating_sub(range.start);
        (&mut *reader).take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    ranges.iter().map(read).collect::<Result<_, _>>().map_err(|error| error.to_string())
}
