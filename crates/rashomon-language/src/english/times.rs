use crate::Times;

pub const TIMES: Times = Times {};
