use rashomon_article::Diagnostic;

use crate::record::{Body, Counts, Record};
use crate::source::{Bytes, Place, Source};

/// A thing that is one record: a page, a text, and whatever is not known.
pub(crate) struct Single<'r> {
    bytes: Option<Bytes<'r>>,
    place: Place,
    media_type: Option<String>,
}

impl<'r> Single<'r> {
    pub fn new(bytes: Bytes<'r>, place: Place, media_type: Option<String>) -> Single<'r> {
        let bytes = (place.resume == 0).then_some(bytes);
        Single { bytes, place, media_type }
    }
}

impl Source for Single<'_> {
    fn next(&mut self, _: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        let mut bytes = self.bytes.take()?;
        let most = self.place.options().max_record_bytes;
        let name = &self.place.name;
        match bytes.take_bytes(most.saturating_add(1)) {
            Err(error) => Some(Err(self.place.fault(name, &error))),
            Ok(bytes) if bytes.len() as u64 > most => Some(Err(self.place.too_large(name))),
            Ok(bytes) => {
                let mut record = Record::new(name.clone(), Body::Bytes(bytes));
                record.media_type = self.media_type.take();
                Some(Ok(record))
            }
        }
    }

    fn position(&self) -> u64 {
        u64::from(self.bytes.is_none())
    }
}
