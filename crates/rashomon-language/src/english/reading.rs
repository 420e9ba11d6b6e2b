use crate::Reading;

pub const READING: Reading = Reading {};
