use crate::Error;
use crate::records::ReadSeek;
use crate::source::{Bytes, Place, Source};
pub(crate) fn tar<'r>(bytes: Bytes<'r>, place: Place) -> crate::single::Single<'r> {
    crate::single::Single::new(bytes, place, None)
}
pub(crate) fn zip<'r>(
    bytes: Box<dyn ReadSeek + 'r>,
    place: Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    Ok(Box::new(crate::single::Single::new(
        crate::window::Window::new(Box::new(bytes)),
        place,
        None,
    )))
}
