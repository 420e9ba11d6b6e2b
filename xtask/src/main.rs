//! House rules run as code.
fn main() {}
