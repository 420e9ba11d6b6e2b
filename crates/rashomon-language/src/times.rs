/// What reading time expressions needs to know.
#[derive(Debug)]
pub struct Times {}
