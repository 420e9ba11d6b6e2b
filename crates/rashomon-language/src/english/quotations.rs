use crate::Quotations;

pub const QUOTATIONS: Quotations = Quotations {};
