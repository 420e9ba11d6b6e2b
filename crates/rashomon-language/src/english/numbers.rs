use crate::Numbers;

pub const NUMBERS: Numbers = Numbers {};
