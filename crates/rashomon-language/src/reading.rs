/// What reading a page needs to know.
#[derive(Debug)]
pub struct Reading {}
