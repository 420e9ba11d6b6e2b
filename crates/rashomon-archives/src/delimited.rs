use crate::Error;
use crate::source::{Bytes, Place, Source};
pub(crate) fn sniff(_: &[u8], _: &str) -> Option<u8> {
    None
}
pub(crate) fn open<'r>(
    bytes: Bytes<'r>,
    _: u8,
    place: Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    Ok(Box::new(crate::single::Single::new(bytes, place, None)))
}
