/// What reading numbers needs to know.
#[derive(Debug)]
pub struct Numbers {}
