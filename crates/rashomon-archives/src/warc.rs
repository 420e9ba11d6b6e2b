use crate::source::{Bytes, Place};
pub(crate) struct Warc;
impl Warc {
    pub(crate) fn new<'r>(bytes: Bytes<'r>, _: bool, place: Place) -> crate::single::Single<'r> {
        crate::single::Single::new(bytes, place, None)
    }
    pub(crate) fn arc<'r>(bytes: Bytes<'r>, _: bool, place: Place) -> crate::single::Single<'r> {
        crate::single::Single::new(bytes, place, None)
    }
}
