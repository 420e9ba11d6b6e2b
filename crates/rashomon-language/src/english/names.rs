use crate::Names;

pub const NAMES: Names = Names {};
