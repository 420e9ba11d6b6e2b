use jiff::Timestamp;
use rashomon::{Signature, Stream, StreamOptions};
use rashomon_store::Store;

use crate::Error;

/// The engine as it was when the store was last written.
pub(crate) fn restore(store: &Store, options: &StreamOptions) -> Result<Stream, Error> {
    let mut stream = Stream::new(options.clone());
    for row in store.window(Timestamp::MIN) {
        let row = row?;
        let signature = Signature::from_bytes(&row.signature).unwrap_or_default();
        stream.assign(row.article, &signature, Some(row.at));
    }
    Ok(stream)
}
