//! Views of what the store holds, for other programs.

mod atom;

pub use atom::{Head, Item, atom};
