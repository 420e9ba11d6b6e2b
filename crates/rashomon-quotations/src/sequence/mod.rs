//! Tokens labelled as source, cue and content by a linear-chain conditional random field.
//!
//! Lafferty, McCallum & Pereira, "Conditional Random Fields", ICML 2001; applied to quotations by
//! Pareti et al., "Automatically Detecting and Attributing Indirect Quotations", EMNLP 2013. The
//! crate `rashomon-train` estimates the weights with the same [`features`]; see
//! `docs/models/quotations.md`.

pub mod features;
mod label;
mod model;
mod table;

pub use label::{LABELS, Label, Role};
pub use model::{Model, ModelParts};
pub use table::hash;
