/// What finding names needs to know.
#[derive(Debug)]
pub struct Names {}
