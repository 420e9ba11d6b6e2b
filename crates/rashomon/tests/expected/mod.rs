//! Reading `EXPECTED.md`, and holding what the program finds against it: one file for each group
//! of lines.

pub mod articles;
pub mod desk;
pub mod differences;
pub mod facts;
pub mod floors;
pub mod line;
pub mod names;
pub mod quotations;
pub mod remarks;
pub mod tally;
