/// What finding quotations needs to know.
#[derive(Debug)]
pub struct Quotations {}
